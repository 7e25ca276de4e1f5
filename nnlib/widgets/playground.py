"""Playground: a small network learns points of a plane, and everything about it can be changed."""

import numpy as np
import traitlets as t

from ..activations import ACTIVATIONS, sigmoid, softmax
from ..costs import COSTS, softmax_cross_entropy
from ..data.plane import PLANES, points
from ..network import Network
from ..training import evaluate, train
from .base import LIMIT, Choice, Number, Numbers, Whole, Widget
from .feedforward import HIDDEN, params_of

LAYERS, UNITS, POINTS = 4, 8, 300  # hidden layers, their units, own points: at most
ROWS, EPOCHS = 200, 10_000  # of a record, at most
OWN = [  # until other points are painted or sent
    -2, 2.5, 1, -1.2, 3.4, 1, -3.1, 3.2, 1, 2.2, 2.8, 0, 3.3, 1.9, 0, 1.4, 3.9, 0,
    -2.6, -2.1, 0, -1.5, -3.3, 0, -3.6, -3, 0, 2.4, -2.4, 1, 3.5, -3.2, 1, 1.6, -3.6, 1,
]


class Layers(t.TraitType):
    """A list of 0 to 4 whole numbers from 1 to 8."""

    def validate(self, obj, value):
        sizes = list(value) if isinstance(value, list | tuple | np.ndarray) else None
        if sizes is None or len(sizes) > LAYERS or any(
                n != int(n) or not 1 <= n <= UNITS for n in sizes):
            raise t.TraitError(
                f"layers must be 0 to {LAYERS} whole numbers from 1 to {UNITS}, the units of each "
                f"hidden layer; got {value!r}.")
        return [int(n) for n in sizes]


class Activations(t.TraitType):
    """The activations of four hidden layers; one name, or a shorter list, stands for the rest."""

    def validate(self, obj, value):
        names = [value] if isinstance(value, str) else list(value)
        names = [getattr(name, "name", name) for name in names]
        if not 1 <= len(names) <= LAYERS or any(name not in HIDDEN for name in names):
            raise t.TraitError(f"activations must be 1 to {LAYERS} of: {', '.join(HIDDEN)}; "
                               f"got {value!r}.")
        return names + names[-1:] * (LAYERS - len(names))


# What makes the points and the start: a change of these begins a new run.
SETTINGS = ("data", "n", "noise", "sample", "test", "points", "layers", "activations", "cost", "g",
            "seed", "start")


class Playground(Widget):
    """A network with two inputs learns to tell points of a plane apart: ``Playground()``.

    ``Playground(X=X, Y=Y)`` takes own points: X (n, 2); Y labels 0, 1 (and 2), shape (n,) or
    (n, 1), or one-hot. ``Playground(net=net)`` starts from the weights of an ``nnlib.Network``.

    Data: ``data`` (a name in ``nnlib.data.plane.PLANES``, or "own"), ``n`` points, ``noise``,
    ``sample`` (their seed), ``test`` (how many per cent are held back), ``points`` (the own ones, a
    flat list x1, x2, class, ...).
    Network: ``layers`` (units of each hidden layer), ``activations`` (of each), ``cost``
    ("cross-entropy" or "quadratic"), ``g`` (the weights at the start are normal numbers times
    g/√inputs), ``seed`` (of start and order), ``start`` (other numbers to start from).
    Training: ``eta``, ``m`` (batch), ``lam`` (L2), ``pace`` (epochs a frame).
    ``record`` is all that has been done since the start, in rows of four numbers: epochs, eta, m,
    lam; or 0, i, v, 0 where number i of the weights and biases was set to v by hand.
    View: ``x`` (the point looked at), ``unit`` (layer and number of the unit that is shown large,
    or none), ``weight`` (the number on the slider, or -1), ``view`` ("plane" or "last layer"),
    ``pair`` (which two units of the last hidden layer), ``log``, ``held`` (draw the test points).

    ``w.network()`` is the network as it is now, ``w.X, w.Y`` its points, ``w.train_rows`` a mask.
    """

    kind = t.Unicode("playground", read_only=True).tag(sync=True)
    data = Choice([*PLANES, "own"], "circle").tag(sync=True)
    n = Whole(400, min=20, max=500).tag(sync=True)
    noise = Number(0.1, min=0, max=0.5).tag(sync=True)
    sample = Whole(0, min=0).tag(sync=True)
    test = Whole(50, min=0, max=90).tag(sync=True)
    points = Numbers(OWN, least=6, most=3 * POINTS).tag(sync=True)
    layers = Layers([4, 2]).tag(sync=True)
    activations = Activations(["tanh"] * LAYERS).tag(sync=True)
    cost = Choice(["cross-entropy", "quadratic"], "cross-entropy").tag(sync=True)
    g = Number(1, min=0, max=5).tag(sync=True)
    seed = Whole(0, min=0).tag(sync=True)
    start = Numbers([], least=0, most=LAYERS * UNITS * (UNITS + 1) + 3).tag(sync=True)
    eta = Number(0.03, min=0.0001, max=3).tag(sync=True)
    m = Whole(10, min=1, max=500).tag(sync=True)
    lam = Number(0, min=0, max=0.1).tag(sync=True)
    pace = Whole(10, min=1, max=50).tag(sync=True)
    record = Numbers([], least=0, most=4 * ROWS).tag(sync=True)
    x = Numbers([1, 2], least=2, most=2).tag(sync=True)
    unit = Numbers([0, 0], least=2, most=2).tag(sync=True)
    weight = Whole(-1, min=-1).tag(sync=True)
    view = Choice(["plane", "last layer"], "plane").tag(sync=True)
    pair = Numbers([1, 2], least=2, most=2).tag(sync=True)
    log = t.Bool(False, help="a logarithmic axis of the loss").tag(sync=True)
    held = t.Bool(True, help="draw the test points").tag(sync=True)
    plane = Numbers([-6, 6, -6, 6], least=4, most=4).tag(sync=True)
    shown = t.Dict(help="the page's word on its weights: {record, params, ...}").tag(sync=True)
    predict = t.Bool(False, help="hide the results until the reader has guessed").tag(sync=True)

    def __init__(self, X=None, Y=None, net=None, **traits):
        self._changing = traits
        super().__init__(**{**self._given(X, Y, net), **traits})
        self._changing = ()

    def show(self, X=None, Y=None, net=None):
        """Show other points or another network: ``w.show(X, Y)``, ``w.show(net=net)``."""
        self.set(**self._given(X, Y, net))

    def state(self):
        return {key: value for key, value in super().state().items() if key != "shown"}

    @staticmethod
    def _given(X, Y, net):
        given = {} if X is None else _own(X, Y)
        return given | ({} if net is None else _traits_of(net))

    @t.observe(*SETTINGS)
    def _anew(self, change):
        if self.record and "record" not in self._changing:
            self.record = []

    def set(self, **traits):
        self._changing = traits
        try:
            super().set(**traits)
        finally:
            self._changing = ()

    @t.validate("record")
    def _fits(self, proposal):
        record = proposal["value"]
        rows = [record[i:i + 4] for i in range(0, len(record), 4)]
        good = len(record) % 4 == 0 and all(map(_is_row, rows))
        if not good or sum(row[0] for row in rows) > EPOCHS:
            raise t.TraitError(
                "record must hold rows of epochs, eta, m, lam (or 0, i, v, 0 for a number set by "
                f"hand) and at most {EPOCHS:,} epochs; got {record!r}.")
        return record

    @property
    def K(self):
        """How many classes there are."""
        return max(2, int(max(self.points[2::3])) + 1) if self.data == "own" else PLANES[self.data]

    @property
    def X(self):
        """All points, (n, 2)."""
        return self._points()[0]

    @property
    def Y(self):
        """Their targets: (n, 1) for two classes, (n, 3) for three."""
        return self._points()[1]

    @property
    def train_rows(self):
        """True for the points that are learned, False for those held back: (n,)."""
        return np.arange(len(self.X)) * self.test % 100 < 100 - self.test

    def _points(self):
        if self.data != "own":
            return points(self.data, self.n, noise=self.noise, rng=self.sample)
        rows = np.reshape(self.points, (-1, 3))
        label = rows[:, 2].astype(int)
        return rows[:, :2], label[:, None].astype(float) if self.K == 2 else np.eye(3)[label]

    @property
    def loss(self):
        """The cost as nnlib has it."""
        three = self.K > 2 and self.cost == "cross-entropy"
        return softmax_cross_entropy if three else COSTS[self.cost]

    def _first(self):
        """The network at the start."""
        K = self.K
        sizes = [2, *self.layers, K if K > 2 else 1]
        output = softmax if self.loss is softmax_cross_entropy else sigmoid
        net = Network(sizes, output=output, rng=self.seed)
        for W in net.weights:
            W *= self.g
        if self.start:
            _fill(net, self.start)
        net.activations[:-1] = [ACTIVATIONS[name] for name in self.activations[:len(self.layers)]]
        return net

    def network(self):
        """The network as it is now: an ``nnlib.Network`` with the weights that are shown."""
        known = self.shown
        if known and all(known[key] == getattr(self, key) for key in (*SETTINGS, "record")):
            net = self._first()
            _fill(net, known["params"])
            return net
        return self.trained()

    def trained(self):
        """The same network, trained here by nnlib: the start, and then the record row by row."""
        net, rng, X, Y, learned = self._first(), np.random.default_rng(self.seed), \
            self.X, self.Y, self.train_rows
        for epochs, eta, m, lam in np.reshape(self.record, (-1, 4)):
            if not epochs:
                _fill(net, _with(params_of(net), int(eta), m))
                continue
            before = params_of(net)
            for _ in train(net, (X[learned], Y[learned]), cost=self.loss, epochs=int(epochs),
                           batch_size=int(m), eta=eta, lam=lam, rng=rng):
                if not (np.abs(params_of(net)) <= LIMIT).all():  # lost: the run ends before it
                    _fill(net, before)
                    return net
                before = params_of(net)
        return net

    def measure(self):
        """Cost and share of right answers: on the training points, and on the test points."""
        net, X, Y, learned = self.network(), self.X, self.Y, self.train_rows
        return [evaluate(net, X[rows], Y[rows], self.loss) if rows.any() else None
                for rows in (learned, ~learned)]

    def caption(self):
        shape = "-".join(map(str, [2, *self.layers, self.K if self.K > 2 else 1]))
        epochs = sum(int(row[0]) for row in np.reshape(self.record, (-1, 4)))
        units = ", ".join(self.activations[:len(self.layers)]) or "no hidden"
        return (f"A {shape} network ({units} units) learns {len(self.X)} points, \"{self.data}\"; "
                f"epoch {epochs}.")

    def table(self):
        learned, held = self.measure()
        rows = [("C", "training loss", f"{learned[0]:.4g}"),
                ("", "training points on the right side", f"{learned[1]:.1%}")]
        if held:
            rows += [("", "test loss", f"{held[0]:.4g}"),
                     ("", "test points on the right side", f"{held[1]:.1%}")]
        return [*rows, ("η", "learning rate", f"{self.eta:.3g}"), ("m", "batch", self.m),
                ("λ", "L2 penalty", f"{self.lam:.3g}")]


def _is_row(row):
    epochs, second, third, last = row
    if epochs == 0:
        return second >= 0 and second == int(second) and last == 0
    return epochs == int(epochs) > 0 and 0.0001 <= second <= 3 and 1 <= third <= 500 \
        and third == int(third) and 0 <= last <= 0.1


def _fill(net, params):
    """Write a row of numbers, layer by layer, W before b, into a network."""
    at = 0
    for W, b in zip(net.weights, net.biases, strict=True):
        for array in (W, b):
            array[...] = np.reshape(params[at:at + array.size], array.shape)
            at += array.size


def _with(params, i, value):
    params[i] = value
    return params


def _own(X, Y):
    """The traits that bring own points to the page; one sentence says what is wrong with them."""
    X, Y = np.asarray(X, float), np.asarray(Y if Y is not None else [])
    label = Y.argmax(axis=1) if Y.ndim == 2 and Y.shape[1] > 1 else Y.ravel()
    if X.ndim != 2 or X.shape[1] != 2 or not 2 <= len(X) <= POINTS or len(label) != len(X):
        raise ValueError(f"own points are X of shape (n, 2) with n from 2 to {POINTS} and Y with "
                         f"one label each; got shapes {X.shape} and {Y.shape}.")
    if not np.isin(label, (0, 1, 2)).all():
        raise ValueError(f"labels are 0, 1 or 2; got {sorted(set(label.tolist()))}.")
    if not (np.abs(X) <= LIMIT).all():
        raise ValueError(f"X must hold numbers from {-LIMIT:g} to {LIMIT:g} only.")
    rows = np.column_stack([X, label]).ravel().tolist()
    return {"data": "own", "points": rows, "plane": _plane(X), "x": X.mean(axis=0).tolist()}


def _plane(X):
    """Ends of both axes: -6 to 6 where that fits, else a tenth more than the points need."""
    if 1.5 <= np.abs(X).max() <= 6:
        return [-6, 6, -6, 6]
    low, high = X.min(axis=0), X.max(axis=0)
    room = np.where(high > low, 0.1 * (high - low), 1)
    return np.ravel([low - room, high + room], "F").tolist()


def _traits_of(net):
    """The traits that start from a network; one sentence says why one cannot be shown."""
    if not isinstance(net, Network):
        raise TypeError(f"net must be an nnlib.Network; got {type(net).__name__}.")
    names = [act.name for act in net.activations[:-1]]
    sizes = net.sizes
    if sizes[0] != 2 or sizes[-1] not in (1, 3):
        raise ValueError("Playground shows networks with 2 inputs and 1 or 3 outputs; "
                         f"this one is {'-'.join(map(str, sizes))}.")
    return {"layers": sizes[1:-1], "activations": names or ["tanh"], "start": params_of(net)}
