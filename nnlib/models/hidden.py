"""Snapshots of networks 784-n-10 while they learn: in hidden.npz, and described in hidden.json.

Each is packed as packed.py says, its W1 at the inked pixels only.
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
from .packed import CLASSES, PIXELS, unpack

HERE = Path(__file__).parent


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


@functools.cache
def load():
    """The project's own snapshots."""
    records = json.loads((HERE / "hidden.json").read_text("utf-8"))["snapshots"]
    with np.load(HERE / "hidden.npz") as file:
        rows = [file[f"{i}"].tobytes() for i in range(len(records))]
        return Snapshots(records, rows, np.unpackbits(file["ink"]).astype(bool))
