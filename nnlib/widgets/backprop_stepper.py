"""BackpropStepper: backpropagation on a small network, one line of arithmetic at a time."""


import numpy as np
import traitlets as t

from ..activations import ACTIVATIONS
from ..costs import COSTS
from ..data import FOUR_PEOPLE, SLEEP_STUDY
from ..gradcheck import numerical_gradient
from ..network import Network
from .base import LIMIT, Choice, Number, Numbers, Whole, Widget
from .feedforward import Sizes, count, network_of, params_of

MOST = 4  # inputs, and neurons of a layer
LAYERS = 3
WITH_SLOPE = [name for name, act in ACTIVATIONS.items() if act.df is not None]

# Each: sizes; W1, b1, W2, b2 in one row, a neuron's weights after the other's; x; y; and what is
# not usual. The reference example leaves its biases alone, and the lecture's network has none.
NETS = {
    "1-1-1": {"sizes": [1, 1, 1], "params": [0.8, -0.2, -1.5, 0.5], "x": [1.5], "y": [1]},
    "2-2-1": {"sizes": [2, 2, 1], "params": [1, 1, 1, 1, 0, 0, 1, 1, 0],
              "x": FOUR_PEOPLE.X[0].tolist(), "y": FOUR_PEOPLE.Y[0].tolist(),
              "cost": "mse", "eta": 0.1},
    "2-2-2": {"sizes": [2, 2, 2], "x": [0.05, 0.1], "y": [0.01, 0.99], "update_biases": False,
              "params": [0.15, 0.2, 0.25, 0.3, 0.35, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.6]},
    "2-3-1": {"sizes": [2, 3, 1], "update_biases": False,
              "params": [0.13, 0.10, -0.13, -0.54, 0.64, 0.36, 0, 0, 0, 1.30, 0.95, -0.70, 0],
              "x": (SLEEP_STUDY.X / SLEEP_STUDY.X.max(axis=0))[0].tolist(),
              "y": SLEEP_STUDY.Y[0].tolist()},
}
USUAL = {"cost": "quadratic", "eta": 0.5, "update_biases": True, "hidden": "sigmoid",
         "output": "sigmoid"}


class BackpropStepper(Widget):
    """Forward, cost, BP1 to BP4, update and forward again, for one example x with target y.

    ``BackpropStepper("2-2-2")``: ``net`` is "1-1-1" (the default), "2-2-1" (Alice of the booklet:
    all weights 1, biases 0, cost mse, eta .1), "2-2-2" (the reference example, weights only),
    "2-3-1" (the first student of the sleep study) or any ``nnlib.Network`` of at most 3 layers of
    at most 4 neurons, with ``x`` (n_0 numbers) and ``y`` (K numbers). Or: ``sizes`` and ``params``,
    all weights and biases, layer by layer, W before b.

    Traits: ``cost`` ("quadratic", "mse" or, for sigmoid outputs, "cross-entropy"), ``eta`` (.01 to
    5), ``update_biases``, ``hidden`` and ``output`` (names of activations), ``step`` (how many
    lines are done, 0 to ``len(n.lines)``), ``view`` ("network", "graph" or "matrices"),
    ``numerical`` (show a finite difference beside each gradient).

    From Python: ``n.numbers()`` gives every number known at ``n.step`` by its name on the screen,
    ``n.numbers(k)`` at step k: z1_2 is z of neuron 2 of layer 1, likewise a, d (delta), s (slope),
    e (dC/da); w2_1_3 is the weight of layer 2 to neuron 1 from 3, b2_1 a bias; gw and gb are their
    gradients; nw, nb, nz, na and nC come after the update; dC is nC - C, pC the change that
    -eta |gradient|^2 predicts. ``n.net`` and ``n.updated`` are the
    networks before and after it; ``n.show(net, x, y)`` shows others.
    """

    kind = t.Unicode("backprop-stepper", read_only=True).tag(sync=True)
    sizes = Sizes([1, 1, 1]).tag(sync=True)
    params = Numbers([0.8, -0.2, -1.5, 0.5], least=2, most=60).tag(sync=True)
    x = Numbers([1.5], most=MOST).tag(sync=True)
    y = Numbers([1], most=MOST).tag(sync=True)
    hidden = Choice(WITH_SLOPE, "sigmoid").tag(sync=True)
    output = Choice(WITH_SLOPE, "sigmoid").tag(sync=True)
    cost = Choice(["quadratic", "mse", "cross-entropy"], "quadratic").tag(sync=True)
    eta = Number(0.5, min=0.01, max=5).tag(sync=True)
    update_biases = t.Bool(True, help="whether the biases take part in the update").tag(sync=True)
    step = Whole(0, min=0).tag(sync=True)
    view = Choice(["network", "graph", "matrices"], "network").tag(sync=True)
    numerical = t.Bool(False, help="a finite difference beside each gradient").tag(sync=True)
    predict = t.Bool(False, help="hide each result until the reader has guessed it").tag(sync=True)

    def __init__(self, net=None, x=None, y=None, **traits):
        if isinstance(net, Network):
            start = _traits_of(net, x, y)
        else:
            name = "1-1-1" if net is None else net
            if not isinstance(name, str) or name not in NETS:
                raise ValueError(f"net must be one of {', '.join(NETS)} or an nnlib.Network; "
                                 f"got {net!r}.")
            start = {**USUAL, **NETS[name]}
            start |= {key: v for key, v in (("x", x), ("y", y)) if v is not None}
        super().__init__(**{**start, **traits})

    def show(self, net, x, y):
        """Show another network, input and target, from the first line on."""
        self.set(**_traits_of(net, x, y), step=0)

    @t.validate("sizes", "params", "x", "y", "output", "cost", "step", "update_biases")
    def _fits(self, proposal):
        keys = ("sizes", "params", "x", "y", "output", "cost", "step", "update_biases")
        s = {key: getattr(self, key) for key in keys}
        s[proposal["trait"].name] = proposal["value"]
        sizes, shape = s["sizes"], "-".join(map(str, s["sizes"]))
        if len(sizes) > LAYERS + 1 or max(sizes) > MOST:
            raise t.TraitError(f"sizes is {sizes}: BackpropStepper draws at most {LAYERS} layers "
                               f"of at most {MOST} neurons.")
        for key, want in [("params", count(sizes)), ("x", sizes[0]), ("y", sizes[-1])]:
            if len(s[key]) != want:
                raise t.TraitError(f"{key} holds {len(s[key])} numbers: a {shape} network needs "
                                   f"{want} there. To change several at once: n.set(...).")
        if s["cost"] == "cross-entropy" and s["output"] != "sigmoid":
            raise t.TraitError(f"the cross-entropy cost needs output='sigmoid'; got "
                               f"{s['output']!r}.")
        if s["step"] > len(_lines(sizes, s["update_biases"])):
            raise t.TraitError(f"a {shape} network has {len(_lines(sizes, s['update_biases']))} "
                               f"lines; got step={s['step']}.")
        return proposal["value"]

    @property
    def net(self):
        """The network before the update, as an ``nnlib.Network``."""
        return network_of(self.sizes, self.params, self.hidden, self.output)

    @property
    def updated(self):
        """The network after the update."""
        net = self.net
        gW, gb = net.backprop([self.x], [self.y], COSTS[self.cost])
        net.weights = [W - self.eta * g for W, g in zip(net.weights, gW, strict=True)]
        if self.update_biases:
            net.biases = [b - self.eta * g for b, g in zip(net.biases, gb, strict=True)]
        return net

    @property
    def lines(self):
        """The lines of the calculation in their order: pairs (part of the round, names made)."""
        return _lines(self.sizes, self.update_biases)

    def numbers(self, step=None):
        """Every number known after ``step`` lines (``n.step``), by its name on the screen."""
        done = self.lines[:self.step if step is None else step]
        made = {name for _, names in done for name in names}
        given, computed = self._all()
        return given | {name: v for name, v in computed.items() if name in made}

    def differences(self):
        """Finite differences by nnlib.numerical_gradient, qw and qb as gw and gb are named."""
        net, cost = self.net, COSTS[self.cost]

        def C():
            return _cost(net, self.x, self.y, cost)[0]

        q = [numerical_gradient(lambda _: C(), p) for p in [*net.weights, *net.biases]]
        L = len(net.weights)
        return _named("qw", q[:L]) | _named("qb", q[L:])

    def _all(self):
        """What is given and what is computed, by name."""
        net, cost, new = self.net, COSTS[self.cost], self.updated
        x, y = np.array([self.x]), np.array([self.y])
        gW, D = net.backprop(x, y, cost)  # of one example: D is the bias gradient
        C, Z, A = _cost(net, self.x, self.y, cost)
        nC, nZ, nA = _cost(new, self.x, self.y, cost)
        with np.errstate(divide="ignore", invalid="ignore"):
            E = [d @ W for d, W in zip(D, net.weights, strict=True)][1:]
            E.append(cost.df(A[-1], y)[0])
        S = [act.df(z) for act, z in zip(net.activations, Z, strict=True)]
        given = {"eta": self.eta} | _named("w", net.weights) | _named("b", net.biases)
        given |= {f"a0_{k}": v for k, v in enumerate(self.x, 1)}
        given |= {f"y{k}": v for k, v in enumerate(self.y, 1)}
        moved = [*gW, *D] if self.update_biases else gW
        computed = {"C": C, "nC": nC, "dC": nC - C,
                    "pC": -self.eta * sum(float((g**2).sum()) for g in moved)}
        for letter, arrays in {
            "z": Z, "a": A[1:], "s": S, "e": E, "d": D, "gw": gW, "gb": D, "nz": nZ, "na": nA[1:],
            "nw": new.weights, "nb": new.biases,
            "p": [W * a for W, a in zip(net.weights, A, strict=False)],
            "np": [W * a for W, a in zip(new.weights, nA, strict=False)],
        }.items():
            computed |= _named(letter, arrays)
        return given, {key: v for key, v in computed.items() if np.isfinite(v)}

    def caption(self):
        part = self.lines[self.step - 1][0] if self.step else "the start"
        return (f"Backpropagation on a {'-'.join(map(str, self.sizes))} network, "
                f"step {self.step} of {len(self.lines)} ({part}).")

    def table(self):
        given, computed = self._all()
        values, L = given | computed, len(self.sizes) - 1

        def row(letter, l, meaning):
            some = [f"{v:.6g}" for name, v in values.items() if name.startswith(f"{letter}{l}_")]
            return f"{letter}({l})", f"{meaning} of layer {l}", ", ".join(some)

        rows = [("x", "input", _short(self.x)), ("y", "target", _short(self.y))]
        for letter, meaning in [("w", "weights"), ("b", "biases"), ("z", "weighted inputs"),
                                ("a", "activations"), ("d", "errors δ"),
                                ("gw", "gradients by the weights")]:
            rows += [row(letter, l, meaning) for l in range(1, L + 1)]
        return [*rows, ("C", f"{self.cost} cost", f"{computed['C']:.9g}"),
                ("new C", f"after one step, η = {self.eta:g}", f"{computed['nC']:.9g}")]


def _lines(sizes, update_biases):
    """Return the lines of one round for a network of these sizes: (part, names made)."""
    L, lines = len(sizes) - 1, []

    def neurons(l):
        return range(1, sizes[l] + 1)

    def forward(part, new):
        for l in range(1, L + 1):
            for j in neurons(l):
                products = [f"{new}p{l}_{j}_{k}" for k in neurons(l - 1)]
                lines.append((part, [f"{new}z{l}_{j}", *products]))
                lines.append((part, [f"{new}a{l}_{j}"] + ([] if new else [f"s{l}_{j}"])))

    forward("forward", "")
    lines.append(("cost", ["C"]))
    for l in range(L, 0, -1):
        part = "BP1" if l == L else "BP2"
        lines += [(part, [f"d{l}_{j}", f"e{l}_{j}"]) for j in neurons(l)]
    lines += [("BP3", [f"gb{l}_{j}"]) for l in range(L, 0, -1) for j in neurons(l)]
    weights = [(l, j, k) for l in range(L, 0, -1) for j in neurons(l) for k in neurons(l - 1)]
    lines += [("BP4", [f"gw{l}_{j}_{k}"]) for l, j, k in weights]
    lines += [("update", [f"nw{l}_{j}_{k}"]) for l, j, k in weights]
    if update_biases:
        lines += [("update", [f"nb{l}_{j}"]) for l in range(L, 0, -1) for j in neurons(l)]
    forward("forward again", "n")
    lines.append(("cost again", ["nC", "dC", "pC"]))
    return lines


def _named(letter, arrays):
    """Return the entries of layers 1 to L by name, such as w2_1_3 or z1_2, for one example."""
    return {f"{letter}{l}_{'_'.join(str(i + 1) for i in index)}": float(v)
            for l, array in enumerate(arrays, 1)
            for index, v in np.ndenumerate(_one(letter, array))}


def _one(letter, array):
    """Return the row of the one example, or a matrix of weights as it is."""
    matrix = letter.endswith(("w", "p"))
    return np.asarray(array) if matrix or np.ndim(array) == 1 else np.asarray(array)[0]


def _short(values):
    return ", ".join(f"{v:.6g}" for v in values)


def _cost(net, x, y, cost):
    """Return the cost of one example, and Z and A."""
    Z, A = net.forward([x])
    return float(cost.loss(Z[-1], A[-1], np.array([y]), net.activations[-1])[0]), Z, A


def _traits_of(net, x, y):
    """Return the traits that show this network; else one sentence why it cannot be shown."""
    if not isinstance(net, Network):
        raise TypeError(f"net must be an nnlib.Network; got {type(net).__name__}.")
    if len(net.weights) > LAYERS or max(net.sizes) > MOST:
        raise ValueError(f"net is {net!r}: BackpropStepper draws at most {LAYERS} layers "
                         f"of at most {MOST} neurons.")
    hidden = {act.name for act in net.activations[:-1]} or {"sigmoid"}
    if len(hidden) > 1:
        raise ValueError("the hidden layers of net must share one activation; "
                         f"got {net.activations[:-1]}.")
    params = params_of(net)
    if not np.all(np.abs(params) <= LIMIT):
        raise ValueError(f"net must hold numbers from {-LIMIT:g} to {LIMIT:g} only.")
    if x is None:
        x = [(1.0, 0.5, -1.0, 1.5)[k % 4] for k in range(net.sizes[0])]
    if y is None:
        y = [1.0] + [0.0] * (net.sizes[-1] - 1)
    return {**USUAL, "sizes": net.sizes, "params": params, "hidden": hidden.pop(),
            "output": net.activations[-1].name, "x": np.ravel(x), "y": np.ravel(y)}
