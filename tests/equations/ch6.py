"""Both sides of the display equations of chapter 6, sections 6.1 to 6.6."""

import numpy as np
from equations.table import equation, random_network

import nnlib

df = nnlib.sigmoid.df


def row_by_row(n, parameter):
    """The numerical slopes of each example's loss with respect to one array of parameters."""
    def loss(i):
        return nnlib.evaluate(n.net, n.X[i : i + 1], n.Y[i : i + 1], n.cost)[0]

    return np.array([nnlib.numerical_gradient(lambda _: loss(i), parameter) for i in range(n.m)])


def one_example(rng):
    """A random network with a batch of one: the columns of the book are its only rows."""
    return random_network(rng, m=1)


@equation("eq-6-1-cost")
def cost(rng):
    n = random_network(rng)
    left = n.C()
    right = sum(np.linalg.norm(y - a) ** 2 / 2 for y, a in zip(n.Y, n.A[2], strict=True)) / n.m
    return left, right


@equation("eq-6-1-mean")
def mean_of_slopes(rng):
    n = random_network(rng)
    left = nnlib.numerical_gradient(lambda _: n.C(), n.W[1])
    slopes = row_by_row(n, n.W[1])
    right = slopes.sum(axis=0) / n.m
    return left, right


@equation("eq-6-1-hadamard")
def hadamard(rng):
    u, v = rng.normal(size=(2, 5))
    left = [u[j] * v[j] for j in range(5)]
    right = u * v
    return left, right


@equation("eq-6-2-delta")
def delta(rng):
    """D is measured by pushing the rows of Z; here a bias pushes the z of one example."""
    n, h = one_example(rng), 1e-5

    def loss(j, push):
        n.b[1][j] += push
        value = n.C()
        n.b[1][j] -= push
        return value

    left = n.D[1][0]
    right = [(loss(j, h) - loss(j, -h)) / (2 * h) for j in range(4)]
    return left, right


@equation("eq-6-3-bp1-index")
def bp1_index(rng):
    n = one_example(rng)
    left = n.D[2][0]
    slope = nnlib.numerical_gradient(lambda a: n.cost.f(a, n.Y)[0], n.A[2].copy())
    right = [slope[0, j] * df(n.Z[2][0, j]) for j in range(2)]
    return left, right


@equation("eq-6-3-bp1-vector")
def bp1_vector(rng):
    n = one_example(rng)
    left = n.D[2][0]
    grad_a = nnlib.numerical_gradient(lambda a: n.cost.f(a[None], n.Y)[0], n.A[2][0].copy())
    right = grad_a * df(n.Z[2][0])
    return left, right


@equation("eq-6-3-bp1")
def bp1(rng):
    n = random_network(rng)
    left = n.D[2]
    right = (n.A[2] - n.Y) * df(n.Z[2])
    return left, right


@equation("eq-6-4-bp2-index")
def bp2_index(rng):
    n = one_example(rng)
    left = n.D[1][0]
    right = [sum(n.W[2][j, k] * n.D[2][0, j] for j in range(2)) * df(n.Z[1][0, k])
             for k in range(4)]
    return left, right


@equation("eq-6-4-bp2-vector")
def bp2_vector(rng):
    n = one_example(rng)
    left = n.D[1][0]
    right = (n.W[2].T @ n.D[2][0]) * df(n.Z[1][0])
    return left, right


@equation("eq-6-4-bp2-rows")
def bp2_rows(rng):
    n = random_network(rng)
    left = n.D[1]
    right = np.array([[sum(n.D[2][i, j] * n.W[2][j, k] for j in range(2)) * df(n.Z[1][i, k])
                       for k in range(4)] for i in range(n.m)])
    return left, right


@equation("eq-6-4-bp2")
def bp2(rng):
    n = random_network(rng, sizes=(3, 4, 5, 2))
    left = n.D[1], n.D[2]
    right = (n.D[2] @ n.W[2]) * df(n.Z[1]), (n.D[3] @ n.W[3]) * df(n.Z[2])
    return left, right


@equation("eq-6-5-bp3-index")
def bp3_index(rng):
    n = one_example(rng)
    left = nnlib.numerical_gradient(lambda _: n.C(), n.b[1])
    right = n.D[1][0]
    return left, right


@equation("eq-6-5-bp4-index")
def bp4_index(rng):
    n = one_example(rng)
    left = nnlib.numerical_gradient(lambda _: n.C(), n.W[2])
    right = [[n.D[2][0, j] * n.A[1][0, k] for k in range(4)] for j in range(2)]
    return left, right


@equation("eq-6-5-bp4-vector")
def bp4_vector(rng):
    n = one_example(rng)
    left = nnlib.numerical_gradient(lambda _: n.C(), n.W[1])
    delta, a = n.D[1].T, n.A[0].T  # columns; a column times a row, by broadcasting
    right = delta * a.T
    return left, right


@equation("eq-6-5-bp4")
def bp4(rng):
    n = random_network(rng)
    left = tuple(nnlib.numerical_gradient(lambda _: n.C(), n.W[l]) for l in (1, 2))
    right = n.D[1].T @ n.A[0] / n.m, n.D[2].T @ n.A[1] / n.m
    return left, right


@equation("eq-6-5-bp3")
def bp3(rng):
    n = random_network(rng)
    left = nnlib.numerical_gradient(lambda _: n.C(), n.b[1])
    right = n.D[1].sum(axis=0) / n.m
    return left, right
