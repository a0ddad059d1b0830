"""Tied Gaussian mixtures of scikit-learn and latent classes of a plain EM in numpy: mixture_more.json.

    python3 tests/reference/mixture-more.py        (scikit-learn 1.9.1, numpy 2.4.6)

Tied mixtures: of iris (gmm_iris.json) and of three kinds of people drawn here, the greatest log-likelihood of 300 k-means
and 300 random starts. Latent classes: 300 rows of five items with two, three or four answers, drawn here from three classes;
the greatest log-likelihood of 300 starts, each until a step gains less than 1e-12.
"""
import json, os, warnings, numpy as np
from sklearn.mixture import GaussianMixture

warnings.filterwarnings("ignore")
here = os.path.dirname(os.path.abspath(__file__))
iris = np.array(json.load(open(f"{here}/gmm_iris.json"))["input"]["X"])
rng = np.random.default_rng(20251124)
centres = np.array([[1.2, 1, -1, -1, 0], [-1, 0.8, 1, -0.6, 1], [0, -1.2, 0.4, 1, -1]])
mixing = np.eye(5) + 0.5 * np.tri(5)
kinds = np.round(centres[rng.choice(3, 240, p=[0.5, 0.3, 0.2])] + rng.standard_normal((240, 5)) @ mixing.T, 3)


def tied(points, k):
    found = []
    for start in ("kmeans", "random_from_data"):
        model = GaussianMixture(k, covariance_type="tied", n_init=300, tol=1e-10, max_iter=5000, reg_covar=1e-12, init_params=start, random_state=1).fit(points)
        found.append((model.score(points) * len(points), sorted(model.weights_.tolist())))
    return dict(zip(("loglik", "shares"), max(found)))


answers = [2, 3, 4, 2, 3]
shape = [rng.dirichlet(np.full(count, 0.6), 3) for count in answers]
belongs = rng.choice(3, 300, p=[0.5, 0.3, 0.2])
items = np.array([[rng.choice(count, p=shape[j][c]) for j, count in enumerate(answers)] for c in belongs])
coded = np.concatenate([np.eye(count)[items[:, j]] for j, count in enumerate(answers)], axis=1)
edges = np.cumsum([0, *answers])


def classes(k):
    best = -np.inf
    for start in range(300):
        draw = np.random.default_rng(start)
        shares = np.full(k, 1 / k)
        theta = np.concatenate([draw.dirichlet(np.ones(count), k) for count in answers], axis=1)
        last = -np.inf
        for _ in range(20000):
            density = np.log(shares) + coded @ np.log(np.maximum(theta, 1e-300)).T
            top = density.max(1, keepdims=True)
            loglik = float((top[:, 0] + np.log(np.exp(density - top).sum(1))).sum())
            if loglik - last < 1e-12:
                break
            last = loglik
            posterior = np.exp(density - top)
            posterior /= posterior.sum(1, keepdims=True)
            shares = posterior.mean(0)
            theta = posterior.T @ coded / posterior.sum(0)[:, None]
        best = max(best, loglik)
    return best


json.dump(
    dict(
        generated_with="scikit-learn 1.9.1, numpy 2.4.6; tests/reference/mixture-more.py",
        kinds=kinds.tolist(),
        tied=dict(iris={k: tied(iris, k) for k in range(1, 7)}, kinds={k: tied(kinds, k) for k in range(1, 5)}),
        items=items.tolist(),
        classes={k: classes(k) for k in range(1, 5)},
    ),
    open(f"{here}/mixture_more.json", "w"),
    separators=(",", ":"),
)
