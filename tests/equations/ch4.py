"""Both sides of the display equations of chapter 4."""

from itertools import combinations

import numpy as np
from equations.table import equation, random_network

import nnlib
from nnlib.exercises import all_exercises
from nnlib.training import descend


def bowl(rng, n=3):
    """A random bowl: its cost and its gradient."""
    M, centre = rng.standard_normal((n, n)), rng.standard_normal(n)
    A = M @ M.T + np.eye(n)
    return (lambda p: (p - centre) @ A @ (p - centre) / 2), (lambda p: A @ (p - centre))


@equation("eq-4-1-change")
def change(rng):
    C, gradient = bowl(rng)
    p, step = rng.standard_normal(3), rng.standard_normal(3)
    left = (C(p + 1e-5 * step) - C(p - 1e-5 * step)) / 2e-5  # what is left for small steps
    right = gradient(p) @ step
    return left, right


@equation("eq-4-1-steepest")
def steepest(rng):
    C, gradient = bowl(rng)
    p, u = rng.standard_normal((2, 3))
    u /= np.linalg.norm(u)
    g = gradient(p)
    n = g / np.linalg.norm(g)
    left = (C(p + 1e-5 * u) - C(p - 1e-5 * u)) / 2e-5
    right = np.linalg.norm(g) * (1 / 2 * np.sum((u + n) ** 2) - 1)
    return left, right


@equation("eq-4-2-update")
def update(rng):
    n, eta = random_network(rng), rng.uniform(0.1, 1)
    W1, b2 = n.W[1].copy(), n.b[2].copy()
    gW, gb = n.net.backprop(n.X, n.Y)
    slopes_W = nnlib.numerical_gradient(lambda _: n.C(), n.W[1])
    slopes_b = nnlib.numerical_gradient(lambda _: n.C(), n.b[2])
    descend(n.net, gW, gb, eta)
    left = n.net.weights[0], n.net.biases[1]
    right = W1 - eta * slopes_W, b2 - eta * slopes_b
    return left, right


@equation("eq-4-2-drop")
def drop(rng):
    C, gradient = bowl(rng)
    p, eta = rng.standard_normal(3), rng.uniform(0.1, 1)
    g, h = gradient(p), 1e-5
    left = eta * (C(p + h * g) - C(p - h * g)) / (2 * h)  # the drop, to first order
    right = eta * np.linalg.norm(g) ** 2
    return left, right


@equation("eq-4-2-factor")
def factor(rng):
    k, eta, start = rng.uniform(0.5, 2), rng.uniform(0.2, 0.9), rng.standard_normal(1)
    t = int(rng.integers(3, 7))
    left = all_exercises()["4.2-6"].answer(lambda w: k * w, start, eta, t)
    right = (1 - eta * k) ** t * start
    return left, right


@equation("eq-4-3-mean")
def mean(rng):
    n = random_network(rng)
    left = nnlib.numerical_gradient(lambda _: n.C(), n.W[1])
    rows = [n.net.backprop(n.X[[i]], n.Y[[i]])[0][0] for i in range(n.m)]
    right = 1 / n.m * np.sum(rows, axis=0)
    return left, right


@equation("eq-4-3-spread")
def spread(rng):
    single = rng.standard_normal(6)
    s, N, m = single.std(), 6, int(rng.integers(2, 5))
    left = np.std([np.mean(batch) for batch in combinations(single, m)])
    right = s / m**0.5 * ((N - m) / (N - 1)) ** 0.5
    return left, right


@equation("eq-4-4-central")
def central(rng):
    x, h = rng.uniform(0.3, 1), 0.01
    left = (np.exp(2 * x + 2 * h) - np.exp(2 * x - 2 * h)) / (2 * h)
    right = 2 * np.exp(2 * x) + h**2 / 6 * 8 * np.exp(2 * x)
    return left, right
