"""Descent2D: the path of gradient descent on a map of contours, with momentum."""

from typing import NamedTuple

import numpy as np
import traitlets as t

from .base import Choice, Number, Numbers, Whole, Widget
from .descent1d import descend, told

REACH = 4  # the largest start
WELLS = -1, (1 + np.sqrt(0.5)) / 2  # w1 at the bottoms of the two wells
HILL = (1 - np.sqrt(0.5)) / 2  # and at the top between them


class Landscape(NamedTuple):
    """A cost of two weights, its gradient, the Hessian at the bottom of the valley where w lies
    (h11, h12, h22), and the box of the picture (x0, x1, y0, y1)."""

    C: object
    gradient: object
    hessian: object
    view: tuple


def _rosenbrock(kappa, w1, w2):
    u = w2 - w1 * w1
    return (1 - w1) * (1 - w1) + kappa * u * u


def _rosenbrock_gradient(kappa, w1, w2):
    u = w2 - w1 * w1
    return -2 * (1 - w1) - 4 * kappa * w1 * u, 2 * kappa * u


def _wells(kappa, w1, w2):
    u, d, v = w1 * w1 - 1, w1 + 1, w2 - w1 / 2
    return (u * u + d * d / 4) / 2 + kappa * v * v / 2


def _wells_gradient(kappa, w1, w2):
    u, d, v = w1 * w1 - 1, w1 + 1, w2 - w1 / 2
    return 2 * w1 * u + d / 4 - kappa * v / 2, kappa * v


def _wells_hessian(kappa, w1):
    bottom = WELLS[int(w1 > HILL)]
    return 6 * bottom * bottom - 1.75 + kappa / 4, -kappa / 2, kappa


def _saddle(kappa, w1, w2):
    u = w1 * w1 - 2
    return u * u / 8 + kappa * w2 * w2 / 2


# the same operations in the same order as in descent2d.js
LANDSCAPES = {
    "bowl": Landscape(
        lambda kappa, w1, w2: (w1 * w1 + kappa * w2 * w2) / 2,
        lambda kappa, w1, w2: (w1, kappa * w2),
        lambda kappa, w1: (1, 0, kappa), (-2, 2, -2, 2),
    ),
    "Rosenbrock": Landscape(
        _rosenbrock, _rosenbrock_gradient,
        lambda kappa, w1: (2 + 8 * kappa, -4 * kappa, 2 * kappa), (-2, 2, -1, 3),
    ),
    "two wells": Landscape(_wells, _wells_gradient, _wells_hessian, (-2, 2, -2, 2)),
    "saddle": Landscape(
        _saddle, lambda kappa, w1, w2: (w1 * (w1 * w1 - 2) / 2, kappa * w2),
        lambda kappa, w1: (2, 0, kappa), (-2, 2, -2, 2),
    ),
}


class Start(Numbers):
    """Two numbers from -REACH to REACH."""

    def validate(self, obj, value):
        if np.shape(value) != (2,):
            raise t.TraitError(f"{self.name} must be a list of 2 numbers; got {value!r}.")
        pair = super().validate(obj, value)
        if any(abs(v) > REACH for v in pair):
            raise t.TraitError(f"{self.name} must lie from -{REACH} to {REACH}; got {value!r}.")
        return pair


class Descent2D(Widget):
    """Gradient descent with two weights and momentum: v <- beta v - eta grad C(w), w <- w + v.

    ``C`` is "bowl" ((w1² + κ w2²)/2), "Rosenbrock", "two wells" or "saddle"; ``kappa``, from 1 to
    100, says how much steeper it is across the valley than along it. ``w`` is the start; ``path``
    holds all weights, ``costs`` what C is there. A path that explodes ends before a weight beyond a
    million.
    """

    kind = t.Unicode("descent2d", read_only=True).tag(sync=True)
    C = Choice(LANDSCAPES, "bowl").tag(sync=True)
    kappa = Number(10.0, min=1, max=100).tag(sync=True)
    w = Start([-1.8, 1.2], least=2, most=2).tag(sync=True)
    eta = Number(0.18, min=0.001, max=10).tag(sync=True)
    beta = Number(0.0, min=0, max=0.99).tag(sync=True)
    steps = Whole(150, min=1, max=300).tag(sync=True)
    predict = t.Bool(False, help="hide the path until the reader has guessed").tag(sync=True)

    def _gradient(self, w):
        return LANDSCAPES[self.C].gradient(self.kappa, *w)

    def _costs(self, path):
        return LANDSCAPES[self.C].C(self.kappa, *path.T)

    @property
    def path(self):
        """All weights from the start on, shape (steps + 1, 2), shorter if it explodes."""
        return descend(self._gradient, self.w, self.eta, self.steps, self.beta)

    @property
    def costs(self):
        """C along the path."""
        return self._costs(self.path)

    @property
    def gradient(self):
        """The gradient at the start."""
        return tuple(map(float, self._gradient(self.w)))

    @property
    def eigenvalues(self):
        """The smallest and the largest curvature at the bottom of the valley of the start."""
        a, b, d = LANDSCAPES[self.C].hessian(self.kappa, self.w[0])
        middle, radius = (a + d) / 2, np.sqrt((a - d) * (a - d) / 4 + b * b)
        return float(middle - radius), float(middle + radius)

    @property
    def thresholds(self):
        """The best rate 2(1 + beta)/(l1 + ln) and the one that explodes, 2(1 + beta)/ln."""
        low, high = self.eigenvalues
        return 2 * (1 + self.beta) / (low + high), 2 * (1 + self.beta) / high

    @property
    def plain_eta(self):
        """The rate of the path without momentum: eta, but at most its best rate."""
        return min(self.eta, 2 / sum(self.eigenvalues))

    @property
    def plain(self):
        """The path without momentum, for comparison."""
        return descend(self._gradient, self.w, self.plain_eta, self.steps)

    @property
    def plain_costs(self):
        """C along the path without momentum."""
        return self._costs(self.plain)

    @property
    def explodes_after(self):
        """The last step inside the picture, for a path that ends outside, higher than it began."""
        x0, x1, y0, y1 = LANDSCAPES[self.C].view
        w1, w2 = self.path.T
        costs = self.costs
        inside = (x0 <= w1) & (w1 <= x1) & (y0 <= w2) & (w2 <= y1)
        left = not inside[-1] and costs[-1] > costs[0]
        return int(max(np.flatnonzero(inside), default=0)) if left else None

    def caption(self):
        w1, w2 = self.path[-1]
        end = f"after {self.steps} steps w = ({w1:.3g}, {w2:.3g}) and C = {self.costs[-1]:.3g}"
        return (f"Gradient descent on the {self.C}, κ = {self.kappa:.3g}, from ({self.w[0]:.3g}, "
                f"{self.w[1]:.3g}) with η = {self.eta:.3g} and β = {self.beta:.3g}: "
                f"{told(self.explodes_after, end)}.")

    def table(self):
        (low, high), (best, cliff) = self.eigenvalues, self.thresholds
        return [
            ("w", "start", ", ".join(f"{v:.6g}" for v in self.w)),
            ("∇C(w)", "gradient there", ", ".join(f"{v:.6g}" for v in self.gradient)),
            ("w − η ∇C(w)", "after one step", ", ".join(f"{v:.6g}" for v in self.path[1])),
            (f"w after step {len(self.path) - 1}", "the end of the path",
             ", ".join(f"{v:.6g}" for v in self.path[-1])),
            ("C", "cost there", f"{self.costs[-1]:.6g}"),
            ("λ₁, λₙ", "smallest and largest curvature", f"{low:.6g}, {high:.6g}"),
            ("2(1 + β)/(λ₁ + λₙ)", "the best rate", f"{best:.6g}"),
            ("2(1 + β)/λₙ", "above it the path explodes", f"{cliff:.6g}"),
        ]
