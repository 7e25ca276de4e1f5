"""Train the network that reads what is drawn on DrawDigit's pad (make digit-model).

Writes nnlib/models/digits.npz and digits.json. The training images are MNIST's and scikit-learn's:
slanted, turned and stretched at random, then framed as the pad frames a drawing. Nearly all of
MNIST's ones are bare strokes; many people write a flag or a foot, so half of the ones get them.
"""

import itertools
import json
import platform
import time

import numpy as np

import nnlib
from nnlib.data import embedded_digits
from nnlib.data.distort import SIDE, distort, sample
from nnlib.models import digits as stored
from nnlib.models import packed
from nnlib.widgets.digits import to_bytes
from nnlib.widgets.ink import framed

SEED, SIZES = 0, [784, 30, 10]
COPIES, EPOCHS, BATCH = 4, 48, 32
TIMES = 2  # scikit-learn's digits are few: so often each is seen in a copy
SLANT, ANGLE, SCALE, ELASTIC = 12, 8, 0.15, 0.6
MNIST_NEEDED = "digit_model.py needs MNIST: python -m nnlib.data"


def drawn(X, rng):
    """Copies of the images X (N, 784) as other hands would draw them, framed; bytes."""
    X = distort(X, rng, angle=ANGLE, scale=SCALE, elastic=ELASTIC)
    row, column = np.divmod(np.arange(SIDE**2), SIDE)
    lean = np.tan(np.radians(rng.uniform(-SLANT, SLANT, (len(X), 1))))
    places = np.stack(np.broadcast_arrays(row, column + lean * (row - SIDE / 2)), axis=1)
    leaning = sample(X, places.astype(np.float32)).reshape(-1, SIDE, SIDE)
    return np.array([to_bytes(framed(image)).ravel() for image in leaning])


def flagged(ones, rng):
    """Copies of the images of ones (N, 784), each with a flag at the top, some with a foot."""
    images, out = ones.reshape(-1, SIDE, SIDE), ones.copy()
    for image, copy in zip(images, out, strict=True):
        rows = np.flatnonzero((image > 0.5).any(axis=1))
        top, foot = ((row, np.flatnonzero(image[row] > 0.5).mean()) for row in rows[[0, -1]])
        length, turn = rng.uniform(3, 9), np.radians(rng.uniform(25, 70))
        width = rng.uniform(1.5, 3)
        flag = top[0] + length * np.cos(turn), top[1] - length * np.sin(turn)
        line(copy, top, flag, width)
        if rng.random() < 0.4:
            left, right = rng.uniform(2, 6, 2)
            line(copy, (foot[0], foot[1] - left), (foot[0], foot[1] + right), width)
    return out


def line(image, start, end, width):
    """Draw a soft line between two places (row, column) into an image of 784 pixels."""
    ends = np.array([start, end])
    pixels = np.stack(np.divmod(np.arange(SIDE**2), SIDE), axis=1) - ends[0]
    way = ends[1] - ends[0]
    along = np.clip(pixels @ way / (way @ way), 0, 1)
    far = np.linalg.norm(pixels - along[:, None] * way, axis=1)
    np.maximum(image, np.clip((width + 1) / 2 - far, 0, 1), out=image)


def examples(digits, rng):
    """X and Y of one copy of everything, before it is distorted."""
    more = embedded_digits()
    X = np.concatenate([digits.X, *[more.X] * TIMES])
    Y = np.concatenate([digits.Y, *[more.Y] * TIMES])
    ones = np.flatnonzero(digits.labels == 1)
    ones = rng.choice(ones, len(ones) // 2, replace=False)
    X[ones] = flagged(X[ones], rng)
    return drawn(X, rng), Y


def eta(epoch):
    """The learning rate falls to nothing along a half wave."""
    return 0.5 * (1 + np.cos(np.pi * (epoch - 1) / EPOCHS)) / 2


def main():
    digits, start = nnlib.load_mnist(), time.perf_counter()
    if digits.name != "MNIST":
        raise SystemExit(MNIST_NEEDED)
    rng = np.random.default_rng(SEED)
    copies = [examples(digits, rng) for _ in range(COPIES)]
    turns = itertools.cycle(copies)

    def fresh():
        X, Y = next(turns)
        return np.divide(X, 255, dtype=np.float32), Y

    net = nnlib.Network(SIZES, rng=SEED, dtype=np.float32)
    run = nnlib.train(net, fresh, cost=nnlib.cross_entropy, epochs=EPOCHS,
                      batch_size=BATCH, eta=eta, rng=SEED)
    for epoch in run:
        print(epoch, flush=True)
    row = packed.pack(net)
    about = {
        "made by": "make digit-model (benchmarks/digit_model.py)",
        "data": "MNIST's 60,000 training images, half of the ones with a flag, and twice "
                "scikit-learn's 1,437: distorted and framed; accuracy on MNIST's 10,000 test "
                "images as they are",
        "settings": {"sizes": SIZES, "hidden": "sigmoid", "output": "sigmoid",
                     "cost": "cross-entropy", "epochs": EPOCHS, "batch_size": BATCH,
                     "eta": "0.5 falling to 0 along a cosine", "seed": SEED, "dtype": "float32",
                     "copies": COPIES, "slant": SLANT, "angle": ANGLE, "scale": SCALE,
                     "elastic": ELASTIC},
        "accuracy": nnlib.evaluate(packed.network(row, SIZES[1]), digits.X_test, digits.Y_test)[1],
        "accuracy before rounding": nnlib.evaluate(net, digits.X_test, digits.Y_test)[1],
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
        "seconds": round(time.perf_counter() - start),
    }
    np.savez_compressed(stored.HERE / "digits.npz", row=np.frombuffer(row, np.uint8))
    (stored.HERE / "digits.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")
    print(json.dumps(about, indent=1))


if __name__ == "__main__":
    main()
