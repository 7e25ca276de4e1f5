"""Ten handwritten digits for the widgets, in few bytes: white pixels are counted, not listed."""

import functools
import itertools

import numpy as np

from ..data import embedded_digits, every_fifth_of_each_class


@functools.cache
def ten_digits():
    """Return bytes (10, 784): the first test image of each digit, the same on every computer."""
    digits = embedded_digits()
    first = [np.flatnonzero(digits.test_labels == k)[0] for k in range(10)]
    return to_bytes(digits.X_test[first])


def to_bytes(images):
    """Return images of numbers from 0 (paper) to 1 (ink) as bytes from 0 to 255."""
    return np.rint(255 * np.clip(images, 0, 1)).astype(np.uint8)


def pack(images):
    """Return bytes in which 0 is followed by the length of a run of white pixels."""
    return bytes(_counted(images.ravel().tolist(), 255))


def _counted(values, most):
    """The values with each run of zeros as 0 and its length, at most ``most``."""
    out = []
    for value, run in itertools.groupby(values):
        n = len(list(run))
        if value:
            out += [value] * n
        else:
            out += [0, most] * (n // most) + [0, n % most] * (n % most > 0)
    return out


def unpack(packed):
    """Return the bytes that ``pack`` has packed, in one row."""
    out, values = [], iter(packed)
    for value in values:
        out += [value] if value else [0] * next(values)
    return np.array(out)


@functools.cache
def small_digits():
    """Return all 1,797 embedded digits as bytes: labels, then 8 x 8 levels 0 to 16; training first.

    Half bytes: n zeros stand as 0 n (n up to 8), a nine as 0 9, a sixteen as 9, others as they are.
    """
    from sklearn.datasets import load_digits

    small = load_digits()
    test = every_fifth_of_each_class(small.target)
    images = small.images.reshape(-1, 64)
    values = np.concatenate([part[rows].ravel() for part in (small.target, images)
                             for rows in (~test, test)]).astype(int)
    code = {9: [0, 9], 16: [9]}  # no run is so long
    halves = [half for value in _counted(values.tolist(), 8) for half in code.get(value, [value])]
    high, low = np.array(halves + [0] * (len(halves) % 2), np.uint8).reshape(-1, 2).T
    return bytes(16 * high + low)
