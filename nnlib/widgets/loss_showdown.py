"""LossShowdown: the squared cost against cross-entropy, and what softmax makes of the latter."""

import math

import numpy as np
import traitlets as t

from ..activations import softmax
from .base import Choice, Number, Numbers, Whole, Widget

MOST = 50_000  # steps of a race; from every start that can be set both neurons arrive before
GOAL = 0.1  # a neuron has arrived when its output is below
COSTS = ["squared", "cross-entropy"]


def _sigmoid(z):
    e = math.exp(-abs(z))
    return (1 if z >= 0 else e) / (1 + e)


def _error(cost, z):
    """dC/dz of a sigmoid neuron with the target 0: a sigma'(z), or plainly a."""
    a = _sigmoid(z)
    return a * (a * (1 - a)) if cost == "squared" else a


def _run(cost, w, b, eta, until):
    """Descend while ``until(n, a)`` is false: (n, w, b). The same operations as in the script."""
    n = 0
    while not until(n, _sigmoid(w + b)):
        d = _error(cost, w + b)
        w, b, n = w - eta * d, b - eta * d, n + 1
    return n, w, b


class LossShowdown(Widget):
    """Squared cost against cross-entropy at the same start and rate; then softmax and q - y.

    ``view`` "race": two sigmoid neurons with the input 1 and the target 0 start at ``w`` and ``b``
    (from -3 to 3) and descend with the learning rate ``eta``, one on ½a², one on -log(1 - a); the
    picture stands after ``steps`` steps. ``view`` "softmax": 3 to 10 scores ``z`` (from -6 to 6),
    divided by the temperature ``T``, become shares q; ``y`` is the true class, counted from 0.
    ``now()``, ``start_errors`` and ``arrivals`` tell of the race; ``q``, ``loss``, ``gradient`` (by
    the scores z) of the softmax.
    """

    kind = t.Unicode("loss-showdown", read_only=True).tag(sync=True)
    view = Choice(["race", "softmax"], "race").tag(sync=True)
    w = Number(0.6, min=-3, max=3, help="weight at the start").tag(sync=True)
    b = Number(0.9, min=-3, max=3, help="bias at the start").tag(sync=True)
    eta = Number(0.15, min=0.005, max=1, help="learning rate of both").tag(sync=True)
    steps = Whole(0, min=0, max=MOST).tag(sync=True)
    z = Numbers([2, 1, -1, 0.5], least=3, most=10, help="scores").tag(sync=True)
    T = Number(1.0, min=0.1, max=5, help="temperature").tag(sync=True)
    y = Whole(0, min=0, max=9, help="the true class").tag(sync=True)
    predict = t.Bool(False, help="hide the result until the reader has guessed it").tag(sync=True)

    @t.validate("z", "y")
    def _fits(self, proposal):
        name, value = proposal["trait"].name, proposal["value"]
        now = {"z": self.z, "y": self.y, name: value}
        if name == "z" and any(abs(v) > 6 for v in value):
            raise t.TraitError(f"z must hold scores from -6 to 6; got {value}.")
        if now["y"] >= len(now["z"]):
            raise t.TraitError(
                f"y is the true class, from 0 to {len(now['z']) - 1} for {len(now['z'])} scores; "
                f"got {now['y']}. To change both at once: n.set(z=..., y=...)."
            )
        return value

    def now(self):
        """Both neurons after ``steps`` steps: cost -> {w, b, z, a, C, delta}, delta = dC/dz."""
        both = {}
        for cost in COSTS:
            _, w, b = _run(cost, self.w, self.b, self.eta, lambda n, a: n == self.steps)
            a = _sigmoid(w + b)
            C = a * a / 2 if cost == "squared" else float(np.logaddexp(0, w + b))
            both[cost] = {"w": w, "b": b, "z": w + b, "a": a, "C": C, "delta": _error(cost, w + b)}
        return both

    @property
    def start_errors(self):
        """dC/dz at the start, for the squared cost and for cross-entropy."""
        return tuple(_error(cost, self.w + self.b) for cost in COSTS)

    @property
    def arrivals(self):
        """The steps until the output is below 0.1, for the squared cost and for cross-entropy."""
        return tuple(_run(cost, self.w, self.b, self.eta, lambda n, a: a < GOAL)[0]
                     for cost in COSTS)

    @property
    def q(self):
        """The shares: the softmax of z / T."""
        return softmax(np.array(self.z) / self.T)

    @property
    def loss(self):
        """-log q at the true class."""
        u = np.array(self.z) / self.T
        return float(u.max() + np.log(np.exp(u - u.max()).sum()) - u[self.y])

    @property
    def gradient(self):
        """The slopes of the loss by the scores: (q - y) / T, with y one-hot."""
        return (self.q - np.eye(len(self.z))[self.y]) / self.T

    def caption(self):
        if self.view == "softmax":
            return (f"{len(self.z)} scores at the temperature {self.T:.3g}: softmax gives the true "
                    f"class {self.y} the share {self.q[self.y]:.3g}, its loss is {self.loss:.3g}, "
                    "and the slope of the loss by each score divided by T is q − y.")
        (slow, fast), now = self.arrivals, self.now()
        return (f"Two neurons that should answer 0 start at w = {self.w:.3g}, b = {self.b:.3g} "
                f"with the learning rate {self.eta:.3g}. After {self.steps} steps the squared "
                f"cost's output is {now['squared']['a']:.3g}, that of cross-entropy "
                f"{now['cross-entropy']['a']:.3g}; they are below 0.1 after {slow} and {fast}.")

    def table(self):
        if self.view == "softmax":
            one_hot = np.eye(len(self.z), dtype=int)[self.y]
            return [(f"z, q, q − y of class {k}", "score, share, slope by z/T",
                     f"{z:.6g}, {q:.6g}, {q - y:.6g}")
                    for k, (z, q, y) in enumerate(zip(self.z, self.q, one_hot, strict=True))] + [
                        ("ℓ", "loss, −log q of the true class", f"{self.loss:.6g}")]
        slow, fast = self.start_errors
        return [
            ("w, b", "start of both", f"{self.w:.6g}, {self.b:.6g}"),
            ("δ", "slope by z at the start, squared cost", f"{slow:.6g}"),
            ("δ", "slope by z at the start, cross-entropy", f"{fast:.6g}"),
            ("ratio", "how many times larger", f"{fast / slow:.6g}"),
            ("steps", "until below 0.1: squared, cross-entropy", "{}, {}".format(*self.arrivals)),
        ]
