"""ChainNudge: a small change runs down a chain of one or two neurons, and each link scales it."""

from math import prod

import numpy as np
import traitlets as t

from ..activations import sigmoid
from ..network import Network
from .base import Choice, Number, Whole, Widget

SECOND = ("v", "c")  # weight and bias of the second neuron
MEANING = {
    "x": "input", "w": "weight", "b": "bias", "z": "weighted input", "a": "activation",
    "v": "second weight", "c": "second bias", "z2": "second weighted input",
    "a2": "second activation", "C": "cost",
}


class ChainNudge(Widget):
    """A chain of sigmoid neurons, one of its numbers nudged, and what becomes of the nudge.

    ``links=1``: z = w x + b, a = σ(z), C = ½(a - y)². ``links=2``: z = w x + b, a = σ(z), then the
    second neuron, z2 = v a + c, a2 = σ(z2), C = ½(a2 - y)². ``of`` is the number that gets the
    nudge: "w", "b", "x", and with two links "v", "c". ``nudge`` is the change itself, of size 1e-5
    to 1 with either sign. The numbers lie from -10 to 10, ``y`` from 0 to 1.

    ``path`` names what the nudge passes, such as ["w", "z", "a", "C"]. ``before``, ``after`` and
    ``changes`` are dicts over the path. ``ratios`` and ``derivatives`` are dicts over its links,
    keyed by the far end: ratios["a"] is Δa/Δz, derivatives["a"] is ∂a/∂z. ``ratio`` is the total
    ΔC/Δw, ``product`` the product of the derivatives, ∂C/∂w.
    """

    kind = t.Unicode("chain-nudge", read_only=True).tag(sync=True)
    links = Whole(1, min=1, max=2, help="neurons in a row").tag(sync=True)
    x = Number(1.5, min=-10, max=10).tag(sync=True)
    w = Number(0.8, min=-10, max=10).tag(sync=True)
    b = Number(-0.2, min=-10, max=10).tag(sync=True)
    v = Number(2.0, min=-10, max=10).tag(sync=True)
    c = Number(-1.0, min=-10, max=10).tag(sync=True)
    y = Number(0.0, min=0, max=1).tag(sync=True)
    of = Choice(["w", "b", "x", *SECOND], "w").tag(sync=True)
    nudge = Number(0.5, min=-1, max=1).tag(sync=True)
    predict = t.Bool(False, help="hide the ratios until the reader has guessed").tag(sync=True)

    @t.validate("nudge")
    def _is_a_nudge(self, proposal):
        if abs(proposal["value"]) < 1e-5:
            raise t.TraitError(
                f"nudge must be 1e-5 or more in size, or a ratio of changes says nothing; "
                f"got {proposal['value']!r}."
            )
        return proposal["value"]

    @t.validate("of", "links")
    def _stands_in_the_chain(self, proposal):
        name, value = proposal["trait"].name, proposal["value"]
        of, links = (value, self.links) if name == "of" else (self.of, value)
        if links == 1 and of in SECOND:
            raise t.TraitError(
                f"of={of!r} belongs to a second neuron and links is 1. "
                "To change both at once: n.set(links=..., of=...)."
            )
        return value

    def _network(self):
        """The chain as a network."""
        net = Network([1] * (self.links + 1))
        for layer, (w, b) in enumerate([(self.w, self.b), (self.v, self.c)][: self.links]):
            net.weights[layer][:], net.biases[layer][:] = w, b
        return net

    def _values(self):
        """Every quantity of the chain before the nudge."""
        Z, A = self._network().forward(np.array([[self.x]]))
        values = {key: getattr(self, key) for key in ("x", "w", "b", *SECOND)}
        for z, a, Zl, Al in zip(("z", "z2"), ("a", "a2"), Z, A[1:], strict=False):
            values |= {z: float(Zl[0, 0]), a: float(Al[0, 0])}
        return values | {"C": float((A[-1][0, 0] - self.y) ** 2 / 2)}

    @property
    def path(self):
        """What the nudge passes, from the nudged number to the cost."""
        first = ["z", "a"] if self.of not in SECOND else []
        return [self.of, *first, *(["z2", "a2"] if self.links == 2 else []), "C"]

    @property
    def before(self):
        """The values on the path before the nudge."""
        values = self._values()
        return {key: values[key] for key in self.path}

    @property
    def changes(self):
        """The changes on the path, which keep all their digits: none is a difference of rounded
        numbers, σ(z + d) - σ(z) is computed as σ(z + d) σ(-z) (1 - exp(-d))."""
        old, changes = self._values(), {self.of: self.nudge}
        for near, far in zip(self.path, self.path[1:], strict=False):
            d = changes[near]
            if far == "C":
                changes[far] = d * (old[near] - self.y + d / 2)
            elif far in ("a", "a2"):
                z = np.float64(old[near])
                changes[far] = float(-np.expm1(-d) * sigmoid(z + d) * sigmoid(-z))
            else:
                changes[far] = d * self.derivatives[far]  # z is straight in each of its parts
        return changes

    @property
    def after(self):
        """The values on the path after the nudge."""
        changes = self.changes
        return {key: value + changes[key] for key, value in self.before.items()}

    @property
    def derivatives(self):
        """The local derivative of each link, keyed by its far end."""
        old = self._values()
        by = {"w": self.x, "x": self.w, "b": 1.0, "v": old["a"], "a": self.v, "c": 1.0}
        slopes = {}
        for near, far in zip(self.path, self.path[1:], strict=False):
            if far == "C":
                slopes[far] = old[near] - self.y
            else:
                z = np.float64(old[near])
                curved = far in ("a", "a2")
                slopes[far] = float(sigmoid(z) * sigmoid(-z)) if curved else by[near]
        return slopes

    @property
    def ratios(self):
        """The measured ratio of changes of each link; nan where 0 arrives, for 0/0 says nothing."""
        changes = self.changes
        return {far: changes[far] / changes[near] if changes[near] else float("nan")
                for near, far in zip(self.path, self.path[1:], strict=False)}

    @property
    def ratio(self):
        """The measured ratio of the whole chain: the change of the cost by the nudge."""
        return self.changes["C"] / self.nudge

    @property
    def product(self):
        """The product of the local derivatives: the derivative of the cost."""
        return prod(self.derivatives.values())

    def caption(self):
        chain = " → ".join(self.path)
        return (f"A nudge of {self.nudge:.3g} runs down the chain {chain}: the measured ratio "
                f"ΔC/Δ{self.of} is {self.ratio:.6g}, the product of the local derivatives is "
                f"{self.product:.6g}.")

    def table(self):
        before, after, changes = self.before, self.after, self.changes
        ratios, slopes = self.ratios, self.derivatives
        links = list(zip(self.path, self.path[1:], strict=False))
        return [
            *((key, MEANING[key], f"{before[key]:.6g} → {after[key]:.6g}, change {d:.3g}")
              for key, d in changes.items()),
            *((f"Δ{far}/Δ{near}",
               f"measured ratio; the derivative ∂{far}/∂{near} is {slopes[far]:.6g}",
               f"{ratios[far]:.6g}" if changes[near] else "0/0") for near, far in links),
            (f"ΔC/Δ{self.of}", "total measured ratio", f"{self.ratio:.6g}"),
            (f"∂C/∂{self.of}", "product of the derivatives", f"{self.product:.6g}"),
        ]
