"""Numerical gradients: slow, simple, and the judge of every formula in the book."""

import numpy as np


def numerical_gradient(f, p, h=1e-5):
    """Slopes of the number f(p) by each entry of the array p, shaped like p.

    Central differences, (f(p + h) - f(p - h)) / 2h. p, float64, is changed
    in place and put back, entry by entry, so f may also read it from a
    network that holds it. Raises ValueError for another dtype.
    """
    if not isinstance(p, np.ndarray) or p.dtype != float:
        given = p.dtype if isinstance(p, np.ndarray) else type(p).__name__
        raise ValueError(f"p is {given}: needed is a float64 array")
    gradient = np.empty_like(p)
    for i in np.ndindex(p.shape):
        value = p[i]
        p[i] = value + h
        above = f(p)
        p[i] = value - h
        below = f(p)
        p[i] = value
        gradient[i] = (above - below) / (2 * h)
    return gradient


def relative_error(g, n):
    """How far apart two gradients are: |g - n| / (|g| + |n|), 0 if both are 0."""
    size = np.linalg.norm(g) + np.linalg.norm(n)
    return float(np.linalg.norm(g - n) / size) if size else 0.0
