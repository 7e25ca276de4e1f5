"""HiddenWeights: what the hidden neurons of a digit network have learned, as pictures."""

import functools

import numpy as np
import traitlets as t

from ..activations import ACTIVATIONS
from ..data import embedded_digits
from ..models.hidden import Snapshots, load
from ..models.packed import CLASSES, PIXELS, pack
from ..network import Network
from .base import Choice, Number, Whole, Widget
from .digits import pack as pack_images
from .digits import to_bytes

SIDE = 28
MOST = 64  # hidden neurons
HEAVIEST = 400_000  # bytes of a reader's own snapshots


class HiddenWeights(Widget):
    """The weights of each hidden neuron of a network 784-n-10 as a picture, while it learns.

    ``HiddenWeights(net)`` shows your own network (n at most 64), ``HiddenWeights([net0, net1],
    epochs=[0, 5])`` copies that you made while it learned (``copy.deepcopy(net)``). Without a
    network it shows the project's, which learned MNIST: ``size`` 30 after ``epoch`` 0, 1, 10, 30,
    or 16 after 0, 30; L2 penalty ``lam`` 0, 1e-5 or 1e-4. ``scale``: "one" for all pictures, from
    -``top`` to ``top``, or "each" its own. ``unit``, from 1: the neuron looked at closely.
    ``digit``: whose mean image it meets; ``sort``: largest |weight to that output| first.
    """

    kind = t.Unicode("hidden-weights", read_only=True).tag(sync=True)
    size = Whole(30, min=1, max=MOST, help="hidden neurons").tag(sync=True)
    lam = Number(0.0, min=0, max=1, help="L2 penalty").tag(sync=True)
    epoch = Whole(30, min=0).tag(sync=True)
    scale = Choice(["one", "each"], "one").tag(sync=True)
    top = Number(1.0, min=0.01, max=100, help="where the common scale ends").tag(sync=True)
    digit = Whole(3, min=0, max=CLASSES - 1).tag(sync=True)
    sort = t.Bool(False, help="largest |weight to the digit| first").tag(sync=True)
    unit = Whole(25, min=1, max=MOST).tag(sync=True)
    predict = t.Bool(False, help="hide the result until the reader has guessed it").tag(sync=True)
    snapshots = t.List(read_only=True, help="a record for each network").tag(sync=True)
    weights = t.Bytes(read_only=True, help="the networks, as models/packed.py says").tag(sync=True)
    ink = t.Bytes(read_only=True, help="a bit for each pixel that is ever inked").tag(sync=True)
    means = t.Bytes(read_only=True, help="the mean image of each digit, packed").tag(sync=True)

    def __init__(self, net=None, epochs=None, **traits):
        kept = load()
        if net is not None:
            kept = _own(net, epochs)
            last = kept.records[-1]
            given = {"size": last["size"], "epoch": last["epoch"], "unit": 1, "top": _top(kept)}
            traits = given | traits
        self._kept = kept
        super().__init__(**traits)
        self.set_trait("snapshots", kept.records)
        self.set_trait("weights", b"".join(kept.rows))
        self.set_trait("ink", np.packbits(kept.ink).tobytes())
        self.set_trait("means", pack_images(_means()))

    @t.validate("size", "lam", "epoch")
    def _there(self, proposal):
        now = {"size": self.size, "lam": self.lam, "epoch": self.epoch}
        try:
            self._kept.find(**now | {proposal["trait"].name: proposal["value"]})
        except ValueError as error:
            raise t.TraitError(str(error)) from None
        return proposal["value"]

    @t.validate("unit")
    def _among(self, proposal):
        if proposal["value"] > self.size:
            raise t.TraitError(f"unit must be from 1 to {self.size}; got {proposal['value']}.")
        return proposal["value"]

    @t.observe("size")
    def _fewer(self, _):
        self.unit = min(self.unit, self.size)

    @property
    def net(self):
        """The network in the picture; its weights are the stored ones, rounding included."""
        return self._kept.network(self._kept.find(self.size, self.lam, self.epoch))

    @property
    def mean(self):
        """The mean image of ``digit`` (784,), of the 1,437 embedded digits, to 1/255."""
        return _means()[self.digit] / 255

    @property
    def roughness(self):
        """Of all pictures: 1 for pure noise, 0 where each weight equals its neighbours."""
        return roughness(self.net.weights[0])

    @property
    def accuracy(self):
        """Share of MNIST's test images that the network gets right; None for your own."""
        i = self._kept.find(self.size, self.lam, self.epoch)
        return self._kept.records[i].get("accuracy")

    def answer(self):
        """z and a of ``unit`` for the mean image, and its weights to the ten outputs (10,)."""
        Z, A = self.net.forward(self.mean[None])
        j = self.unit - 1
        return float(Z[0][0, j]), float(A[1][0, j]), self.net.weights[1][:, j]

    def caption(self):
        own = all(record["lam"] is None for record in self._kept.records)
        what = "your own network" if own else f"a network trained on MNIST with λ = {self.lam:g}"
        return (f"The weights of {self.size} hidden neurons as pictures: {what}, after "
                f"{self.epoch} epochs; roughness {self.roughness:.3g} (pure noise: 1).")

    def table(self):
        W = self.net.weights[0]
        z, a, v = self.answer()
        accuracy = [] if self.accuracy is None else [
            ("accuracy", "on MNIST's 10,000 test images", f"{self.accuracy:.2%}")]
        return [
            ("max |w|", "largest weight", f"{abs(W).max():.3g}"),
            ("roughness", "of the pictures: 1 for pure noise, 0 where neighbours agree",
             f"{self.roughness:.3g}"),
            *accuracy,
            ("z, a", f"of unit {self.unit} for the mean {self.digit}", f"{z:.3g}, {a:.3g}"),
            ("w", f"of unit {self.unit} to the outputs 0 to 9", ", ".join(f"{w:.2g}" for w in v)),
        ]


def roughness(W):
    """Squared differences of neighbouring weights over the sum of both squares; rows W (n, 784).

    Independent random numbers around 0 give 1, pictures of one constant 0.
    """
    images = np.asarray(W, float).reshape(-1, SIDE, SIDE)
    pairs = [(images[:, 1:], images[:, :-1]), (images[:, :, 1:], images[:, :, :-1])]
    differences = sum(np.sum((p - q) ** 2) for p, q in pairs)
    squares = sum(np.sum(p**2 + q**2) for p, q in pairs)
    return float(differences / squares) if squares else 0.0


@functools.cache
def _means():
    digits = embedded_digits()
    return to_bytes(np.array([digits.X[digits.labels == k].mean(axis=0) for k in range(CLASSES)]))


def _own(net, epochs):
    """A reader's networks as Snapshots; one sentence where they cannot be shown."""
    nets = list(net) if isinstance(net, list | tuple) else [net]
    if not nets or any(not isinstance(n, Network) for n in nets):
        raise TypeError(f"net must be an nnlib.Network or a list of them; got {net!r}.")
    epochs = list(range(len(nets)) if epochs is None else epochs)
    if len(epochs) != len(nets) or epochs != sorted(set(epochs)):
        raise ValueError(f"epochs must be {len(nets)} rising numbers, one for each network; "
                         f"got {epochs}.")
    sizes = {tuple(n.sizes) for n in nets}
    n = nets[0].sizes[1]
    if sizes != {(PIXELS, n, CLASSES)} or n > MOST:
        said = ", ".join("-".join(map(str, s)) for s in sorted(sizes))
        raise ValueError(f"the networks must all be 784-n-10 with the same n of at most {MOST}; "
                         f"got {said}.")
    for network in nets:
        if not all(np.isfinite(p).all() for p in network.weights + network.biases):
            raise ValueError("the network has weights that are not finite: its training diverged.")
        if network.activations[0].name not in set(ACTIVATIONS) - {"softmax"}:
            raise ValueError("the hidden neurons must have one of nnlib's activations, not "
                             f"{network.activations[0].name}.")
    rows = [pack(network) for network in nets]
    if sum(map(len, rows)) > HEAVIEST:
        raise ValueError(f"{len(nets)} networks with {n} hidden neurons are "
                         f"{sum(map(len, rows)):,} bytes; at most {HEAVIEST:,}: give fewer.")
    records = [{"size": n, "lam": None, "epoch": int(epoch), "rim": None,
                "hidden": network.activations[0].name}
               for epoch, network in zip(epochs, nets, strict=True)]
    return Snapshots(records, rows, np.ones(PIXELS, bool))


def _top(kept):
    """Where the scale ends for a reader's networks: 99 of 100 weights of the last lie below."""
    W = kept.network(len(kept.rows) - 1).weights[0]
    return min(100.0, max(0.01, float(f"{np.quantile(abs(W), 0.99):.2g}")))
