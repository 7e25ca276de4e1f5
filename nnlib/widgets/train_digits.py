"""TrainDigits: the reader trains 784-30-10 on the embedded digits, number for number as here."""

import copy
import functools

import numpy as np
import traitlets as t

from ..data import embedded_digits
from ..network import Network
from ..training import evaluate, train
from .base import Choice, Number, Numbers, Whole, Widget
from .digits import small_digits

N, TEST = 1437, 360
EPOCHS = 100  # a run ends here
CHANGES = 100  # of eta and m on the way
ETA = {"min": 0.01, "max": 100}
STUCK = 0.01  # a hidden neuron with less slope than this hardly learns


class TrainDigits(Widget):
    """A network 784-30-10 learns the 1,437 embedded digits in the page; 360 are for testing.

    After ``updates`` with learning rate ``eta`` and mini-batches of ``m`` it is the network of
    ``nnlib.Network([784, 30, 10], rng=seed)`` and ``nnlib.train(..., rng=seed)``; ``net()`` gives
    it. What was changed on the way stands in ``past``: until which update, eta and m, in a row
    ([60, 3, 10, 100, 1, 10]: m = 10 with eta = 3 up to update 60, eta = 1 up to 100, then ``eta``).
    ``go(50)`` goes on by 50 updates, ``go(50, eta=1)`` with another rate. ``ghost``: another run to
    compare with, [seed, until, eta, m, ...]. ``axis``: count "updates" or "epochs".
    """

    kind = t.Unicode("train-digits", read_only=True).tag(sync=True)
    eta = Number(3.0, **ETA, help="learning rate").tag(sync=True)
    m = Whole(10, min=1, max=500, help="digits in a mini-batch").tag(sync=True)
    seed = Whole(0, min=0, help="of the start and of the order").tag(sync=True)
    updates = Whole(0, min=0).tag(sync=True)
    past = Numbers([], least=0, most=3 * CHANGES).tag(sync=True)
    ghost = Numbers([], least=0, most=3 * CHANGES + 4).tag(sync=True)
    axis = Choice(["updates", "epochs"], "updates").tag(sync=True)
    digits = t.Bytes(read_only=True, help="the digits, as digits.py packs them").tag(sync=True)
    predict = t.Bool(False, help="hide the results until the reader has guessed").tag(sync=True)

    @t.default("digits")
    def _digits(self):
        return small_digits()

    @t.validate("past", "updates", "m")
    def _fits(self, proposal):
        now = {key: getattr(self, key) for key in ("past", "updates", "eta", "m")}
        now[proposal["trait"].name] = proposal["value"]
        _check("past", now["past"])
        if now["updates"] < (now["past"][-3:] or [0])[0]:
            raise t.TraitError(f"updates is {now['updates']}, but past goes on to "
                               f"update {now['past'][-3]:g}.")
        _check("updates", [*now["past"], now["updates"], now["eta"], now["m"]])
        return proposal["value"]

    @t.validate("ghost")
    def _is_run(self, proposal):
        seed, *parts = proposal["value"] or [0]
        if seed != int(seed) or seed < 0 or (proposal["value"] and not parts):
            raise t.TraitError("ghost must be [] or [seed, until, eta, m, ...]; "
                               f"got {proposal['value']}.")
        _check("ghost", parts)
        return proposal["value"]

    @property
    def stretches(self):
        """The run as a list of (until, eta, m): up to which update it learned with these."""
        return _stretches([*self.past, self.updates, self.eta, self.m])

    def net(self):
        """The network after the updates, trained by nnlib."""
        return copy.deepcopy(_trained(self.seed, tuple(self.stretches)))

    def go(self, updates, eta=None, m=None):
        """Go on by some updates, with another eta and m from here on if given."""
        eta, m = self.eta if eta is None else eta, self.m if m is None else m
        past = self.past
        if (eta, m) != (self.eta, self.m) and self.updates > (past[-3:] or [0])[0]:
            past = [*past, self.updates, self.eta, self.m]
        self.set(past=past, eta=eta, m=m, updates=self.updates + updates)

    def now(self):
        """Cost and right answers on the training and on the test digits; the share of stuck ones.

        A hidden activation is stuck where its slope is below STUCK on a test digit.
        """
        return dict(_scores(self.seed, tuple(self.stretches)))

    def caption(self):
        now = self.now()
        return (f"A network 784-30-10 after {self.updates:,} updates with η = {self.eta:.3g}, "
                f"mini-batches of {self.m} and seed {self.seed}: its cost on the {N:,} training "
                f"digits is {now['cost']:.3g}, and {now['test_right']} of the {TEST} test digits "
                "are right.")

    def table(self):
        now = self.now()
        return [
            ("η", "learning rate", f"{self.eta:.3g}"),
            ("m", "digits in a mini-batch", self.m),
            ("", "updates", f"{self.updates:,}"),
            ("C", "cost on training and test digits",
             f"{now['cost']:.3g}, {now['test_cost']:.3g}"),
            ("", f"right of {N:,} training digits", f"{now['right']:,}"),
            ("", f"right of {TEST} test digits", now["test_right"]),
        ]


def _stretches(parts):
    """[until, eta, m, ...] as (until, eta, m), without stretches of no update."""
    rows = [(int(until), eta, int(m)) for until, eta, m in np.reshape(parts, (-1, 3)).tolist()]
    starts = [0, *(until for until, _, _ in rows)]
    return [row for start, row in zip(starts, rows, strict=False) if row[0] > start]


def _check(name, parts):
    """TraitError unless ``parts`` is a run: until, eta, m, in a row, of at most EPOCHS."""
    wrong = None
    if len(parts) % 3 or any(v != int(v) for v in [*parts[::3], *parts[2::3]]):
        wrong = "must be whole triples until, eta, m"
    elif any(b < a for a, b in zip([0, *parts[::3]], parts[::3], strict=False)):
        wrong = "must have updates that increase"
    elif any(not ETA["min"] <= eta <= ETA["max"] for eta in parts[1::3]):
        wrong = f"must have eta from {ETA['min']} to {ETA['max']}"
    elif any(not 1 <= m <= 500 for m in parts[2::3]):
        wrong = "must have m from 1 to 500"
    elif _epoch(parts) > EPOCHS:
        wrong = f"must end within {EPOCHS} epochs"
    if wrong:
        raise t.TraitError(f"{name} {wrong}; got {list(parts)}.")


def _epoch(parts):
    """How many epochs such a run takes, the last one perhaps in part."""
    done = offset = used = 0
    for until, _, m in _stretches(parts):
        left, used = until - used, until
        rest = -(-(N - offset) // m)
        if left < rest:
            offset += left * m
            continue
        epochs, more = divmod(left - rest, -(-N // m))
        done, offset = done + 1 + epochs, more * m
    return done + (offset > 0)


@functools.cache
def _data():
    digits = embedded_digits()
    return [np.asarray(part, float) for part in digits[1:5]]  # X, Y, X_test, Y_test


@functools.lru_cache(maxsize=32)
def _trained(seed, stretches):
    """The network of these stretches; each update is an epoch of its own batch."""
    X, Y, _, _ = _data()
    net, rng, order, u = Network([784, 30, 10], rng=seed), np.random.default_rng(seed), [], 0
    for until, eta, m in stretches:
        while u < until:
            if len(order) == 0:
                order = rng.permutation(N)
            batch, order = order[:m], order[m:]
            next(train(net, (X[batch], Y[batch]), epochs=1, batch_size=m, eta=eta))
            u += 1
    return net


@functools.lru_cache(maxsize=32)
def _scores(seed, stretches):
    X, Y, X_test, Y_test = _data()
    net = _trained(seed, stretches)
    (cost, right), (test_cost, test_right) = evaluate(net, X, Y), evaluate(net, X_test, Y_test)
    hidden = net.forward(X_test)[1][1]
    return (("cost", cost), ("test_cost", test_cost), ("right", round(right * N)),
            ("test_right", round(test_right * TEST)),
            ("stuck", float(np.mean(hidden * (1 - hidden) < STUCK))))
