"""Activation functions, each beside its slope. Both take the weighted input z, entry by entry.

Source of the seven: the lecture's table. sigmoid is the logistic function.
softmax joins for classification.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np


class Activation(NamedTuple):
    """A function f and its slope df, both of the weighted input z (any shape). Call it: tanh(z).

    df_of_a is the same slope written in a = f(z), where that costs less.
    """

    name: str
    f: Callable
    df: Callable | None  # None where one output depends on all inputs of its row (softmax)
    df_of_a: Callable | None = None

    def __call__(self, z):
        return self.f(_floats(z))

    def slope(self, z, a):
        """The slope at z, where a = f(z) is known already."""
        return self.df(z) if self.df_of_a is None else self.df_of_a(a)

    def __repr__(self):
        return self.name


def _floats(z):
    z = np.asarray(z)
    return z if np.issubdtype(z.dtype, np.floating) else z.astype(float)


def _flat(z):
    return np.zeros_like(z)


def _sigmoid(z):
    """1 / (1 + e^-z), written so that e is never raised to a large power."""
    e = np.exp(-np.abs(z))
    return np.maximum(e, z >= 0) / (1 + e)


def _softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))  # the largest exponent is 0
    return e / e.sum(axis=-1, keepdims=True)


linear = Activation("linear", lambda z: z, np.ones_like)
step = Activation("step", lambda z: np.heaviside(z, 0.5).astype(z.dtype), _flat)
sign = Activation("sign", np.sign, _flat)
piecewise_linear = Activation(
    "piecewise linear",
    lambda z: np.clip(z + 0.5, 0, 1),
    lambda z: (np.abs(z) < 0.5).astype(z.dtype),
)
sigmoid = Activation(
    "sigmoid", _sigmoid, lambda z: _sigmoid(z) * (1 - _sigmoid(z)), df_of_a=lambda a: a * (1 - a)
)
tanh = Activation("tanh", np.tanh, lambda z: 1 - np.tanh(z) ** 2, df_of_a=lambda a: 1 - a**2)
relu = Activation("relu", lambda z: np.maximum(z, 0), lambda z: (z > 0).astype(z.dtype))
softmax = Activation("softmax", _softmax, None)

ACTIVATIONS = {
    a.name: a for a in (linear, step, sign, piecewise_linear, sigmoid, tanh, relu, softmax)
}
