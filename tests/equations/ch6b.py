"""The display equations of chapter 6, second half: the lecture's derivation, the count, the paths.

The lecture's letters here: z2, a2 belong to its hidden layer, z3 and y_hat to its output.
"""

import numpy as np
from equations.table import equation, random_network

import nnlib

f = nnlib.sigmoid


def lecture(rng, K=1):
    """A random 2-3-K network with four students, and its cost J as a function of nothing."""
    X, y = rng.uniform(size=(4, 2)), rng.uniform(size=(4, K))
    W1, W2 = rng.standard_normal((2, 3)), rng.standard_normal((3, K))

    def J(_=None):
        return ((y - f(f(X @ W1) @ W2)) ** 2).sum() / 2

    z2 = X @ W1
    z3 = f(z2) @ W2
    return X, y, W1, W2, z2, f(z2), z3, f(z3), J


def error3(rng, K=1):
    """The network and its output errors by differences: nudge each weighted input."""
    X, y, W1, W2, z2, a2, z3, y_hat, J = lecture(rng, K)
    d3 = nnlib.numerical_gradient(lambda z: ((y - f(z)) ** 2).sum() / 2, z3.copy())
    return X, y, W1, W2, z2, a2, z3, y_hat, J, d3


def error2(z2, W2, y):
    """The hidden errors by differences."""
    return nnlib.numerical_gradient(lambda z: ((y - f(f(z) @ W2)) ** 2).sum() / 2, z2.copy())


@equation("eq-6-7-sum")
def sum_of_slopes(rng):
    X, y, W1, W2, *_, J = lecture(rng)

    def slopes(i):
        def loss(_):
            return ((y[i] - f(f(X[i] @ W1) @ W2)) ** 2).sum() / 2

        return nnlib.numerical_gradient(loss, W2)

    left = nnlib.numerical_gradient(J, W2)
    right = slopes(0) + slopes(1) + slopes(2) + slopes(3)
    return left, right


@equation("eq-6-7-chain")
def chain(rng):
    X, y, W1, W2, *_ = lecture(rng)
    x, y = X[0], y[0]
    a2 = f(x @ W1)
    z3 = a2 @ W2
    left = nnlib.numerical_gradient(lambda w: ((y - f(a2 @ w)) ** 2).sum() / 2, W2)[:, 0]
    right = -(y - f(z3)) * f.df(z3) * a2
    return left, right


@equation("eq-6-7-rows")
def rows(rng):
    *_, a2, _, _, _, d3 = error3(rng)
    left = np.array([sum(a2[i, k] * d3[i, 0] for i in range(4)) for k in range(3)])
    right = (a2.T @ d3)[:, 0]
    return left, right


@equation("eq-6-7-w2")
def w2(rng):
    _, y, _, W2, _, a2, z3, y_hat, J, d3 = error3(rng)
    left = nnlib.numerical_gradient(J, W2), d3
    right = a2.T @ d3, -(y - y_hat) * f.df(z3)
    return left, right


@equation("eq-6-7-hidden")
def hidden(rng):
    _, y, _, W2, z2, *_, d3 = error3(rng, K=2)  # with one output @ and * would be the same
    left = error2(z2, W2, y)
    right = d3 @ W2.T * f.df(z2)
    return left, right


@equation("eq-6-7-w1")
def w1(rng):
    X, y, W1, W2, z2, *_, J = lecture(rng)
    d2 = error2(z2, W2, y)
    left = nnlib.numerical_gradient(J, W1)
    right = X.T @ d2
    return left, right


@equation("eq-6-7-house")
def house(rng):
    X, y, W1, W2, *_, J = lecture(rng)
    net = nnlib.Network([2, 3, 1])
    net.weights = [W1.T.copy(), W2.T.copy()]
    m = len(X)
    dJdW1, dJdW2 = nnlib.numerical_gradient(J, W1), nnlib.numerical_gradient(J, W2)
    left = tuple(net.backprop(X, y)[0])
    right = 1 / m * dJdW1.T, 1 / m * dJdW2.T
    return left, right


@equation("eq-6-9-ratio")
def ratio(rng):
    L, n = int(rng.integers(2, 9)), int(rng.integers(2, 9))
    shapes = [W.shape for W in nnlib.Network([n] * (L + 1)).weights]
    forward = sum(2 * j * k for j, k in shapes)
    backward = forward + sum(2 * j * k for j, k in shapes[1:])
    left = backward / forward
    right = 2 - 1 / L
    return left, right


@equation("eq-6-10-first", rtol=1e-3)
def first_order(rng):
    n, dw = random_network(rng), 1e-5
    slope = n.net.backprop(n.X, n.Y)[0][0][2, 1]
    before = n.C()
    n.W[1][2, 1] += dw
    left = n.C() - before
    right = slope * dw
    return left, right


@equation("eq-6-10-handed", rtol=1e-3)
def handed(rng):
    n, nudge, j = random_network(rng), 1e-5, 2
    a = n.A[1].copy()
    a[:, j] += nudge
    left = f(a @ n.W[2].T + n.b[2]) - n.A[2]
    right = f.df(n.Z[2]) * n.W[2][:, j] * nudge
    return left, right


def one_example(rng):
    """A random 3-2-4-2 network, one example, and the slopes of its loss by the first weights."""
    n = random_network(rng, sizes=(3, 2, 4, 2), m=1)
    left = nnlib.numerical_gradient(lambda _: n.C(), n.W[1])
    s = [None, *(f.df(z)[0] for z in n.Z[1:])]
    return left, n.X[0], n.W[2], n.W[3], s, n.A[3][0], n.Y[0]


@equation("eq-6-10-paths")
def paths(rng):
    slopes, x, W2, W3, s, a, y = one_example(rng)
    j, k = 1, 2
    left, total = slopes[j, k], 0.0
    for p in range(4):
        for q in range(2):
            right = x[k] * s[1][j] * W2[p, j] * s[2][p] * W3[q, p] * s[3][q] * (a[q] - y[q])
            total += right
    return left, total


@equation("eq-6-10-collected")
def collected(rng):
    slopes, x, W2, W3, s, a, y = one_example(rng)
    j, k, outer = 1, 2, 0.0
    for p in range(4):
        inner = 0.0
        for q in range(2):
            right = W3[q, p] * s[3][q] * (a[q] - y[q])
            inner += right
        right = W2[p, j] * s[2][p] * inner
        outer += right
    left, right = slopes[j, k], x[k] * s[1][j] * outer
    return left, right
