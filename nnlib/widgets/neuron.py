"""The Neuron: z = w·x + b, then a = φ(z)."""

import numpy as np
import traitlets as t

from ..activations import ACTIVATIONS
from .base import Choice, Number, Numbers, Widget

PHI = [name for name, act in ACTIVATIONS.items() if act.df is not None]
SUB = "₁₂₃"


class Neuron(Widget):
    """A neuron with 1 to 3 inputs: z = w·x + b, a = φ(z), drawn, with every number to drag.

    ``w``, ``x`` (lists of equal length), ``b``, ``activation`` and ``derivative`` (show φ′) are
    traits: assign a new list (``n.w = [1, 2]``) to change one, ``n.observe`` to follow it.
    """

    kind = t.Unicode("neuron", read_only=True).tag(sync=True)
    w = Numbers([1.5, -2.0]).tag(sync=True)
    b = Number(0.5).tag(sync=True)
    x = Numbers([1.0, 0.5]).tag(sync=True)
    activation = Choice(PHI, "sigmoid").tag(sync=True)
    derivative = t.Bool(False, help="show the slope").tag(sync=True)
    predict = t.Bool(False, help="hide the result until the reader has guessed it").tag(sync=True)

    def __init__(self, **traits):
        given = traits.get("w", traits.get("x"))
        if given is not None and np.ndim(given) == 1:
            n = len(given)
            traits = {"w": [1.5, -2.0, 1.0][:n], "x": [1.0, 0.5, -1.0][:n], **traits}
        super().__init__(**traits)

    @t.validate("w", "x")
    def _same_length(self, proposal):
        now = {"w": self.w, "x": self.x, proposal["trait"].name: proposal["value"]}
        if len(now["w"]) != len(now["x"]):
            raise t.TraitError(
                f"w and x must have the same length; got w = {now['w']} and x = {now['x']}. "
                "To change both at once: n.set(w=..., x=...)."
            )
        return proposal["value"]

    @property
    def z(self):
        """The weighted input, w·x + b."""
        return float(np.dot(self.w, self.x) + self.b)

    @property
    def a(self):
        """The activation, φ(z)."""
        return float(ACTIVATIONS[self.activation].f(np.float64(self.z)))

    @property
    def slope(self):
        """The derivative φ′(z)."""
        return float(ACTIVATIONS[self.activation].df(np.float64(self.z)))

    def caption(self):
        many = "1 input" if len(self.w) == 1 else f"{len(self.w)} inputs"
        return (f"A neuron with {many} and the activation {self.activation}: "
                f"the weighted input z = {self.z:.3g} gives the output a = {self.a:.3g}.")

    def table(self):
        pairs = list(zip(SUB, self.x, self.w, strict=False))
        return [
            *((f"x{i}", f"input {k}", x) for k, (i, x, _) in enumerate(pairs, 1)),
            *((f"w{i}", f"weight of input {k}", w) for k, (i, _, w) in enumerate(pairs, 1)),
            ("b", "bias", self.b),
            ("φ", "activation", self.activation),
            ("z", "weighted input, w·x + b", f"{self.z:.6g}"),
            ("a", "output, φ(z)", f"{self.a:.6g}"),
            ("φ′(z)", "slope of the activation at z", f"{self.slope:.6g}"),
        ]
