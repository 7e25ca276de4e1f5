"""The display equations of chapter 5: a 2-2-1 network with nine named parameters, one example."""

import numpy as np
from equations.table import equation

import nnlib
from nnlib import sigmoid


def case(rng):
    """Random w1..w6, b1..b3, an input pair and a target."""
    return rng.normal(size=9), rng.normal(size=2), rng.uniform()


def network(p):
    net = nnlib.Network([2, 2, 1])
    net.weights, net.biases = [p[:4].reshape(2, 2), p[None, 4:6]], [p[6:8], p[8:]]
    return net


def loss(p, x, y):
    return nnlib.evaluate(network(p), [x], [[y]], nnlib.mse)[0]


def by_parameters(p, x, y):
    """The nine derivatives, measured."""
    return nnlib.numerical_gradient(lambda q: loss(q, x, y), p.copy())


def by_weighted_inputs(p, x, y):
    """The errors of neurons 1, 2 and 3, measured: a bias moves its z and nothing else."""
    return by_parameters(p, x, y)[6:]


def values(p, x):
    """z1, h1, z2, h2, z3, o by the library."""
    (Z1, Z2), (_, H, o) = network(p).forward([x])
    return Z1[0, 0], H[0, 0], Z1[0, 1], H[0, 1], Z2[0, 0], o[0, 0]


@equation("eq-5-1-forward")
def forward(rng):
    p, x, _ = case(rng)
    (w1, w2, w3, w4, w5, w6, b1, b2, b3), (x1, x2) = p, x
    _, h1, _, h2, _, o = values(p, x)
    left = h1, h2, o
    right = (
        sigmoid(w1 * x1 + w2 * x2 + b1),
        sigmoid(w3 * x1 + w4 * x2 + b2),
        sigmoid(w5 * h1 + w6 * h2 + b3),
    )
    return left, right


@equation("eq-5-1-neuron")
def neuron(rng):
    w, x, b, y = rng.normal(size=4)

    def cost(w):
        return float((sigmoid(w[0] * x + b) - y) ** 2 / 2)

    left = nnlib.numerical_gradient(cost, np.array([w]))[0]
    z = w * x + b
    a = sigmoid(z)
    right = (a - y) * sigmoid.df(z) * x
    return left, right


@equation("eq-5-1-path")
def path(rng):
    p, (x1, x2), y = case(rng)
    w5 = p[4]
    left = by_parameters(p, (x1, x2), y)[0]
    z1, _, _, _, z3, o = values(p, (x1, x2))
    right = -2 * (y - o) * sigmoid.df(z3) * w5 * sigmoid.df(z1) * x1
    return left, right


@equation("eq-5-3-output")
def output(rng):
    p, x, y = case(rng)
    left = by_weighted_inputs(p, x, y)[2]
    *_, z3, o = values(p, x)
    right = -2 * (y - o) * sigmoid.df(z3)
    return left, right


@equation("eq-5-3-hidden")
def hidden(rng):
    p, x, y = case(rng)
    w5, w6 = p[4:6]
    delta1, delta2, delta3 = by_weighted_inputs(p, x, y)
    left = delta1, delta2
    z1, _, z2, _, _, _ = values(p, x)
    right = delta3 * w5 * sigmoid.df(z1), delta3 * w6 * sigmoid.df(z2)
    return left, right


@equation("eq-5-3-nine")
def nine(rng):
    p, (x1, x2), y = case(rng)
    left = tuple(by_parameters(p, (x1, x2), y))
    delta1, delta2, delta3 = by_weighted_inputs(p, (x1, x2), y)
    _, h1, _, h2, _, _ = values(p, (x1, x2))
    right = (
        delta1 * x1, delta1 * x2, delta2 * x1, delta2 * x2, delta3 * h1, delta3 * h2,
        delta1, delta2, delta3,
    )  # fmt: skip
    return left, right
