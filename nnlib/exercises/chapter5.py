"""The exercises of chapter 5, Backpropagation on one small network: each stem, answer, typical
wrong answer, hint and solution, once."""

import numpy as np

from nnlib import sigmoid

from .code import Code
from .kit import Choice, Number, Question

# -- Alice, with all weights 1 and all biases 0: where the numbers of the questions come from ------

_ONES = np.array([1.0] * 6 + [0.0] * 3)  # w1..w6, b1..b3
_ALICE = np.array([-2.0, -1.0])


def _forward(p, x):
    w1, w2, w3, w4, w5, w6, b1, b2, b3 = p
    z1 = w1 * x[0] + w2 * x[1] + b1
    z2 = w3 * x[0] + w4 * x[1] + b2
    h1, h2 = sigmoid(z1), sigmoid(z2)
    z3 = w5 * h1 + w6 * h2 + b3
    return z1, h1, z2, h2, z3, sigmoid(z3)


def _loss(p, x=_ALICE, y=1):
    return float((y - _forward(p, x)[-1]) ** 2)


def nine(p, x, y):
    w1, w2, w3, w4, w5, w6, b1, b2, b3 = p
    z1 = w1 * x[0] + w2 * x[1] + b1
    z2 = w3 * x[0] + w4 * x[1] + b2
    h1, h2 = sigmoid(z1), sigmoid(z2)
    z3 = w5 * h1 + w6 * h2 + b3
    o = sigmoid(z3)
    d3 = -2 * (y - o) * sigmoid.df(z3)
    d1 = d3 * w5 * sigmoid.df(z1)
    d2 = d3 * w6 * sigmoid.df(z2)
    return np.array([d1 * x[0], d1 * x[1], d2 * x[0], d2 * x[1],
                     d3 * h1, d3 * h2, d1, d2, d3])


_G = [float(g) for g in nine(_ONES, _ALICE, 1)]
_D1, _D3 = _G[6], _G[8]
_H, _O = (float(v) for v in np.array(_forward(_ONES, _ALICE))[[1, 5]])
_AFTER = _loss(_ONES - 0.1 * np.array(_G))
_NEXT = _loss(_ONES + 0.1 * np.eye(9)[0])
_EARLY = 0.952 * 0.249 * 0.0904  # the booklet's rounded factors

PATH = [
    Question(
        id="5.1-1",
        title="Five links",
        stem=r"""Walk from $w_1$ to the loss $\ell=(y-o)^2$. What is the local derivative of each
link?""",
        parts=[
            Choice(
                {
                    "$w_1$": "$z_1$ contains $w_1x_1$. How far does it move for each unit of "
                        "$w_1$?",
                    "$x_1$": "$z_1=w_1x_1+w_2x_2+b_1$, and only $w_1$ moves.",
                    "$1$": "That is the slope by the bias $b_1$, which stands alone.",
                },
                answer="B",
                label=r"$w_1\to z_1$",
            ),
            Choice(
                {
                    r"$\sigma'(h_1)$": "$h_1$ is what comes out. The slope is taken at what goes "
                        "in.",
                    r"$h_1$": "That is the value of the curve, not its slope.",
                    r"$\sigma'(z_1)$": "The slope of the sigmoid where this neuron stands.",
                },
                answer="C",
                label=r"$z_1\to h_1$",
            ),
            Choice(
                {
                    "$w_5$": "$z_3=w_5h_1+w_6h_2+b_3$, and only $h_1$ moves.",
                    "$h_1$": "That is the slope by $w_5$. Here $h_1$ is what moves.",
                    "$w_6$": "$w_6$ stands beside $h_2$, and $h_2$ does not move.",
                },
                answer="A",
                label=r"$h_1\to z_3$",
            ),
            Choice(
                {
                    r"$\sigma'(o)$": "$o$ is what comes out. The slope is taken at what goes in.",
                    r"$\sigma'(z_3)$": "The slope of the sigmoid where the output neuron stands.",
                    r"$\sigma'(z_1)$": "That was the hidden neuron. This one is fed with $z_3$.",
                },
                answer="B",
                label=r"$z_3\to o$",
            ),
            Choice(
                {
                    r"$(y-o)^2$": "That is the loss itself.",
                    r"$2(y-o)$": "The inner slope is missing: in $y-o$ the output has a minus "
                        "sign.",
                    r"$-2(y-o)$": "Slope of the square times slope of the inside, which is $-1$.",
                },
                answer="C",
                label=r"$o\to\ell$",
            ),
        ],
        hints=[
            "One link at a time: write its formula and ask what moves in it.",
            "Everything that does not move is a constant. A constant in front stays, a constant "
            "added vanishes.",
            "$z_1=w_1x_1+\\dots$, so the first one is $x_1$.",
        ],
        solution=r"""From the weight to the loss: $x_1$, $\sigma'(z_1)$, $w_5$, $\sigma'(z_3)$,
$-2(y-o)$.

Multiplied they are $\frac{\partial\ell}{\partial w_1}$. Each of them looks at one link only.""",
    ),
    Question(
        id="5.1-2",
        title="The missing neuron",
        stem=r"In $\frac{\partial\ell}{\partial w_1}$ the activation $h_2$ does not stand as a "
            r"factor. Why?",
        parts=[
            Choice(
                {
                    "$h_2$ does not depend on $w_1$, so here it is a constant.":
                        "And the slope of a constant is 0. It still has a say: it is part of "
                        "$z_3$, where the slope of the output neuron is taken.",
                    "$h_2$ equals $h_1$, so one of the two is enough.":
                        "They are equal for Alice's start only, and $h_2$ is absent for every "
                        "start.",
                    "$h_2$ is too small to matter.":
                        "It may be as large as 1. Its size plays no part.",
                },
                answer="A",
            )
        ],
        hints=[
            "Nudge $w_1$. What moves, and what does not?",
            "Follow the lines of figure 5.1 from $w_1$ to the right.",
            "$w_1$ leads into neuron 1 and nowhere else.",
        ],
        solution=r"""$w_1$ leads into neuron 1 only. $h_2$ does not move when $w_1$ does, so
$w_6h_2$ is a constant in
$z_3$ and its slope is 0. As part of $z_3$ it does influence *where* $\sigma'(z_3)$ is taken.""",
    ),
    Question(
        id="5.1-3",
        title="The slope by an input",
        stem=r"""All weights are 1, all biases 0, Alice is $(-2,-1)$ with target 1. From the text:
$-2(y-o)=-0.95261$, $\sigma'(z_3)=0.24944$ and $\sigma'(z_1)=\sigma'(z_2)=0.045177$. What is
$\frac{\partial\ell}{\partial x_1}$?""",
        parts=[
            Number(
                2 * _D1,
                {
                    _D1: "That is one path, through one hidden neuron. $x_1$ feeds both.",
                    -2 * _D1: "Right size, wrong sign. One of the factors is negative, the others "
                        "positive.",
                    _D1**2: "Paths are added. Only along a path is multiplied.",
                    -4 * _D1: "There is a factor $-2$ too many: $x_1$ belongs to the slope by a "
                        "weight. By $x_1$ the last factor is the weight.",
                },
                label=r"$\partial\ell/\partial x_1$",
            )
        ],
        hints=[
            "Through how many neurons does a nudge of $x_1$ reach the output?",
            r"Each path has the factors $-2(y-o)$, $\sigma'(z_3)$, a weight into $o$, a slope of a "
            r"hidden neuron, and the weight from $x_1$.",
            r"One path: $-0.95261\cdot0.24944$ $\cdot\,1\cdot0.045177\cdot1$ $=-0.010735$.",
        ],
        solution=r"""Two paths. Through $h_1$: $-0.95261\cdot0.24944$ $\cdot\,1\cdot0.045177\cdot1$
$=-0.010735$. Through $h_2$ the same, because all weights are equal. Paths are added:
$\frac{\partial\ell}{\partial x_1}=-0.02147$.

That is minus $\frac{\partial\ell}{\partial w_1}$ by accident: $x_1$ is $-2$, and there are two
paths.""",
    ),
]


# -- one derivative by its factors -----------------------------------------------------------------


def slope_w4(p, x, y):
    w1, w2, w3, w4, w5, w6, b1, b2, b3 = p
    h1 = sigmoid(w1 * x[0] + w2 * x[1] + b1)
    z2 = w3 * x[0] + w4 * x[1] + b2
    z3 = w5 * h1 + w6 * sigmoid(z2) + b3
    o = sigmoid(z3)
    return -2 * (y - o) * sigmoid.df(z3) * w6 * sigmoid.df(z2) * x[1]


def _w4_from_nine(p, x, y):
    return nine(p, x, y)[3]


def _w4_by_activations(p, x, y):
    _, _, _, h2, _, o = _forward(p, x)
    return 2 * (o - y) * o * (1 - o) * p[5] * h2 * (1 - h2) * x[1]


def _factors(p, x, y):
    _, _, z2, _, z3, o = _forward(p, x)
    return np.array([-2 * (y - o), sigmoid.df(z3), p[5], sigmoid.df(z2), x[1]])


def _w4_lost_minus(p, x, y):
    return -np.prod(_factors(p, x, y))


def _w4_half(p, x, y):
    return np.prod(_factors(p, x, y)) / 2


def _w4_with_x1(p, x, y):
    return np.prod(_factors(p, x, y)[:4]) * x[0]


def _w4_with_w4(p, x, y):
    return np.prod(_factors(p, x, y)[:4]) * p[3]


def _w4_over_w5(p, x, y):
    return np.prod(_factors(p, x, y)[[0, 1, 3, 4]]) * p[4]


def _w4_in_neuron_1(p, x, y):
    return np.prod(_factors(p, x, y)[[0, 1, 2, 4]]) * sigmoid.df(_forward(p, x)[0])


def _w4_slope_at_a(p, x, y):
    _, _, _, h2, _, o = _forward(p, x)
    return -2 * (y - o) * sigmoid.df(o) * p[5] * sigmoid.df(h2) * x[1]


def _w4_slope_at_o(p, x, y):
    return np.prod(_factors(p, x, y)[[0, 2, 3, 4]]) * sigmoid.df(_forward(p, x)[5])


def _w4_slope_at_h(p, x, y):
    return np.prod(_factors(p, x, y)[[0, 1, 2, 4]]) * sigmoid.df(_forward(p, x)[3])


def _w4_no_weight(p, x, y):
    return np.prod(_factors(p, x, y)[[0, 1, 3, 4]])


def _w4_no_output_slope(p, x, y):
    return np.prod(_factors(p, x, y)[[0, 2, 3, 4]])


def _w4_no_hidden_slope(p, x, y):
    return np.prod(_factors(p, x, y)[[0, 1, 2, 4]])


def _w4_rounded(p, x, y):
    return np.prod(np.round(_factors(p, x, y), 3))


def _w4_values(p, x, y):
    _, _, _, h2, _, o = _forward(p, x)
    return -2 * (y - o) * o * p[5] * h2 * x[1]


def _people(rng, count=4):
    """Parameters, a person and a target, several times."""
    return [(rng.normal(size=9), rng.normal(size=2) * 1.5, int(rng.integers(2)))
            for _ in range(count)]  # fmt: skip


ALICE = [
    Question(
        id="5.2-1",
        title="Five digits",
        stem=r"""Alice's three factors to five significant digits are $-0.95261$, $0.24944$ and
$-0.090353$. What is $\frac{\partial\ell}{\partial w_1}$, to five significant digits?""",
        parts=[
            Number(
                _G[0],
                {
                    _EARLY: "That is the product of the factors with three digits. Multiply the "
                        "longer ones.",
                    0.0215: "Right so far, but rounded to three digits. Give five.",
                    -_G[0]: "Minus times minus: the product is positive.",
                    _D1: "The factor 2 of the square got lost. This loss has no half.",
                    0.95261 * 0.24944: "The last factor is missing.",
                    0.95261 * 0.090353: "The factor of the output neuron, $0.24944$, is missing.",
                },
                label=r"$\partial\ell/\partial w_1$",
                tol=6e-6,
            )
        ],
        hints=[
            "Keep all digits until the end.",
            r"First $0.95261\cdot0.24944$.",
            r"That is $0.237619$. Times $0.090353$, and two minus signs cancel.",
        ],
        solution=r"""$$0.95261\cdot0.24944\cdot0.090353=0.021470$$

Two of the factors are negative, so the product is positive. To three digits it is $0.0215$, not
$0.0214$.""",
    ),
    Question(
        id="5.2-2",
        title="Where 0.0214 comes from",
        stem=r"""The booklet's factors are $-0.952$, $0.249$ and $-0.0904$. What is their product,
to five significant digits? And why is it not $0.021470$?""",
        parts=[
            Number(
                _EARLY,
                {
                    _G[0]: "That is the product of the unrounded factors. Multiply these three.",
                    -_EARLY: "Minus times minus: the product is positive.",
                    0.0214: "Right so far. Give five digits, to see where it lies.",
                },
                label="Product",
                tol=6e-7,
            ),
            Choice(
                {
                    "The booklet forgot a factor.":
                        "All factors are there. Look at their digits.",
                    "The third digit of a product is always uncertain, whatever one does.":
                        "It is certain if the factors keep more digits than the answer needs.",
                    "Each factor was rounded before it was multiplied.":
                        "Two of the three were rounded down, the third up by less: the product "
                        "came out too small.",
                },
                answer="C",
                label="Why",
            ),
        ],
        hints=[
            "Multiply exactly these three numbers.",
            r"$0.952\cdot0.249=0.237048$.",
            r"$0.237048\cdot0.0904=0.0214\dots$",
        ],
        solution=r"""$$0.952\cdot0.249\cdot0.0904=0.021429$$

Unrounded the factors are $0.952610$, $0.249439$, $0.090353$. The first two were rounded down, the
third up by less;
the product lost $0.00004$, just enough to fall from $0.0215$ to $0.0214$.""",
    ),
    Question(
        id="5.2-3",
        title="The neighbour",
        stem=r"What is $\frac{\partial\ell}{\partial w_2}$ for Alice at the same start? Which "
            r"factors can you keep?",
        parts=[
            Number(
                _G[1],
                {
                    _G[0]: "That is the slope by $w_1$. The last factor is $x_2=-1$ now.",
                    -_G[1]: "The last factor is $x_2=-1$, with its sign.",
                    _G[0] * _G[1]: "The two slopes are not multiplied. Replace one factor.",
                    -_G[4]: "That is the size of the slope by $w_5$. $w_2$ leads to neuron 1.",
                    -_D3: "The path ends only at $w_2$: the links over $w_5$ and $h_1$ are "
                        "missing.",
                },
                label=r"$\partial\ell/\partial w_2$",
            ),
            Choice(
                {
                    "All but the first": r"The first, $\partial\ell/\partial o$, is the same: it "
                        r"is the same output. Which link is new?",
                    "All but the last": r"Only $\partial z_1/\partial w$ changes, from $x_1$ to "
                        r"$x_2$.",
                    "None, it is another weight":
                        "Both weights lead to neuron 1; from there on the path is the same.",
                },
                answer="B",
                label=r"Factors of $\partial\ell/\partial w_1$ to keep",
            ),
        ],
        hints=[
            "$w_2$ leads to the same neuron as $w_1$.",
            "$z_1=w_1x_1+w_2x_2+b_1$: by $w_2$ the last factor is $x_2$.",
            "$x_2=-1$ in the place of $x_1=-2$: half as much.",
        ],
        solution=r"""Only the last link changes. $x_2=-1$ instead of $x_1=-2$ gives half:
$\frac{0.021470}{2}=0.010735$.

Four of the five factors are the same. Section 5.3 makes a method of that.""",
    ),
    Question(
        id="5.2-4",
        title="A promise",
        stem=r"""$w_1$ goes from 1 to 1.1, everything else stays. By how much does the derivative
say that Alice's loss changes? By how much does it change? (Before it is $0.226866$; compute it
anew.)""",
        parts=[
            Number(
                0.1 * _G[0],
                {
                    _G[0]: "That is the derivative. The step is 0.1, so take a tenth of it.",
                    -0.1 * _G[0]: "The derivative is positive and $w_1$ goes up: the loss goes up.",
                    _NEXT - _loss(_ONES): "That is the actual change. What does the derivative "
                        "promise?",
                    0.1 * _D1: "Half of it. This loss has no half.",
                },
                label="Promised change",
            ),
            Number(
                _NEXT - _loss(_ONES),
                {
                    0.1 * _G[0]: "That is the promise. Compute the loss at $w_1=1.1$.",
                    _NEXT: "That is the new loss. Subtract the old one.",
                    _loss(_ONES) - _NEXT: "New minus old: the loss rises.",
                },
                label="Actual change",
            ),
        ],
        hints=[
            "Promise: slope times step.",
            r"For the actual one: $z_1=-3.2$, then $h_1$, $z_3$, $o$ and the loss.",
            r"$h_1=\sigma(-3.2)=0.039166$, $z_3=0.086592$, $o=0.521634$.",
        ],
        solution=r"""Promised: $0.1\cdot0.021470=0.002147$.

Actual: $z_1=-3.2$, $h_1=0.039166$, $z_3=0.086592$, $o=0.521634$, so the loss is
$(1-0.521634)^2=0.228834$. The change is $0.001967$.

The promise holds exactly only for a step that shrinks to nothing.""",
    ),
    Code(
        id="5.2-5",
        title="Another weight",
        stem=r"""Write `slope_w4(p, x, y)`: the derivative $\frac{\partial\ell}{\partial w_4}$ of
the loss $\ell=(y-o)^2$, as the product of its factors. `p` holds $w_1,\dots,w_6,b_1,b_2,b_3$, `x`
is a pair of numbers, `y` the target. `nnlib.sigmoid(z)` is $\sigma(z)$ and `nnlib.sigmoid.df(z)` is
$\sigma'(z)$.""",
        answer=slope_w4,
        inputs=_people,
        wrong={
            _w4_lost_minus: "Right size, wrong sign: the inner slope of $(y-o)^2$ by $o$ is $-1$.",
            _w4_half: "Half of what is needed. This loss has no half, so a 2 comes down from the "
                "square.",
            _w4_with_x1: "The last factor is $x_1$. $w_4$ stands beside $x_2$, which is `x[1]`.",
            _w4_with_w4: "The last factor is $w_4$ itself. $z_2$ contains $w_4x_2$, so its slope "
                "by $w_4$ is $x_2$.",
            _w4_over_w5: "You walk over $w_5$, which belongs to $h_1$. From $h_2$ the way leads "
                "over $w_6$.",
            _w4_in_neuron_1: "The hidden slope is taken at $z_1$. $w_4$ leads to neuron 2, so "
                "$z_2$.",
            _w4_slope_at_a: r"Both slopes are taken at activations, $\sigma'(o)$ and "
                r"$\sigma'(h_2)$. A slope is taken at what goes in: $\sigma'(z_3)$ and "
                r"$\sigma'(z_2)$.",
            _w4_slope_at_o: r"One slope is taken at the output: $\sigma'(o)$ for $\sigma'(z_3)$.",
            _w4_slope_at_h: r"One slope is taken at the activation: $\sigma'(h_2)$ for "
                r"$\sigma'(z_2)$.",
            _w4_no_weight: "A factor is missing: between $h_2$ and $z_3$ stands the weight $w_6$.",
            _w4_no_output_slope: r"A factor is missing: from $z_3$ to $o$ it is $\sigma'(z_3)$.",
            _w4_no_hidden_slope: r"A factor is missing: from $z_2$ to $h_2$ it is $\sigma'(z_2)$.",
            _w4_rounded: "Nearly. Do your factors get rounded? Keep every digit.",
            _w4_values: "You multiply by the values $o$ and $h_2$. The factors are slopes, "
                "$o(1-o)$ and $h_2(1-h_2)$.",
        },
        also=[_w4_from_nine, _w4_by_activations],
        hints=[
            r"Name the links from $w_4$ to the loss: $w_4\to z_2\to h_2\to z_3\to o\to\ell$.",
            r"Five links, five factors: $x_2$, $\sigma'(z_2)$, $w_6$, $\sigma'(z_3)$, $-2(y-o)$.",
            "First the forward pass: `h1`, `z2`, `z3` and `o`. You need $h_1$ as well, it is part "
            "of $z_3$.",
        ],
        solution=r"""The path is $w_4\to z_2\to h_2\to z_3\to o\to\ell$. Its factors, from the
loss back:

$$\frac{\partial\ell}{\partial w_4}=-2(y-o)\cdot\sigma'(z_3)\cdot w_6\cdot\sigma'(z_2)\cdot x_2$$

The forward pass comes first, because all slopes are taken where Alice, or anybody, has put the
neurons.""",
    ),
]


# -- all nine, and one step ------------------------------------------------------------------------


def _nine_in_arrays(p, x, y):
    p, x = np.asarray(p, float), np.asarray(x, float)
    W1, w2, b1, b2 = p[:4].reshape(2, 2), p[4:6], p[6:8], p[8]
    h = sigmoid(W1 @ x + b1)
    o = sigmoid(w2 @ h + b2)
    d = 2 * (o - y) * o * (1 - o)
    hidden = d * w2 * h * (1 - h)
    return np.concatenate([np.outer(hidden, x).ravel(), d * h, hidden, [d]])


def _nine_products(p, x, y):
    z1, h1, z2, h2, z3, o = _forward(p, x)
    out = -2 * (y - o) * sigmoid.df(z3)
    return [out * p[4] * sigmoid.df(z1) * x[0], out * p[4] * sigmoid.df(z1) * x[1],
            out * p[5] * sigmoid.df(z2) * x[0], out * p[5] * sigmoid.df(z2) * x[1],
            out * h1, out * h2, out * p[4] * sigmoid.df(z1), out * p[5] * sigmoid.df(z2), out]


def _assemble(x, h1, h2, d1, d2, d3):
    return np.array([d1 * x[0], d1 * x[1], d2 * x[0], d2 * x[1], d3 * h1, d3 * h2, d1, d2, d3])


def _errors(p, x, y):
    """h1, h2, then the three errors."""
    z1, h1, z2, h2, z3, o = _forward(p, x)
    d3 = -2 * (y - o) * sigmoid.df(z3)
    return h1, h2, d3 * p[4] * sigmoid.df(z1), d3 * p[5] * sigmoid.df(z2), d3


def _nine_lost_minus(p, x, y):
    return -nine(p, x, y)


def _nine_half(p, x, y):
    return nine(p, x, y) / 2


def _nine_slope_at_a(p, x, y):
    _, h1, _, h2, _, o = _forward(p, x)
    d3 = -2 * (y - o) * sigmoid.df(o)
    return _assemble(x, h1, h2, d3 * p[4] * sigmoid.df(h1), d3 * p[5] * sigmoid.df(h2), d3)


def _nine_crossed(p, x, y):
    z1, h1, z2, h2, _, _ = _forward(p, x)
    d3 = _errors(p, x, y)[-1]
    return _assemble(x, h1, h2, d3 * p[5] * sigmoid.df(z1), d3 * p[4] * sigmoid.df(z2), d3)


def _nine_no_weights(p, x, y):
    z1, h1, z2, h2, _, _ = _forward(p, x)
    d3 = _errors(p, x, y)[-1]
    return _assemble(x, h1, h2, d3 * sigmoid.df(z1), d3 * sigmoid.df(z2), d3)


def _nine_no_hidden_slope(p, x, y):
    h1, h2, _, _, d3 = _errors(p, x, y)
    return _assemble(x, h1, h2, d3 * p[4], d3 * p[5], d3)


def _nine_no_output_slope(p, x, y):
    z1, h1, z2, h2, _, o = _forward(p, x)
    d3 = -2 * (y - o)
    return _assemble(x, h1, h2, d3 * p[4] * sigmoid.df(z1), d3 * p[5] * sigmoid.df(z2), d3)


def _nine_one_error(p, x, y):
    h1, h2, _, _, d3 = _errors(p, x, y)
    return _assemble(x, h1, h2, d3, d3, d3)


def _nine_x_everywhere(p, x, y):
    _, _, d1, d2, d3 = _errors(p, x, y)
    return _assemble(x, x[0], x[1], d1, d2, d3)


def _nine_errors_only(p, x, y):
    _, _, d1, d2, d3 = _errors(p, x, y)
    return np.array([d1, d1, d2, d2, d3, d3, d1, d2, d3])


def _nine_biases_still(p, x, y):
    return nine(p, x, y) * ([1] * 6 + [0] * 3)


def _nine_by_neuron(p, x, y):
    return nine(p, x, y)[[0, 1, 6, 2, 3, 7, 4, 5, 8]]


def _nine_by_layer(p, x, y):
    return nine(p, x, y)[[0, 1, 2, 3, 6, 7, 4, 5, 8]]


def _nine_columns(p, x, y):
    return nine(p, x, y)[[0, 2, 1, 3, 4, 5, 6, 7, 8]]


def _nine_rounded(p, x, y):
    h1, h2, d1, d2, d3 = np.round(_errors(p, x, y), 3)
    return _assemble(x, h1, h2, d1, d2, d3)


def one_step(p, x, y, eta):
    return p - eta * nine(p, x, y)


def _step_entry_by_entry(p, x, y, eta):
    g = nine(p, x, y)
    return [value - eta * slope for value, slope in zip(p, g, strict=True)]


def _step_on_a_copy(p, x, y, eta):
    new = np.array(p, float)
    new -= eta * nine(p, x, y)
    return new


def _step_up(p, x, y, eta):
    return p + eta * nine(p, x, y)


def _step_with_new_w5(p, x, y, eta):
    new = p.copy()
    new[[4, 5, 8]] -= eta * nine(p, x, y)[[4, 5, 8]]
    z1, _, z2, _, _, _ = _forward(p, x)
    d3 = _errors(p, x, y)[-1]
    d1, d2 = d3 * new[4] * sigmoid.df(z1), d3 * new[5] * sigmoid.df(z2)
    new[[0, 1, 2, 3, 6, 7]] -= eta * _assemble(x, 0, 0, d1, d2, 0)[[0, 1, 2, 3, 6, 7]]
    return new


def _step_one_by_one(p, x, y, eta):
    new = p.copy()
    for i in range(9):
        new[i] -= eta * nine(new, x, y)[i]
    return new


def _step_output_then_hidden(p, x, y, eta):
    new = p.copy()
    for part in ([4, 5, 8], [0, 1, 2, 3, 6, 7]):
        new[part] -= eta * nine(new, x, y)[part]
    return new


def _step_weights_only(p, x, y, eta):
    return p - eta * nine(p, x, y) * ([1] * 6 + [0] * 3)


def _step_without_eta(p, x, y, eta):
    return p - nine(p, x, y)


def _step_alone(p, x, y, eta):
    return -eta * nine(p, x, y)


def _step_mean(p, x, y, eta):
    return p - eta * nine(p, x, y) / 9


def _step_shrinks(p, x, y, eta):
    return p - eta * p * nine(p, x, y)


def _step_signs(p, x, y, eta):
    return p - eta * np.sign(nine(p, x, y))


def _step_half(p, x, y, eta):
    return p - eta * nine(p, x, y) / 2


def _steps(rng):
    return [(*args, eta) for args, eta in zip(_people(rng), (0.1, 0.5, 1.0, 2.0), strict=True)]


_WEIGHT = "The error is what arrives; a weight still needs what comes in along it."

NINE = [
    Question(
        id="5.3-1",
        title="The table",
        stem=r"""For Alice and the start with all weights 1: $x_1=-2$, $x_2=-1$,
$h_1=h_2=0.047426$, $\delta_3=-0.237618$ and $\delta_1=\delta_2=-0.010735$. Fill in the nine
derivatives.""",
        parts=[
            Number(
                _G[0],
                {
                    -_G[0]: "Both factors are negative: the product is positive.",
                    _D1: _WEIGHT,
                    -2 * _D3: "It leads to neuron 1, so take the error of neuron 1.",
                },
                label="$w_1$",
            ),
            Number(
                _G[1],
                {
                    _D1: "What comes in is negative, too.",
                    _G[0]: "That is the slope by $w_1$.",
                    -_D3: "It leads to neuron 1, so take the error of neuron 1.",
                },
                label="$w_2$",
            ),
            Number(
                _G[2],
                {
                    -_G[2]: "Both factors are negative: the product is positive.",
                    _G[1]: "$w_3$ comes from $x_1$, not from $x_2$.",
                },
                label="$w_3$",
            ),
            Number(
                _G[3],
                {
                    -_G[3]: "Both factors are negative: the product is positive.",
                    _G[2]: "$w_4$ comes from $x_2$, not from $x_1$.",
                },
                label="$w_4$",
            ),
            Number(
                _G[4],
                {
                    _D1 * _H: "It leads to the output, so take the error of neuron 3.",
                    -_G[4]: "One factor is negative, one positive.",
                    _D3: _WEIGHT,
                    -2 * _D3: "What comes in along $w_5$ is $h_1$. The output neuron does not see "
                        "$x$.",
                },
                label="$w_5$",
            ),
            Number(
                _G[5],
                {
                    -_G[5]: "One factor is negative, one positive.",
                    _D1 * _H: "It leads to the output, so take the error of neuron 3.",
                    _D3: "What comes in along $w_6$ is $h_2$: multiply by it.",
                },
                label="$w_6$",
            ),
            Number(
                _G[6],
                {
                    1: "1 is what comes in along a bias. Multiply it by the error.",
                    0: "The bias is 0, its derivative is not.",
                    _D3: "This bias belongs to neuron 1.",
                },
                label="$b_1$",
            ),
            Number(
                _G[7],
                {
                    1: "1 is what comes in along a bias. Multiply it by the error.",
                    0: "The bias is 0, its derivative is not.",
                    _D3: "This bias belongs to neuron 2.",
                },
                label="$b_2$",
            ),
            Number(
                _G[8],
                {
                    1: "1 is what comes in along a bias. Multiply it by the error.",
                    0: "The bias is 0, its derivative is not.",
                    _D1: "This bias belongs to the output neuron.",
                    -2 * (1 - _O): r"That is $\partial\ell/\partial o$. The error is taken one "
                        r"link further, at $z_3$.",
                },
                label="$b_3$",
            ),
        ],
        hints=[
            "Each derivative is what comes in along the parameter, times the error of the neuron "
            "it leads to.",
            r"Neuron 1: $\delta_1x_1$, $\delta_1x_2$, $\delta_1$. Neuron 2 the same with "
            r"$\delta_2$. Neuron 3: $\delta_3h_1$, $\delta_3h_2$, $\delta_3$.",
            r"$w_1$: $-0.010735\cdot(-2)=0.021470$.",
        ],
        solution=r"""$w_1$ to $w_6$: $0.021470$, $0.010735$, $0.021470$, $0.010735$, $-0.011269$,
$-0.011269$.

$b_1$, $b_2$, $b_3$: $-0.010735$, $-0.010735$, $-0.237618$.

The derivatives by the biases are the errors themselves.""",
    ),
    Question(
        id="5.3-2",
        title="One step",
        stem=r"""All nine parameters take a step with $\eta=0.1$. By how much should Alice's loss
fall, to first order, and what is the new loss, to six places? (Before it is $0.226866$. The nine
derivatives are in the table; a computer may do the forward pass.)""",
        parts=[
            Number(
                0.1 * float(np.dot(_G, _G)),
                {
                    float(np.dot(_G, _G)): r"That is the sum of the squares. Times $\eta$.",
                    _loss(_ONES) - _AFTER: "That is the actual drop. To first order it is "
                        r"$\eta$ times the sum of the squares.",
                    0.1 * sum(map(abs, _G)): "Each step is rate times slope, and each brings step "
                        "times slope: square the slopes.",
                    0.1 * _G[0] ** 2: "That is what $w_1$ alone brings. All nine take a step.",
                },
                label="Promised drop",
            ),
            Number(
                _AFTER,
                {
                    _loss(_ONES) - 0.1 * float(np.dot(_G, _G)): "That is the old loss minus the "
                        "promised drop. Run the network at the new point.",
                    _loss(_ONES): "That is the old loss.",
                    _loss(_ONES + 0.1 * np.array(_G)): "The step went uphill: subtract.",
                },
                label="New loss",
                tol=5e-6,
            ),
        ],
        hints=[
            r"A step of $-\eta g$ in one parameter changes the loss by about $g\cdot(-\eta g)$.",
            r"Promised: $\eta(g_1^2+\dots+g_9^2)$. One of the nine squares is almost all of it.",
            r"New parameters: $w_1=1-0.1\cdot0.021470=0.997853$, and so on, "
            r"$b_3=0+0.1\cdot0.237618=0.023762$. Then forward.",
        ],
        solution=r"""The squares add up to $0.058099$, and $0.23762^2=0.056462$ is most of it.
Promised drop:
$0.1\cdot0.058099=0.005810$.

The new weights are $0.997853$, $0.998927$, $0.997853$, $0.998927$, $1.001127$, $1.001127$, the
new biases $0.001073$, $0.001073$, $0.023762$. There the loss is $0.221097$: it fell by
$0.005770$.""",
    ),
    Question(
        id="5.3-3",
        title="What matters most",
        stem="Which of the nine parameters moves Alice's loss most, for the same small change? "
            "And why?",
        parts=[
            Choice(
                {
                    "$b_3$": "$-0.2376$, more than ten times any other.",
                    "$w_1$": "$0.0215$. There is one whose slope is more than ten times as large.",
                    "$w_5$": "$-0.0113$. It stands next to the output, but look at what comes in "
                        "along it.",
                },
                answer="A",
                label="The parameter",
            ),
            Choice(
                {
                    "It is the parameter that is furthest from its best value.":
                        "A derivative knows nothing of best values; it looks at one point.",
                    "Biases always have the largest derivatives.":
                        "$b_1$ and $b_2$ have the smallest of all nine.",
                    r"Nothing small stands in front of $\delta_3$: what comes in is 1.":
                        r"$w_5$ and $w_6$ carry an activation of $0.047$, all others a slope of "
                        r"$0.045$.",
                },
                answer="C",
                label="Why",
            ),
        ],
        hints=[
            "Compare sizes, not signs.",
            r"All nine contain $\delta_3$. What else do they contain?",
            r"$w_5$ has $\delta_3\cdot0.047$, $b_1$ has $\delta_3\cdot1\cdot0.045$.",
        ],
        solution=r"""$b_3$, with $-0.2376$. All nine derivatives contain $\delta_3=-0.2376$. $b_3$
has it bare; $w_5$ and $w_6$ multiply it by the activation $0.047$; and the others pass a nearly
shut hidden neuron, with a slope of $0.045$.""",
    ),
    Question(
        id="5.3-4",
        title="Clones",
        stem="All weights start at 1, all biases at 0, and the network is trained on the four "
            "people. What happens to the two hidden neurons? And to the task?",
        parts=[
            Choice(
                {
                    "They differ after the first step, because of rounding.":
                        "The same operations on the same numbers are rounded in the same way.",
                    "They stay equal for ever.":
                        "Equal weights, equal inputs and equal errors give equal steps.",
                    "They differ as soon as a second person is shown.":
                        "A second person is the same for both, too.",
                    "They do not change at all.":
                        "Their derivatives are small, but not 0.",
                },
                answer="B",
                label="The hidden neurons",
            ),
            Choice(
                {
                    "It cannot be learned: equal starts learn nothing.":
                        "Run the cell below: the answers come out near 1, 0, 0, 1.",
                    "It is learned better than from a random start.":
                        "The mean loss ends at 0.0024, and more than half of the random starts "
                        "end lower (section 5.4).",
                    "It is learned all the same, because one hidden neuron is enough here.":
                        "Two clones are one neuron, and this task needs no more.",
                },
                answer="C",
                label="The task",
            ),
        ],
        hints=[
            "Compare the derivatives of neuron 1 and neuron 2 in the table.",
            "Equal before the step, equal derivatives: what after the step?",
            "How many different hidden neurons do light and short against heavy and tall need?",
        ],
        solution=r"""Equal weights give equal derivatives, equal derivatives give equal weights, and
so on: the two stay **clones**. The task is still solved, because one hidden neuron is enough for
four people on a line. Where two different neurons are needed, only random starts help.""",
    ),
    Code(
        id="5.3-5",
        title="All nine",
        stem=r"""Write `nine(p, x, y)`: the derivatives of $\ell=(y-o)^2$ by
$w_1,\dots,w_6,b_1,b_2,b_3$, in this order, as an array of nine numbers. `p` holds the nine
parameters in the same order.""",
        answer=nine,
        inputs=_people,
        wrong={
            _nine_lost_minus: "All nine have the wrong sign: the inner slope of $(y-o)^2$ by $o$ "
                "is $-1$.",
            _nine_half: "All nine are half of what is needed. This loss has no half.",
            _nine_slope_at_a: r"Your slopes are taken at activations. $\sigma'$ belongs to what "
                r"goes in: `sigmoid.df(z)`, or $a(1-a)$.",
            _nine_crossed: "$w_5$ and $w_6$ are exchanged: the way from neuron 1 leads over $w_5$.",
            _nine_no_weights: r"On the way back from $\delta_3$ to $\delta_1$ and $\delta_2$ the "
                r"weights $w_5$ and $w_6$ are missing.",
            _nine_no_hidden_slope: r"The slopes of the hidden neurons are missing: "
                r"$\delta_1=\delta_3w_5\,\sigma'(z_1)$.",
            _nine_no_output_slope: r"The slope of the output neuron is missing: "
                r"$\delta_3=-2(y-o)\,\sigma'(z_3)$.",
            _nine_one_error: r"You use $\delta_3$ for all three neurons. It has to be carried back "
                r"to the hidden ones first.",
            _nine_x_everywhere: "Into $w_5$ and $w_6$ come $h_1$ and $h_2$, not $x_1$ and $x_2$.",
            _nine_errors_only: "You give the error of the neuron for each parameter. For a weight "
                "multiply it by what comes in.",
            _nine_biases_still: "The derivatives by the biases are 0 in your function. A bias has "
                "the input 1, so they are the errors.",
            _nine_by_neuron: "The values are right, the order is neuron by neuron. Wanted: six "
                "weights, then three biases.",
            _nine_by_layer: "The values are right, the order is layer by layer. Wanted: six "
                "weights, then three biases.",
            _nine_columns: "$w_2$ and $w_3$ are exchanged: $w_1,w_2$ lead to neuron 1, $w_3,w_4$ "
                "to neuron 2.",
            _nine_rounded: "Nearly. Are the activations and errors rounded? Keep every digit.",
        },
        also=[_nine_in_arrays, _nine_products],
        hints=[
            r"Forward first, with all six values. Then $\delta_3$, then $\delta_1$ and $\delta_2$.",
            r"$\delta_3=-2(y-o)\,\sigma'(z_3)$, $\delta_1=\delta_3w_5\,\sigma'(z_1)$, "
            r"$\delta_2=\delta_3w_6\,\sigma'(z_2)$.",
            "`return np.array([d1 * x[0], d1 * x[1], d2 * x[0], ...])`",
        ],
        solution=r"""The forward pass, the three errors from the output backwards, and one
multiplication for each weight.""",
    ),
    Code(
        id="5.3-6",
        title="One step, in code",
        stem=r"""Write `one_step(p, x, y, eta)`: the nine parameters after one step of gradient
descent for one person. `p` is an array of nine numbers in the order of `nine`. Use your `nine`, and
leave `p` as it was.""",
        answer=one_step,
        inputs=_steps,
        wrong={
            _step_up: "Your step goes uphill: subtract.",
            _step_with_new_w5: "The hidden derivatives are computed with the new $w_5$ and $w_6$. "
                "All nine belong to the old point.",
            _step_one_by_one: "Each derivative is computed after the parameters before it have "
                "moved. Compute all nine first.",
            _step_output_then_hidden: "The output neuron has moved before the derivatives of the "
                "hidden ones are computed. Compute all nine first.",
            _step_weights_only: "The biases stay where they are. They take the step, too.",
            _step_without_eta: "The learning rate is missing.",
            _step_alone: "That is the change. Add it to the old parameters.",
            _step_mean: "You divide by 9, as if the nine were averaged. Each parameter has a "
                "derivative of its own.",
            _step_shrinks: r"The step is $\eta$ times the derivative; there is a factor `p` too "
                r"many.",
            _step_signs: "You use the signs of the derivatives only. Their sizes count, too.",
            _step_half: "Your steps are half as long: does your `nine` belong to the loss with "
                "a half?",
        },
        also=[_step_entry_by_entry, _step_on_a_copy],
        hints=[
            "The rule is one line for the whole array.",
            r"$p\leftarrow p-\eta\,g$, with all nine derivatives $g$ from the old $p$.",
            "`g = nine(p, x, y)`",
        ],
        solution=r"""First all nine derivatives at the old point, then all nine steps. `p - eta * g`
makes a new array; `p -= ...` would change the array of the caller.""",
    ),
]


# -- the loop --------------------------------------------------------------------------------------


def train_in_order(p, X, y, eta, epochs):
    for _ in range(epochs):
        for x, target in zip(X, y, strict=True):
            p = p - eta * nine(p, x, target)
    return p


def _loop_by_index(p, X, y, eta, epochs):
    p = np.array(p, float)
    for step in range(epochs * len(X)):
        i = step % len(X)
        p -= eta * nine(p, X[i], y[i])
    return p


def _loop_full_batch(p, X, y, eta, epochs):
    for _ in range(epochs):
        p = p - eta * np.mean([nine(p, x, t) for x, t in zip(X, y, strict=True)], axis=0)
    return p


def _loop_sum_of_old(p, X, y, eta, epochs):
    for _ in range(epochs):
        p = p - eta * np.sum([nine(p, x, t) for x, t in zip(X, y, strict=True)], axis=0)
    return p


def _loop_first_person(p, X, y, eta, epochs):
    return train_in_order(p, X[:1], y[:1], eta, epochs)


def _loop_one_epoch(p, X, y, eta, epochs):
    return train_in_order(p, X, y, eta, 1)


def _loop_one_short(p, X, y, eta, epochs):
    return train_in_order(p, X, y, eta, epochs - 1)


def _loop_reversed(p, X, y, eta, epochs):
    return train_in_order(p, X[::-1], y[::-1], eta, epochs)


def _loop_inside_out(p, X, y, eta, epochs):
    for x, target in zip(X, y, strict=True):
        p = train_in_order(p, [x], [target], eta, epochs)
    return p


def _loop_forgets(p, X, y, eta, epochs):
    return train_in_order(p, X[-1:], y[-1:], eta, 1)


def _loop_up(p, X, y, eta, epochs):
    return train_in_order(p, X, y, -eta, epochs)


def _loop_frozen(p, X, y, eta, epochs):
    g = np.sum([nine(p, x, t) for x, t in zip(X, y, strict=True)], axis=0)
    return p - eta * epochs * g


def _loop_last_target(p, X, y, eta, epochs):
    return train_in_order(p, X, [y[0]] * len(X), eta, epochs)


def _runs(rng):
    return [(rng.normal(size=9), 1.5 * rng.normal(size=(m, 2)), np.arange(m) % 2, eta, epochs)
            for m, eta, epochs in ((4, 0.1, 3), (4, 1.0, 2), (3, 0.5, 4))]  # fmt: skip


TRAIN = [
    Question(
        id="5.4-1",
        title="Counting",
        stem="1000 epochs on four people, one person a step, a line of the log every tenth epoch. "
            "How many updates, and how many lines?",
        parts=[
            Number(
                4000,
                {
                    1000: "An epoch has a step for each of the four people.",
                    250: "Each epoch has four steps: multiply.",
                    36000: "That counts the parameters. An update turns all nine at once.",
                },
                label="Updates",
            ),
            Number(
                100,
                {
                    1000: "Only every tenth epoch is logged.",
                    101: "The epochs are numbered 0 to 999, so the last line is that of 990.",
                    400: "A line belongs to an epoch, not to a step.",
                    99: "Epoch 0 is logged, too.",
                },
                label="Lines",
            ),
        ],
        hints=[
            "An epoch is one round over all four.",
            "Lines at the epochs 0, 10, 20, up to 990.",
            r"$1000\cdot4$, and $\frac{1000}{10}$.",
        ],
        solution=r"""$1000\cdot4=4000$ updates. Lines at the epochs $0,10,\dots,990$: 100.""",
    ),
    Question(
        id="5.4-2",
        title="Your Emily",
        stem="Your program says 0.968 for Emily. The booklet prints 0.951. Is there a mistake in "
            "your program?",
        parts=[
            Choice(
                {
                    "Yes: the same data, rate and epochs must give the same number.":
                        "The random start is missing in this list, and the booklet gives no seed.",
                    "Yes: 0.951 is the accuracy, and yours is too high.":
                        "It is the answer for one person. An accuracy would be a share.",
                    "Not because of this: without a seed every start ends elsewhere, here between "
                        "0.9455 and 0.9697.":
                        "Both numbers lie inside. A gradient check and the loss say more about "
                        "your program than Emily does.",
                    "No: a larger number for Emily means a better program.":
                        "Larger is not better: two programs without any mistake end anywhere in "
                        "that range.",
                },
                answer="C",
            )
        ],
        hints=[
            "What do the two runs not have in common?",
            "Would another random start end at the same Emily?",
            "The booklet does not tell from which random numbers it started.",
        ],
        solution=r"""No sign of one. The booklet gives no seed. Over 200 seeds Emily's answer lies
between 0.9455 and 0.9697, and both numbers are inside. To find mistakes, compare derivatives with
differences.""",
    ),
    Question(
        id="5.4-3",
        title="Two losses",
        stem="In the booklet's program, on which loss does each update step, and which loss is "
            "printed?",
        parts=[
            Choice(
                {
                    "The squared gap of one person": "The program takes one person at a time.",
                    "The mean of the four squared gaps":
                        "Then there would be one update an epoch.",
                    "The sum of the four squared gaps":
                        "The derivatives in the loop belong to one person.",
                },
                answer="A",
                label="Stepped on",
            ),
            Choice(
                {
                    "The squared gap of the last person":
                        "All four people are asked before a line is printed.",
                    "The mean of the four squared gaps":
                        "One number for the whole data set, computed after the epoch.",
                    "The mean over the ten epochs since the last line":
                        "It is computed anew, with the parameters as they are then.",
                },
                answer="B",
                label="Logged",
            ),
        ],
        hints=[
            "Whose gap stands in the derivatives?",
            "The log asks everybody.",
            "A step knows one person; a line of the log knows four.",
        ],
        solution=r"""Each step goes down the squared gap of **one** person. The log prints the
**mean** over the four. So a single step may well raise the number that is logged.""",
    ),
    Question(
        id="5.4-4",
        title="Two loops",
        stem="The lecture: random weights; until converged: forward, backward, update all layers. "
            "The booklet: random weights; 1000 times, for each person: forward, nine derivatives, "
            "nine updates. What is the same, and what differs?",
        parts=[
            Choice(
                {
                    "The loops are different methods.":
                        "Put them side by side, line by line.",
                    "Start, forward, backward, update: the same in both.":
                        "Nine derivatives by hand are a backward pass.",
                    "Only the start is the same.":
                        "Look at what is inside the loops, too.",
                },
                answer="B",
                label="The same",
            ),
            Choice(
                {
                    "The direction of the step": "Both go against the derivatives.",
                    "The use of random numbers": "Both draw their start.",
                    "The rule for stopping":
                        "A fixed number of epochs here, a test of convergence there.",
                },
                answer="C",
                label="The difference",
            ),
        ],
        hints=[
            "Match each line of one with a line of the other.",
            "Nine derivatives: what is that called in the lecture?",
            "When does each of them end?",
        ],
        solution=r"""It is the same loop: random start, forward, backward, update. The rule for
stopping differs: the booklet counts to 1000, the lecture waits until nothing changes any more
(without saying how that is measured).""",
    ),
    Code(
        id="5.4-5",
        title="The loop",
        stem=r"""Write `train_in_order(p, X, y, eta, epochs)`: it goes `epochs` times over all rows
of `X`, in their order, makes one step for each row with its target from `y`, and returns the nine
parameters at the end. Use your `nine` or `one_step`, and leave the given `p` as it was.""",
        answer=train_in_order,
        inputs=_runs,
        wrong={
            _loop_full_batch: "You make one step an epoch, with the mean over all people. Here "
                "each person gets a step.",
            _loop_sum_of_old: "All derivatives of an epoch are taken at its start. Each step must "
                "begin where the one before it ended.",
            _loop_first_person: "Only the first person is ever used.",
            _loop_one_epoch: "You go over the people once. It should be `epochs` times.",
            _loop_one_short: "An epoch is missing: `range(epochs)` has `epochs` rounds, "
                "`range(1, epochs)` one less.",
            _loop_reversed: "You go through the people from the last to the first.",
            _loop_inside_out: "The loops are exchanged: all epochs for the first person, then all "
                "for the second. One round over everybody is an epoch.",
            _loop_forgets: "Only the last step counts: does every step begin at the given `p` "
                "again?",
            _loop_up: "Your steps go uphill: subtract.",
            _loop_frozen: "All derivatives are taken at the given `p`. Compute them anew in each "
                "step.",
            _loop_last_target: "Everybody gets the first person's target. Take each with its own.",
        },
        also=[_loop_by_index],
        hints=[
            "Two loops: the outer one over the epochs, the inner one over the people.",
            "In the inner loop: the nine derivatives at the present `p`, then the step, and `p` is "
            "the new one from then on.",
            "`for x, target in zip(X, y):`",
        ],
        solution=r"""Outer loop epochs, inner loop people, and every step goes on from the last
one.""",
    ),
]

EXERCISES = [*PATH, *ALICE, *NINE, *TRAIN]
