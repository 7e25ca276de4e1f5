"""Fresh training images from old ones: shifted, turned, scaled and bent a little, at random.

Source of the elastic bending: P. Simard, D. Steinkraus, J. Platt, "Best practices for
convolutional neural networks applied to visual document analysis", ICDAR 2003.
"""

import numpy as np

SIDE = 28
CENTRE = (SIDE - 1) / 2
SMOOTH = 4.0  # pixels: over this distance the bends of one image vary
CHUNK = 100  # images at a time: what is worked on stays in the processor's cache


def distort(X, rng, *, shift=0, angle=0, scale=0, elastic=0):
    """Transformed copies of the images X (N, 784), float32; every image in its own way.

    shift: at most this many pixels, along each axis; angle: at most this many degrees, either
    way; scale: each axis is stretched by at most this fraction, so 0.1 is 0.9 to 1.1;
    elastic: pixels are displaced by smooth random fields of this standard deviation, in pixels.
    """
    X = np.asarray(X, np.float32)
    if X.ndim != 2 or X.shape[1] != SIDE**2:
        raise ValueError(f"X has shape {X.shape}: needed is (N, {SIDE**2}), one image a row")
    rng, N = np.random.default_rng(rng), len(X)
    by = rng.uniform(-shift, shift, (N, 2, 1))
    turn = np.radians(rng.uniform(-angle, angle, N))
    stretch = 1 + rng.uniform(-scale, scale, (N, 2))
    cos, sin = np.cos(turn), np.sin(turn)
    # from a pixel of the copy back to the place in X that it shows
    back = np.array([[cos, sin], [-sin, cos]]).transpose(2, 0, 1) / stretch[:, :, None]
    nodes = rng.standard_normal((N, 2, len(BENDS), len(BENDS)), np.float32) if elastic else None
    out = np.empty_like(X)
    for first in range(0, N, CHUNK):
        part = slice(first, first + CHUNK)
        places = (back[part] @ (PIXELS - by[part]) + CENTRE).astype(np.float32)
        if elastic:
            bend = BENDS.T @ nodes[part] @ BENDS
            places += elastic * bend.reshape(places.shape)
        out[part] = sample(X[part], places)
    return out


def sample(X, places):
    """The images X (N, 784) read at places (N, 2, P), row and column; bilinear, (N, P).

    Between four pixels the value is their mean, weighted by nearness; outside there is no ink.
    """
    wide = SIDE + 2  # a frame of empty pixels
    framed = np.zeros((len(X), wide, wide), np.float32)
    framed[:, 1:-1, 1:-1] = X.reshape(-1, SIDE, SIDE)
    places = np.clip(places + 1, 0, wide - 1.001)
    whole = places.astype(np.int32)
    places -= whole
    down, right = places[:, 0], places[:, 1]
    corner = whole[:, 0] * wide + whole[:, 1] + wide**2 * np.arange(len(X))[:, None]
    ink = framed.ravel()
    a, b, c, d = (ink[step:].take(corner) for step in (0, 1, wide, wide + 1))
    top, bottom = a + right * (b - a), c + right * (d - c)
    return top + down * (bottom - top)


def _bends():
    """Bell curves (n, 28) around nodes SMOOTH apart: random heights make a field of spread 1."""
    nodes = np.arange(-SMOOTH, SIDE + SMOOTH, SMOOTH)
    bells = np.exp(-((nodes[:, None] - np.arange(SIDE)) ** 2) / (2 * SMOOTH**2))
    return (bells / np.sqrt((bells**2).sum(axis=0))).astype(np.float32)


PIXELS = np.stack(np.divmod(np.arange(SIDE**2), SIDE)) - CENTRE  # row and column, (2, 784)
BENDS = _bends()
