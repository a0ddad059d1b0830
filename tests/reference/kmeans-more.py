"""Best-of-many k-means of scikit-learn on synthetic data of our own: kmeans_more.json.

    python3 tests/reference/kmeans-more.py        (scikit-learn 1.9.1, numpy 2.4.6)

Each case: points (rounded, so that the file is the data), weights or null, k, and the best of 400 k-means++ starts run
until nothing changes: inertia and labels. No personal data: random numbers from fixed seeds.
"""
import json
import os
import pathlib

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
import sklearn
from sklearn.cluster import KMeans


def likert(latent, rng, items=4):
    """Each dimension the mean of five-point items, 0-100."""
    total = np.zeros_like(latent)
    for _ in range(items):
        total += np.digitize(latent + rng.normal(0, 0.8, latent.shape), [-1.3, -0.4, 0.4, 1.3]) / 4
    return 100 * total / items


def standardised(scores, weights):
    mean = np.average(scores, axis=0, weights=weights)
    return (scores - mean) / np.sqrt(np.average((scores - mean) ** 2, axis=0, weights=weights))


FOUR = np.array(
    [
        [0.6, 0.6, 0.5, 0.5, 0.3, 0.5, 0.3, 0.6],
        [-0.9, -0.1, -0.2, -0.3, -0.2, 0.4, 0, -0.9],
        [0.1, -0.9, 0, -0.4, -0.1, -0.8, 0.1, -0.2],
        [-0.3, 0.3, 0.7, -0.1, -0.3, -1, -0.6, -0.1],
    ]
)


def four_types():
    rng = np.random.default_rng(11)
    chol = np.linalg.cholesky(np.full((8, 8), 0.25) + np.diag(np.full(8, 0.75)))
    kind = rng.choice(4, 500, p=[0.4, 0.25, 0.2, 0.15])
    return likert(1.5 * FOUR[kind] + 0.75 * rng.normal(size=(500, 8)) @ chol.T, rng), None, 4


def weighted_types():
    rng = np.random.default_rng(12)
    kind = rng.choice(4, 400, p=[0.1, 0.2, 0.3, 0.4])
    scores = likert(1.3 * FOUR[kind][:, :6] + 0.7 * rng.normal(size=(400, 6)), rng)
    return scores, np.round(np.exp(rng.normal(0, 0.6, 400)), 3), 4


def unequal_sizes():
    rng = np.random.default_rng(13)
    centres = rng.normal(0, 2.2, (6, 5))
    kind = rng.choice(6, 450, p=[0.4, 0.25, 0.15, 0.1, 0.06, 0.04])
    return centres[kind] + rng.normal(size=(450, 5)), None, 6


def eight_of_seven():
    rng = np.random.default_rng(14)
    centres = rng.normal(0, 3, (8, 7))
    kind = rng.choice(8, 600)
    return centres[kind] + rng.standard_t(4, size=(600, 7)), np.round(rng.uniform(0.3, 3, 600), 3), 8


cases = {}
for make in (four_types, weighted_types, unequal_sizes, eight_of_seven):
    scores, weights, k = make()
    points = np.round(standardised(scores, weights), 4)
    best = KMeans(k, n_init=400, tol=0, max_iter=1000, random_state=0).fit(points, sample_weight=weights)
    cases[make.__name__] = dict(
        points=points.tolist(),
        weights=None if weights is None else weights.tolist(),
        k=k,
        inertia=float(best.inertia_),
        labels=best.labels_.tolist(),
    )
    print(make.__name__, k, best.inertia_, np.bincount(best.labels_))
out = dict(
    id="kmeans_more",
    description="Best of 400 k-means++ starts on four synthetic data sets of our own (kmeans-more.py)",
    source=f"scikit-learn {sklearn.__version__} KMeans, numpy {np.__version__}",
    tolerance=dict(inertia_rel=1e-6, ari_least=0.95),
    cases=cases,
)
pathlib.Path(__file__).with_name("kmeans_more.json").write_text(json.dumps(out, separators=(",", ":")))
