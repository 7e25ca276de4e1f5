"""Costs: how wrong the outputs are. A loss belongs to one example; the cost is the mean loss.

Every function takes rows: outputs a and targets y of shape (m, K), one example a row.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .activations import Activation, sigmoid, softmax


class Cost(NamedTuple):
    """A loss f(a, y) -> (m,) and its derivative df(a, y) -> (m, K) by the outputs a.

    A cost made `for_output` of one activation cancels with it: the loss is computed from the
    weighted input by f_of_z(z, y), and the output error is a - y; both stay finite where a
    rounds to 0 or 1.
    """

    name: str
    f: Callable
    df: Callable
    for_output: Activation | None = None
    f_of_z: Callable | None = None

    def loss(self, z, a, y, activation):
        """Losses of the m examples, (m,). Raises ValueError for an output it is not made for."""
        self._check(activation)
        return self.f(a, y) if self.f_of_z is None else self.f_of_z(z, y)

    def output_error(self, z, a, y, activation):
        """BP1: D = dloss/dz at the output layer, (m, K); ValueError as loss."""
        self._check(activation)
        return self.df(a, y) * activation.slope(z, a) if self.f_of_z is None else a - y

    def _check(self, activation):
        if self.for_output not in (None, activation):
            raise ValueError(
                f"the {self.name} cost needs a network with output={self.for_output.name}, "
                f"this one has output={activation.name}"
            )
        if self.for_output is None and activation.df is None:
            raise ValueError(
                f"the {self.name} cost cannot be used with output={activation.name}: "
                "use cost=softmax_cross_entropy"
            )

    def __repr__(self):
        return self.name


def _log_sum_exp(z):
    top = z.max(axis=-1)
    return top + np.log(np.exp(z - top[:, None]).sum(axis=-1))


# The house cost (video notes, backpropagation notes): half the squared distance.
quadratic = Cost(
    "quadratic", lambda a, y: ((a - y) ** 2).sum(axis=-1) / 2, lambda a, y: a - y
)

# The mean over the K outputs, without the half (lesson slides; the booklet, where K = 1).
mse = Cost(
    "mse", lambda a, y: ((a - y) ** 2).mean(axis=-1), lambda a, y: 2 * (a - y) / y.shape[-1]
)

# Yes/no answers, each output on its own. -y log a - (1-y) log(1-a) = log(1 + e^z) - y z.
cross_entropy = Cost(
    "cross-entropy",
    lambda a, y: -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum(axis=-1),
    lambda a, y: (a - y) / (a * (1 - a)),
    for_output=sigmoid,
    f_of_z=lambda z, y: (np.logaddexp(0, z) - y * z).sum(axis=-1),
)

# One of K classes: -sum y log a, with a = softmax(z) and the targets of a row adding to 1.
softmax_cross_entropy = Cost(
    "softmax cross-entropy",
    lambda a, y: -(y * np.log(a)).sum(axis=-1),
    lambda a, y: -y / a,
    for_output=softmax,
    f_of_z=lambda z, y: _log_sum_exp(z) - (y * z).sum(axis=-1),
)

COSTS = {c.name: c for c in (quadratic, mse, cross_entropy, softmax_cross_entropy)}
