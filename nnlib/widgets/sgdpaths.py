"""SGDPaths: one example, a mini-batch or all examples per update, on the same landscape."""

import numpy as np
import traitlets as t

from .base import LIMIT, Choice, Column, Number, Whole, Widget

POINTS = 64
MOST = 20  # epochs
END = 4  # the start and the best fit lie within w and b from -END to END


def _examples():
    """The 64 points that the chapter makes with the same three lines."""
    rng = np.random.default_rng(0)
    X = rng.uniform(-2, 3, (64, 1)).round(2)
    Y = (X - 0.5 + 0.8 * rng.standard_normal((64, 1))).round(2)
    return X.ravel().tolist(), Y.ravel().tolist()


class SGDPaths(Widget):
    """A linear neuron, a = w x + b, learns 64 points (X, Y) in three ways from the same start.

    One example per update, ``m`` examples, or all: the order of the examples is that of
    ``nnlib.train(..., batch_size=m, rng=seed)`` on ``Network([1, 1], output=linear)`` with the
    quadratic cost, and so are the numbers. ``reshuffle=False`` keeps the order of the first epoch.
    ``seen`` is how many examples have been used (by default all of ``epochs``); ``axis``
    ("updates" or "samples") is what the costs are drawn against; ``zoom`` looks at the end closely.
    """

    kind = t.Unicode("sgdpaths", read_only=True).tag(sync=True)
    X = Column(_examples()[0], least=POINTS, most=POINTS).tag(sync=True)
    Y = Column(_examples()[1], least=POINTS, most=POINTS).tag(sync=True)
    w = Number(-2.5, min=-END, max=END, help="weight at the start").tag(sync=True)
    b = Number(3.0, min=-END, max=END, help="bias at the start").tag(sync=True)
    eta = Number(0.1, min=0.001, max=1).tag(sync=True)
    m = Whole(8, min=1, max=POINTS).tag(sync=True)
    seed = Whole(0, min=0).tag(sync=True)
    epochs = Whole(10, min=1, max=MOST).tag(sync=True)
    reshuffle = t.Bool(True, help="a new order in each epoch").tag(sync=True)
    axis = Choice(["samples", "updates"], "samples").tag(sync=True)
    zoom = t.Bool(False, help="look at the end closely").tag(sync=True)
    seen = Whole(10 * POINTS, min=0, max=MOST * POINTS).tag(sync=True)
    shuffles = t.Dict(read_only=True, help="a seed and its permutations").tag(sync=True)
    predict = t.Bool(False, help="hide the results until the reader has guessed").tag(sync=True)

    def __init__(self, X=None, Y=None, w=None, b=None, **traits):
        given = {"X": X, "Y": Y, "w": w, "b": b}
        traits |= {key: value for key, value in given.items() if value is not None}
        traits.setdefault("seen", POINTS * traits.get("epochs", 10))
        super().__init__(**traits)
        self._shuffle()

    @t.observe("seed", "epochs")
    def _shuffle(self, _=None):
        rows = self._permutations().astype(np.uint8).tobytes()
        self.set_trait("shuffles", {"seed": self.seed, "rows": rows})
        self.seen = min(self.seen, POINTS * self.epochs)

    @t.validate("X", "Y")
    def _fits(self, proposal):
        now = {"X": self.X, "Y": self.Y, proposal["trait"].name: proposal["value"]}
        best, curvature = _bowl(now["X"], now["Y"])
        if np.linalg.det(curvature) < 1e-6 or np.abs(best).max() > END:
            raise t.TraitError(
                f"the best line through X and Y must have w and b from {-END} to {END}; "
                f"it has w = {best[0]:.3g} and b = {best[1]:.3g}."
            )
        return proposal["value"]

    def _permutations(self):
        rng = np.random.default_rng(self.seed)
        return np.array([rng.permutation(POINTS) for _ in range(self.epochs)])

    @property
    def order(self):
        """Numbers of the examples as they are used, one row an epoch: (epochs, 64)."""
        rows = self._permutations()
        return rows if self.reshuffle else np.repeat(rows[:1], self.epochs, axis=0)

    @property
    def best(self):
        """The w and b of lowest cost, (2,)."""
        return _bowl(self.X, self.Y)[0]

    def excess(self, places):
        """C minus the lowest C, for places (..., 2) of w and b."""
        best, curvature = _bowl(self.X, self.Y)
        d = np.asarray(places) - best
        return np.einsum("...i,ij,...j", d, curvature, d) / 2

    def paths(self):
        """Name -> (updates + 1, 2): w and b at the start and after each update.

        A path ends at the first place whose cost is a million above the lowest.
        """
        sizes = {"single": 1, "mini-batch": self.m, "full batch": POINTS}
        return {name: self._path(size) for name, size in sizes.items()}

    def _path(self, size):
        X, Y, place = np.array(self.X), np.array(self.Y), np.array([self.w, self.b])
        places = [place]
        for row in self.order:
            for first in range(0, POINTS, size):
                x, y = X[row[first:first + size]], Y[row[first:first + size]]
                gap = place[0] * x + place[1] - y
                place = place - self.eta * np.array([np.mean(gap * x), np.mean(gap)])
                places.append(place)
                if self.excess(place) > LIMIT:
                    return np.array(places)
        return np.array(places)

    def now(self):
        """Name -> updates after ``seen`` examples, excess cost, its mean over the last epoch."""
        rows = {}
        for (name, places), size in zip(self.paths().items(), (1, self.m, POINTS), strict=True):
            epoch = -(-POINTS // size)
            done = self.seen // POINTS * epoch + self.seen % POINTS // size
            updates = min(done, len(places) - 1)
            excess = self.excess(places[: updates + 1])
            rows[name] = updates, float(excess[-1]), float(excess[-epoch:].mean())
        return rows

    def caption(self):
        said = ", ".join(f"{name} {excess:.3g}" for name, (_, excess, _) in self.now().items())
        return (f"A line through 64 points, learned in three ways with η = {self.eta:.3g}, "
                f"mini-batches of {self.m}, seed {self.seed}. After {self.seen} examples the cost "
                f"is above the lowest possible by: {said}.")

    def table(self):
        rows = [(name, f"C above the lowest after {updates} updates (mean of the last epoch)",
                 f"{excess:.3g} ({mean:.3g})")
                for name, (updates, excess, mean) in self.now().items()]
        return [
            ("w, b", "start", f"{self.w:.3g}, {self.b:.3g}"),
            ("η", "learning rate", f"{self.eta:.3g}"),
            ("m", "examples in a mini-batch", self.m),
            *rows,
        ]


def _bowl(X, Y):
    """The place of lowest cost, (2,), and the second derivatives of the cost, (2, 2)."""
    X, Y = np.array(X), np.array(Y)
    curvature = np.array([[np.mean(X * X), X.mean()], [X.mean(), 1]])
    return np.linalg.lstsq(curvature, [np.mean(X * Y), Y.mean()], rcond=None)[0], curvature
