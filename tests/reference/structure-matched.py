"""The structure test of METHOD 3.5 with the matched reference, written a second time in numpy and scikit-learn:
structure_matched.json.

    python3 tests/reference/structure-matched.py SHARED       (scikit-learn 1.9.1, numpy 2.4.6, scipy 1.17)

SHARED is the founders' folder: the inputs of oracles/fixtures/structure_verdict.json are taken from there. To these come
continua of eight single five-point items (n = 700), which must not give segments: under the unmatched reference they
always do. Kept per case: ln W_k of the data, T, p, and the mean correlation of the references beside that of the data.
"""
import json
import os
import pathlib
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
import scipy
import sklearn
from scipy.stats import norm, rankdata
from sklearn.cluster import KMeans

KS, STARTS, B = range(2, 7), 6, 99


def standardised(a):
    spread = a.std(0)
    return (a - a.mean(0)) / np.where(spread > 0, spread, 1)


def ln_within(a, rng):
    fit = lambda k: KMeans(k, init="k-means++", n_init=STARTS, tol=0, random_state=int(rng.integers(1 << 30))).fit(a)
    return np.array([np.log(fit(k).inertia_) for k in KS])


def projected(r):
    values, vectors = np.linalg.eigh(r)
    raised = vectors @ np.diag(np.maximum(values, 1e-6)) @ vectors.T
    scale = np.sqrt(np.diag(raised))
    return raised / np.outer(scale, scale)


def reference(a, r, rng):
    latent = rng.multivariate_normal(np.zeros(a.shape[1]), projected(r), len(a))
    order = np.argsort(np.argsort(latent, 0), 0)
    return np.take_along_axis(np.sort(a, 0), order, 0)


def latent_correlation(a, rng):
    n, p = a.shape
    wanted = np.corrcoef(a.T)
    scores = np.column_stack([norm.ppf((rankdata(a[:, j]) - 0.5) / n) for j in range(p)])
    r = np.corrcoef(scores.T)
    for _ in range(12):
        seen = np.mean([np.corrcoef(reference(a, r, rng).T) for _ in range(int(np.ceil(20000 / n)))], 0)
        r = np.clip(r + wanted - seen, -0.995, 0.995)
        np.fill_diagonal(r, 1)
    return projected(r)


def judge(a, seed):
    rng = np.random.default_rng(seed)
    a = standardised(a)
    own = ln_within(a, rng)
    r = latent_correlation(a, rng)
    drawn = [reference(a, r, rng) for _ in range(B)]
    others = np.array([ln_within(one, rng) for one in drawn])
    gap = lambda one, rest: ((rest.mean(0) - one) / (rest.std(0, ddof=1) * np.sqrt(1 + 1 / len(rest)))).max()
    t = gap(own, others)
    null = [gap(others[b], np.delete(others, b, 0)) for b in range(B)]
    off = ~np.eye(a.shape[1], dtype=bool)
    return dict(
        logW=own.tolist(),
        T=float(t),
        p=float((1 + sum(x >= t for x in null)) / (B + 1)),
        correlation=float(np.corrcoef(a.T)[off].mean()),
        reference_correlation=float(np.mean([np.corrcoef(one.T)[off].mean() for one in drawn])),
    )


def single_items(n, seed):
    """One continuum: equicorrelated normal answers (.35), each cut into five points at its own borders."""
    rng = np.random.default_rng(seed)
    chol = np.linalg.cholesky(np.full((8, 8), 0.35) + np.diag(np.full(8, 0.65)))
    latent = rng.normal(size=(n, 8)) @ chol.T
    shift = np.linspace(-0.6, 0.9, 8)
    return np.column_stack([25.0 * np.digitize(latent[:, d] + shift[d], [-1.3, -0.4, 0.4, 1.3]) for d in range(8)])


given = json.load(open(pathlib.Path(sys.argv[1]) / "oracles/fixtures/structure_verdict.json"))
inputs = {name: np.array(rows) for name, rows in given["input"].items()}
for seed in (1, 2):
    inputs[f"single_items_{seed}"] = single_items(700, seed)
expected = {}
for name, rows in inputs.items():
    expected[name] = judge(rows, 5)
    print(name, expected[name], flush=True)
out = dict(
    id="structure_matched",
    description="Structure test of METHOD 3.5 with the matched Gaussian copula (structure-matched.py)",
    source=f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, scipy {scipy.__version__}",
    tolerance=dict(verdict="exact", logW_abs=0.01),
    input={name: rows.tolist() for name, rows in inputs.items()},
    expected=expected,
)
pathlib.Path(__file__).with_name("structure_matched.json").write_text(json.dumps(out, separators=(",", ":")))
