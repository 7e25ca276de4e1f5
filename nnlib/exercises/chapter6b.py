"""The exercises of chapter 6, second half, Backpropagation in code: 6.7 to 6.10."""

from dataclasses import dataclass

import numpy as np

from nnlib import Network, numerical_gradient, quadratic, relative_error, relu, sigmoid

from .code import Code, Run
from .kit import Choice, Number, Question, a

_bound = np.sqrt(3 * 2 * 0.44735371) / 4

ROWS = [
    Question(
        id="6.7-1",
        title="Where is the sum?",
        stem=r"""The cost is a sum over the students, so its slope is a sum over the students, too.
In the line
$\frac{\partial J}{\partial W^{(2)}}=(a^{(2)})^T\delta^{(3)}$ there is no $\sum$. Where is it?""",
        parts=[
            Choice(
                {
                    "It was dropped: the line holds for one student, and a loop must add them up.":
                        "Then the line would be wrong for three rows. It gave the same three "
                        "numbers as the differences.",
                    "In the matrix product: its inner index runs over the rows of $a^{(2)}$ and "
                    "$\\delta^{(3)}$, and these are the students.":
                        "Entry $k$ is $\\sum_i a^{(2)}_{ik}\\delta^{(3)}_i$.",
                    "In $\\delta^{(3)}$, which has been summed over the students.":
                        "$\\delta^{(3)}$ has shape $(3,1)$: each student still has an entry.",
                    "In $f'$, which is applied to all students at once.":
                        "$f'$ works entry by entry. It adds nothing up.",
                },
                answer="B",
            )
        ],
        hints=[
            "Write the product of a $(3,3)$ and a $(3,1)$ array as a sum. Which index disappears?",
            r"$\bigl((a^{(2)})^T\delta^{(3)}\bigr)_k=\sum_i\dots$",
            "Without the transpose, the rows of $a^{(2)}$ are students. With it, the columns are.",
        ],
        solution=r"""In the matrix product. Its entry $k$ is

$$\bigl((a^{(2)})^T\delta^{(3)}\bigr)_k=\sum_i a^{(2)}_{ik}\,\delta^{(3)}_i,$$

and $i$ counts the rows, the students. The transpose is there to make the students the inner
index.""",
    ),
    Question(
        id="6.7-2",
        title="A fourth student",
        stem=r"""A fourth student joins: $X$ is now $(4,2)$ and $\delta^{(3)}$ is $(4,1)$. The
weights are as before, $W^{(1)}$ of
shape $(2,3)$ and $W^{(2)}$ of shape $(3,1)$. Give the shapes of
$(a^{(2)})^T\delta^{(3)}$, of $\delta^{(2)}$ and of $X^T\delta^{(2)}$.""",
        parts=[
            Number(3, {4: "The 4 is the inner index of the product: it is summed away.",
                       2: "$W^{(2)}$ has three rows, one for each hidden neuron."},
                   label="First: rows"),
            Number(1, {4: "$\\delta^{(3)}$ has one column.", 3: "One output, so one column."},
                   label="First: columns"),
            Number(4, {3: "There is one row of errors for each student.",
                       1: "Each student has a row."},
                   label="$\\delta^{(2)}$: rows"),
            Number(3, {1: "$\\delta^{(3)}(W^{(2)})^T$ is $(4,1)$ times $(1,3)$.",
                       2: "One error for each hidden neuron, and there are three."},
                   label="$\\delta^{(2)}$: columns"),
            Number(2, {4: "The students are the inner index: they are summed away.",
                       3: "$X^T$ has one row for each input."},
                   label="Last: rows"),
            Number(3, {4: "$\\delta^{(2)}$ has one column for each hidden neuron.",
                       1: "The hidden neurons give the columns, as in $W^{(1)}$."},
                   label="Last: columns"),
        ],
        hints=[
            "A slope has the shape of what it is the slope by.",
            "An $(r,s)$ array times an $(s,t)$ array has shape $(r,t)$; $s$ is summed away.",
            r"$(3,4)(4,1)$; $(4,1)(1,3)$, then entry by entry; $(2,4)(4,3)$.",
        ],
        solution=r"""$(a^{(2)})^T\delta^{(3)}$: $(3,4)(4,1)=(3,1)$, the shape of $W^{(2)}$.

$\delta^{(2)}=\delta^{(3)}(W^{(2)})^T\odot f'(z^{(2)})$: $(4,1)(1,3)=(4,3)$, entry by entry with
$(4,3)$.

$X^T\delta^{(2)}$: $(2,4)(4,3)=(2,3)$, the shape of $W^{(1)}$. The 4 of the students is gone from
both slopes.""",
    ),
    Question(
        id="6.7-3",
        title="Predicted and found",
        stem=r"""The step went against the slopes with $\eta=0.01$. By how much should the cost
fall, to first order? And by
how much did it fall? Use the numbers above; give four significant digits.""",
        parts=[
            Number(
                0.0001523257190454838,
                {
                    0.0152325719: "That is the sum of the nine squared slopes. The step is "
                        "$\\eta$ times the slope.",
                    0.000152187809: "That is what it did. The prediction is a little larger.",
                    0.0000152325719: "$\\eta$ once, not with another zero.",
                    0.00123419: "The root of the sum of squares, times $\\eta$: do not take the "
                        "root.",
                    0.0000137: "These are only the six slopes of $W^{(1)}$, roughly. All nine "
                        "weights move.",
                },
                label="Predicted",
                tol=2e-8,
            ),
            Number(
                0.0001521878089792289,
                {
                    0.000152325719: "That is the prediction. Subtract the two costs.",
                    -0.000152187809: "A drop is counted as positive here: before minus after.",
                    0.00015: "Rounded too early: four digits, please.",
                },
                label="Found",
                tol=2e-8,
            ),
        ],
        hints=[
            "Each weight moves by $-\\eta$ times its slope, and the cost by slope times that.",
            r"Predicted drop: $\eta\sum(\text{slope})^2$ over all nine slopes.",
            r"The nine squares add up to $0.0152326$.",
        ],
        solution=r"""Weight by weight the cost changes by slope times step,
$-\eta\,(\text{slope})^2$, to first order. The nine squares
add up to $0.0152326$, so the predicted drop is $0.00015233$.

Found: $0.05684348-0.05669130=0.00015219$ (with all digits), one part in a thousand less. The
slopes are those of the start, and they
get smaller on the way down.""",
    ),
    Question(
        id="6.7-4",
        title="Check a print-out",
        stem=r"""A slide prints, for three rows, the cost $J=0.44735$ and the slope
$\frac{\partial J}{\partial W^{(2)}_3}=-0.4590$. The slope is $\sum_i a_{i3}\,\delta_i$, where
every $a_{i3}$ lies between 0 and 1 and
$\delta_i=-(y_i-\hat y_i)\,f'(z_i)$ with the sigmoid $f$. How large can its size be? You may use: if
the squares of three gaps add up to $S$, their sizes add up to at most $\sqrt{3S}$. (Here $S$
follows from $J$.)""",
        parts=[
            Number(
                0.25,
                {
                    1: "The slope of the sigmoid is $f(1-f)$. Both factors cannot be 1.",
                    0.5: "$f(1-f)$ at $f=\\frac12$.",
                    0: "That is where it is flat. Where is it steepest?",
                },
                label="Largest value of $f'$",
            ),
            Number(
                float(np.sqrt(6 * 0.44735371)),
                {
                    float(np.sqrt(2 * 0.44735371)): "That is the root alone. The factor "
                        "$\\sqrt3$ is missing.",
                    float(np.sqrt(3 * 0.44735371)): "$J$ has a half in it: the sum of the squares "
                        "is $2J$.",
                    6 * 0.44735371: "Take the root: $\\sqrt{3\\cdot2J}$.",
                },
                label="Largest sum of the sizes of the gaps",
            ),
            Number(
                float(_bound),
                {
                    float(np.sqrt(6 * 0.44735371)): "Each gap is still multiplied by a slope of "
                        "at most $\\frac14$.",
                    0.459: "That is what the slide prints. Compute what is possible.",
                    float(np.sqrt(3 * 0.44735371)) / 4: "The sum of the squares is $2J$, not $J$.",
                },
                label="Largest size of $\\partial J/\\partial W^{(2)}_3$",
            ),
            Choice(
                {
                    "The slide shows rounded numbers; the difference is rounding.":
                        "0.41 is not 0.46. All that is printed has seven digits or more.",
                    "The learning rate was too large.":
                        "No step has been taken yet: cost and slopes belong to the start.",
                    "Other data, at least four rows, or other code made that print-out.":
                        "Four rows allow up to $\\frac14\\sqrt{4\\cdot2J}=0.473$.",
                },
                answer="C",
                label="What follows?",
            ),
        ],
        hints=[
            "The size of a sum is at most the sum of the sizes. Replace each factor by the "
            "largest value it can have.",
            r"$|\sum_i a_{i3}\delta_i|\le\sum_i|\delta_i|$ $\le\frac14\sum_i|y_i-\hat y_i|$.",
            r"$\sum_i(y_i-\hat y_i)^2=2J=0.89471$; the sum of sizes is at most "
            r"$\sqrt{3\cdot0.89471}$.",
        ],
        solution=r"""The slope of the sigmoid is at most $\frac14$, each activation at most 1. So

$$\Bigl|\sum_i a_{i3}\delta_i\Bigr|\le\tfrac14\sum_i|y_i-\hat y_i|
\le\tfrac14\sqrt{3\cdot2J}=\tfrac14\cdot1.6383=0.4096.$$

The slide prints 0.4590, which three rows cannot give, whatever the weights, inputs and targets.
With four rows the
bound is 0.4729. The cost before and after the step fit the printed slopes, so cost and slopes come
from one run: a run
on other data or of other code.""",
    ),
]


# -- the large one: backprop for any sizes ---------------------------------------------------------


def backprop(weights, biases, X, Y):
    Z, A = [], [X]
    for W, b in zip(weights, biases):
        Z.append(A[-1] @ W.T + b)
        A.append(np.maximum(Z[-1], 0))
    A[-1] = 1 / (1 + np.exp(-Z[-1]))
    m, L = len(X), len(weights)
    gW, gb = [None] * L, [None] * L
    D = (A[-1] - Y) * A[-1] * (1 - A[-1])
    for i in reversed(range(L)):
        gb[i] = D.sum(axis=0) / m
        gW[i] = D.T @ A[i] / m
        if i > 0:
            D = D @ weights[i] * (Z[i - 1] > 0)
    return gW, gb


def _by_the_library(weights, biases, X, Y):
    net = Network([W.shape[1] for W in weights] + [len(Y[0])], relu, sigmoid)
    net.weights, net.biases = list(weights), list(biases)
    return net.backprop(X, Y)


def _one_example_at_a_time(weights, biases, X, Y):
    gW, gb = [np.zeros(W.shape) for W in weights], [np.zeros(b.shape) for b in biases]
    for x, y in zip(X, Y):
        a = [x]
        for l, (W, b) in enumerate(zip(weights, biases), 1):
            z = W @ a[-1] + b
            a.append(1 / (1 + np.exp(-z)) if l == len(weights) else z * (z > 0))
        d = (a[-1] - y) * a[-1] * (1 - a[-1])
        for l in range(1, len(weights) + 1):
            gW[-l] += np.outer(d, a[-l - 1]) / len(X)
            gb[-l] += d / len(X)
            d = weights[-l].T @ d * (a[-l - 1] > 0)
    return gW, gb


# The parts of backprop. A wrong answer has one of them exchanged.


def _forward(weights, biases, X, hidden=relu, output=sigmoid):
    Z, A = [], [X]
    for l, (W, b) in enumerate(zip(weights, biases), 1):
        Z.append(A[-1] @ W.T + b)
        A.append((output if l == len(weights) else hidden)(Z[-1]))
    return Z, A


def _bp1(z, a, y):
    return (a - y) * sigmoid.df(z)


def _bp2(D, W, z, a):
    return D @ W * (z > 0)


def _bp3(D):
    return D.mean(axis=0)


def _bp4(D, a, z):
    return D.T @ a / len(a)


def _with(bp1=_bp1, bp2=_bp2, bp3=_bp3, bp4=_bp4, forward=_forward, stop=0):
    """Backprop with other parts; `stop` is the index at which the way back ends."""

    def wrong(weights, biases, X, Y):
        Z, A = forward(weights, biases, X)
        gW, gb = [np.zeros(W.shape) for W in weights], [np.zeros(b.shape) for b in biases]
        D = bp1(Z[-1], A[-1], Y)
        for i in reversed(range(stop, len(weights))):
            gb[i], gW[i] = bp3(D), bp4(D, A[i], Z[i])
            if i > 0:
                D = bp2(D, weights[i], Z[i - 1], A[i])
        return gW, gb

    return wrong


def _steps_on_the_way(weights, biases, X, Y):
    gW, gb = [None] * len(weights), [None] * len(weights)
    Z, A = _forward(weights, biases, X)
    D = _bp1(Z[-1], A[-1], Y)
    for i in reversed(range(len(weights))):
        gb[i], gW[i] = _bp3(D), _bp4(D, A[i], Z[i])
        weights[i] -= 0.5 * gW[i]
        biases[i] -= 0.5 * gb[i]
        if i > 0:
            D = _bp2(D, weights[i], Z[i - 1], A[i])
    return gW, gb


def _neighbour_weights(weights, biases, X, Y):
    gW, gb = [None] * len(weights), [None] * len(weights)
    Z, A = _forward(weights, biases, X)
    D = _bp1(Z[-1], A[-1], Y)
    for i in reversed(range(len(weights))):
        gb[i], gW[i] = _bp3(D), _bp4(D, A[i], Z[i])
        if i > 0:
            D = D @ weights[i - 1] * (Z[i - 1] > 0)
    return gW, gb


def _no_bias(weights, biases, X):
    return _forward(weights, [0] * len(biases), X)


def _all_sigmoid(weights, biases, X):
    return _forward(weights, biases, X, hidden=sigmoid)


def _all_relu(weights, biases, X):
    return _forward(weights, biases, X, output=relu)


NOT_REACHED = (
    "Layer 1 has no gradients, only what you put there at the start: the loop stops one layer "
    "early. Does your count of layers leave out the input?"
)
STEPPED = (
    "The weights are changed inside the function. All slopes belong to one point: first all "
    "gradients with the old weights, then, outside, the step."
)
WRONG = {
    _with(stop=1): NOT_REACHED,
    _with(bp2=lambda D, W, z, a: D @ W): "The slope of ReLU has no effect on the way back: the "
        "factor is missing, or it is `A[i] >= 0`, which is always true. It is `Z[i-1] > 0`.",
    _with(bp2=lambda D, W, z, a: D @ W * sigmoid.df(z)): "On the way back you take the slope of "
        "the sigmoid. The hidden neurons are ReLU: slope 1 where $z>0$, else 0.",
    _with(bp2=lambda D, W, z, a: D @ W * a * (1 - a)): "$a(1-a)$ is the slope of the sigmoid. The "
        "hidden neurons are ReLU: slope 1 where $z>0$, else 0.",
    _with(bp2=lambda D, W, z, a: D @ W * a): "On the way back you multiply by the activation. "
        "Needed is the slope: 1 where $z>0$, else 0.",
    _with(bp2=lambda D, W, z, a: z > 0): "On the way back only the slope is left. The error of "
        "the next layer and the weights in between are missing.",
    _with(bp1=lambda z, a, y: (a - y) * sigmoid.df(a)): "The slope of the output is taken at the "
        "activation. Take it at the weighted input, $\\sigma'(z)$, which is $a(1-a)$.",
    _with(bp1=lambda z, a, y: a - y): "All layers are off: in BP1 the slope of the output is "
        "missing. $a-y$ alone belongs to the cross-entropy.",
    _with(bp1=lambda z, a, y: (a - y) * (z > 0)): "In BP1 you take the slope of ReLU. The output "
        "neurons are sigmoids.",
    _with(bp1=lambda z, a, y: (y - a) * sigmoid.df(z)): "Right size, wrong sign: the slope of "
        "$\\frac12(a-y)^2$ by $a$ is $a-y$, not $y-a$.",
    _with(bp1=lambda z, a, y: 2 * (a - y) * sigmoid.df(z)): "Everything is twice too large: the "
        "half in the cost takes away the 2 of the square.",
    _with(bp1=lambda z, a, y: 2 * (a - y) / y.shape[1] * sigmoid.df(z)): "That is the gradient of "
        "the mean of all squares, $2/K$ times ours. Our loss is half the sum over the outputs.",
    _with(bp1=lambda z, a, y: (a - y) / y.shape[1] * sigmoid.df(z)): "You divide by the number of "
        "outputs $K$. The loss of an example is a sum over its outputs.",
    _with(bp3=lambda D: D.sum(axis=0), bp4=lambda D, a, z: D.T @ a): "Sums over the examples, in "
        "all layers: $m$ times too large. The cost is a mean, divide by $m$.",
    _with(bp4=lambda D, a, z: D.T @ a): "The bias gradients are right, those of the weights are "
        "$m$ times too large: in BP4 the $1/m$ is missing.",
    _with(bp3=lambda D: D.sum(axis=0)): "The weight gradients are right, those of the biases are "
        "$m$ times too large: in BP3 the $1/m$ is missing.",
    _with(bp1=lambda z, a, y: (a - y) / len(y) * sigmoid.df(z)): "Divided by $m$ twice: $D$ "
        "carries no $1/m$, it stands once in each gradient.",
    _with(bp3=lambda D: D): "gb still has one row for each example. Take the mean of $D$ down the "
        "rows: `axis=0`.",
    _with(bp3=lambda D: D.mean()): "gb is one number for a whole layer: `D.mean()` averages over "
        "the neurons, too. Down the rows only: `axis=0`.",
    _with(bp3=lambda D: D.mean(axis=1)): "gb has one entry for each example: you average along "
        "the rows. Down the rows it is `axis=0`.",
    _with(bp3=lambda D: D.mean(axis=0, keepdims=True)): "gb has shape $(1,n)$. Needed is $(n,)$, "
        "as in `biases`: leave out `keepdims`.",
    _with(bp4=lambda D, a, z: a.T @ D / len(a)): "gW is transposed: it needs the shape of the "
        "weights, (to, from). In BP4 the errors are transposed, `D.T @ A[i]`.",
    _with(bp4=lambda D, a, z: D.T @ z / len(a)): "In BP4 stands the wrong array. A weight's "
        "gradient takes the activation that goes **in**, `A[i]`, not the layer's own $z$.",
    _with(bp2=lambda D, W, z, a: D @ W.T * (z > 0)): "`D @ W.T`: in rows the way back needs no "
        "transpose, `D @ W`. With square matrices this even runs.",
    _with(bp2=lambda D, W, z, a: W.T @ D * (z > 0)): "`W.T @ D` is the form for one example as a "
        "column. For rows it is `D @ W`.",
    _with(bp2=lambda D, W, z, a: D @ W @ (z > 0)): "The slope is a factor entry by entry, `*`, "
        "not a matrix, `@`.",
    _neighbour_weights: "On the way back from layer $l$ the errors go through the weights "
        "**into** layer $l$: that is `weights[i]` here, not `weights[i-1]`.",
    _steps_on_the_way: STEPPED,
    _with(forward=_no_bias): "Forward, the bias is not added.",
    _with(forward=_all_sigmoid, bp2=lambda D, W, z, a: D @ W * sigmoid.df(z)): "You have a "
        "network of sigmoids. Here only the output is one; the hidden layers are ReLU.",
    _with(forward=_all_relu, bp1=lambda z, a, y: (a - y) * (z > 0)): "You have a network of ReLU. "
        "Here the output layer is a sigmoid.",
}  # fmt: skip


def _networks(rng):
    """Five random networks, one of them with square matrices, with a batch for each."""
    return [_problem(rng, sizes, m) for sizes, m in (
        ((3, 4, 2), 5), ((2, 5, 4, 3), 6), ((4, 3, 5, 2, 2), 7), ((3, 3, 3, 3), 4), ((3, 2), 3)
    )]  # fmt: skip


def _problem(rng, sizes, m):
    """Weights, biases and a batch, with no hidden z so near 0 that a difference meets the kink."""
    while True:
        weights = [rng.standard_normal((n, k)) for k, n in zip(sizes[:-1], sizes[1:])]
        biases = [rng.standard_normal(n) for n in sizes[1:]]
        X, Y = rng.standard_normal((m, sizes[0])), rng.uniform(size=(m, sizes[-1]))
        hidden = _forward(weights, biases, X)[0][:-1]
        if all(np.abs(z).min() > 1e-3 and (z > 0).mean() > 0.2 for z in hidden):
            return weights, biases, X, Y


def by_differences(weights, biases, X, Y):
    """The gradients gW, gb by central differences."""

    def cost(_):
        Z, A = _forward(weights, biases, X)
        return quadratic.f(A[-1], Y).mean()

    return tuple([numerical_gradient(cost, p) for p in part] for part in (weights, biases))


@dataclass(frozen=True, kw_only=True)
class Gradients(Code):
    """A function backprop(weights, biases, X, Y) -> gW, gb, compared with differences by layers."""

    tol: float = 1e-6

    def _wanted(self, inputs):
        return [Run(by_differences(*args)) for args in inputs]

    def _agree(self, run, other):
        if run.error or other.error:
            return run.error == other.error
        ours, theirs = _layers(run), _layers(other)
        if ours is None or theirs is None or len(ours) != len(theirs):
            return False
        return all(self._near(g, n) for one, two in zip(ours, theirs) for g, n in zip(one, two))

    def _near(self, g, n):
        return g.shape == n.shape and np.allclose(g, n, rtol=self.tol, atol=1e-8)

    def _describe(self, inputs, runs, wanted):
        """The first network that is wrong: error, form, shapes, else which layers are off."""
        rows = zip(inputs, runs, wanted, strict=True)
        (weights, biases, *_), run, want = next(row for row in rows if not self._agree(*row[1:]))
        sizes = [weights[0].shape[1], *map(len, weights)]
        where = f"For a network {'-'.join(map(str, sizes))}"
        if run.changed:
            return STEPPED
        if run.error:
            return f"{where} your function stops with {run.error}. Print the shapes on the way."
        if run.not_started:
            return f"{where} your function returns nothing: `return gW, gb`."
        layers = _layers(run)
        if layers is None or len(layers) != len(weights):
            return (f"{where}, return two lists, gW and gb, with {len(weights)} arrays each, one "
                    f"for each layer; you gave {a(run.value)}.")
        if any(g is None for g in run.value[0]):
            return NOT_REACHED
        for l, (pair, arrays) in enumerate(zip(layers, zip(weights, biases)), 1):
            for name, g, p in zip(("gW", "gb"), pair, arrays):
                if g.shape != p.shape:
                    return (f"{where}, {name}[{l - 1}] has shape {g.shape}; needed is that of the "
                            f"{'weights' if name == 'gW' else 'biases'} of layer {l}, {p.shape}.")
        fits = [[self._near(*pair) for pair in zip(*both)] for both in zip(layers, _layers(want))]
        return f"{where}, {_table(fits, layers, _layers(want))}. {_suspect(fits)}"


def _layers(run):
    """The gradients as pairs (gW, gb) from the first layer on, or None if they are no such."""
    try:
        gW, gb = run.value
        return [(np.asarray(W, float), np.asarray(b, float)) for W, b in zip(gW, gb, strict=True)]
    except (TypeError, ValueError):
        return None


def _table(fits, layers, wanted):
    """How far each layer is from the differences, in words."""
    parts = []
    for l, (good, pair, need) in enumerate(zip(fits, layers, wanted), 1):
        off = [f"{name} {relative_error(g, n):.1g}"
               for name, g, n, ok in zip("Wb", pair, need, good) if not ok]
        parts.append(f"layer {l} {'is off (' + ', '.join(off) + ')' if off else 'agrees'}")
    return "against differences: " + ", ".join(parts)


def _suspect(fits):
    """Where to look, from which of the arrays agree: fits[l] = (weights agree, biases agree)."""
    W, b = zip(*fits)
    if all(b):
        return "The errors D must be right, since all bias gradients are. Look at BP4."
    if all(W):
        return "The weight gradients are right, so look at BP3."
    if not (W[-1] or b[-1]):
        return "Already the last layer is off: begin with the forward pass and BP1."
    if W[-1] and b[-1] and not (W[-2] or b[-2]):
        return "The last layer is right and the one before is not: look at the way back, BP2."
    if W[-1] and b[-1]:
        return "One step back is right, a later one is not: look at the indices and the loop."
    return "BP3 and BP4 of the last layer do not fit together."


CODE = [
    Question(
        id="6.8-1",
        title="Read the check",
        stem=r"""A gradient check shows $10^{-10}$ in every layer but the first; there it shows
$10^{-3}$. (The differences are absolute, and the
slopes themselves are about $10^{-3}$.) What is the likely cause?""",
        parts=[
            Choice(
                {
                    "The step $h$ of the differences is too large.":
                        "Then all layers would suffer, not one.",
                    "The output error is wrong.":
                        "It goes into every layer: all would be off.",
                    "Rounding: the slopes of the first layer are small.":
                        "Rounding gives $10^{-10}$ or so. Here the whole slope is missing.",
                    "The loop backwards stops one layer early: the count of layers leaves out "
                    "the input.":
                        "Layer 1 keeps the zeros it began with, so the difference is the slope "
                        "itself.",
                },
                answer="D",
            )
        ],
        hints=[
            "What do the layers have in common that are right?",
            "Errors run from the last layer to the first. The last ones are right, so the mistake "
            "comes late.",
            "A difference as large as the slope itself: what did the routine return there?",
        ],
        solution=r"""The way back is right as far as it goes, and the first layer is never reached:
its gradients are still the zeros
they were created with. The difference is then the slope itself, $10^{-3}$. A loop over
`range(2, count)` needs the count of layers **with** the
input.""",
    ),
    Question(
        id="6.8-2",
        title="The bias gradient of a batch",
        stem=r"""A layer of 3 neurons, a batch of 5 examples: $D$ has shape $(5,3)$. Which shape has
the gradient of the biases, and what makes it
from $D$?""",
        parts=[
            Number(
                3,
                {
                    5: "One entry for each bias, not for each example.",
                    15: "That is $D$ itself. The examples share the biases.",
                    1: "Each of the three neurons has its own bias.",
                },
                label="Entries",
            ),
            Choice(
                {
                    "Nothing: the bias gradient is $D$ itself.":
                        "For one example, yes. With five rows each example would get its own bias.",
                    "The mean of $D$ down the rows, `D.mean(axis=0)`.":
                        "One mean for each neuron: $(3,)$.",
                    "The mean of $D$ along the rows, `D.mean(axis=1)`.":
                        "That is one number for each example, $(5,)$.",
                    "The mean of all entries, `D.mean()`.":
                        "That runs, since one number fits everywhere, and moves all biases alike.",
                },
                answer="B",
                label="Operation",
            ),
        ],
        hints=[
            "A gradient has the shape of the thing that is turned.",
            "All five examples use the same three biases. The cost is the mean of their losses.",
            r"$\frac1m\sum_iD_{ij}$ for each neuron $j$.",
        ],
        solution=r"""$(3,)$, like the biases: entry $j$ is $\frac1m\sum_iD_{ij}$, the mean down the
rows, `D.mean(axis=0)`. (With a cost that is a sum, the sum.)""",
    ),
    Question(
        id="6.8-3",
        title="Parts from outside",
        stem="Above, everything is written into the routine. The slides' own version is shorter: "
            "it takes four things from outside. Which four must they be?",
        parts=[
            Choice(
                {
                    "A forward pass that returns all activations and all weighted inputs; the "
                    "slope of the cost by the outputs; the slope of the sigmoid; the network "
                    "with its lists of weights and biases.":
                        "With these four it runs.",
                    "A forward pass that returns the output; the cost; the sigmoid; the learning "
                    "rate.":
                        "The output alone is not enough: every layer's $a$ and $z$ are used. And "
                        "no step is taken.",
                    "The training data; the test data; the number of epochs; the batch size.":
                        "Those belong to the training loop around it.",
                    "The slope of the cost by the weights; the transpose; the sum; the sigmoid.":
                        "The slope by the weights is what the routine is to find.",
                },
                answer="A",
            )
        ],
        hints=[
            "Go through our version line by line. What could stand elsewhere and be called?",
            "Two lists are used in every layer. Who made them?",
            "BP1 has two factors: the slope of the cost and the slope of the activation.",
        ],
        solution=r"""A **forward pass** that keeps all $a$ and all $z$; the **slope of the cost** by
the outputs, $a-y$ for half-squares; the **slope of the sigmoid**, which the slides keep in a module
of its own; and the **network** with its lists of weights and biases.""",
    ),
    Gradients(
        id="6.8-4",
        title="Backprop for any sizes",
        stem=r"""Write `backprop(weights, biases, X, Y)` for a network with any number of layers of
any size. It returns two lists, `gW, gb`, with one array
for each layer, shaped like `weights` and `biases`.

`weights[i]` has shape (to, from), `biases[i]` has shape (to,). The **hidden layers are ReLU**, the
**output layer is sigmoid**, the cost is
the house cost $C=\frac1m\sum_i\frac12\lVert a_i-y_i\rVert^2$. Rows of `X` and `Y` are examples.
ReLU has the slope 1 where $z>0$, else 0. You may use `nnlib.relu`, `nnlib.sigmoid` and their slopes
`nnlib.relu.df`, `nnlib.sigmoid.df`. About fifteen lines are enough.

The check compares every layer with differences, on five random networks.""",
        answer=backprop,
        inputs=_networks,
        wrong=WRONG,
        also=[_by_the_library, _one_example_at_a_time],
        hints=[
            "Forward first, and keep all $Z$ and all $A$. Then one loop from the last layer to "
            "the first, with one array $D$ that changes in every turn.",
            "In the turn with index i, for layer $i+1$: `gb[i]` is the mean of the rows of D, "
            "`gW[i]` is `D.T @ A[i] / m`; then, if `i > 0`, take D back through `weights[i]`.",
            "`D = (A[-1] - Y) * A[-1] * (1 - A[-1])` before the loop, and in it "
            "`D = D @ weights[i] * (Z[i-1] > 0)`.",
        ],
        solution=r"""Forward: keep everything. BP1 once, then the same three lines in every layer;
only the index changes. `A[i]` is what goes into the
weights `weights[i]`, because `A[0]` is the input. The error is taken back **after** it has been
used, and only while there is a layer to take
it to.""",
    ),
]

FAST = [
    Question(
        id="6.9-1",
        title="There and back",
        stem=r"""Count 2 operations for each weight that a number or an error passes, and 2 for each
weight gradient. How many are needed for one pass forward and one pass backward (per example of a
large batch)? What is the ratio? First for 784-16-16-10, as in section 4.4; then for
20-20-20-20.""",
        parts=[
            Number(
                25920,
                {
                    12960: "That is the number of weights. Each costs a multiplication and an "
                        "addition.",
                    26004: "Those are the parameters, twice. The additions of the biases are "
                        "counted with the weights here.",
                    13002: "Those are the parameters. Take 2 for each weight.",
                },
                label="784-16-16-10: forward",
            ),
            Number(
                26752,
                {
                    25920: "Those are the weight gradients. The errors must be carried back, too.",
                    832: "That carries the errors back. The weight gradients are missing.",
                    51840: "Errors are carried back through the weights of layers 2 and 3 only: "
                        "the input needs none.",
                    26336: "The 416 weights of layers 2 and 3 count twice.",
                },
                label="784-16-16-10: backward",
            ),
            Number(
                26752 / 25920,
                {
                    25920 / 26752: "The other way round: backward divided by forward.",
                    2: "Up to 2 in deep networks with equal layers. Here almost all weights are "
                        "in layer 1, whose errors stay there.",
                    0.032: "Backward is all of 26752: weight gradients and errors.",
                },
                label="784-16-16-10: backward / forward",
            ),
            Number(
                2400,
                {
                    1200: "That is the number of weights. Each costs 2.",
                    3200: "Four layers of neurons have three layers of weights between them.",
                },
                label="20-20-20-20: forward",
            ),
            Number(
                4000,
                {
                    2400: "Those are the weight gradients. The errors must be carried back, too.",
                    4800: "The input needs no errors: they go back through two of the three "
                        "layers of weights.",
                    1600: "That carries the errors back. The weight gradients are missing.",
                },
                label="20-20-20-20: backward",
            ),
            Number(
                4000 / 2400,
                {
                    2400 / 4000: "The other way round: backward divided by forward.",
                    2: "Not quite: the errors of layer 1 go no further.",
                },
                label="20-20-20-20: backward / forward",
            ),
        ],
        hints=[
            "Weights: $784\\cdot16+16\\cdot16+16\\cdot10$; $3\\cdot20\\cdot20$.",
            "Backward has two jobs: a gradient for every weight, and carrying the errors back "
            "through every layer but the first.",
            r"$2\cdot12960$ and $2\cdot12960+2\cdot(256+160)$; $2\cdot1200$ and "
            r"$2\cdot1200+2\cdot800$.",
        ],
        solution=r"""There are $12544+256+160=12960$ weights. Forward: $2\cdot12960=25920$.

Backward: the weight gradients, again $25920$, and the errors back through layers 3 and 2,
$2\cdot(160+256)=832$. Together $26752$.

The ratio is $1.03$.

Equal layers: forward $2\cdot1200=2400$, backward $2400+2\cdot800=4000$, ratio $1.67$. Now the
second job is two thirds as large as the first.""",
    ),
    Question(
        id="6.9-2",
        title="Against differences",
        stem=r"""One-sided differences need one forward pass for each of the 13,002 parameters and
one more. How many operations is that, and how many times
what one forward and one backward pass need together (52,672)? And how many times is it for
20-20-20-20, which has 1260 parameters?""",
        parts=[
            Number(
                337037760,
                {
                    168518880: "2 operations for each weight: a pass has 25920.",
                    674023680: "Those are central differences, two passes for each parameter.",
                    335949120: "One pass for each **weight**. The biases are nudged, too.",
                    52672: "Those are one pass forward and one backward.",
                },
                label="Operations",
                tol=5e5,
            ),
            Number(
                337037760 / 52672,
                {
                    337037760 / 25920: "Backprop needs both passes: divide by $25920+26752$.",
                    337037760 / 26752: "Backprop needs the forward pass, too.",
                    13002: "Nearly that many passes, but backprop needs two.",
                },
                label="Times as many",
            ),
            Number(
                1261 * 2400 / 6400,
                {
                    1261 * 2400: "Those are the operations. Divide by those of backprop.",
                    1261: "Those are the passes. Backprop needs $2400+4000$ operations, more than "
                        "two passes.",
                    1261 / 2: "Backprop needs $2400+4000$, more than two passes of 2400.",
                    1200 * 2400 / 6400: "One pass for each **weight**. The biases are nudged, too.",
                },
                label="Times as many, 20-20-20-20",
            ),
        ],
        hints=[
            "Passes times operations of a pass.",
            r"$13003\cdot25920$.",
            r"Divide by $52672$; then $1261\cdot2400$ by $2400+4000$.",
        ],
        solution=r"""$13003\cdot25920=337{,}037{,}760$, about 337 million. Divided by $52672$: about
6400 times as many.

20-20-20-20: $1261\cdot2400=3{,}026{,}400$, divided by $6400$: 473 times. The more parameters, the
more is saved.""",
    ),
]

PATHS = [
    Question(
        id="6.10-1",
        title="Count the paths",
        stem="How many paths lead from one weight of the first layer to the cost: in 784-16-16-10, "
            "and with one more hidden layer, in 784-16-16-16-10?",
        parts=[
            Number(
                160,
                {
                    16: "To the second hidden layer, yes. From there each path splits again.",
                    10: "Each output is reached on 16 ways.",
                    2560: "The weight leads to **one** neuron of the first hidden layer.",
                    26: "Ways in a row multiply.",
                    256: "The last factor is the number of outputs.",
                    320: "Every output leads to the cost in one way.",
                },
                label="784-16-16-10",
            ),
            Number(
                2560,
                {
                    40960: "The weight leads to **one** neuron of the first hidden layer.",
                    42: "Ways in a row multiply.",
                    176: "Each path splits 16 ways in the new layer: multiply, do not add.",
                    320: "Each path splits 16 ways in the new layer, not 2.",
                },
                label="784-16-16-16-10",
            ),
        ],
        hints=[
            "A weight of the first layer leads to one neuron. Where can one go from there?",
            "Any of the 16 neurons of the next layer, then any of the 10 outputs.",
            r"$1\cdot16\cdot10$ and $1\cdot16\cdot16\cdot10$",
        ],
        solution=r"""The weight leads to one neuron of layer 1. From there to any of 16 neurons,
from each to any of 10 outputs, from each to the cost: $16\cdot10=160$ paths. One more hidden layer
splits each of them 16 ways: $16\cdot16\cdot10=2560$.""",
    ),
    Question(
        id="6.10-2",
        title="Two ways from a to c",
        stem=r"""In the graph above, $a$ leads to $b_1$ with the slope 2 and to $b_2$ with the slope
$-1$; $b_1$ leads to $c$ with 3 and
$b_2$ with 4. What is $\frac{dc}{da}$?""",
        parts=[
            Number(
                2,
                {
                    10: r"Mind the sign of the second path: $-1\cdot4$.",
                    6: "That is the path through $b_1$ alone.",
                    -4: "That is the path through $b_2$ alone.",
                    -24: "Along a path one multiplies. The two paths are **added**.",
                    8: "Along a path one multiplies: $2\\cdot3$ and $-1\\cdot4$.",
                    7: "Not sum times sum: each path has its own product.",
                },
            )
        ],
        hints=[
            "Raise $a$ by 1. By how much do $b_1$ and $b_2$ rise? And then $c$?",
            "Multiply along each path, add the paths.",
            r"$2\cdot3+(-1)\cdot4$",
        ],
        solution=r"""$2\cdot3+(-1)\cdot4=6-4=2$: multiply along a path, add over the paths.""",
    ),
    Question(
        id="6.10-3",
        title="Alice, a step up and a step down",
        stem=r"""Alice's loss is $(1-a)^2$, and its slope is
$\frac{\partial L}{\partial w_1}=0.0214695$. Her $w_1$ goes from 1 to 1.1, and her loss from
$0.226866$ to $0.228834$. How large is the change to first order, and how large is it really (as in
section 5.2)? Then the other way: with $w_1=0.9$ the loss is $0.224521$. How large are both changes
now?""",
        parts=[
            Number(
                0.0021469535265811117,
                {
                    0.0214695353: "Times the change of the weight, 0.1.",
                    0.001967: "That is the true change.",
                    0.229013: "That is the loss that is predicted. The change is asked.",
                },
                label="To first order",
            ),
            Number(
                0.001967376709255758,
                {
                    0.00214695: "That is the prediction: along the tangent.",
                    0.228834: "Subtract the loss at $w_1=1$.",
                    -0.001967: "The loss goes up: after minus before.",
                },
                label="Really",
                tol=2e-6,
            ),
            Number(
                -0.0021469535265811117,
                {
                    0.0021469535265811117: "The weight falls, so the change is negative.",
                    -0.002345: "That is the true change.",
                },
                label="Down, to first order",
            ),
            Number(
                -0.00234534673324701,
                {
                    0.002345: "The loss goes down: after minus before.",
                    -0.001967376709255758: "Not the step up with a minus: subtract the losses.",
                    0.224521: "Subtract the loss at $w_1=1$.",
                },
                label="Down, really",
                tol=2e-6,
            ),
        ],
        hints=[
            "To first order: slope times change.",
            "Really: after minus before.",
            r"$0.0214695\cdot0.1$ and $0.228834-0.226866$; with $-0.1$ and $0.224521-0.226866$",
        ],
        solution=r"""To first order $0.0214695\cdot0.1=0.002147$. Really
$0.228834-0.226866=0.001967$ (with all digits), eight percent less. Down: $-0.002147$ and
$0.224521-0.226866=-0.002345$, nine percent more. The curve lies below its tangent on both
sides.""",
    ),
]

EXERCISES = [*ROWS, *CODE, *FAST, *PATHS]
