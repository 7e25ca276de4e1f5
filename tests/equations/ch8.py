"""Both sides of the display equations of chapter 8."""

from itertools import product

import numpy as np
from equations.table import equation, random_network

import nnlib
from nnlib.training import descend


@equation("eq-8-1-variance")
def variance(rng):
    """Every way to draw two weights and two inputs, each equally likely; the inputs' mean is 0."""
    w, x = rng.normal(0, 1, 3), rng.normal(0, 1, 2)
    x = np.concatenate([x, -x])
    zs = [w1 * x1 + w2 * x2 for w1, w2 in product(w, w) for x1, x2 in product(x, x)]
    n = 2
    left = np.mean(np.square(zs)) - np.mean(zs) ** 2
    right = n * np.mean(w**2) * np.mean(x**2)
    return left, right


@equation("eq-8-1-half")
def half(rng):
    z = rng.standard_normal(7)
    z = np.concatenate([z, -z])
    left = np.mean(nnlib.relu(z) ** 2)
    right = 1 / 2 * np.mean(z**2)
    return left, right


@equation("eq-8-3-chain")
def chain(rng):
    n = random_network(rng, sizes=(2, 1, 1, 1, 1), m=1)
    L = 4
    w = [None] + [W[0, 0] for W in n.W[1:]]
    delta = [None] + [D[0, 0] for D in n.D[1:]]
    z = [None] + [Z[0] for Z in n.Z[1:]]
    left = delta[1]
    right = delta[L] * np.prod([w[l + 1] * nnlib.sigmoid.df(z[l])[0] for l in range(1, L)])
    return left, right


@equation("eq-8-4-noise")
def noise(rng):
    """The mean of every batch of m out of four slopes, drawn with replacement."""
    g, m = rng.standard_normal(4), int(rng.integers(2, 5))
    means = [np.mean(batch) for batch in product(g, repeat=m)]
    left = np.var(means)
    right = 1 / m * np.var(g)
    return left, right


@equation("eq-8-5-bowl")
def bowl(rng):
    eta, k, w0, t = rng.uniform(0.05, 0.4), rng.uniform(0.5, 2), rng.uniform(1, 3), 5
    w = w0
    for _ in range(t):
        w = w - eta * nnlib.numerical_gradient(lambda p: k * p[0] ** 2 / 2, np.array([w]))[0]
    left = w
    right = (1 - eta * k) ** t * w0
    return left, right


@equation("eq-8-5-schedule")
def schedule(rng):
    n = random_network(rng)
    rates = rng.uniform(0.1, 1, 3)
    W = n.W[1].copy()
    t = 2
    run = nnlib.train(n.net, (n.X, n.Y), epochs=3, batch_size=n.m, eta=lambda e: rates[e - 1])
    for _ in range(t):
        next(run)
        W = n.net.weights[0].copy()
    gW, _ = n.net.backprop(n.X, n.Y)
    next(run)
    left = n.net.weights[0]
    right = W - rates[t] * gW[0]
    return left, right


@equation("eq-8-7-cost")
def cost(rng):
    n, lam = random_network(rng), rng.uniform(0.1, 1)
    losses = n.cost.loss(n.Z[2], n.A[2], n.Y, nnlib.sigmoid)
    left = n.C() + lam * sum(w**2 for W in n.net.weights for row in W for w in row) / 2
    right = 1 / n.m * losses.sum() + lam / 2 * sum(np.linalg.norm(W) ** 2 for W in n.W[1:])
    return left, right


@equation("eq-8-7-gradient")
def gradient(rng):
    n, lam = random_network(rng), rng.uniform(0.1, 1)
    gW, gb = n.net.backprop(n.X, n.Y)

    def C(_):
        return n.C() + lam / 2 * sum((W**2).sum() for W in n.net.weights)

    assert np.allclose(nnlib.numerical_gradient(C, n.net.biases[0]), gb[0], atol=1e-7)
    left = nnlib.numerical_gradient(C, n.net.weights[0])
    right = gW[0] + lam * n.W[1]
    return left, right


@equation("eq-8-7-update")
def update(rng):
    n, lam, eta = random_network(rng), rng.uniform(0.1, 1), rng.uniform(0.1, 1)
    W = n.W[1].copy()
    gW, gb = n.net.backprop(n.X, n.Y)
    descend(n.net, gW, gb, eta, lam)
    left = n.net.weights[0]
    right = (1 - eta * lam) * W - eta * gW[0]
    return left, right
