"""The exercises of section 7.6, Climbing higher: what a gain is worth, and open problems.

An open problem has no answer to compare with: the check runs what the reader hands over on the
test images, and says how far it came.
"""

import contextlib
import inspect
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

import nnlib
from nnlib import Network, cross_entropy, relu
from nnlib.data import embedded_digits, load_mnist, records

from .code import CHANGED, Code, run_all
from .kit import NOT_YET, PASSED, TODO, Choice, Number, Question, Verdict, a

CLIMB = [
    Question(
        id="7.6-1",
        title="Which rung is taller?",
        stem=r"""Two rungs, measured on 10,000 test images: one goes from 95.0 % to 96.5 %, the
other from 98.5 % to 99.1 %. Count **mistakes**: what share of the mistakes made before is gone
after each?""",
        parts=[
            Number(
                0.3,
                {
                    1.5: "That is the gain in points of accuracy. Of 500 mistakes, how many are "
                    "gone?",
                    0.015: "That is the gain as a share of all images. Of the 500 mistakes, how "
                    "many are gone?",
                    150: "That is how many are gone. As a share of the 500 before?",
                    0.7: "That share is left. Which is gone?",
                    3 / 7: "150 is compared with the 500 mistakes before, not with the 350 after.",
                },
                label="From 95.0 % to 96.5 %",
            ),
            Number(
                0.4,
                {
                    0.6: "That share is left (or the gain in points). Which share is gone?",
                    0.006: "That is the gain as a share of all images.",
                    60: "That is how many are gone. As a share of the 150 before?",
                    2 / 3: "60 is compared with the 150 mistakes before, not with the 90 after.",
                },
                label="From 98.5 % to 99.1 %",
            ),
        ],
        hints=[
            "95.0 % of 10,000 right: how many are wrong?",
            "Share gone = (mistakes before minus mistakes after) / mistakes before.",
            r"First rung: 500 mistakes before, 350 after.",
        ],
        solution=r"""First: from 500 to 350 mistakes, 150 of 500 are gone, $0.3$.

Second: from 150 to 90, 60 of 150 are gone, $0.4$.

In points of accuracy the first rung looks far taller, 1.5 against 0.6. In mistakes the second one
is. Near the top, accuracy has little room left to show anything.""",
    ),
    Question(
        id="7.6-2",
        title="A gain, or chance?",
        stem=r"""Two rungs were run with 5 seeds each. The first has mean 97.10 % and spread
(standard deviation over the seeds) 0.15, the second 97.22 % and 0.20. The mean of $n$ runs with
spread $s$ has the standard error $s/\sqrt n$; the difference of two means has the root of the sum
of the two squared standard errors. How large is it, in points?""",
        parts=[
            Number(
                float(np.hypot(0.15, 0.2) / np.sqrt(5)),
                {
                    0.25: r"That is $\sqrt{0.15^2+0.20^2}$, for single runs. The means are of 5.",
                    0.35: "Spreads do not add; their squares do. And each mean is of 5 runs.",
                    0.05: r"Divided by 5. It is $\sqrt5$.",
                    0.35 / 5**0.5: "Spreads do not add; their squares do.",
                    0.0125: "That is its square: take the root.",
                    0.12: "That is the difference itself.",
                },
                label="Standard error of the difference",
            ),
            Choice(
                {
                    "Yes: 97.22 is more than 97.10.": "Run both again with other seeds, and it "
                    "may well be the other way round.",
                    "Not from these runs: chance alone may well give such a gain.": "The gain is "
                    "0.12, and 0.11 happens by chance. A few more seeds would help.",
                    "No: the idea is worthless.": "The runs do not show that either. A gain of "
                    "0.24 would fit them as well as none.",
                },
                "B",
                label="Is the second rung a gain?",
            ),
        ],
        hints=[
            "What would the difference be if all ten runs were made again with other seeds?",
            r"$\sqrt{s_1^2/n+s_2^2/n}$",
            r"$\sqrt{0.0225/5+0.04/5}$",
        ],
        solution=r"""$\sqrt{0.0225/5+0.04/5}$ $=\sqrt{0.0125}$ $=0.112$ points. The gain, 0.12, is
about one standard error: within the noise. Below two of them, this page does not call it a
gain.""",
    ),
    Question(
        id="7.6-3",
        title="Which pictures may be made?",
        stem="A transformed picture keeps its label. Which of these would teach a digit network "
        "something false?",
        parts=[
            Choice(
                {
                    "Moving the digit by one pixel": "It stays the same digit, somewhere else.",
                    "Turning it by 10 degrees": "People write more slanted than that.",
                    "Turning it by 180 degrees": "A 6 becomes a 9 and keeps the label 6.",
                    "Stretching it by 10 percent": "A wider 3 is a 3.",
                },
                "C",
            )
        ],
        hints=[
            "The label stays as it is. Is it still right?",
            "Take the ten digits one by one. Does one of them become another?",
            "What does a 6 look like upside down?",
        ],
        solution="""Turning by 180 degrees: a 6 becomes a 9 with the label 6, and the network is
pushed the wrong way. A transformation is good when a person would still give the same label, and
when such pictures could turn up. (Mirrored digits fail the second: nobody writes a mirrored 3, or
rather, whoever does is small.)""",
    ),
]


def shift(X, down, right):
    moved = np.zeros((len(X), 28, 28))
    images = X.reshape(-1, 28, 28)
    to_row, to_column = max(down, 0), max(right, 0)
    row, column = max(-down, 0), max(-right, 0)
    rows, columns = 28 - abs(down), 28 - abs(right)
    moved[:, to_row : to_row + rows, to_column : to_column + columns] = images[
        :, row : row + rows, column : column + columns
    ]
    return moved.reshape(-1, 784)


def _shift_padded(X, down, right):
    framed = np.pad(X.reshape(-1, 28, 28), ((0, 0), (28, 28), (28, 28)))
    return framed[:, 28 - down : 56 - down, 28 - right : 56 - right].reshape(-1, 784)


def _rolled(X, down, right):
    return np.roll(X.reshape(-1, 28, 28), (down, right), axis=(1, 2)).reshape(-1, 784)


def _other_way(X, down, right):
    return shift(X, -down, -right)


def _axes_swapped(X, down, right):
    return shift(X, right, down)


def _flat(X, down, right):
    return np.roll(X, 28 * down + right, axis=1)


def _as_images(X, down, right):
    return shift(X, down, right).reshape(-1, 28, 28)


def _only_down(X, down, right):
    return shift(X, down, 0)


def _pictures(rng):
    """Ink everywhere, so that what leaves the frame is missed; moved by different numbers."""
    moves = [(2, -1), (-1, 3), (1, 2)]
    rng.shuffle(moves)
    return [(rng.random((m, 784)), down, right) for m, (down, right) in zip((2, 3, 4), moves)]


MAKE = [
    Code(
        id="7.6-4",
        title="Shift a picture",
        stem=r"""Write `shift(X, down, right)`: the images `X`, shape $(m,784)$, moved by whole
pixels. `down` and `right` may be negative. What leaves the frame is gone, what comes in is empty
paper, 0.""",
        answer=shift,
        inputs=_pictures,
        wrong={
            _rolled: "`np.roll` brings the ink that leaves on one side back in on the other. "
            "Empty paper should come in.",
            _flat: "The row of 784 was rolled: what leaves a line comes in on the next one. Bend "
            "it back into 28 lines first.",
            _other_way: "The wrong way: `down` moves the ink to larger row numbers, `right` to "
            "larger column numbers.",
            _axes_swapped: "Down and right are swapped: the first axis of an image counts its "
            "rows.",
            _as_images: "The pictures are right, but each should be laid out again as one row of "
            "784.",
            _only_down: "They move down, and not sideways.",
        },
        also=[_shift_padded],
        hints=[
            "Bend each row back into 28 by 28. Which part of the old picture is still seen?",
            "Start from `np.zeros((len(X), 28, 28))` and copy the part that stays, by slices.",
            "For `down = 2`: `moved[:, 2:] = images[:, :-2]`. Or frame the images with zeros and "
            "cut out a window.",
        ],
        solution="The part that stays has `28 - abs(down)` rows and `28 - abs(right)` columns. It "
        "is cut out of the old picture and laid into an empty one.",
    ),
]

# Open problems: what is handed over is tried out -----------------------------------------------


@cache
def the_digits():
    """MNIST or the embedded digits, loaded once, without a word."""
    with contextlib.redirect_stdout(io.StringIO()):
        return load_mnist()


def _noise(rng):
    """Pictures of nothing, to see what shape comes out before the digits are shown."""
    return [(rng.random((m, 784)),) for m in (2, 4, 3)]


@dataclass(frozen=True, kw_only=True)
class Open(Code):
    """A function that is judged by what it brings about; `trainer` made the network it hands on."""

    trainer: Callable | None = None

    def worked(self):
        """The text, the source of the trainer if there is one, and that of the answer."""
        trainer = [inspect.getsource(self.trainer)] if self.trainer else []
        code = "\n\n".join(map(str.strip, [*trainer, inspect.getsource(self.answer)]))
        return f"{self.solution}\n\n```python\n{code}\n```"

    def judge(self, answer, seed=0):
        """Run it on inputs drawn with `seed`; if nothing is wrong with any, let it be counted."""
        if answer is None or answer is ...:
            return Verdict(TODO)
        if not callable(answer):
            return Verdict(NOT_YET, f"Hand over the function itself; you gave {a(answer)}.")
        inputs = self.inputs(np.random.default_rng(seed))
        for args, run in zip(inputs, run_all(answer, inputs)):
            if run.not_started:
                return Verdict(TODO)
            wrong = f"It stops with {run.error}." if run.error else run.changed and CHANGED
            if wrong := wrong or self.wrong_with(run, *args):
                return Verdict(NOT_YET, wrong)
        return self.count(answer)

    def count(self, answer):
        """The verdict on an answer that has the right form."""
        return Verdict(PASSED)


UNTRAINED = "It is right about as often as guessing. Was this network trained?"
ON_TEST = (
    "It makes fewer than half as many mistakes on the test images as on the training images: it "
    "was trained on the test images, and so the count says nothing. Train on `digits.X`."
)
TOO_GOOD = "No plain network has come that far. Were test images among those it was trained on?"


class Claim(Open):
    """A network is handed over, in some form, and counted on the test images."""

    def count(self, answer):
        """The verdict by the right answers to the test images."""
        digits = the_digits()
        known = digits.labels[:5000]
        slips = np.mean(self.answers(answer, digits.X[:5000]) != known)
        of = len(digits.X_test)
        right = np.count_nonzero(self.answers(answer, digits.X_test) == digits.test_labels)
        score = f"{right:,} of {of:,} test images, {right / of:.2%}"
        if right < 0.2 * of:
            return Verdict(NOT_YET, UNTRAINED)
        if 1 - right / of < slips / 2:
            return Verdict(NOT_YET, ON_TEST)
        if digits.name == "MNIST" and right > 9970:
            return Verdict(NOT_YET, f"{score}. {TOO_GOOD}")
        return self.claimed(answer, right, of, score)


class Beat(Claim):
    """Beat the ladder: a function of images that gives ten outputs for each."""

    def wrong_with(self, run, X):
        """The shape of the outputs, if it is wrong."""
        m, shape = len(X), None if run.array is None else run.array.shape
        if shape == (m, 10):
            return "" if np.isfinite(run.array).all() else "Some outputs are nan or infinite."
        if shape == (10, m):
            return TURNED
        if shape == (m,):
            return LABELS
        given = a(run.value) if shape is None else f"shape {shape}"
        return f"For {m} images ten outputs each are needed, shape {(m, 10)}; it gives {given}."

    def answers(self, answer, X):
        """The digits it answers."""
        return np.asarray(answer(X)).argmax(axis=1)

    def claimed(self, answer, right, of, score):
        """Where it stands on the ladder; passed above all rungs of 784-30-10."""
        if the_digits().name != "MNIST":
            return Verdict(PASSED if right > 0.97 * of else NOT_YET, f"{score}; to beat: 97 %.")
        rungs = {name: np.mean([run.right[-1] for run in runs])
                 for name, runs in records().items()}
        small = max(rungs[name] for name, runs in records().items()
                    if runs[0].settings["sizes"] == [784, 30, 10])
        above = {name: mean for name, mean in rungs.items() if right <= mean}
        where = f"{score}: more than {len(rungs) - len(above)} of {len(rungs)} rungs."
        if above:
            name = min(above, key=above.get)
            where += f" The next is {name} with {above[name]:,.0f}."
        else:
            where += " That is above the whole ladder."
        return Verdict(PASSED if right > small else NOT_YET, where)


class Smallest(Claim):
    """The smallest network above 97 %: a function of images gives a network and its inputs."""

    def wrong_with(self, run, X):
        """The form of the pair, if it is wrong."""
        pair = run.value if isinstance(run.value, tuple | list) else ()
        if len(pair) != 2 or not isinstance(pair[0], Network):
            return NOT_A_PAIR
        net, inputs = pair
        if net.sizes[-1] != 10:
            return f"The network has {net.sizes[-1]} outputs; needed are 10."
        needed = len(X), net.sizes[0]
        if np.shape(inputs) != needed:
            return (f"For {len(X)} images this network needs inputs of shape {needed}; they have "
                    f"shape {np.shape(inputs)}.")
        return ""

    def answers(self, answer, X):
        """The digits its network answers."""
        net, inputs = answer(X)
        return net(inputs).argmax(axis=1)

    def claimed(self, answer, right, of, score):
        """Passed above the bar with fewer parameters than 784-30-10."""
        net = answer(the_digits().X_test[:1])[0]
        size = sum(p.size for p in net.weights + net.biases)
        bar = 0.97 if the_digits().name == "MNIST" else 0.95
        if right <= bar * of:
            return Verdict(NOT_YET, f"{score}, with {size:,} parameters; needed: above {bar:.0%}.")
        if size >= 784 * 30 + 30 + 30 * 10 + 10:
            return Verdict(NOT_YET, TOO_LARGE)
        return Verdict(PASSED, f"{score}, with {size:,} parameters.")


TURNED = "Transposed: needed is one row for each image, shape $(m,10)$."
LABELS = "Those are the answers. Give the ten outputs of each image; the check takes the largest."
NOT_A_PAIR = "Give two things: the network, and the images in the form in which it wants them."
TOO_LARGE = "It is good enough, but no smaller than 784-30-10, which has 23,860 parameters."


@cache
def hundred():
    """784-100-10 with the ideas of the first six rungs."""
    digits, epochs = the_digits(), 5 if the_digits().name == "MNIST" else 60
    net = Network([784, 100, 10], relu, rng=0, dtype=np.float32)
    list(nnlib.train(net, (digits.X, digits.Y), cost=cross_entropy, epochs=epochs, batch_size=20,
                     eta=lambda epoch: 0.3 * (1 - (epoch - 1) / epochs), lam=1e-4, rng=0))
    return net


def classify(X):
    return hundred()(X)


def _classify_in_parts(X):
    return np.concatenate([hundred()(x[None]) if len(X) < 9 else hundred()(x)
                           for x in (X if len(X) < 9 else np.array_split(X, 7))])


def _classify_labels(X):
    return classify(X).argmax(axis=1)


def _classify_turned(X):
    return classify(X).T


@cache
def _cheat():
    digits = the_digits()
    net = Network([784, 30, 10], relu, rng=0, dtype=np.float32)
    list(nnlib.train(net, (digits.X_test, digits.Y_test), cost=cross_entropy, epochs=30,
                     batch_size=20, eta=0.2, rng=0))
    return net


def _classify_cheating(X):
    return _cheat()(X)


def _classify_untrained(X):
    return Network([784, 30, 10], rng=0)(X)


def blocks(X):
    return X.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(-1, 196)


@cache
def small():
    """196-48-10 on the means of blocks of 2 by 2 pixels."""
    digits, epochs = the_digits(), 12 if the_digits().name == "MNIST" else 60
    net = Network([196, 48, 10], relu, rng=0, dtype=np.float32)
    list(nnlib.train(net, (blocks(digits.X), digits.Y), cost=cross_entropy, epochs=epochs,
                     batch_size=20, eta=lambda epoch: 0.5 * (1 - (epoch - 1) / epochs), lam=5e-5,
                     rng=0))
    return net


def smallest(X):
    return small(), X.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(-1, 196)


def _smallest_as_list(X):
    return [small(), blocks(X)]


def _smallest_alone(X):
    return small()


def _smallest_large(X):
    return hundred(), X


def _smallest_untrained(X):
    return Network([196, 10], rng=0), blocks(X)


def _smallest_cheating(X):
    return _cheat(), X


@cache
def reader():
    """A small network that reads the embedded digits; and test digits that it can be fooled on."""
    digits = embedded_digits()
    net = Network([784, 30, 10], relu, rng=0)
    list(nnlib.train(net, (digits.X, digits.Y), cost=cross_entropy, epochs=30, batch_size=10,
                     eta=0.1, lam=1e-3, rng=0))
    X, Y = digits.X_test.astype(float), digits.Y_test.astype(float)
    right = net(X).argmax(axis=1) == digits.test_labels
    pairs = [(x, y) for x, y in zip(X[right], Y[right])
             if net(_fool_at_once(net, x, y)[None]).argmax() != y.argmax()]
    return net, pairs


LIMIT = 0.3


def fool(net, x, y):
    image = x.copy()
    for _ in range(10):
        gW, gb = net.backprop(image[None], y[None], nnlib.cross_entropy)
        uphill = gb[0] @ net.weights[0]
        image = np.clip(image + 0.03 * np.sign(uphill), 0, 1)
    return image


def _slopes(net, x, y):
    return net.backprop(x[None], y[None], cross_entropy)[1][0] @ net.weights[0]


def _fool_at_once(net, x, y):
    return np.clip(x + LIMIT * np.sign(_slopes(net, x, y)), 0, 1)


def _fool_downhill(net, x, y):
    return np.clip(x - LIMIT * np.sign(_slopes(net, x, y)), 0, 1)


def _fool_noise(net, x, y):
    return np.clip(x + np.random.default_rng(0).choice((-0.1, 0.1), 784), 0, 1)


def _fool_unclipped(net, x, y):
    return x + LIMIT * np.sign(_slopes(net, x, y))


def _fool_negative(net, x, y):
    return 1 - x


def _fool_nothing(net, x, y):
    return x.copy()


def _fool_picture(net, x, y):
    return fool(net, x, y).reshape(28, 28)


def _read_digits(rng):
    net, pairs = reader()
    return [(net, *pairs[i]) for i in rng.choice(len(pairs), 5, replace=False)]


FOOL = {
    "picture": "Give one row of 784 numbers, as `x` is.",
    "unclipped": "Ink lies between 0 and 1. Cut off what goes beyond, with `np.clip`.",
    "far": "A pixel changes by more than 0.3. So anyone could: it is another picture.",
    "nothing": "That is the picture as it was.",
    "downhill": "The network is surer than before. You went against the slope, down the cost; "
    "here the cost should rise.",
    "noise": "It still reads the digit. Change each pixel in the direction that costs most, and "
    "as far as is allowed.",
}


class Fool(Open):
    """A picture is handed back that the network misreads, though little has changed."""

    def wrong_with(self, run, net, x, y):
        """Shape, range and size of the change, then the network's answer."""
        image = run.array
        if image is None or image.shape != x.shape:
            return FOOL["picture"]
        if not (np.min(image) >= 0 and np.max(image) <= 1):
            return FOOL["unclipped"]
        change, uphill = image - x, _slopes(net, x, y)
        if np.abs(change).max() > LIMIT + 1e-6:
            return FOOL["far"]
        if not change.any():
            return FOOL["nothing"]
        if net(image[None]).argmax() != y.argmax():
            return ""
        along = change @ uphill / np.linalg.norm(change) / np.linalg.norm(uphill)
        return FOOL["downhill" if along < -0.2 else "noise"]


PROBLEMS = [
    Fool(
        id="7.6-5",
        title="Open: fool the network",
        stem=r"""Write `fool(net, x, y)`: `x` is a digit of 784 numbers that `net` reads rightly,
`y` its one-hot target. Give a picture that `net` reads as another digit, although no pixel has
changed by more than 0.3 and all lie between 0 and 1. (`net` has sigmoid outputs; its cost is
`nnlib.cross_entropy`. The check tries five digits.) The last short run above has left
a `net` to try it on. Show the pictures, with `plotting.image_rows`, to a friend.""",
        answer=fool,
        also=[_fool_at_once],
        inputs=_read_digits,
        wrong={
            _fool_picture: FOOL["picture"],
            _fool_unclipped: FOOL["unclipped"],
            _fool_negative: FOOL["far"],
            _fool_nothing: FOOL["nothing"],
            _fool_downhill: FOOL["downhill"],
            _fool_noise: FOOL["noise"],
        },
        hints=[
            "Training asks how the cost changes with the weights. Ask how it changes with the "
            "inputs.",
            r"$z^{(1)}=W^{(1)}x+b^{(1)}$: the slope by $b^{(1)}$ is $\delta^{(1)}$, and the slope "
            r"by $x$ is $(W^{(1)})^T\delta^{(1)}$.",
            "`gW, gb = net.backprop(x[None], y[None], nnlib.cross_entropy)`, then "
            "`gb[0] @ net.weights[0]` has 784 entries. Go uphill by the sign of each.",
        ],
        solution=r"""For one example the bias gradient of the first layer is $\delta^{(1)}$ itself,
and the slopes by the inputs are $(W^{(1)})^T\delta^{(1)}$. Every pixel takes a small step in the
direction that raises the cost. Noise of the same size hardly ever fools the network: 784 small
changes, all in the worst direction, add up.

Open: how small can the limit be? Does a network that was trained on transformed images hold out
longer? Does a picture that fools one network fool another?""",
    ),
    Smallest(
        id="7.6-6",
        title="Open: the smallest network above 97 %",
        stem=r"""How few parameters are enough for more than 97 % of MNIST's test images (95 % of
the embedded ones)? Train a network in a cell of its own. Then write `smallest(X)`, which gives two
things: the network, and the images `X` (rows of 784) in the form in which it wants them. Passed
is what has fewer parameters than 784-30-10; after that, the record is yours to break.""",
        answer=smallest,
        trainer=small,
        also=[_smallest_as_list],
        inputs=_noise,
        wrong={
            _smallest_alone: NOT_A_PAIR,
            _smallest_large: TOO_LARGE,
            _smallest_untrained: UNTRAINED,
            _smallest_cheating: ON_TEST,
        },
        hints=[
            "Where do nearly all of the 23,860 parameters sit?",
            "In the first layer: inputs times hidden neurons. Does a network need every pixel?",
            "`X.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(-1, 196)` makes one number "
            "of each block of 2 by 2 pixels.",
        ],
        solution="""One way: means of blocks of 2 by 2 pixels, so 196 inputs, and 48 hidden
neurons: 9,946 parameters. It is no record. Cut off the empty rim, use larger blocks, a second
hidden layer, transformed training images, more epochs.""",
    ),
    Beat(
        id="7.6-7",
        title="Open: beat the ladder",
        stem=r"""Train a network on the training images, as you like, choosing on validation images.
Then write `classify(X)`: for images `X`, rows of 784, their ten outputs, shape $(m,10)$. The check
counts the test images that are right and says where you stand on the ladder. Passed is what
beats every rung of 784-30-10 (on the embedded digits: 97 %).""",
        answer=classify,
        trainer=hundred,
        also=[_classify_in_parts],
        inputs=_noise,
        wrong={
            _classify_turned: TURNED,
            _classify_labels: LABELS,
            _classify_untrained: UNTRAINED,
            _classify_cheating: ON_TEST,
        },
        hints=[
            "Begin with the settings of a rung, `nnlib.data.records()`, and change one thing.",
            "Which rung gained most for its seconds? More neurons, then transformed images.",
            "`def classify(X): return net(X)`, after `net` has been trained with `nnlib.train`.",
        ],
        solution="""A beginning: the ideas of the first six rungs with 100 hidden neurons. With
transformed images (`data` as a function that gives fresh ones) it climbs on. What the ladder has
not tried: averaging the outputs of several networks, other sizes, other transformations, other
schedules, larger batches at the end. Choose on the last 10,000 training images; look at the
test images once.""",
    ),
]

EXERCISES = CLIMB + MAKE + PROBLEMS
