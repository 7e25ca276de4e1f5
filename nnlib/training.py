"""Training: mini-batch gradient descent, one record an epoch."""

import time
from typing import NamedTuple

import numpy as np

from .costs import quadratic

BLOCK = 1000  # rows evaluated at once: memory stays flat, and the caches suffice


class Epoch(NamedTuple):
    """What one pass over the training data has brought.

    Costs are mean losses at the end of the epoch, without the penalty; accuracies are shares from
    0 to 1; the validation fields are None without validation data; seconds counts the updates only.
    """

    epoch: int
    updates: int
    cost: float
    accuracy: float
    validation_cost: float | None
    validation_accuracy: float | None
    seconds: float

    def __str__(self):
        line = f"epoch {self.epoch:3d}   cost {self.cost:.4f}   accuracy {self.accuracy:7.2%}"
        if self.validation_cost is not None:
            line += f"   validation {self.validation_cost:.4f} {self.validation_accuracy:7.2%}"
        return line


def train(
    net, data, *, cost=quadratic, epochs, batch_size, eta,
    lam=0.0, validation=None, rng=None,
):
    """Train net in place; a generator that yields an Epoch after each pass.

    data: (X, Y) as rows, or a function that gives fresh ones for each epoch.
    eta: the learning rate, or a function of the epoch. lam: the L2 penalty.
    The rows are shuffled anew in every epoch. rng: a seed or a Generator.
    """
    rng = np.random.default_rng(rng)
    updates = 0
    fixed = None if callable(data) else _rows(data, net, batch_size)
    for epoch in range(1, epochs + 1):
        X, Y = fixed or _rows(data(), net, batch_size)
        rate = float(eta(epoch) if callable(eta) else eta)
        start = time.perf_counter()
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            batch = order[first : first + batch_size]
            x, y = X.take(batch, axis=0), Y.take(batch, axis=0)
            gW, gb = net.backprop(x, y, cost)
            descend(net, gW, gb, rate, lam)
            updates += 1
        seconds = time.perf_counter() - start
        measured = evaluate(net, X, Y, cost)
        held_out = None, None
        if validation is not None:
            held_out = evaluate(net, *validation, cost)
        yield Epoch(epoch, updates, *measured, *held_out, seconds)


def descend(net, gW, gb, eta, lam=0.0):
    """One step, in place: W <- W - eta (gW + lam W), b <- b - eta gb."""
    for W, g in zip(net.weights, gW):
        if lam:
            W *= 1 - eta * lam
        W -= eta * g
    for b, g in zip(net.biases, gb):
        b -= eta * g


def evaluate(net, X, Y, cost=quadratic):
    """Mean loss and accuracy on the rows of X and Y; ValueError without rows.

    An answer is right when the largest output is where the largest target is;
    with a single output, when it lies on the target's side of 0.5.
    """
    if len(X) == 0:
        raise ValueError("X has no rows: needed is at least one example")
    loss, right = 0.0, 0
    for first in range(0, len(X), BLOCK):
        x, y = X[first : first + BLOCK], np.asarray(Y[first : first + BLOCK])
        Z, A = net.forward(x)
        losses = cost.loss(Z[-1], A[-1], y, net.activations[-1])
        loss += losses.sum(dtype=float)
        right += np.count_nonzero(_answers(A[-1]) == _answers(y))
    return float(loss) / len(X), float(right / len(X))


def _answers(a):
    return a.argmax(axis=1) if a.shape[1] > 1 else a[:, 0] > 0.5


def _rows(data, net, batch_size):
    """X and Y as arrays of the network's dtype, if they can be trained on."""
    X, Y = (np.asarray(a, net.weights[0].dtype) for a in data)
    if len(X) != len(Y) or len(X) == 0:
        raise ValueError(
            f"X has {len(X)} rows and Y has {len(Y)}: needed is the same number, at least 1"
        )
    if batch_size < 1 or batch_size != int(batch_size):
        raise ValueError(f"batch_size is {batch_size}: needed is a whole number, at least 1")
    return X, Y
