"""Both sides of the display equations of chapter 9."""

import numpy as np
from equations.table import equation, random_network

import nnlib


def scores(rng):
    return rng.normal(0, 1.5, 4)


def beliefs(rng):
    return rng.dirichlet(np.ones(4)), rng.dirichlet(np.ones(4))


def one_of(rng, K):
    return np.eye(K)[rng.integers(K)]


@equation("eq-9-1-softmax")
def softmax(rng):
    z = scores(rng)
    left = nnlib.softmax(z)
    right = np.exp(z) / np.exp(z).sum()
    return left, right


@equation("eq-9-1-ratio")
def ratio(rng):
    z = scores(rng)
    q = nnlib.softmax(z)
    left = np.array([[q[j] / q[k] for k in range(4)] for j in range(4)])
    right = np.exp(z[:, None] - z)
    return left, right


@equation("eq-9-1-two")
def two(rng):
    z1, z2 = rng.normal(0, 1.5, 2)
    q1 = nnlib.softmax(np.array([z1, z2]))[0]
    left = (q1, q1, q1)
    right = (np.exp(z1) / (np.exp(z1) + np.exp(z2)), 1 / (1 + np.exp(-(z1 - z2))),
             nnlib.sigmoid(z1 - z2))  # fmt: skip
    return left, right


@equation("eq-9-1-slopes")
def slopes(rng):
    z = scores(rng)
    q = nnlib.softmax(z)
    left = np.array([
        nnlib.numerical_gradient(lambda z, k=k: nnlib.softmax(z)[k], z.copy()) for k in range(4)
    ])  # fmt: skip
    right = q[:, None] * (np.eye(4) - q)
    return left, right


@equation("eq-9-2-surprise")
def surprise(rng):
    q, r = rng.uniform(0.05, 0.95, 2)
    both = nnlib.numerical_gradient(lambda x: np.log(x).sum(), np.array([q]))[0]
    assert np.isclose(both, 1 / q) and np.isclose(np.log(q * r), np.log(q) + np.log(r))
    grid = np.linspace(q, 1, 100_001)
    area = np.mean((1 / grid[1:] + 1 / grid[:-1]) / 2) * (1 - q)  # the area below 1/x from q to 1
    left = (area, area)
    right = (np.log(1 / q), -np.log(q))
    return left, right


@equation("eq-9-2-entropy")
def entropy(rng):
    p, _ = beliefs(rng)
    left = sum(-share * np.log(share) for share in p)
    right = (p * np.log(1 / p)).sum()
    return left, right


@equation("eq-9-2-cross")
def cross(rng):
    p, q = beliefs(rng)
    left = sum(-p[i] * np.log(q[i]) for i in range(4))
    right = (p * np.log(1 / q)).sum()
    return left, right


@equation("eq-9-2-kl")
def kl(rng):
    p, q = beliefs(rng)
    left = sum(p[i] * np.log(p[i]) - p[i] * np.log(q[i]) for i in range(4))
    right = (p * np.log(p / q)).sum()
    return left, right


@equation("eq-9-2-identity")
def identity(rng):
    p, q = beliefs(rng)
    H_pq, H_p = -(p * np.log(q)).sum(), -(p * np.log(p)).sum()
    left = (p * np.log(p / q)).sum()
    right = H_pq - H_p
    return left, right


@equation("eq-9-2-loss")
def loss(rng):
    z, y = scores(rng)[None], one_of(rng, 4)[None]
    q = nnlib.softmax(z)[0]
    left = nnlib.softmax_cross_entropy.loss(z, None, y, nnlib.softmax)[0]
    right = -(y[0] * np.log(q)).sum()
    return left, right


@equation("eq-9-3-sigmoid")
def with_sigmoid(rng):
    z, y = rng.normal(0, 2, 1), float(rng.integers(2))
    a = nnlib.sigmoid(z)[0]

    def price(a):
        return (-y * np.log(a) - (1 - y) * np.log(1 - a)).sum()

    by_z = nnlib.numerical_gradient(lambda z: price(nnlib.sigmoid(z)), z.copy())[0]
    by_a = nnlib.numerical_gradient(price, np.array([a]))[0]
    left = (by_z, by_a * nnlib.sigmoid.df(z)[0], by_z)
    right = ((a - y) / (a * (1 - a)) * (a * (1 - a)), (a - y), a - y)
    return left, right


@equation("eq-9-3-delta")
def delta(rng):
    z, y = scores(rng), one_of(rng, 4)
    q = nnlib.softmax(z)
    left = nnlib.numerical_gradient(lambda z: -(y * np.log(nnlib.softmax(z))).sum(), z.copy())
    right = q - y
    return left, right


@equation("eq-9-3-bp1")
def bp1(rng):
    cost = nnlib.softmax_cross_entropy
    n = random_network(rng, output=nnlib.softmax, cost=cost)
    Y = np.eye(2)[rng.integers(2, size=n.m)]

    def total(Z):
        return cost.loss(Z, None, Y, nnlib.softmax).sum()

    left = nnlib.numerical_gradient(total, n.Z[2].copy())
    right = n.A[2] - Y
    return left, right


@equation("eq-9-3-logsumexp")
def log_sum_exp(rng):
    z, y = scores(rng), one_of(rng, 4)
    left = -np.log(nnlib.softmax(z)[y.argmax()])
    right = np.log(np.exp(z).sum()) - (y * z).sum()
    return left, right
