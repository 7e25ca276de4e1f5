"""The exercises of chapter 10, Where next: graphs, libraries, other layers, steps, sources."""

from functools import cache
from typing import NamedTuple

import numpy as np

from .code import Code
from .kit import Choice, Number, Question

# -- 10.1: the way back over a tape ----------------------------------------------------------------


def sweep(parents, slopes):
    gradients = [0.0] * len(parents)
    gradients[-1] = 1.0
    for v in reversed(range(len(parents))):
        for parent, slope in zip(parents[v], slopes[v]):
            gradients[parent] += slope * gradients[v]
    return gradients


def _by_asking(parents, slopes):
    """Each line asks those that were made from it."""
    end = len(parents) - 1

    @cache
    def gradient(v):
        if v == end:
            return 1.0
        return sum(s * gradient(u) for u in range(v + 1, end + 1)
                   for p, s in zip(parents[u], slopes[u]) if p == v)

    return np.array([gradient(v) for v in range(end + 1)])


def _swept(rule, order=reversed, seed=1.0):
    """A sweep with another rule, order or beginning."""

    def wrong(parents, slopes):
        g = [0.0] * len(parents)
        g[-1] = seed
        for v in order(range(len(parents))):
            for parent, slope in zip(parents[v], slopes[v]):
                g[parent] = rule(g[parent], slope, g[v])
        return g

    return wrong


def _forward_mode(parents, slopes):
    g = [1.0] + [0.0] * (len(parents) - 1)
    for v in range(len(parents)):
        for parent, slope in zip(parents[v], slopes[v]):
            g[v] += slope * g[parent]
    return g


def _tapes(rng):
    """Three tapes: two inputs, some lines, and an end that uses line 0 once more."""
    tapes = []
    for n in (2, 3, 5):
        parents, slopes = [[], []], [[], []]
        for v in range(2, n + 2):
            parents.append([v - 1, int(rng.integers(0, v - 1)) if v > 2 else 0])
            slopes.append([float(s) for s in rng.uniform(1.5, 3, 2) * rng.choice((-1, 1), 2)])
        parents.append([n + 1, 0])
        slopes.append([float(s) for s in rng.uniform(1.5, 3, 2) * rng.choice((-1, 1), 2)])
        tapes.append((parents, slopes))
    return tapes


# -- 10.1: a new operation -------------------------------------------------------------------------


def divide(a, b):
    return a / b, 1 / b, -a / b**2


def _by_the_quotient(a, b):
    c = a / b
    return np.array([c, 1 / b, -c / b])


def _pairs(rng):
    return [tuple(rng.uniform(1.2, 4, 2) * rng.choice((-1, 1), 2)) for _ in range(4)]


GRAPHS = [
    Question(
        id="10.1-1",
        title="Two steps, by hand",
        stem=r"""$c=ab$ and $d=c+a$, at $a=2$ and $b=3$. How large is $d$, and how fast does it
grow with $a$ and with $b$?""",
        parts=[
            Number(8, {6: "That is $c$. The $a$ is still to be added.",
                       7: "That is $2+3+2$. $c$ is the product, $2\\cdot3$.",
                       9: "You added $b$. It is $c+a$."},
                   label="$d$"),
            Number(4, {3: "That is the way through $c$. $a$ also goes straight into $d$.",
                       1: "That is the straight way. There is one through $c$, too.",
                       2: "That is the slope by $b$."},
                   label="$\\partial d/\\partial a$"),
            Number(2, {3: "That is $b$ itself. The slope of $ab$ by $b$ is $a$.",
                       1: "The slope of $d$ by $c$ is 1; from $b$ to $c$ there is a factor $a$.",
                       4: "That is the slope by $a$."},
                   label="$\\partial d/\\partial b$"),
        ],
        hints=[
            "Write $d$ as one formula in $a$ and $b$, or nudge one of them.",
            "$d=ab+a$. Turn one, hold the other.",
            "With $a=2.001$: $d=2.001\\cdot3+2.001=\\dots$",
        ],
        solution=r"""$c=2\cdot3=6$ and $d=6+2=8$.

From the end: $d$ grows as fast as $c$. $c=ab$ grows $b=3$ times as fast as $a$, and $a$ goes
straight into $d$ as well, $3+1=4$. For $b$ there is only the way through $c$, whose slope is $a=2$:
$1\cdot2=2$.""",
    ),
    Question(
        id="10.1-2",
        title="Passes",
        stem=r"""784-16-16-10 has 13,002 parameters, and the cost is one number. How many times must
forward mode go through the graph to get all slopes? And how many times must reverse mode go back
through it?""",
        parts=[
            Number(13002, {1: "One pass in forward mode carries the slope by *one* parameter.",
                           10: "That is the number of outputs. What counts is where one starts: at "
                               "a parameter.",
                           13003: "That is for one-sided differences, with a pass without a "
                                  "nudge. Here nothing is compared.",
                           26004: "That is for central differences, two runs for each parameter."},
                   label="Forward mode"),
            Number(1, {13002: "Going back from the cost meets *all* parameters on the way.",
                       10: "Ten outputs, but one cost. One starts at the cost.",
                       2: "The pass forward that computes the values is not counted here.",
                       3: "One for each layer? One pass goes back through all of them."},
                   label="Reverse mode"),
        ],
        hints=[
            "A pass has one starting point. Where is it in forward mode, where in reverse mode?",
            "Forward: one parameter, all that comes after it. Reverse: one result, all before it.",
            "There are 13,002 starting points for one mode and a single one for the other.",
        ],
        solution="""13,002 and 1. Forward mode starts at a parameter and learns how everything
changes with it, so it starts 13,002 times. Reverse mode starts at the cost and learns how the cost
changes with everything.""",
    ),
    Question(
        id="10.1-3",
        title="Why the gradients are added",
        stem="Why are gradients added where a quantity is used twice?",
        parts=[
            Choice(
                {
                    "To be on the safe side: one of them could be 0.":
                        "If one is 0, adding it changes nothing. But both count when neither is 0.",
                    "Because the last operation, $d=c+a$, is a sum.":
                        "In $d=c\\cdot a$ they are added, too: $d=a^2b$ has the slope "
                        "$2ab=ab+ab$.",
                    "A nudge of it reaches the end on two paths, and both changes arrive.":
                        "Small changes add up, whatever happens to them on the way.",
                    "Because it was used twice, so the mean must be multiplied by two.":
                        "That is the same only if both paths bring the same.",
                },
                answer="C",
            )
        ],
        hints=[
            "Nudge $a$ by 0.001. Who gets to hear of it?",
            "$c$ changes by 0.003, and $d$ receives that and the change of $a$ itself.",
            "$0.003+0.001$.",
        ],
        solution="""Two paths. If $a$ grows by 0.001, $c$ grows by 0.003, and $d$ gets 0.003 from
$c$ and 0.001 from $a$. Along a path slopes are multiplied, over paths they are added (section
6.10).""",
    ),
    Code(
        id="10.1-4",
        title="The way back",
        stem=r"""Write `sweep(parents, slopes)` for a tape. `parents[v]` are the numbers of the
lines that line `v` was made from, `slopes[v]` its slope by each of them; a line is made only from
earlier ones. Return the list of gradients: entry `v` is the slope of the **last** line by line
`v`.""",
        answer=sweep,
        inputs=_tapes,
        wrong={
            _swept(lambda old, slope, g: slope * g): "You set gradients where they must be added: "
                "a line that is used twice loses one of its paths. `+=`.",
            _swept(lambda old, slope, g: old + slope * g, order=iter): "Only the parents of the "
                "last line got a gradient. A line passes on what it has when its turn comes: begin "
                "at the end and go on to line 0.",
            _swept(lambda old, slope, g: old + slope * g, seed=0.0): "All gradients are 0: the end "
                "must begin with 1, for it grows as fast as itself.",
            _swept(lambda old, slope, g: old + slope): "You pass on the local slope alone. "
                "Multiply it by the gradient of the line that passes it on.",
            _swept(lambda old, slope, g: old + g): "You pass on the gradient without the local "
                "slope.",
            _swept(lambda old, slope, g: old + slope + g): "Along a path slopes are multiplied, "
                "not added: `slope * gradients[v]`.",
            _forward_mode: "That is forward mode: how every line changes with line 0. Asked is how "
                "the last line changes with every line.",
            lambda parents, slopes: sweep(parents, slopes)[::-1]: "The list is the wrong way "
                "round: entry `v` belongs to line `v`.",
            lambda parents, slopes: sweep(parents, slopes)[0]: "That is the gradient of line 0 "
                "only. Return the list of all.",
            lambda parents, slopes: sweep(parents, slopes)[:-1]: "The last line is missing: its "
                "gradient is 1.",
        },  # fmt: skip
        also=[_by_asking],
        hints=[
            "A list with a 0 for each line. Which entry do you know from the beginning?",
            r"`gradients[parent] += slope * gradients[v]`, for all parents of $v$.",
            "`for v in reversed(range(len(parents))):`",
        ],
        solution="""The last line begins with 1, and each line hands its gradient on, times the
local slope. From the end to the beginning, so that a line is complete when its turn comes, and
with `+=`, because it may be a parent of several.""",
    ),
    Code(
        id="10.1-5",
        title="Divide",
        stem=r"""Write `divide(a, b)` for two numbers: return three, the value of $c=a/b$ and its
slopes by $a$ and by $b$. (Then `Value(c, (a, b), (slope_a, slope_b), "/")` is a new operation of
the machine.)""",
        answer=divide,
        inputs=_pairs,
        wrong={
            lambda a, b: (a / b, 1 / b, a / b**2): "The sign of the last slope: a larger "
                "denominator makes the quotient smaller in size.",
            lambda a, b: (a / b, -a / b**2, 1 / b): "The two slopes are exchanged.",
            lambda a, b: (a / b, b, a): "These are the slopes of the product.",
            lambda a, b: (a / b, 1 / b, -1 / b**2): "In the slope by $b$ the factor $a$ is "
                "missing: $a/b=a\\cdot\\frac1b$.",
            lambda a, b: (a / b, 1 / b, -a / b): "In the slope by $b$ the denominator is $b^2$.",
            lambda a, b: (a / b, 1 / b, 1 / a): "The slope by $b$ is not $1/a$: the slope of "
                "$\\frac1b$ is $-\\frac1{b^2}$.",
            lambda a, b: (a / b, 1 / a, -a / b**2): "The slope by $a$ is $\\frac1b$: $a$ is only "
                "multiplied by it.",
            lambda a, b: (a / b, 1, -1): "These are the slopes of the difference.",
            lambda a, b: (a / b, 1 / b, -b / a**2): "In the slope by $b$ you have exchanged $a$ "
                "and $b$.",
            lambda a, b: (1 / b, -a / b**2): "The value is missing: return value and two slopes.",
        },  # fmt: skip
        also=[_by_the_quotient],
        hints=[
            "Hold $b$: what is the slope of $a/b$ by $a$? Then hold $a$.",
            r"$a/b=a\cdot b^{-1}$, and the slope of $b^{-1}$ is $-b^{-2}$.",
            "`return a / b, 1 / b, ...`",
        ],
        solution=r"""$\frac ab=a\cdot b^{-1}$. By $a$: $\frac1b$. By $b$: $-\frac a{b^2}$, which is
also $-\frac cb$: a slope may use the value that is already there.""",
    ),
]

LIBRARIES = [
    Question(
        id="10.2-1",
        title="The same weights",
        stem=r"""A linear layer of PyTorch computes $xW^T+b$ for rows $x$. Which array of this book
goes into its weight?""",
        parts=[
            Choice(
                {
                    "$W$ itself, of shape $(n_{\\text{out}},n_{\\text{in}})$.":
                        "Both take rows and turn $W$ in the forward pass: `A @ W.T + b`.",
                    "$W^T$, of shape $(n_{\\text{in}},n_{\\text{out}})$.":
                        "The transpose is in the formula already. (Keras computes $xW+b$, and "
                        "there it would be right.)",
                    "$W$ with the bias as one more column.":
                        "The layer has a bias of its own, `layer.bias`.",
                    "None: the library draws its own weights.":
                        "It draws some, but they can be set.",
                },
                answer="A",
            )
        ],
        hints=[
            "How does this book compute the weighted inputs of a batch?",
            r"$Z=AW^T+b$.",
            "Compare with $xW^T+b$.",
        ],
        solution=r"""$W$ itself, $(n_{\text{out}},n_{\text{in}})$: one row for each neuron. That was
one of the reasons for the notation of this book.""",
    ),
    Question(
        id="10.2-2",
        title="Why clear?",
        stem="`sgd.zero_grad()` sets all gradients to 0 before each step. Why is that needed?",
        parts=[
            Choice(
                {
                    "Old gradients take up memory.":
                        "The arrays stay. Only their contents are set to 0, or dropped until "
                        "the next pass.",
                    "Otherwise the weights would be changed twice.":
                        "Only `step` changes weights, once a call.",
                    "Because training should begin at zero.":
                        "Weights should not begin at zero, and gradients do not begin anywhere: "
                        "they are computed.",
                    "`backward` adds to what is there already.":
                        "`+=`, as in our machine: the gradients of all earlier batches would "
                        "still be in. It is needed for parameters that are used "
                        "more than once.",
                },
                answer="D",
            )
        ],
        hints=[
            "Which sign stands in the last line of our `backward`?",
            "What would be in `p.grad` after two batches?",
            "`parent.grad += ...`",
        ],
        solution="""They accumulate: `backward` adds. Within one pass that is right, since a
parameter may be used several times; from batch to batch it is not. Some use it on purpose, to add
up several small batches before a step.""",
    ),
    Question(
        id="10.2-3",
        title="The factor of the mean squared error",
        stem=r"""The library's mean squared error is the mean of $(\hat y-y)^2$ over all examples
**and** all $K$ outputs. The house cost is the mean over the examples of
$\frac12\sum_k(\hat y_k-y_k)^2$. For $K=10$: its gradient is how many times the house gradient? And
which learning rate makes the same steps there as $\eta=3$ here?""",
        parts=[
            Number(
                0.2,
                {2: "The 2 is right: there is no half. But it is a mean over the $K$ outputs, too.",
                 0.1: "The mean over $K$ is right. The house has a half, the library has not.",
                 5: "That is the other way round: the house gradient is 5 times the library's.",
                 0.05: "The half is in the house cost, not in the library's: $2/K$."},
                label="Factor of the gradient",
            ),
            Number(
                15,
                {0.6: "A smaller gradient needs a larger rate: divide by the factor.",
                 3: "Then each step would be a fifth as long.",
                 30: "That would be for a factor of 0.1.",
                 1.5: "Divide 3 by 0.2."},
                label="Learning rate",
            ),
        ],
        hints=[
            "Write both costs for one example and compare what stands before the sum.",
            r"$\frac1K\sum_k(\cdot)^2$ against $\frac12\sum_k(\cdot)^2$.",
            r"$\frac1K=\frac2K\cdot\frac12$.",
        ],
        solution=r"""$\frac1K=\frac2K\cdot\frac12$, so cost and gradient are $\frac2K=0.2$ times
those of the house. A step is rate times gradient, so the rate must be $\frac K2=5$ times as large:
$15$.""",
    ),
]


# -- 10.3: a convolution ---------------------------------------------------------------------------


def convolve(x, W, b):
    rows, columns = W.shape
    z = np.zeros((x.shape[0] - rows + 1, x.shape[1] - columns + 1))
    for i, j in np.ndindex(z.shape):
        z[i, j] = (x[i : i + rows, j : j + columns] * W).sum() + b
    return z


def _by_shifting(x, W, b):
    """One shifted picture for each weight."""
    h, w = x.shape[0] - len(W) + 1, x.shape[1] - len(W[0]) + 1
    return b + sum(W[r, s] * x[r : r + h, s : s + w] for r, s in np.ndindex(W.shape))


def _padded(x, W, b):
    rows, columns = W.shape
    return convolve(np.pad(x, ((0, rows - 1), (0, columns - 1))), W, b)


def _matrix_product(x, W, b):
    r, s = W.shape
    return np.array([[(x[i : i + r, j : j + s] @ W.T).sum() + b
                      for j in range(x.shape[1] - s + 1)] for i in range(x.shape[0] - r + 1)])


def _side_by_side(x, W, b):
    return convolve(x, W, b)[:: W.shape[0], :: W.shape[1]]


def _pictures(rng):
    shapes = ((5, 6), (2, 3)), ((6, 6), (3, 3)), ((4, 7), (3, 2))
    return [(rng.standard_normal(x), rng.standard_normal(W), float(rng.uniform(1, 2)))
            for x, W in shapes]


LAYERS = [
    Question(
        id="10.3-1",
        title="Twenty filters",
        stem=r"""20 filters of $5\times5$ on a picture of $28\times28$, without padding: a window
must fit in whole. Each filter has a bias. How many outputs does the layer have, and how many
parameters? How many parameters would it take to get as many outputs from a fully connected
layer?""",
        parts=[
            Number(
                11520,
                {15680: "$28\\cdot28$ places are too many: near the edge the window does not fit.",
                 576: "That is one filter. There are 20.",
                 10580: "$28-5$ is one too few: the first place counts as well.",
                 520: "That is the number of parameters."},
                label="Outputs",
            ),
            Number(
                520,
                {500: "Each filter has a bias, too.",
                 501: "Each filter has a bias of its own.",
                 26: "That is one filter.",
                 299520: "You counted the filter at every place. It is the same one everywhere."},
                label="Parameters",
            ),
            Number(
                9043200,
                {9031680: "The biases are missing: one for each output.",
                 9031700: "Every output has a bias of its own here, not every filter.",
                 11520 * 26: "Each output sees all 784 pixels."},
                label="Fully connected",
            ),
        ],
        hints=[
            "At how many places does a window of 5 fit on a line of 28?",
            r"Outputs $20\cdot24^2$; parameters $20\,(5\cdot5+1)$.",
            r"Fully connected: each of the $11520$ outputs has $784$ weights and a bias.",
        ],
        solution=r"""$28-5+1=24$ places in each direction, so $20\cdot24\cdot24=11520$ outputs.
Parameters: $20\,(25+1)=520$. Fully connected: $11520\,(784+1)=9043200$, more than 17,000 times as
many.""",
    ),
    Question(
        id="10.3-2",
        title="Why gradients vanish or explode here",
        stem="""Why do gradients vanish or explode so easily in a recurrent network, more than in
other networks as deep as the sentence is long?""",
        parts=[
            Choice(
                {
                    "Because it has more parameters.":
                        "It has fewer than a deep network: they are shared.",
                    "Because the same matrix enters once for each time step.":
                        "The gradient is multiplied by something like its power, and a power of "
                        "something smaller than 1 goes to 0, of something larger to "
                        "infinity.",
                    "Because $\\tanh$ is always saturated in long sentences.":
                        "It need not be. And saturation alone could not explode anything.",
                    "Because the inputs are words and not numbers.":
                        "They are turned into numbers before they come in.",
                },
                answer="B",
            )
        ],
        hints=[
            "What happens to `back` in each turn of the loop?",
            r"`back = U.T @ delta`, with the same `U` every time.",
            r"$0.9^{50}=0.005$ and $1.1^{50}=117$.",
        ],
        solution=r"""The same matrix enters once for each step. $0.9^{50}=0.005$ and
$1.1^{50}=117$: with different factors some could make up for others, with the same one fifty
times nothing does.""",
    ),
    Code(
        id="10.3-3",
        title="Slide a filter",
        stem=r"""Write `convolve(x, W, b)`: the feature map of the picture `x` under the filter `W`,
without padding, as an array. Entry $i,j$ is the sum of $W_{rs}\,x_{i+r,j+s}$ over the window, plus
the number `b`. Neither picture nor filter need be square.""",
        answer=convolve,
        inputs=_pictures,
        wrong={
            lambda x, W, b: convolve(x, W[::-1, ::-1], b): "You turn the filter round. In networks "
                "it slides as it is.",
            lambda x, W, b: convolve(x, W, 0.0): "The bias is missing.",
            lambda x, W, b: convolve(x, W, b * W.size): "You add the bias for every pixel of the "
                "window. Once for each output.",
            lambda x, W, b: convolve(x, W, b)[:-1, :-1]: "One row and one column too few: a "
                "window of width $s$ has $n-s+1$ places on a line of $n$.",
            _padded: "As many outputs as pixels: at the right and lower edge the window does not "
                "fit in whole.",
            lambda x, W, b: convolve(x, W / W.size, b): "You take the mean over the window. It is "
                "the sum.",
            lambda x, W, b: convolve(x, W, b).T: "Transposed: $i$ counts rows, $j$ columns.",
            _matrix_product: "`@` is the matrix product. Multiply entry by entry, `*`, then add.",
            _side_by_side: "Your windows do not overlap. The next one is one pixel further.",
            lambda x, W, b: convolve(x, W, b).ravel(): "The map is a picture: give it its two "
                "dimensions.",
        },  # fmt: skip
        also=[_by_shifting],
        hints=[
            "First the window at one place: a slice of `x` of the shape of `W`.",
            "`(x[i:i + rows, j:j + columns] * W).sum() + b`",
            "How many rows has the result? `x.shape[0] - W.shape[0] + 1`",
        ],
        solution="""A slice, an entry-by-entry product, a sum. The number of places on a line of
$n$ pixels is $n-s+1$ for a window of $s$.""",
    ),
    Question(
        id="10.3-4",
        title="Count a recurrent layer",
        stem="""A recurrent layer reads rows of 10 numbers and keeps 20 numbers of state. How many
parameters does it have? And for sentences that are three times as long?""",
        parts=[
            Number(
                620,
                {220: "$U$ is missing, from the old state to the new one.",
                 600: "The biases are missing.",
                 210: "The state has 20 numbers, and $U$ leads from each of them to each.",
                 640: "One bias for each number of the state, not two."},
                label="Parameters",
            ),
            Number(
                620,
                {1860: "The matrices are the same in every step.",
                 1240: "The matrices are the same in every step, however many there are."},
                label="Three times as long",
            ),
        ],
        hints=[
            "Which shapes have $W$, $U$ and $b$?",
            "$W$ is $(20,10)$, $U$ is $(20,20)$, $b$ is $(20,)$.",
            "$200+400+\\dots$",
        ],
        solution="""$W$ has $20\\cdot10=200$, $U$ has $20\\cdot20=400$, $b$ has 20: together 620.
The length of the sentence does not come in.""",
    ),
]


# -- 10.4: momentum --------------------------------------------------------------------------------


class Slopes(NamedTuple):
    """The gradient of a bowl, as a function that has a name to show."""

    k: np.ndarray
    centre: np.ndarray

    def __call__(self, w):
        return self.k * (w - self.centre)

    def __repr__(self):
        return "the slopes of a bowl"


def momentum_descent(gradient, w, eta, beta, steps):
    v = 0
    for _ in range(steps):
        v = beta * v - eta * gradient(w)
        w = w + v
    return w


def _with_the_sum(gradient, w, eta, beta, steps):
    """The step as -eta times a fading sum of gradients."""
    total = np.zeros_like(w)
    for _ in range(steps):
        total = beta * total + gradient(w)
        w = w - eta * total
    return w


def _rolled(move):
    """Momentum whose new velocity is move(v, g, eta, beta)."""

    def wrong(gradient, w, eta, beta, steps):
        v = np.zeros_like(w)
        for _ in range(steps):
            v = move(v, gradient(w), eta, beta)
            w = w + v
        return w

    return wrong


def _returns_the_velocity(gradient, w, eta, beta, steps):
    return momentum_descent(gradient, w, eta, beta, steps) - momentum_descent(
        gradient, w, eta, beta, steps - 1)


def _first_gradient(gradient, w, eta, beta, steps):
    g, v = gradient(w), np.zeros_like(w)
    for _ in range(steps):
        v = beta * v - eta * g
        w = w + v
    return w


def _old_velocity(gradient, w, eta, beta, steps):
    v = np.zeros_like(w)
    for _ in range(steps):
        old, v = v, beta * v - eta * gradient(w)
        w = w + old
    return w


def _gradient_ahead(gradient, w, eta, beta, steps):
    v = np.zeros_like(w)
    for _ in range(steps):
        v = beta * v - eta * gradient(w + beta * v)
        w = w + v
    return w


def _eta_twice(gradient, w, eta, beta, steps):
    v = np.zeros_like(w)
    for _ in range(steps):
        v = beta * v - eta * gradient(w)
        w = w + eta * v
    return w


def _bowls(rng):
    return [
        (Slopes(rng.uniform(0.5, 2, n), rng.standard_normal(n)),
         rng.uniform(2, 4, n) * rng.choice((-1, 1), n),
         float(rng.uniform(0.05, 0.2)), float(rng.uniform(0.5, 0.9)), steps)
        for n, steps in ((1, 3), (2, 5), (3, 8))
    ]  # fmt: skip


STEPS = [
    Question(
        id="10.4-1",
        title="What sits where?",
        stem="""What sits on an edge and what in a node, in an ordinary network (MLP) and in a
KAN?""",
        parts=[
            Choice(
                {
                    "A learned function on the edge, a sum in the node.":
                        "That is the other one.",
                    "A learned number on the edge; a sum and a fixed function in the node.":
                        "The weight, and $\\varphi(\\sum_kw_kx_k+b)$.",
                    "A fixed function on the edge, a learned number in the node.":
                        "What is fixed in an ordinary network is the activation, in its nodes.",
                },
                answer="B",
                label="MLP",
            ),
            Choice(
                {
                    "A learned function on the edge, a sum in the node.":
                        "Each edge bends its input in its own way; the node only adds.",
                    "A learned number on the edge; a sum and a fixed function in the node.":
                        "That is the other one.",
                    "A learned function in the node, a fixed number on the edge.":
                        "The functions of a KAN are on its edges: one for each pair of nodes.",
                },
                answer="A",
                label="KAN",
            ),
        ],
        hints=[
            "Exchange the roles: where is something learned, and where is something fixed?",
            "MLP: $\\varphi(\\sum_kw_kx_k+b)$.",
            "What is learned is on the edges in both.",
        ],
        solution=r"""MLP: a number (learned) on the edge, a sum and a fixed function in the node.
KAN: a learned function on the edge, a sum in the node, $h_j=\sum_k\varphi_{jk}(x_k)$.""",
    ),
    Question(
        id="10.4-2",
        title="Three steps with momentum",
        stem=r"""$\beta=0.9$, $\eta=0.1$, and the gradient is 1 at every place; the first $v$ is 0.
Give three steps $v$, their sum, and the sum of three steps of plain descent.""",
        parts=[
            Number(-0.1, {0.9: "The old $v$ is 0, so only $-\\eta\\,g$ is left."}, label="Step 1"),
            Number(
                -0.19,
                {-0.01: "$0.9\\cdot(-0.1)-0.1$: both parts have a minus.",
                 -0.09: "That is what is left of the first step. The new gradient comes on top.",
                 -0.2: "The old step is multiplied by 0.9.",
                 -0.1: "That is plain descent: the old step is missing."},
                label="Step 2",
            ),
            Number(
                -0.271,
                {-0.171: "That is what is left of the second step. The new gradient comes on top.",
                 -0.29: "All of the old $v$ is multiplied by 0.9, not only the first step.",
                 -0.3: "The old step is multiplied by 0.9."},
                label="Step 3",
            ),
            Number(
                -0.561,
                {-0.271: "That is the third step. Add all three.",
                 -0.461: "The first step counts, too."},
                label="Sum",
            ),
            Number(
                -0.3,
                {-0.1: "That is one step.",
                 -0.271: "Without memory all steps are equal."},
                label="Plain descent, sum",
            ),
        ],
        hints=[
            "Each step is 0.9 times the one before, and $-\\eta\\,g$ on top.",
            r"$v'=0.9\,v-0.1$.",
            r"$0.9\cdot(-0.1)-0.1=-0.19$.",
        ],
        solution=r"""$-0.1$; $0.9\cdot(-0.1)-0.1=-0.19$; $0.9\cdot(-0.19)-0.1=-0.271$. Their sum is
$-0.561$, almost twice the $-0.3$ of plain descent.""",
    ),
    Code(
        id="10.4-3",
        title="Roll",
        stem=r"""Write `momentum_descent(gradient, w, eta, beta, steps)`: `steps` steps with
momentum from the array `w`, beginning with $v=0$; return the point where you arrive.
`gradient(w)` is the array of slopes at `w`. Leave the array that was given as it is.""",
        answer=momentum_descent,
        inputs=_bowls,
        wrong={
            _rolled(lambda v, g, eta, beta: beta * v + eta * g): "Uphill: the gradient is taken "
                "away, $v'=\\beta v-\\eta\\,g$.",
            _rolled(lambda v, g, eta, beta: -eta * g): "Nothing is remembered: that is plain "
                "descent. Keep $v$ from step to step.",
            _rolled(lambda v, g, eta, beta: v - eta * g): "The old step is kept whole. Multiply it "
                "by $\\beta$, or it never slows down.",
            _rolled(lambda v, g, eta, beta: beta * v - g): "The rate is missing.",
            _rolled(lambda v, g, eta, beta: beta * (v - eta * g)): "The gradient is multiplied by "
                "$\\beta$, too. Only the old step is.",
            _rolled(lambda v, g, eta, beta: beta * v - (1 - beta) * eta * g): "You take a mean: "
                "$1-\\beta$ before the gradient. That is Adam's memory; here it is $-\\eta\\,g$ in "
                "full.",
            _rolled(lambda v, g, eta, beta: (1 - beta) * v - eta * g): "You keep $1-\\beta$ of the "
                "old step. Keep $\\beta$.",
            _eta_twice: "The rate comes in twice: once in $v$, once in the step.",
            _old_velocity: "You step with the old $v$. First the new $v$, then the step with it.",
            _gradient_ahead: "You take the gradient where the ball will roll to. That is "
                "Nesterov's momentum; here it is taken at $w$.",
            _first_gradient: "You use the gradient of the start in every step. Compute it where "
                "you are.",
            _returns_the_velocity: "That is the last step, not the point where you arrive.",
        },  # fmt: skip
        also=[_with_the_sum],
        hints=[
            "Two lines in a loop: first the new $v$, then the new $w$.",
            r"$v'=\beta v-\eta\,g$ and $w'=w+v'$.",
            "`v = 0` before the loop, `for _ in range(steps):`",
        ],
        solution="""`w = w + v` makes a new array; `w += v` would change the one that was given.
With $\\beta=0$ it is the descent of chapter 4.""",
    ),
]

DRAWINGS = [
    Question(
        id="10.5-1",
        title="Circles and lines",
        stem="How many circles and how many lines has the drawing of the network 3-6-3-5?",
        parts=[
            Number(
                17,
                {14: "Inputs are drawn as circles, too.",
                 12: "Outputs are drawn as circles, too.",
                 9: "These are the hidden ones.",
                 4: "These are the columns."},
                label="Circles",
            ),
            Number(
                51,
                {65: "That is all parameters. Biases have no lines.",
                 14: "These are the biases. They have no lines.",
                 18: "These are the lines of the first two columns.",
                 270: "Add the three products, $3\\cdot6$ and so on.",
                 17: "These are the circles."},
                label="Lines",
            ),
        ],
        hints=[
            "A circle for each unit, inputs included; a line for each weight.",
            r"$3\cdot6+6\cdot3+\dots$",
            "$3+6+3+5=\\dots$",
        ],
        solution=r"""$3+6+3+5=17$ circles, and $3\cdot6+6\cdot3+3\cdot5=18+18+15=51$ lines.""",
    ),
    Question(
        id="10.5-2",
        title="What is not in the picture",
        stem="A drawing of circles and lines, the lines as thick as the weights: what does it "
        "leave out?",
        parts=[
            Choice(
                {
                    "Nothing that matters: it has all parameters.":
                        "The biases are parameters, too, and they have no line.",
                    "The number of layers.":
                        "Count the columns.",
                    "Which neuron a weight leads to.":
                        "That is where its line ends.",
                    "Biases, activation functions, values, the cost.":
                        "All that decides what the network answers, except the weights.",
                },
                answer="D",
            )
        ],
        hints=[
            "What do you need besides to compute an output by hand?",
            r"$a=\varphi(Wx+b)$: which of these letters are in the drawing?",
            "$W$ is there. And $b$? And $\\varphi$?",
        ],
        solution="""Biases, activation functions, values, the cost. From the drawing one could not
compute a single output, and one would not know what the network was trained for.""",
    ),
]


def _source(right, label):
    """One part: which of four sources suits a purpose."""
    whys = {
        "3Blue1Brown": "Videos that move: one sees what happens, without code or proofs.",
        "Nielsen": "Every equation is derived there, and one is told how people came to it.",
        "Karpathy, or the book *from Scratch*": "There each line is typed and explained.",
        "d2l.ai": "More than twenty chapters, with exercises and code: months of work.",
    }
    letter = chr(65 + list(whys).index(right))
    return Choice(whys, answer=letter, label=label)


SOURCES = [
    Question(
        id="10.6-1",
        title="Which source?",
        stem="Which source would you open first for each of these?",
        parts=[
            _source("d2l.ai", "A full course"),
            _source("3Blue1Brown", "Pictures first"),
            _source("Karpathy, or the book *from Scratch*", "Code, line by line"),
            _source("Nielsen", "Proofs and history"),
        ],
        hints=[
            "What is each of them: videos, a book, typed lectures, a course?",
            "Two of the four have code from the first to the last line.",
            "Pictures that move are in the videos drawn by a program.",
        ],
        solution="""A full course: d2l.ai. Pictures first: 3Blue1Brown. Code line by line: Karpathy,
or *Neural Networks from Scratch*. Proofs and history: Nielsen.""",
    ),
    Question(
        id="10.6-2",
        title="A name of ten characters",
        stem="The lecture prints the video as `watch?v=bxe2T-V8XR`, ten characters. How many "
        "should there be, and what happened?",
        parts=[
            Number(
                11,
                {10: "That is how many are printed.",
                 34: "That is the length of a list's name.",
                 12: "Compare with the three other videos."},
                label="Characters",
            ),
            Choice(
                {
                    "It is an old video; they had shorter names.":
                        "All video names have the same length.",
                    "A character was lost on the way, here the last one.":
                        "`bxe2T-V8XRs`, as it turned out.",
                    "The hyphen does not count.":
                        "The others have hyphens and underscores that count.",
                    "It is the name of a list.":
                        "Those are longer, and stand behind `list=`.",
                },
                answer="B",
                label="What happened?",
            ),
        ],
        hints=[
            "Count the characters of the other three videos.",
            "They all have the same number.",
            "One more than ten.",
        ],
        solution="""Eleven, as for all videos: a letter was lost. It is `bxe2T-V8XRs`; the missing
letter was found in a public index, since a count says only *that* one is missing.""",
    ),
]

EXERCISES = [*GRAPHS, *LIBRARIES, *LAYERS, *STEPS, *DRAWINGS, *SOURCES]
