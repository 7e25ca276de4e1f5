"""The table of the book's display equations: each label leads to the test that computes both sides.

A function marked with `@equation("eq-6-4-bp2")` takes a random Generator and returns `left, right`.
left is the independent side: numerical derivatives, loops over indices, or nnlib. right is the
formula as the book prints it, assigned to the name `right` in the open. test_equations.py compares
the two, then breaks each operator, sign, transpose and constant of it, to see that this is noticed.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

import nnlib

TABLE = {}  # label -> Entry


class Entry(NamedTuple):
    """How to compute both sides of an equation, and how closely they must agree."""

    compute: Callable
    rtol: float


def equation(label, rtol=1e-6):
    """Enter a function into the table."""

    def enter(compute):
        assert label not in TABLE, f"{label} stands twice in the table"
        TABLE[label] = Entry(compute, rtol)
        return compute

    return enter


class Example(NamedTuple):
    """A random network 3-4-2 with a batch of five: the letters of the book, layer l at index l."""

    net: nnlib.Network
    cost: nnlib.Cost
    X: np.ndarray
    Y: np.ndarray
    W: list
    b: list
    Z: list
    A: list
    D: list

    @property
    def m(self):
        """Examples in the batch."""
        return len(self.X)

    def C(self):
        """The cost of the batch with the weights as they are now."""
        return nnlib.evaluate(self.net, self.X, self.Y, self.cost)[0]


def random_network(rng, sizes=(3, 4, 2), m=5, hidden=nnlib.sigmoid, output=nnlib.sigmoid,
                   cost=nnlib.quadratic):  # fmt: skip
    """Return a random Example. Its errors D are numerical: no formula for them is used here."""
    net = nnlib.Network(sizes, hidden, output, rng=rng)
    for b in net.biases:
        b += rng.standard_normal(len(b))
    X = rng.standard_normal((m, sizes[0]))
    Y = rng.uniform(size=(m, sizes[-1]))
    Z, A = net.forward(X)
    D = [_errors(net, cost, Z, Y, l) for l in range(1, len(sizes))]
    return Example(net, cost, X, Y, [None, *net.weights], [None, *net.biases],
                   [None, *Z], A, [None, *D])  # fmt: skip


def _errors(net, cost, Z, Y, l):
    """dloss/dZ of layer l by differences: nudge each weighted input, go on from there."""
    activations = net.activations

    def total(Zl):
        z, a = Zl, activations[l - 1].f(Zl)
        for i in range(l, len(net.weights)):
            z = a @ net.weights[i].T + net.biases[i]
            a = activations[i].f(z)
        return cost.loss(z, a, Y, activations[-1]).sum()

    return nnlib.numerical_gradient(total, Z[l - 1].copy())
