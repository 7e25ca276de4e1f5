"""The display equations of chapter 10: paths in a graph, convolution, recurrence, steps, KAN."""

import numpy as np
from equations.table import equation

import nnlib


@equation("eq-10-1-example")
def example(rng):
    a, b = rng.standard_normal(2)
    c = a * b
    left = a * (b + 1)
    right = c + a
    return left, right


@equation("eq-10-1-add")
def paths_are_added(rng):
    v = rng.uniform(0.5, 2, 1)

    def end(v):
        return (np.sin(v[0]) * v[0] ** 3).item()  # u1 = sin v, u2 = v^3, d = u1 u2

    u1, u2 = np.sin(v[0]), v[0] ** 3
    d_by_u, u_by_v = (u2, u1), (np.cos(v[0]), 3 * v[0] ** 2)
    left = nnlib.numerical_gradient(end, v)[0]
    right = d_by_u[0] * u_by_v[0] + d_by_u[1] * u_by_v[1]
    return left, right


def picture(rng):
    return rng.standard_normal((6, 5)), rng.standard_normal((3, 2)), rng.standard_normal()


def as_matrix(W, shape):
    """The filter as a weight matrix, one row a place."""
    places = [(i, j) for i in range(shape[0] - 2) for j in range(shape[1] - 1)]
    M = np.zeros((len(places), *shape))
    for row, (i, j) in zip(M, places):
        row[i : i + 3, j : j + 2] = W
    return M.reshape(len(places), -1)


@equation("eq-10-3-convolution")
def convolution(rng):
    x, W, b = picture(rng)
    left = (as_matrix(W, x.shape) @ x.ravel() + b).reshape(4, 4)
    z = np.empty((4, 4))
    for i, j in np.ndindex(z.shape):
        total = 0.0
        for r, s in np.ndindex(W.shape):
            right = W[r, s] * x[i + r, j + s]
            total += right
        right = total + b
        z[i, j] = right
    return left, z


@equation("eq-10-3-filter")
def filter_gradient(rng):
    x, W, b = picture(rng)
    D = rng.standard_normal((4, 4))

    def cost(W):
        return (D * (as_matrix(W, x.shape) @ x.ravel() + b).reshape(4, 4)).sum()

    left = nnlib.numerical_gradient(cost, W)
    gradient = np.zeros(W.shape)
    for r, s in np.ndindex(W.shape):
        for i, j in np.ndindex(D.shape):
            right = D[i, j] * x[i + r, j + s]
            gradient[r, s] += right
    return left, gradient


def sentence(rng, T=4):
    W, U, b = rng.standard_normal((3, 2)), rng.standard_normal((3, 3)), rng.standard_normal(3)
    return rng.standard_normal((T, 2)), W, U, b, rng.standard_normal(3)


@equation("eq-10-3-step")
def step(rng):
    x, W, U, b, h = sentence(rng)
    left = np.array([nnlib.tanh(sum(W[j, k] * x[0, k] for k in range(2))
                                + sum(U[j, k] * h[k] for k in range(3)) + b[j]) for j in range(3)])
    right = np.tanh(W @ x[0] + U @ h + b)
    return left, right


@equation("eq-10-3-through-time")
def through_time(rng):
    x, W, U, b, h0 = sentence(rng)

    def last(h):
        for row in x:
            h = np.tanh(W @ row + U @ h + b)
        return h

    left = np.stack([nnlib.numerical_gradient(lambda h: last(h)[j], h0) for j in range(3)])
    h, product = h0, np.eye(3)
    for row in x:
        h = np.tanh(W @ row + U @ h + b)
        right = np.diag(1 - h**2) @ U
        product = right @ product
    return left, product


@equation("eq-10-4-momentum")
def momentum(rng):
    """After three steps from v = 0 the step is a fading sum of the gradients."""
    w, beta, eta = rng.standard_normal(3), rng.uniform(0.3, 0.9), rng.uniform(0.1, 0.5)
    g, v = rng.standard_normal((3, 3)), np.zeros(3)
    steps = [-eta * sum(beta ** (t - i) * g[i] for i in range(t + 1)) for t in range(3)]
    left = w + sum(steps)
    for t in range(3):
        right = beta * v - eta * g[t]
        v = right
        right = w + v
        w = right
    return left, w


@equation("eq-10-4-adam")
def adam(rng):
    """Two steps; corrected, each memory is the weighted mean of what it has seen."""
    w, eta, b1, b2, eps = rng.standard_normal(3), 0.3, 0.8, 0.95, 0.01
    g = rng.standard_normal((2, 3))
    means = [np.average(a, axis=0, weights=[b, 1]) for a, b in ((g, b1), (g**2, b2))]
    left = w - eta * g[0] / (np.abs(g[0]) + eps) - eta * means[0] / (np.sqrt(means[1]) + eps)
    v = s = np.zeros(3)
    for t in (1, 2):
        right = b1 * v + (1 - b1) * g[t - 1]
        v = right
        right = b2 * s + (1 - b2) * g[t - 1] ** 2
        s = right
        right = w - eta * (v / (1 - b1**t)) / (np.sqrt(s / (1 - b2**t)) + eps)
        w = right
    return left, w


@equation("eq-10-4-kan")
def kan(rng):
    """Heights of bumps on the edges, as in the chapter, with sums over both indices."""
    x, C = rng.uniform(-1, 1, 2), rng.standard_normal((3, 2, 4))
    bumps = np.exp(-((x[:, None] - np.linspace(-1, 1, 4)) ** 2))
    left = np.einsum("jkg,kg->j", C, bumps)
    h = np.zeros(3)
    for j in range(3):
        for k in range(2):
            right = C[j, k] @ bumps[k]
            h[j] += right
    return left, h
