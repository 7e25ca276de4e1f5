"""Train the networks whose hidden weights a live figure shows (make digit-model).

Writes nnlib/models/hidden.npz and hidden.json: two sizes, three penalties, a few epochs each.
"""

import json
import platform
import time

import numpy as np

import nnlib
from nnlib.models.hidden import HERE, Snapshots
from nnlib.models.packed import pack

SEED, ETA, BATCH = 0, 3.0, 10
LAMS = [0.0, 1e-5, 1e-4]
STOPS = {30: [0, 1, 10, 30], 16: [0, 30]}  # neurons: epochs; all of them would not stay small


def start(size):
    return nnlib.Network([784, size, 10], rng=SEED, dtype=np.float32)


def learn(digits, size, lam):
    """(epoch, network) at the stops of this size; the network goes on learning in between."""
    net = start(size)
    run = nnlib.train(net, (digits.X, digits.Y), epochs=STOPS[size][-1], batch_size=BATCH,
                      eta=ETA, lam=lam, rng=SEED)
    yield from ((e.epoch, net) for e in run if e.epoch in STOPS[size])


def rim_factor(net, ink):
    """What L2 has left of the weights at pixels without ink: one factor for all of them."""
    before, now = (n.weights[0][:, ~ink].astype(float) for n in (start(net.sizes[1]), net))
    factor = float((now * before).sum() / (before**2).sum())
    assert abs(now - factor * before).max() < 1e-6, "the rim is not its start times one factor"
    return factor


def add(kept, net, digits, lam, epoch, rim, pixels):
    """Keep the network as it is now, with its accuracy after and before rounding."""
    record = {"size": net.sizes[1], "lam": lam, "epoch": epoch, "rim": rim, "hidden": "sigmoid"}
    kept.records.append(record)
    kept.rows.append(pack(net, pixels=pixels))
    stored = kept.network(len(kept.rows) - 1)
    for name, n in {"accuracy": stored, "before rounding": net}.items():
        record[name] = nnlib.evaluate(n, digits.X_test, digits.Y_test)[1]
    print(record, flush=True)


def main():
    digits, began = nnlib.load_mnist(), time.perf_counter()
    if digits.name != "MNIST":
        raise SystemExit("The snapshots are trained on MNIST. To get it: python -m nnlib.data")
    ink = digits.X.max(axis=0) > 0
    kept = Snapshots([], [], ink)
    for size in STOPS:
        add(kept, start(size), digits, None, 0, None, slice(None))
        for lam in LAMS:
            for epoch, net in learn(digits, size, lam):
                add(kept, net, digits, lam, epoch, rim_factor(net, ink), ink)
    rows = {str(i): np.frombuffer(row, np.uint8) for i, row in enumerate(kept.rows)}
    np.savez_compressed(HERE / "hidden.npz", ink=np.packbits(ink), **rows)
    about = {
        "made by": "make digit-model (benchmarks/hidden_models.py)",
        "data": "MNIST: 60,000 training images; accuracy on the 10,000 test images, with the "
                "weights as they are stored and as they were before rounding",
        "settings": {"sizes": "784-size-10, sigmoid", "start": "that of nnlib.Network(rng=seed)",
                     "cost": "quadratic", "eta": ETA, "batch_size": BATCH, "seed": SEED,
                     "dtype": "float32"},
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
        "seconds": round(time.perf_counter() - began),
        "snapshots": kept.records,
    }
    (HERE / "hidden.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
