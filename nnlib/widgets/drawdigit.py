"""DrawDigit: draw a digit and watch a network 784-n-10 read it, layer by layer."""

import functools

import numpy as np
import traitlets as t

from ..activations import ACTIVATIONS
from ..data import embedded_digits
from ..models import digits as stored
from ..models import packed
from ..network import Network
from .base import Whole, Widget
from .digits import pack, ten_digits, to_bytes
from .ink import SIDE, framed, from_text, to_text

MOST = 64  # hidden units
GALLERY = 10  # digits that the network gets wrong
BLANK = to_text(np.zeros(SIDE**2, np.uint8))


class Ink(t.TraitType):
    """Ink on the pad as a text, which ``to_text`` in ink.py makes."""

    def validate(self, obj, value):
        if not isinstance(value, str) or from_text(value) is None:
            raise t.TraitError(
                f"{self.name} must be a text that stands for 784 pixels, as Copy Python gives it; "
                f"got {str(value)[:30]!r}. A picture of your own: image=..."
            )
        return value


class DrawDigit(Widget):
    """A pad to draw on, and a network 784-n-10 that reads it: ``w = DrawDigit(net)``.

    Without ``net`` it is the network of this project (``nnlib.models.digits``); n is at most 64.
    ``image``: 784 or 28 x 28 numbers from 0 (paper) to 1 (ink) to begin with. ``framing``: scale
    and centre the ink as MNIST's digits were, before the network sees it. ``unit``: the hidden
    unit that is shown alone, from 1. Back in Python: ``w.pad`` is what is drawn, ``w.image`` what
    the network sees, (1, 784), ``w.net(w.image)`` the outputs; ``w.net = net`` and
    ``w.image = X[0]`` change them.
    """

    kind = t.Unicode("drawdigit", read_only=True).tag(sync=True)
    ink = Ink(BLANK).tag(sync=True)
    framing = t.Bool(True, help="scale and centre the ink as MNIST's digits were").tag(sync=True)
    unit = Whole(1, min=1, max=MOST).tag(sync=True)
    predict = t.Bool(False, help="hide the answer until the reader has guessed it").tag(sync=True)
    network = t.Dict(read_only=True, help="the network, in bytes").tag(sync=True)
    samples = t.Bytes(read_only=True, help="ten digits, packed").tag(sync=True)
    mistakes = t.Dict(read_only=True, help="digits that it gets wrong").tag(sync=True)

    def __init__(self, net=None, image=None, framing=True, unit=None, **traits):
        if image is not None:
            traits["ink"] = to_text(_checked_image(image))
        super().__init__(framing=framing, **traits)
        self.set_trait("samples", pack(ten_digits()))
        self._take(stored.load() if net is None else net, given=net is not None)
        self.unit = _strongest(self.net) if unit is None else unit

    @t.validate("unit")
    def _there(self, proposal):
        n = self.network.get("n", MOST)
        if proposal["value"] > n:
            raise t.TraitError(f"unit must be one of the {n} hidden units; "
                               f"got {proposal['value']}.")
        return proposal["value"]

    def _take(self, net, given):
        """Show this network: pack it for the page, and look for digits that it gets wrong."""
        _check_network(net)
        n, names = net.sizes[1], [act.name for act in net.activations]
        dtype = np.int16 if given else np.int8
        row = packed.pack(net, dtype)
        self._net = packed.network(row, n, dtype, *net.activations)
        images, digits, read = _wrong(self._net)
        with self.hold_sync():
            self.unit = min(self.unit, n)
            self.set_trait("network", {"n": n, "hidden": names[0], "output": names[1], "row": row,
                                       "given": given, "reach": _reach(self._net)})
            self.set_trait("mistakes", {"images": pack(images), "digits": digits,
                                        "read": read})

    @property
    def net(self):
        """The network, with its weights as they are stored for the page. Set another one."""
        return self._net

    @net.setter
    def net(self, net):
        self._take(net, given=True)

    @property
    def pad(self):
        """What is drawn, (28, 28) numbers from 0 (paper) to 1 (ink)."""
        return from_text(self.ink).reshape(SIDE, SIDE) / 255

    @property
    def image(self):
        """What the network sees, (1, 784) numbers from 0 to 1. Set another drawing, any shape."""
        return (framed(self.pad) if self.framing else self.pad).reshape(1, -1)

    @image.setter
    def image(self, image):
        self.ink = to_text(_checked_image(image))

    @property
    def outputs(self):
        """The ten outputs of the network, (10,)."""
        return self.net(self.image)[0]

    def caption(self):
        first, second = self._best()
        return (f"A drawing, read by a network {'-'.join(map(str, self.net.sizes))}: its largest "
                f"output is that of {first}, then that of {second}.")

    def _best(self):
        return np.argsort(-self.outputs, kind="stable")[:2].tolist()

    def table(self):
        (Z, _), (_, A, out) = self.net.forward(self.image)
        z, a, j = Z[0], A[0], self.unit - 1
        return [
            ("pad", "pixels with ink", f"{np.count_nonzero(self.pad)} of 784"),
            ("framing", "scaled and centred as MNIST's digits", "on" if self.framing else "off"),
            ("z, a", f"hidden unit {self.unit}: weighted input, activation",
             f"{z[j]:.4g}, {a[j]:.4g}"),
            *((f"a{k}", f"output for the digit {k}", f"{out[0, k]:.4g}") for k in range(10)),
        ]


def _checked_image(image):
    image = np.asarray(image, float)
    if image.size != SIDE**2 or not np.all((image >= 0) & (image <= 1)):
        raise ValueError(f"image must be 784 or 28 x 28 numbers from 0 (paper) to 1 (ink); "
                         f"got shape {image.shape}"
                         + (f", from {image.min():g} to {image.max():g}." if image.size else "."))
    return to_bytes(image.ravel())


def _check_network(net):
    if not isinstance(net, Network):
        raise TypeError(f"net must be an nnlib.Network; got {type(net).__name__}.")
    fits = len(net.sizes) == 3 and net.sizes[0] == SIDE**2 and net.sizes[2] == 10
    if not fits or net.sizes[1] > MOST:
        raise ValueError(f"net must have the sizes 784, up to {MOST}, 10; "
                         f"got {', '.join(map(str, net.sizes))}.")
    if any(act.name not in ACTIVATIONS for act in net.activations):
        raise ValueError(f"the activations must be among: {', '.join(ACTIVATIONS)}; "
                         f"got {', '.join(act.name for act in net.activations)}.")
    if not all(np.isfinite(p).all() for p in net.weights + net.biases):
        raise ValueError("net has weights or biases that are no finite numbers; train it again "
                         "with a smaller learning rate.")


def _strongest(net):
    """Return the hidden unit, from 1, whose weights to the outputs are the largest together."""
    return int(np.argmax(np.square(net.weights[1]).sum(axis=0))) + 1


@functools.cache
def _test_digits():
    """Return the embedded test digits as bytes, as the pad frames them, and their labels."""
    digits = embedded_digits()
    images = to_bytes(digits.X_test)
    seen = [framed(image.reshape(SIDE, SIDE) / 255).ravel() for image in images]
    return images, np.array(seen), digits.test_labels


def _reach(net):
    """Return how large an activation a full bar stands for: 1, or the largest on test digits."""
    a = np.abs(net.forward(_test_digits()[1])[1][1]).max()
    return max(1.0, float(f"{a:.2g}"))


def _wrong(net):
    """Return test digits that the network gets wrong, surest first, their labels, its answers."""
    images, seen, labels = _test_digits()
    out = net(seen)
    lead = out.max(axis=1) - out[np.arange(len(out)), labels]
    worst = [i for i in np.argsort(-lead, kind="stable") if lead[i] > 0]
    pairs = {(labels[i], out[i].argmax()): i for i in reversed(worst)}  # of each kind the surest
    worst = sorted(pairs.values(), key=worst.index)[:GALLERY]
    return images[worst], labels[worst].tolist(), out[worst].argmax(axis=1).tolist()
