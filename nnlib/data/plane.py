"""Points of the plane in two or three classes, made from a seed: small problems to be learned."""

import numpy as np

# Name -> number of classes. All points lie about within -5 to 5.
PLANES = {"circle": 2, "xor": 2, "blobs": 2, "spiral": 2, "moons": 2, "three arms": 3}


def points(kind, n=400, *, noise=0.1, rng=0):
    """Points X, (n, 2), and targets Y: (n, 1) of 0 and 1, or one-hot (n, 3) for "three arms".

    kind: a name in PLANES. The classes follow one another; each point is moved by a normal step
    of standard deviation 3 noise and rounded to hundredths. ValueError for another name.
    """
    if kind not in PLANES:
        raise ValueError(f"kind must be one of: {', '.join(PLANES)}; got {kind!r}.")
    rng, K = np.random.default_rng(rng), PLANES[kind]
    label = np.arange(n) * K // n
    u, v = rng.random((n, 2)).T
    X = np.stack(_places(kind, label, u, v), axis=1)
    X = X + (3 * noise + (kind == "blobs")) * rng.standard_normal((n, 2))
    Y = label[:, None] if K == 2 else np.eye(K)[label]
    return np.round(X, 2) + 0.0, Y.astype(float)


def _places(kind, label, u, v):
    """Coordinates without noise for uniform numbers u and v: x1 and x2, each (n,)."""
    if kind == "circle":  # class 1 inside, class 0 around it
        return _polar(np.where(label, 2.5 * np.sqrt(u), 3.6 + 1.4 * u), 2 * np.pi * v)
    if kind == "xor":  # class 1 where exactly one coordinate is positive
        first, size = np.where(u < 0.5, -1, 1), 0.4 + 4.4 * (2 * u % 1)
        return first * size, first * np.where(label, -1, 1) * (0.4 + 4.4 * v)
    if kind == "blobs":
        centre = np.where(label, 2.2, -2.2)
        return centre, centre
    if kind == "moons":
        x1, x2 = _polar(2.8, np.pi * (u + label))
        return x1 - 1.4 + 2.8 * label, x2 - 0.7 + 1.4 * label
    if kind == "spiral":
        return _polar(0.3 + 4.7 * u, np.pi * (3.5 * u + label))
    return _polar(0.6 + 4.2 * u, np.pi * (1.2 * u + 2 * label / 3))


def _polar(radius, angle):
    return radius * np.cos(angle), radius * np.sin(angle)
