"""CostByHand: the search for the lowest cost of one neuron, by hand and in the fog."""

import numpy as np
import traitlets as t

from ..activations import sigmoid
from ..costs import COSTS
from ..network import Network
from ..training import evaluate
from .base import Choice, Column, Number, Numbers, Widget

MOST = 800  # numbers in the trace: 400 places; the oldest are forgotten


def _example():
    """Twelve noisy values of a sigmoid, so that the lowest cost lies within reach of w and b."""
    rng = np.random.default_rng(0)
    X = np.round(rng.uniform(0, 3, 12), 1)
    Y = np.clip(sigmoid(2 * X - 3) + 0.1 * rng.standard_normal(12), 0, 1)
    return X.tolist(), np.round(Y, 2).tolist()


class CostByHand(Widget):
    """One sigmoid neuron, a = σ(w x + b), its n examples, and the cost of every w and b tried.

    ``X`` and ``Y`` (4 to 40 numbers each, Y from 0 to 1), ``w`` and ``b`` (from -4 to 4), ``cost``
    ("quadratic", the mean of ½(a - y)², or "cross-entropy") are traits. The map shows the cost only
    where ``trace`` has been, w and b in turn, unless ``reveal``; ``slope`` shows the gradient.
    """

    kind = t.Unicode("cost-by-hand", read_only=True).tag(sync=True)
    X = Column(_example()[0], least=4, most=40).tag(sync=True)
    Y = Column(_example()[1], least=4, most=40).tag(sync=True)
    w = Number(-2.0, min=-4, max=4).tag(sync=True)
    b = Number(2.0, min=-4, max=4).tag(sync=True)
    cost = Choice(["quadratic", "cross-entropy"], "quadratic").tag(sync=True)
    slope = t.Bool(False, help="show which way the cost falls").tag(sync=True)
    reveal = t.Bool(False, help="show the whole map").tag(sync=True)
    trace = Numbers([], least=0, most=MOST, help="w, b, w, b, ...").tag(sync=True)
    predict = t.Bool(False, help="hide the cost until the reader has guessed it").tag(sync=True)

    def __init__(self, **traits):
        super().__init__(**traits)
        self.trace = self.trace or [self.w, self.b]

    @t.validate("X", "Y", "trace")
    def _fits(self, proposal):
        name, value = proposal["trait"].name, proposal["value"]
        now = {"X": self.X, "Y": self.Y, name: value}
        if name == "Y" and not all(0 <= y <= 1 for y in value):
            raise t.TraitError(f"Y must lie from 0 to 1, as a sigmoid's output does; got {value}.")
        if len(now["X"]) != len(now["Y"]):
            raise t.TraitError(
                f"X and Y must have the same length; got {len(now['X'])} and {len(now['Y'])}. "
                "To change both at once: n.set(X=..., Y=...)."
            )
        if name == "trace" and (len(value) % 2 or any(abs(v) > 4 for v in value)):
            raise t.TraitError(f"trace must hold w and b in turn, from -4 to 4; got {value}.")
        return value

    @t.observe("w", "b")
    def _leave_trace(self, change):
        if self.trace and self.trace[-2:] != [self.w, self.b]:
            self.trace = [*self.trace, self.w, self.b][-MOST:]

    def _network(self):
        """The neuron as a network, with the examples as rows."""
        net = Network([1, 1])
        net.weights[0][:], net.biases[0][:] = self.w, self.b
        return net, np.array(self.X)[:, None], np.array(self.Y)[:, None]

    @property
    def C(self):
        """The cost, a mean over all examples."""
        return float(evaluate(*self._network(), COSTS[self.cost])[0])

    @property
    def gradient(self):
        """The slopes of C by w and by b."""
        net, X, Y = self._network()
        gW, gb = net.backprop(X, Y, COSTS[self.cost])
        return float(gW[0][0, 0]), float(gb[0][0])

    def caption(self):
        return (f"One neuron, a = σ(w x + b), with {len(self.X)} examples: at w = {self.w:.3g} and "
                f"b = {self.b:.3g} the {self.cost} cost is C = {self.C:.3g}.")

    def table(self):
        dw, db = self.gradient
        return [
            ("x", "inputs", ", ".join(f"{x:.3g}" for x in self.X)),
            ("y", "targets", ", ".join(f"{y:.3g}" for y in self.Y)),
            ("w", "weight", self.w),
            ("b", "bias", self.b),
            ("C", f"{self.cost} cost", f"{self.C:.6g}"),
            ("∂C/∂w", "slope by the weight", f"{dw:.6g}"),
            ("∂C/∂b", "slope by the bias", f"{db:.6g}"),
        ]
