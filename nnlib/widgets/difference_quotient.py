"""The DifferenceQuotient: a slope as a limit of ratios, and where float64 ends it."""

from typing import NamedTuple

import numpy as np
import traitlets as t

from .base import Choice, Number, Widget


class Function(NamedTuple):
    """A function of one number and its exact slope."""

    f: object
    df: object


def _rounded(f):
    """f rounded once: from long double, as float64 alone has another last digit per machine."""
    return lambda x: np.float64(f(np.longdouble(x)))


_exp, _sin, _cos = _rounded(np.exp), _rounded(np.sin), _rounded(np.cos)


def _sigmoid(x):
    e = _exp(-abs(x))
    return (1 if x >= 0 else e) / (1 + e)


def _square(x):
    u = 3 * x + 2 * x * x
    return u * u


FUNCTIONS = {
    "x^2": Function(lambda x: x * x, lambda x: 2 * x),
    "x^3": Function(lambda x: x * x * x, lambda x: 3 * x * x),
    "sin": Function(_sin, _cos),
    "exp": Function(_exp, _exp),
    "sigmoid": Function(_sigmoid, lambda x: _sigmoid(x) * (1 - _sigmoid(x))),
    "(3x+2x^2)^2": Function(_square, lambda x: 2 * (3 * x + 2 * x * x) * (3 + 4 * x)),
}


class DifferenceQuotient(Widget):
    """The slope of f at x from two points h apart, (f(x + h) - f(x)) / h, beside the exact slope.

    ``central=True`` steps to both sides: (f(x + h) - f(x - h)) / 2h. ``quotient``, ``exact`` and
    ``error`` are float64, with all the rounding that a small h brings.
    """

    kind = t.Unicode("difference-quotient", read_only=True).tag(sync=True)
    f = Choice(FUNCTIONS, "x^2").tag(sync=True)
    x = Number(1.0, min=-3, max=3).tag(sync=True)
    h = Number(0.5, min=1e-16, max=1).tag(sync=True)
    central = t.Bool(False, help="step to both sides").tag(sync=True)
    predict = t.Bool(False, help="hide the quotient until the reader has guessed it").tag(sync=True)

    @property
    def values(self):
        """f at the two ends of the step: f(x + h), and f(x), or f(x - h) if central."""
        f, x, h = FUNCTIONS[self.f].f, np.float64(self.x), self.h
        return float(f(x + h)), float(f(x - h if self.central else x))

    @property
    def quotient(self):
        """The difference quotient."""
        above, below = self.values
        return (above - below) / (2 * self.h if self.central else self.h)

    @property
    def exact(self):
        """The slope f'(x) by the rules."""
        return float(FUNCTIONS[self.f].df(np.float64(self.x)))

    @property
    def error(self):
        """Distance of the quotient from the slope."""
        return abs(self.quotient - self.exact)

    def caption(self):
        sides = "both sides" if self.central else "one side"
        return (f"The slope of {self.f} at x = {self.x:.6g}, by a step h = {self.h:.3g} to "
                f"{sides}: the difference quotient is {self.quotient:.10g}, the exact slope "
                f"{self.exact:.10g}.")

    def table(self):
        above, below = self.values
        low = "f(x − h)" if self.central else "f(x)"
        return [
            ("f", "function", self.f),
            ("x", "place", f"{self.x:.6g}"),
            ("h", "step", f"{self.h:.3g}"),
            ("f(x + h)", "value a step on", repr(above)),
            (low, "value a step back" if self.central else "value at x", repr(below)),
            (f"(f(x + h) − {low}) / {'2h' if self.central else 'h'}", "difference quotient",
             repr(self.quotient)),
            ("f′(x)", "exact slope", repr(self.exact)),
            ("error", "distance of the two", f"{self.error:.3g}"),
        ]
