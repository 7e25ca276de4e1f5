"""Ink on a pad of 28 x 28 pixels, as in ``js/ink.js``: MNIST's framing, and ink as a short text."""

import base64
import binascii

import numpy as np

from .digits import pack, unpack

SIDE, BOX = 28, 20


def framed(image):
    """Return an image (28, 28) framed as MNIST's were; without ink it stays empty.

    The ink's box is scaled to 20 pixels, with its proportions kept, and moved by whole pixels until
    its centre of mass lies in row 14, column 14 (from 0). MNIST's own images stay as they are.
    """
    ink, out = np.asarray(image, float), np.zeros((SIDE, SIDE))
    spans = [np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0)]
    if not len(spans[0]):
        return out
    counts = [span[-1] - span[0] + 1 for span in spans]
    sizes = [max(1, int(np.floor(n * BOX / max(counts) + 0.5))) for n in counts]
    down, across = (_resample(*span) for span in zip(counts, sizes, strict=True))
    small = down @ ink[spans[0][0]:spans[0][-1] + 1, spans[1][0]:spans[1][-1] + 1] @ across.T
    corner = []
    for axis, n in enumerate(sizes):
        centre = small.sum(axis=1 - axis) @ (np.arange(n) + 0.5) / small.sum()
        at = SIDE // 2 - int(np.floor(round(centre, 9)))
        corner.append(min(max(at, 0), SIDE - n))
    out[corner[0]:corner[0] + sizes[0], corner[1]:corner[1] + sizes[1]] = small
    return out


def _resample(count, n):
    """Return (n, count): each of n new cells as a weighted mean of the old ones near it."""
    unit = count / n
    far = np.abs(np.arange(count) + 0.5 - (np.arange(n)[:, None] + 0.5) * unit)
    near = np.maximum(0, 1 - far / max(1, unit))
    return near / near.sum(axis=1, keepdims=True)


def to_text(ink):
    """Return bytes of ink as a text for links: ``pack`` in base64."""
    return base64.urlsafe_b64encode(pack(np.asarray(ink))).decode("ascii").rstrip("=")


def from_text(text):
    """Return the 784 bytes of ink of such a text, or None where it is none."""
    try:
        ink = unpack(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, StopIteration, binascii.Error):
        return None
    return ink if len(ink) == SIDE**2 else None
