"""Descent1D: gradient descent on a curve, and the rates at which it zig-zags and explodes."""

from typing import NamedTuple

import numpy as np
import traitlets as t

from ..activations import sigmoid
from .base import Choice, Number, Whole, Widget

FAR = 1e6  # a path ends where a weight is larger
EDGE = 4.4  # the picture shows w from -EDGE to EDGE


def descend(gradient, w, eta, steps, beta=0.0):
    """The path w, w + v, ... of v <- beta v - eta gradient(w), as an array (steps + 1, n).

    It is shorter if it explodes: it ends before the first weight beyond FAR.
    """
    path, v = [np.array(w, float)], np.zeros(len(w))
    for _ in range(steps):
        v = beta * v - eta * np.array(gradient(path[-1]))
        if np.abs(path[-1] + v).max() > FAR:
            break
        path.append(path[-1] + v)
    return np.array(path)


def told(step, else_):
    """How a path ends: the explosion after ``step``, or what is true if ``step`` is None."""
    if step is None:
        return else_
    return f"it explodes after step {step}" if step else "it explodes at the first step"


class Curve(NamedTuple):
    """A cost of one weight w, its slope, and its curvature in the valley where w lies."""

    C: object
    slope: object
    curvature: object


def _well(k, w):
    return k * ((w * w - 4) * (w * w - 4) + (w + 2) * (w + 2)) / 32


def _well_curvature(k, w):
    bottom = -2 if w < 1 - np.sqrt(0.5) else 1 + np.sqrt(0.5)
    return k * (12 * bottom * bottom - 14) / 32


def _plateau(k, w):
    off = sigmoid(w) - 0.5
    return k * off * off / 2


def _plateau_slope(k, w):
    a = sigmoid(w)
    return k * (a - 0.5) * a * (1 - a)


# the same operations in the same order as in descent1d.js
CURVES = {
    "bowl": Curve(lambda k, w: k * w * w / 2, lambda k, w: k * w, lambda k, w: k),
    "double well": Curve(
        _well, lambda k, w: k * (w + 2) * (2 * w * (w - 2) + 1) / 16, _well_curvature
    ),
    "plateau": Curve(_plateau, _plateau_slope, lambda k, w: k / 16),
}


class Descent1D(Widget):
    """Gradient descent with one weight: w <- w - eta C'(w), repeated ``steps`` times.

    ``C`` is "bowl" (k w²/2), "double well" or "plateau" (the cost of a sigmoid neuron); ``k``, from
    0.25 to 4, makes each of them steeper. ``w`` is the start, ``path`` holds all weights, ``costs``
    and ``slopes`` what C and C' are there. A path that explodes ends before a weight beyond a
    million.
    """

    kind = t.Unicode("descent1d", read_only=True).tag(sync=True)
    C = Choice(CURVES, "bowl").tag(sync=True)
    k = Number(1.0, min=0.25, max=4).tag(sync=True)
    w = Number(-3.0, min=-4, max=4).tag(sync=True)
    eta = Number(0.3, min=0.001, max=10).tag(sync=True)
    steps = Whole(20, min=1, max=50).tag(sync=True)
    predict = t.Bool(False, help="hide the path until the reader has guessed").tag(sync=True)

    @property
    def path(self):
        """The weights from the start on, shape (steps + 1,), shorter if it explodes."""
        return descend(self._slope, [self.w], self.eta, self.steps)[:, 0]

    def _slope(self, w):
        return CURVES[self.C].slope(self.k, w)

    @property
    def costs(self):
        """C along the path."""
        return CURVES[self.C].C(self.k, self.path)

    @property
    def slopes(self):
        """C' along the path."""
        return self._slope(self.path)

    @property
    def thresholds(self):
        """1/C'' and 2/C'' in the valley of the start: zig-zag above the first, explosion above the
        second."""
        curvature = CURVES[self.C].curvature(self.k, self.w)
        return float(1 / curvature), float(2 / curvature)

    @property
    def explodes_after(self):
        """The last step inside the picture, for a path that ends outside, higher than it began."""
        path, costs = np.abs(self.path), self.costs
        left = path[-1] > EDGE and costs[-1] > costs[0]
        return int(np.flatnonzero(path <= EDGE)[-1]) if left else None

    def caption(self):
        end = f"after {self.steps} steps w = {self.path[-1]:.3g} and C = {self.costs[-1]:.3g}"
        return (f"Gradient descent on the {self.C} from w = {self.w:.3g} with the learning rate "
                f"{self.eta:.3g}: {told(self.explodes_after, end)}.")

    def table(self):
        path, costs, slopes = self.path, self.costs, self.slopes
        rows = [("step 0", "w, C", f"{path[0]:.6g}, {costs[0]:.6g}")]
        for i in range(1, min(6, len(path))):
            step = f"{path[i - 1]:.6g} − {self.eta:.6g}·({slopes[i - 1]:.6g})"
            rows.append((f"step {i}", "w − η C′(w), C", f"{step} = {path[i]:.6g}, {costs[i]:.6g}"))
        glide, cliff = self.thresholds
        return [*rows, ("1/C″", "above it the steps zig-zag", f"{glide:.6g}"),
                ("2/C″", "above it they explode", f"{cliff:.6g}")]
