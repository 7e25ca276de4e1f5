"""Snapshots of networks 784-n-10 while they learn: in hidden.npz, and described in hidden.json.

One snapshot is a row of bytes, the same on disk and in the page of HiddenWeights:
  float32  a step for each hidden neuron (n), their biases (n), a step for each output (10),
           their biases (10)
  int8     W1 (n, pixels), W2 (10, n): whole numbers from -127 to 127; a weight is number * step
A pixel that is white in every training image never gets a gradient: there L2 alone acts, and all
weights are those of the start times one factor, `rim`. Such pixels are kept in the start only.
"""

import functools
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..activations import ACTIVATIONS
from ..network import Network

HERE = Path(__file__).parent
PIXELS, CLASSES = 784, 10


class Snapshots(NamedTuple):
    """Networks in few bytes: a record and a row of bytes for each.

    A record has size, lam (None: any), epoch, rim (None: all pixels are kept), hidden.
    ink: (784,) bool, the pixels that are inked in at least one training image.
    """

    records: list
    rows: list
    ink: np.ndarray

    def find(self, size, lam, epoch):
        """Number of the snapshot; ValueError says which there are."""
        for i, record in enumerate(self.records):
            if (record["size"], record["epoch"]) == (size, epoch) and record["lam"] in (None, lam):
                return i
        known = {size: self.stops(size) for size in sorted({r["size"] for r in self.records})}
        known = "; ".join(f"{size} neurons after {', '.join(map(str, stops))} epochs"
                          for size, stops in known.items())
        lams = ", ".join(f"{v:g}" for v in sorted({r["lam"] for r in self.records} - {None}))
        raise ValueError(f"there is no snapshot of {size} neurons with lam = {lam:g} after {epoch} "
                         f"epochs; there are: {known}{f'; lam = {lams}' if lams else ''}.")

    def stops(self, size):
        """The epochs of which there are snapshots of this size."""
        return sorted({r["epoch"] for r in self.records if r["size"] == size})

    def network(self, i):
        """Snapshot i as a Network; its weights are the stored ones, rounding included."""
        record = self.records[i]
        n, rim, hidden = record["size"], record["rim"], ACTIVATIONS[record["hidden"]]
        W, b, V, c = unpack(self.rows[i], n)
        if rim is not None:
            kept, W = W, rim * unpack(self.rows[self.find(n, None, 0)], n)[0]
            W[:, self.ink] = kept
        net = Network([PIXELS, n, CLASSES], hidden)
        net.weights, net.biases = [W, V], [b, c]
        return net


def pack(net, pixels=slice(None)):
    """The bytes of a network 784-n-10 with W1 at these pixels."""
    W, s = _whole(net.weights[0][:, pixels])
    V, t = _whole(net.weights[1])
    head = np.concatenate([s, net.biases[0], t, net.biases[1]]).astype("<f4")
    return head.tobytes() + W.tobytes() + V.tobytes()


def unpack(row, n):
    """W1 (n, pixels), b1, W2 (10, n) and b2 of bytes that pack has made."""
    head = np.frombuffer(row, "<f4", 2 * (n + CLASSES)).astype(float)
    s, b, t, c = np.split(head, [n, 2 * n, 2 * n + CLASSES])
    whole = np.frombuffer(row, np.int8, offset=4 * len(head)).astype(float)
    W, V = whole[: -n * CLASSES].reshape(n, -1), whole[-n * CLASSES :].reshape(CLASSES, n)
    return W * s[:, None], b, V * t[:, None], c


def _whole(W):
    """Rows as whole numbers from -127 to 127 and the step of each row."""
    step = (abs(W).max(axis=1) / 127).astype("<f4")
    step[step == 0] = 1
    return np.rint(W / step[:, None]).astype(np.int8), step


@functools.cache
def load():
    """The project's own snapshots."""
    records = json.loads((HERE / "hidden.json").read_text("utf-8"))["snapshots"]
    with np.load(HERE / "hidden.npz") as file:
        rows = [file[f"{i}"].tobytes() for i in range(len(records))]
        return Snapshots(records, rows, np.unpackbits(file["ink"]).astype(bool))
