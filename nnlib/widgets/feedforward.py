"""FeedForward: a network layer by layer, one neuron of it in numbers, the count of what it learns.

A page holds at most 10 kB of it. A network of up to SMALL numbers is sent whole. A larger one that
Python hands over is sent as drawn: up to 16 units of a layer with their z, a and b in full, and
the weights between them to 7 digits. A larger one without given weights is made from a seed, in
the page as here.
"""

from itertools import pairwise

import numpy as np
import traitlets as t

from ..activations import ACTIVATIONS
from ..network import Network
from .base import LIMIT, Choice, Numbers, Whole, Widget
from .digits import pack, ten_digits, to_bytes, unpack

SMALL = 200
IMAGE = 784
DIGIT = 3  # the image that a network of 784 inputs is shown unless it is given another
X = [1.0, 0.5, -1.0, 1.5]  # inputs until others are given, and from the start again
HIDDEN = [name for name, act in ACTIVATIONS.items() if act.df is not None]


class Sizes(t.TraitType):
    """A list of 2 to 5 whole numbers: the inputs and the neurons of 1 to 4 layers."""

    def validate(self, obj, value):
        sizes = list(value) if isinstance(value, list | tuple | np.ndarray) else []
        if not 2 <= len(sizes) <= 5 or any(n != int(n) or n < 1 for n in sizes):
            raise t.TraitError(
                "sizes must be 2 to 5 whole numbers, the inputs and the neurons of 1 to 4 layers; "
                f"got {value!r}."
            )
        return [int(n) for n in sizes]


def count(sizes):
    """Return how many weights and biases a network of these sizes has."""
    return sum(k * n + n for k, n in pairwise(sizes))


def _uniforms(seed, n):
    """Return n numbers in [0, 1), as ``uniforms`` in js/random.js makes them."""
    word = np.arange(1, n + 1, dtype=np.uint32) * np.uint32(0x9E3779B9) + np.uint32(seed)
    word = (word ^ (word >> 16)) * np.uint32(0x21F0AAAD)
    word = (word ^ (word >> 15)) * np.uint32(0x735A2D97)
    return (word ^ (word >> 15)) / 2**32


def _from_seed(sizes, seed):
    """Return weights and biases, layer by layer: tenths if they are few, else of spread 1/√n."""
    u = _uniforms(seed, count(sizes))
    if len(u) <= SMALL:
        return (np.floor(41 * u) - 20) / 10
    scale = [np.r_[np.full(k * n, np.sqrt(3 / k)), np.ones(n)] for k, n in pairwise(sizes)]
    return (2 * u - 1) * np.concatenate(scale)


def network_of(sizes, params, hidden, output):
    """Return the network of these params: layer by layer, W before b."""
    net = Network(sizes, ACTIVATIONS[hidden], ACTIVATIONS[output])
    at = 0
    for W, b in zip(net.weights, net.biases, strict=True):
        for array in (W, b):
            array[...] = np.reshape(params[at:at + array.size], array.shape)
            at += array.size
    return net


def params_of(net):
    """Return all weights and biases of a network in one row, W before b."""
    return np.concatenate([p.ravel() for W, b in zip(net.weights, net.biases, strict=True)
                           for p in (W, b)])


def _default_x(n):
    return [] if n == IMAGE else [X[k % len(X)] for k in range(n)]


def _seen(sizes, l):
    """Return which units of layer l are drawn, from 0; of an image, part of its middle row."""
    n, half = sizes[l], 6 if len(sizes) > 4 else 8
    if l == 0 and n == IMAGE:
        return np.arange(398, 398 + 2 * half)
    return np.arange(n) if n <= 2 * half else np.r_[0:half, n - half:n]


class FeedForward(Widget):
    """A network of 1 to 4 layers at work: ``FeedForward(net, x)`` for any ``nnlib.Network``.

    ``x`` is one input. Without ``net``: ``sizes``, and ``params`` (all weights and biases, layer by
    layer, W before b) or a ``seed``. ``layer`` (0 to L) is how far the input has come and ``unit``
    the neuron of that layer that is shown alone (1 to n, or 0 for none).
    """

    kind = t.Unicode("feedforward", read_only=True).tag(sync=True)
    sizes = Sizes([2, 3, 1]).tag(sync=True)
    params = Numbers([], least=0, most=SMALL).tag(sync=True)
    x = Numbers([], least=0, most=SMALL).tag(sync=True)
    hidden = Choice(HIDDEN, "sigmoid").tag(sync=True)
    output = Choice(ACTIVATIONS, "sigmoid").tag(sync=True)
    seed = Whole(1, min=0).tag(sync=True)
    given = t.Bool(False, help="a large network from Python").tag(sync=True)
    layer = Whole(0, min=0).tag(sync=True)
    unit = Whole(0, min=0).tag(sync=True)
    predict = t.Bool(False, help="hide the count until the reader has guessed it").tag(sync=True)
    image = t.Bytes(help="the digit that 784 inputs show").tag(sync=True)
    drawn = t.Dict(help="what is drawn of a large network from Python").tag(sync=True)

    def __init__(self, net=None, x=None, **traits):
        self._fed = None  # a large network from Python and its input, which do not travel whole
        if net is None:
            traits = {"sizes": [2, 3, 1], "seed": 1, "params": [], **traits}
            sizes = traits["sizes"] = Sizes().validate(self, traits["sizes"])
            if count(sizes) > SMALL and x is not None and len(x):
                net = network_of(sizes, _from_seed(sizes, traits["seed"]),
                               traits.get("hidden", "sigmoid"), traits.get("output", "sigmoid"))
            else:
                if count(sizes) <= SMALL and not len(traits["params"]):
                    traits["params"] = _from_seed(sizes, traits["seed"])
                traits["x"] = _default_x(sizes[0]) if x is None else x
        if net is not None:
            traits = {**traits, **self._traits_of(net, x)}
        super().__init__(image=pack(ten_digits()[DIGIT]), **traits)

    def show(self, net=None, x=None):
        """Show another network or another input: ``n.show(net)``, ``n.show(x=[1, 0])``."""
        self.set(**self._traits_of(net or self.net, self.input[0] if x is None else x))

    def _traits_of(self, net, x):
        """Return the traits that bring a network and its input to the page."""
        sizes, x = _checked(net, x)
        names = {"sizes": sizes, "hidden": net.activations[0].name,
                 "output": net.activations[-1].name}
        if len(sizes) == 2:
            names["hidden"] = "sigmoid"
        if count(sizes) <= SMALL:
            return {**names, "params": params_of(net), "x": x, "given": False}
        self._fed = network_of(sizes, params_of(net), names["hidden"], names["output"]), x[None]
        return {**names, "params": [], "x": [], "given": True, "drawn": _drawn(*self._fed)}

    @t.validate("sizes", "params", "x", "given", "layer", "unit")
    def _fits(self, proposal):
        s = {key: getattr(self, key) for key in ("sizes", "params", "x", "given", "layer", "unit")}
        s[proposal["trait"].name] = proposal["value"]
        sizes, total = s["sizes"], count(s["sizes"])
        shape = "-".join(map(str, sizes))
        for key, want in [
            ("params", total if total <= SMALL else 0),
            ("x", 0 if s["given"] or sizes[0] == IMAGE else sizes[0]),
        ]:
            if len(s[key]) != want:
                raise t.TraitError(f"{key} holds {len(s[key])} numbers: a {shape} network needs "
                                   f"{want} there. To change several at once: n.set(...).")
        if s["layer"] >= len(sizes) or s["unit"] > sizes[s["layer"]]:
            raise t.TraitError(f"a {shape} network has no layer {s['layer']} "
                               f"with a neuron {s['unit']}.")
        return proposal["value"]

    @property
    def net(self):
        """The network as an ``nnlib.Network``."""
        if self.given:
            return self._fed[0]
        params = self.params or _from_seed(self.sizes, self.seed)
        return network_of(self.sizes, params, self.hidden, self.output)

    @property
    def input(self):
        """The input as one row, of shape (1, n_0)."""
        if self.given:
            return self._fed[1]
        return np.array([self.x or unpack(self.image) / 255])

    @property
    def total(self):
        """How many numbers the network learns: all weights and biases."""
        return count(self.sizes)

    @property
    def z(self):
        """The weighted inputs of ``layer``, of shape (n_l,); none for layer 0."""
        return self.net.forward(self.input)[0][self.layer - 1][0] if self.layer else np.array([])

    @property
    def a(self):
        """The activations of ``layer``, of shape (n_l,)."""
        return self.net.forward(self.input)[1][self.layer][0]

    def caption(self):
        shape = "-".join(map(str, self.sizes))
        layers = "1 layer" if len(self.sizes) == 2 else f"{len(self.sizes) - 1} layers"
        return (f"A {shape} network: {self.sizes[0]} inputs, {layers} of neurons, "
                f"{self.total:,} numbers to learn.")

    def table(self):
        Z, A = self.net.forward(self.input)
        rows = [("x", "input", _short(A[0][0]))]
        for l, (k, n) in enumerate(pairwise(self.sizes), 1):
            rows += [(f"n({l})", f"numbers of layer {l}: {n} · {k} weights + {n} biases",
                      f"{k * n + n:,}"),
                     (f"z({l})", f"weighted inputs of layer {l}", _short(Z[l - 1][0])),
                     (f"a({l})", f"activations of layer {l}", _short(A[l][0]))]
        return rows


def _checked(net, x):
    """Return sizes and input of a network that can be drawn; else one sentence why not."""
    if not isinstance(net, Network):
        raise TypeError(f"net must be an nnlib.Network; got {type(net).__name__}.")
    if len(net.weights) > 4:
        raise ValueError(f"net has {len(net.weights)} layers: FeedForward draws 1 to 4.")
    if len({act.name for act in net.activations[:-1]}) > 1:
        raise ValueError("the hidden layers of net must share one activation; "
                         f"got {net.activations[:-1]}.")
    n = net.sizes[0]
    if x is None:
        x = ten_digits()[DIGIT] / 255 if n == IMAGE else _default_x(n)
    x = np.asarray(x, float).ravel()
    if len(x) != n:
        raise ValueError(f"x has {len(x)} numbers: this network has {n} inputs.")
    if not all(np.all(np.abs(p) <= LIMIT) for p in [x, *net.weights, *net.biases]):
        raise ValueError(f"net and x must hold numbers from {-LIMIT:g} to {LIMIT:g} only.")
    return net.sizes, x


def _drawn(net, x):
    """Return what js/feedforward.js draws: z, a and b of each seen unit, the weights between."""
    Z, A = net.forward(x)
    units = [_seen(net.sizes, l) for l in range(len(net.sizes))]
    full = [A[0][0, units[0]]]
    for l in range(1, len(units)):
        full += [v[units[l]] for v in (Z[l - 1][0], A[l][0], net.biases[l - 1])]
    weights = [W[np.ix_(units[l + 1], units[l])].ravel() for l, W in enumerate(net.weights)]
    image = pack(to_bytes(x)) if net.sizes[0] == IMAGE else b""
    return {"sizes": net.sizes, "image": image,
            "full": np.concatenate(full).astype("<f8").tobytes(),
            "weights": np.concatenate(weights).astype("<f4").tobytes()}


def _short(values):
    """Return numbers as text, the first few of many."""
    if len(values) <= 10:
        return ", ".join(f"{v:.6g}" for v in values)
    return f"{_short(values[:3])}, … ({len(values)} in all)"
