"""The exercises of chapter 1, One neuron: each stem, answer, typical wrong answer, hint and
solution, once."""

import math

import numpy as np

from .code import Code
from .kit import Choice, Number, Question


def _s(z):
    return 1 / (1 + math.exp(-z))


LINE = [
    Question(
        id="1.1-1",
        title="A weighted sum by hand",
        stem=r"""A neuron has the inputs $x=(1,2,3,4)$, the weights $w=(0.5,-1,0,0.25)$ and the
bias $b=2$. What is its weighted input $z=w\cdot x+b$?""",
        parts=[
            Number(
                1.5,
                {
                    -0.5: "That is the weighted sum alone. The bias 2 is still to be added.",
                    -2.5: "The bias is added, not subtracted: $z=w\\cdot x+b$.",
                    5.5: "The weight of the second input is $-1$, so its term is $-2$, not $+2$.",
                    7.5: "You added the bias once for each input. A neuron has one bias; add it "
                    "once.",
                    4.5: "A weight of 0 times an input of 3 is 0: the neuron does not see that "
                    "input.",
                    1.75: "These are the weights and the bias added up. Each weight must first "
                    "multiply its input.",
                    12: "These are the inputs and the bias added up. Each input must first be "
                    "multiplied by its weight.",
                    _s(1.5): "You went one step too far: this is the sigmoid of $z$. Here $z$ "
                    "itself is asked.",
                },
                label="$z$",
                right="The four terms are 0.5, −2, 0 and 1; with the bias they make 1.5.",
            )
        ],
        hints=[
            "Multiply first, add later: four products, then one bias.",
            r"$z=w_1x_1+\dots+w_4x_4+b$.",
            r"$z=0.5\cdot1+(-1)\cdot2+\dots$",
        ],
        solution=r"""Each input is multiplied by its own weight:

$0.5\cdot1=0.5$, $-1\cdot2=-2$, $0\cdot3=0$ and $0.25\cdot4=1$.

The sum of the four is $-0.5$. The bias is added once: $z=-0.5+2=1.5$.

The third weight is 0, so the third input could be anything and $z$ would stay the same.""",
    ),
    Question(
        id="1.1-2",
        title="Four biases or one",
        stem=r"""Four lines $w_ix_i+b_i$ with the biases $b=(1,0,-2,3)$ are added up. Which
single bias does the same work as these four?""",
        parts=[
            Number(
                2,
                {
                    6: "You added the sizes. The third bias is $-2$ and pulls the sum down.",
                    0.5: "That is the mean. The lines are added, so their biases are added too, "
                    "and nothing is divided.",
                    3: "The largest bias does not win: all four take part in the sum.",
                    0: "That is the product. The lines are added, so the biases are added.",
                    8: "That would be four times the answer: the one bias is added once, not four "
                    "times.",
                    4: "Check the sign of the third bias: it is $-2$.",
                },
                label="The single bias",
                right="Only the sum of the biases matters, so one bias is enough for a neuron.",
            )
        ],
        hints=[
            "Write the four lines below one another and add. What stands at the end?",
            r"The four lines add to $w\cdot x+(b_1+b_2+b_3+b_4)$.",
            r"$b=1+0+\dots$",
        ],
        solution=r"""Collect the terms of the sum:

$$\sum_i(w_ix_i+b_i)=\sum_iw_ix_i+\sum_ib_i.$$

The inputs touch only the first sum. The second is one number, $1+0-2+3=2$. Four biases can do
nothing that one cannot, which is why a neuron has many weights but one bias.""",
    ),
    Question(
        id="1.1-3",
        title="Reading a line",
        stem=r"""The line $y=3x-1$ is a neuron with one input and no activation. Name its weight,
its bias, and $y$ at $x=2$.""",
        parts=[
            Number(
                3,
                {
                    -1: "That is the bias. The weight is the number that multiplies $x$.",
                    2: "That is the input. The weight is the number in front of $x$.",
                },
                label="Weight",
            ),
            Number(
                -1,
                {
                    1: "The minus belongs to it: $3x-1$ is $3x+(-1)$.",
                    3: "That is the weight. The bias is what is left when $x=0$.",
                },
                label="Bias",
            ),
            Number(
                5,
                {
                    7: "You added 1. The bias is $-1$, so 1 is taken away.",
                    6: "That is $3\\cdot2$. The bias is still missing.",
                    4: "It looks like $3+2-1$. The weight multiplies the input.",
                    3: "It looks like $3\\cdot(2-1)$. Multiply first, then add the bias.",
                },
                label="$y$ at $x=2$",
            ),
        ],
        hints=[
            "Put $x=0$: what is left is the bias.",
            "The weight is the slope: what $y$ gains when $x$ goes up by 1.",
            r"$y=3\cdot2+\dots$",
        ],
        solution=r"""Compare $y=wx+b$ with $y=3x-1$ place by place: $w=3$ and $b=-1$. At $x=2$:
$y=3\cdot2-1=5$.

The bias is the value at $x=0$, the weight is the slope: the line rises by 3 for each step of 1
to the right.""",
    ),
]

THRESHOLD = [
    Question(
        id="1.2-1",
        title="A threshold of 10",
        stem=r"""A sigmoid neuron should lean towards 1 only when its weighted sum $w\cdot x$ is
more than 10. Which bias does that, and what is the output $\sigma(w\cdot x+b)$ at weighted sums
of 8, 10 and 12? (Three digits are enough.)""",
        parts=[
            Number(
                -10,
                {
                    10: "With $b=+10$ the neuron says yes to almost everything: at a sum of 0 it "
                    r"is already at $\sigma(10)=0.99995$. The bias must take 10 away.",
                    0: "With no bias the output passes one half at a sum of 0. It should do so at "
                    "10.",
                    0.5: "That is the output at the threshold. The bias is what moves the "
                    "threshold there.",
                    -5: "With $b=-5$ the output passes one half at a sum of 5. Put 10 for the sum "
                    "and ask for $z=0$.",
                    0.1: "Nothing is divided: the sum and the bias are added, and at a sum of 10 "
                    "they must cancel.",
                },
                label="Bias",
            ),
            Number(
                _s(-2),
                {
                    _s(2): r"That is $\sigma(2)$. Below the threshold $z=8-10=-2$ is negative.",
                    -2: "That is $z$, the weighted input. The output is $\\sigma(z)$.",
                    _s(8): "The bias is missing: at a sum of 8 the weighted input is $8-10$.",
                    1: "Here the bias was added instead of taken away, or left out: $z=8-10=-2$.",
                    0: "That is the unit step. The sigmoid is gentle: just below the threshold it "
                    "is small, not 0.",
                },
                label="Output at 8",
            ),
            Number(
                0.5,
                {
                    0: r"At the threshold $z=0$, and that is not the output: $\sigma(0)$ is one "
                    "half.",
                    1: "That is a step that has already switched. The sigmoid at $z=0$ is exactly "
                    "half way.",
                    _s(10): "The bias is missing: $z=10-10$.",
                },
                label="Output at 10",
            ),
            Number(
                _s(2),
                {
                    _s(-2): r"That is $\sigma(-2)$. Above the threshold $z=12-10=2$ is positive.",
                    2: "That is $z$, the weighted input. The output is $\\sigma(z)$.",
                    1: "That is the unit step, or the bias is missing. With $z=12-10=2$ the "
                    "sigmoid is on its way to 1, not there.",
                },
                label="Output at 12",
            ),
        ],
        hints=[
            "Where does a sigmoid pass one half? Make that happen at a weighted sum of 10.",
            r"$\sigma(z)=\tfrac12$ exactly when $z=0$, so ask for $10+b=0$.",
            r"$\sigma(8-10)=\sigma(-2)=\frac{1}{1+e^{2}}=\dots$",
        ],
        solution=r"""The sigmoid passes one half at $z=0$. So $10+b=0$, that is $b=-10$: a
threshold of 10 is a bias of **minus** 10.

| weighted sum | $z$ | output |
|---|---|---|
| 8 | −2 | $\sigma(-2)=0.1192$ |
| 10 | 0 | $\sigma(0)=0.5$ |
| 12 | 2 | $\sigma(2)=0.8808$ |

For the first, $\sigma(-2)=\frac{1}{1+e^{2}}$. The first and the last add to 1, because
$\sigma(-z)=1-\sigma(z)$.""",
    ),
    Question(
        id="1.2-2",
        title="Sharper, at the same place",
        stem=r"""Keep the threshold at 10, but let the neuron be at 0.99 when the weighted sum is
12. By what factor $k$ must $w$ and $b$ both grow? Give the smallest one, to three digits.""",
        parts=[
            Number(
                0.5 * math.log(99),
                {
                    math.log(99): r"That is $\ln99$, and it is $z$. But $z$ is $2k$ here: divide "
                    "by 2.",
                    0.25 * math.log(99): "You divided by 2 once too often.",
                    0.99 / _s(2): "That is 0.99 divided by 0.8808. The factor works on $z$, inside "
                    "the sigmoid, and the sigmoid is no straight line.",
                    0.5 * math.log10(99): "That is the logarithm to base 10. The sigmoid is made "
                    "with $e$, so the natural logarithm undoes it.",
                    math.log(99) / 12: "The distance to the threshold counts, $12-10=2$, not 12: "
                    "the bias grows by $k$ as well.",
                    0.99: "That is the output that you want. Ask which $z$ gives it.",
                    2: r"$\sigma(2\cdot2)=0.982$: not yet at 0.99. A little more is needed.",
                    -0.5 * math.log(99): "Right size, wrong sign: a negative factor would turn "
                    r"the neuron round. From $e^{-2k}=\tfrac{1}{99}$ follows $2k=+\ln99$.",
                    2.29: r"Just short: $\sigma(2\cdot2.29)=0.9898$. Give the next digit, rounded "
                    "up.",
                },
                label="$k$",
                tol=0.005,
                right=r"$\sigma(2\cdot2.3)=0.99005$, and at a sum of 10 the output is still one "
                "half.",
            )
        ],
        hints=[
            "Scaling $w$ and $b$ together scales $z$. At 12 it was $z=2$; what is it after scaling "
            "by $k$?",
            r"Solve $\sigma(2k)=0.99$. It helps to turn it over: $1+e^{-2k}=\frac{1}{0.99}$.",
            r"$e^{-2k}=\frac{1}{0.99}-1=\frac{1}{99}$, so $2k=\dots$",
        ],
        solution=r"""With $k\,w$ and $k\,b$ the weighted input becomes $k\,z$. At a sum of 10
that is still 0, so the threshold stays. At 12 it is $2k$, and

$$\frac{1}{1+e^{-2k}}=0.99,\quad\text{so}\quad e^{-2k}=\frac{1}{99}$$

and $k=\tfrac12\,\ln99=2.2976$.

With $k=2.3$ the output is $\sigma(4.6)=0.99005$. So the bias says where the switch is, and the
common size of weights and bias says how sharp it is.""",
    ),
    Question(
        id="1.2-3",
        title="Three pixels",
        stem=r"""A neuron looks at three pixels $x=(0.1,0.9,0.2)$ with the weights $w=(-1,2,-1)$
and the bias $b=-1$. It likes a bright pixel between two dark ones. What are $z$ and the output
$\sigma(z)$?""",
        parts=[
            Number(
                0.5,
                {
                    1.5: "That is the weighted sum. The bias $-1$ is still to come.",
                    2.5: "The bias is $-1$: it is taken away.",
                    1.1: "The outer pixels have weight $-1$: they count against, $-0.1$ and "
                    "$-0.2$.",
                    0.2: "Here only the pixels and the bias were added. The weights must multiply "
                    "first.",
                    -0.4: "The middle weight is 2: its term is $2\\cdot0.9=1.8$.",
                },
                label="$z$",
            ),
            Number(
                _s(0.5),
                {
                    0.5: r"That is $z$, not the output. The output is $\sigma(0.5)$.",
                    _s(1.5): r"That is $\sigma(1.5)$: the bias is missing.",
                    _s(-0.5): r"That is $\sigma(-0.5)$. In $\frac{1}{1+e^{-z}}$ the exponent has "
                    "its own minus.",
                    _s(2.5): r"That is $\sigma(2.5)$: the bias was added with the wrong sign.",
                    1: "That is what a unit step would say. The sigmoid says how strongly.",
                },
                label="Output",
            ),
        ],
        hints=[
            "Outer pixels count against, the middle one counts double. Then the bias.",
            r"$z=-0.1+1.8-0.2+b$, and $\sigma(z)=\frac{1}{1+e^{-z}}$.",
            r"$z=1.5-1$",
        ],
        solution=r"""$w\cdot x=-0.1+1.8-0.2=1.5$, so $z=1.5-1=0.5$ and
$\sigma(0.5)=\frac{1}{1+e^{-0.5}}=0.6225$.

The bias $-1$ demands that the middle be clearly brighter than its neighbours before the output
passes one half. These weights look for an edge: on three equally bright pixels the weighted sum
is 0.""",
    ),
]


def _catalogue(label, at, right, wrong):
    return Number(right, wrong, label=f"{label} at {at}")


CATALOGUE = [
    Question(
        id="1.3-1",
        title="Seven activations at two places",
        stem=r"""Evaluate the seven activations at $z=0.3$ and at $z=-2$. Where it does not come
out even, three digits are enough. The piece-wise linear one is $\min(1,\max(0,z+\tfrac12))$.""",
        parts=[
            _catalogue(
                "Linear",
                "0.3",
                0.3,
                {1: "The linear activation changes nothing: it gives back $z$."},
            ),
            _catalogue(
                "Linear",
                "−2",
                -2.0,
                {0: "The linear activation cuts nothing off: it gives back $z$."},
            ),
            _catalogue(
                "Step",
                "0.3",
                1,
                {
                    0.3: "The step knows two heights, 0 and 1 (and one half at 0 itself).",
                    0.5: "One half only at 0 itself. At 0.3 the step is over.",
                },
            ),
            _catalogue(
                "Step",
                "−2",
                0,
                {
                    -1: "That is the sign function. The step goes from 0 to 1.",
                    0.5: "One half only at 0 itself. At $-2$ the step is still to come.",
                },
            ),
            _catalogue(
                "Sign",
                "0.3",
                1,
                {
                    0.3: "The sign forgets the size: it gives $-1$, 0 or 1.",
                    0: "The sign is 0 only at 0 itself.",
                },
            ),
            _catalogue(
                "Sign",
                "−2",
                -1,
                {
                    0: "That is the step. The sign goes from $-1$ to 1.",
                    -2: "The sign forgets the size: it gives $-1$, 0 or 1.",
                },
            ),
            _catalogue(
                "Piece-wise linear",
                "0.3",
                0.8,
                {
                    0.3: r"The ramp is shifted: it gives $z+\tfrac12$, so that it passes one half "
                    "at 0.",
                    1: "The ramp reaches 1 only at $z=\\tfrac12$.",
                },
            ),
            _catalogue(
                "Piece-wise linear",
                "−2",
                0,
                {
                    -1.5: "That is $z+\\tfrac12$ before the clipping. Below 0 the ramp stays at 0.",
                    -1: "The ramp stays between 0 and 1.",
                },
            ),
            _catalogue(
                "Logistic",
                "0.3",
                _s(0.3),
                {
                    _s(-0.3): r"That is $\sigma(-0.3)$. The exponent is $-z$.",
                    math.tanh(0.3): "That is tanh. The logistic at 0.3 is above one half.",
                    math.exp(0.3): "That is $e^{0.3}$, only a piece of the formula.",
                },
            ),
            _catalogue(
                "Logistic",
                "−2",
                _s(-2),
                {
                    _s(2): r"That is $\sigma(2)$. At $-2$ the exponent is $-z=+2$.",
                    math.tanh(-2): "That is tanh. The logistic is never negative.",
                },
            ),
            _catalogue(
                "tanh",
                "0.3",
                math.tanh(0.3),
                {
                    2 * _s(0.3) - 1: r"Nearly: $\tanh z=2\sigma(2z)-1$, with $2z$ inside.",
                    _s(0.3): "That is the logistic. tanh passes 0 at 0.",
                },
            ),
            _catalogue(
                "tanh",
                "−2",
                math.tanh(-2),
                {
                    2 * _s(-2) - 1: r"Nearly: $\tanh z=2\sigma(2z)-1$, with $2z$ inside.",
                    _s(-2): "That is the logistic. tanh is negative for negative $z$.",
                    -1: "It tends to $-1$ but is not there at $-2$: give three digits.",
                },
            ),
            _catalogue("ReLU", "0.3", 0.3, {1: "ReLU has no ceiling: above 0 it gives back $z$."}),
            _catalogue(
                "ReLU",
                "−2",
                0,
                {
                    -2: "ReLU cuts: below 0 it gives 0.",
                    2: "That is the absolute value. ReLU cuts what is below 0, it does not fold it "
                    "up.",
                },
            ),
        ],
        hints=[
            "Three of them only ask on which side of 0 you are: step, sign and, below 0, ReLU.",
            r"$\sigma(z)=\frac{1}{1+e^{-z}}$ and $\tanh z=2\sigma(2z)-1$.",
            r"Piece-wise linear at 0.3: $0.3+0.5$. Logistic at 0.3: $\frac{1}{1+e^{-0.3}}$.",
        ],
        solution=r"""
| activation | at 0.3 | at −2 |
|---|---|---|
| linear | 0.3 | −2 |
| step | 1 | 0 |
| sign | 1 | −1 |
| piece-wise linear | 0.8 | 0 |
| logistic | 0.5744 | 0.1192 |
| tanh | 0.2913 | −0.9640 |
| ReLU | 0.3 | 0 |

Step and sign forget how far from 0 you are. The ramp forgets it outside $\pm\tfrac12$. Logistic
and tanh never quite forget it. ReLU forgets everything below 0.""",
    ),
    Question(
        id="1.3-2",
        title="The same seven at zero",
        stem="Now the place where the choices are made: the seven activations at $z=0$.",
        parts=[
            _catalogue(
                "Linear",
                "0",
                0,
                {
                    1: "That is its slope. Its value at 0 is 0.",
                    0.5: "The linear activation gives back $z$, and $z$ is 0.",
                },
            ),
            _catalogue(
                "Step",
                "0",
                0.5,
                {
                    0: "Neither side is right at the jump itself: this book takes the middle.",
                    1: "Neither side is right at the jump itself: this book takes the middle.",
                },
            ),
            _catalogue(
                "Sign",
                "0",
                0,
                {
                    0.5: "That is the step's middle. Between $-1$ and 1 the middle is another.",
                    1: "0 is neither positive nor negative.",
                },
            ),
            _catalogue(
                "Piece-wise linear",
                "0",
                0.5,
                {
                    0: "The ramp is $z+\\tfrac12$: at 0 it is half way up.",
                    1: "It reaches 1 only at $z=\\tfrac12$.",
                },
            ),
            _catalogue(
                "Logistic",
                "0",
                0.5,
                {
                    0: r"$e^0$ is 1, not 0: $\sigma(0)=\frac{1}{1+1}$.",
                    1: "$e^0=1$ stands below the line together with another 1.",
                    0.25: "That is the slope at 0.",
                },
            ),
            _catalogue(
                "tanh",
                "0",
                0,
                {
                    0.5: "That is the logistic. tanh goes from $-1$ to 1 and passes 0 at 0.",
                    1: "That is the slope at 0.",
                },
            ),
            _catalogue(
                "ReLU",
                "0",
                0,
                {
                    0.5: "ReLU has a corner at 0 but no jump: both sides meet at one value.",
                    1: "That is the slope on the right of 0.",
                },
            ),
        ],
        hints=[
            "Only two of the seven jump at 0. For the others just put in 0.",
            "At a jump this book takes the middle between the left and the right value.",
            r"Logistic: $\frac{1}{1+e^{0}}=\frac{1}{1+1}$.",
        ],
        solution=r"""Linear 0, step $\tfrac12$, sign 0, piece-wise linear $\tfrac12$, logistic
$\tfrac12$, tanh 0, ReLU 0.

Step and sign jump at 0, so a value has to be chosen, and the middle is the fair choice. ReLU has
a corner but no gap: $\max(0,0)=0$. Only its slope at 0 has to be chosen; this book takes 0.""",
    ),
    Question(
        id="1.3-3",
        title="Which cannot learn by slopes?",
        stem=r"""Gradient descent moves each weight by its slope: how much the cost changes when
the weight changes a little.""",
        parts=[
            Choice(
                {
                    "ReLU and piece-wise linear": "Each is flat on a part only. On the other part "
                    "the slope is 1, and there the weights learn.",
                    "Step and sign": "They are flat everywhere but at the jump itself.",
                    "Logistic and tanh": "Far out they are almost flat, but never quite: the slope "
                    "is small and not zero.",
                    "Linear": "Its slope is 1 everywhere. It lacks other things, but not a slope.",
                },
                "B",
                label="Which activations have slope zero almost everywhere?",
            ),
            Choice(
                {
                    "The jump makes the cost infinite.": "The cost stays finite: the outputs are "
                    "0, 1 or $-1$. The trouble is elsewhere.",
                    "Their output is too small to be of use.": "1 is no small output. What matters "
                    "is how the output *changes*.",
                    "The weights below get a gradient of exactly 0, so no step is taken.": "A "
                    "small change of a weight changes nothing in the output, so the cost says "
                    "nothing about which way to go.",
                    "The step would be too large, because the jump is infinitely steep.": "The "
                    "jump is a single point. A random $z$ is never there; it stands on one of the "
                    "flats.",
                },
                "C",
                label="Why does that stop gradient descent?",
            ),
        ],
        hints=[
            "Draw all seven. Where is the curve a horizontal line?",
            r"The slope of the cost contains the factor $\varphi'(z)$ for each neuron on the way.",
            "If $\\varphi'(z)=0$, then the product is 0, whatever the other factors are.",
        ],
        solution=r"""The step and the sign are flat on both sides of their jump. The gradient
with respect to a weight contains the factor $\varphi'(z)$, so it is exactly 0: descent stands
still, however wrong the output is.

Seen without formulas: nudge a weight a little and the output of a step neuron does not move at
all. Nothing tells you whether the nudge was a good one. Smooth activations were taken up so that
every nudge leaves a trace.""",
    ),
    Question(
        id="1.3-4",
        title="Why not the bare sum?",
        stem="A neuron shall answer a yes-or-no question. Why is the bare weighted sum no good as "
        "its output?",
        parts=[
            Choice(
                {
                    "It can only be a whole number.": "It can be any number, whole or not.",
                    "It is always positive.": "Negative weights or a negative bias make it "
                    "negative.",
                    "It can be any real number, so it cannot be read as a degree between no and "
                    "yes.": "A bounded activation brings it to a fixed scale, where 0.9 means the "
                    "same for every neuron.",
                    "It has no slope, so it cannot be trained.": "Its slope with respect to each "
                    "weight is the input, which is fine. Training is not the trouble here.",
                },
                "C",
            )
        ],
        hints=[
            "Two neurons answer 3 and 40. Which one is surer?",
            "Think of the range of values: from where to where can $w\\cdot x+b$ go?",
            "$w\\cdot x+b$ has no lower and no upper end.",
        ],
        solution=r"""$w\cdot x+b$ can be any real number. Is 3 a yes? Is 40 a surer one? It
depends on the size of that neuron's weights. A bounded activation such as the sigmoid sends
every sum to the same scale from 0 to 1, where outputs can be compared and read as a degree of
yes.""",
    ),
]


def piecewise_linear(z):
    return np.clip(z + 0.5, 0, 1)


def _ramp_unshifted(z):
    return np.clip(z, 0, 1)


def _ramp_half(z):
    return np.clip(z, -0.5, 0.5)


def _ramp_open(z):
    return np.maximum(0, z + 0.5)


def _ramp_left(z):
    return np.clip(z - 0.5, 0, 1)


def _ramp_swapped(z):
    return np.maximum(1, np.minimum(0, z + 0.5))


def _ramp_minmax(z):
    return np.minimum(1, np.maximum(0, z + 0.5))


def _ramp_where(z):
    z = np.asarray(z)
    return np.where(z <= -0.5, 0.0, np.where(z >= 0.5, 1.0, z + 0.5))


def relu_slope(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


def _relu_itself(z):
    return np.maximum(0, z)


def _slope_one_at_zero(z):
    return np.where(np.asarray(z) >= 0, 1.0, 0.0)


def _slope_half_at_zero(z):
    return np.heaviside(z, 0.5)


def _slope_of_abs(z):
    return np.sign(z)


def _slope_divided(z):
    z = np.asarray(z)
    with np.errstate(all="ignore"):
        return np.maximum(0, z) / z


def _slope_python_if(z):
    return 1.0 if z > 0 else 0.0


def _slope_boolean(z):
    return np.asarray(z) > 0


def _slope_heaviside(z):
    return np.heaviside(z, 0.0)


def _places(rng):
    """Arrays and single numbers, on both sides and at the kinks."""
    kinks = np.array([-0.5, 0.0, 0.5])
    return [
        (rng.normal(0, 1, 6),),
        (
            np.concatenate(
                [rng.uniform(-0.4, 0.4, 3), rng.uniform(0.6, 3, 2), rng.uniform(-3, -0.6, 2), kinks]
            ),
        ),
        (rng.normal(0, 2, (2, 3)),),
        (float(rng.uniform(-0.4, -0.1)),),
        (0.0,),
    ]


CATALOGUE += [
    Code(
        id="1.3-5",
        title="Write the ramp",
        stem=r"""Write `piecewise_linear(z)`, the activation $\min(1,\max(0,z+\tfrac12))$. `z` is
a number or an array of any shape; the result has the shape of `z`.""",
        answer=piecewise_linear,
        inputs=_places,
        wrong={
            _ramp_unshifted: "Your ramp starts at 0. It should pass one half at 0: shift it with "
            r"$z+\tfrac12$.",
            _ramp_half: r"Your ramp runs from $-\tfrac12$ to $\tfrac12$. Add one half, so that it "
            "runs from 0 to 1.",
            _ramp_open: "The lower end is right, but the upper one is open: nothing may pass 1.",
            _ramp_left: r"The ramp is shifted to the wrong side: it is $z+\tfrac12$, not "
            r"$z-\tfrac12$.",
            _ramp_swapped: "min and max have changed places, so everything lands on 1. First "
            r"$\max(0,\cdot)$, then $\min(1,\cdot)$.",
        },
        also=[_ramp_minmax, _ramp_where],
        hints=[
            "Three pieces: a floor at 0, a ceiling at 1, a straight line between.",
            "`np.clip(values, low, high)` cuts off on both sides.",
            "`return np.clip(z + 0.5, ...)`",
        ],
        solution=r"""The line $z+\tfrac12$ passes one half at 0. `np.clip` puts the floor and the
ceiling in, entry by entry, so the same function serves a number and an array.""",
    ),
    Code(
        id="1.3-6",
        title="The slope of ReLU",
        stem=r"""Write `relu_slope(z)`: 1 where $z>0$, else 0, so that the slope at 0 itself is
0. `z` is a number or an array of any shape.""",
        answer=relu_slope,
        inputs=_places,
        wrong={
            _relu_itself: r"That is ReLU itself, $\max(0,z)$. Its slope on the right of 0 is 1, "
            "however large $z$ is.",
            _slope_one_at_zero: "Only the corner is off: at $z=0$ the slope is taken as 0 here, so "
            "ask for `z > 0`.",
            _slope_half_at_zero: "Only the corner is off: one half would be the middle, but at "
            "$z=0$ this book takes slope 0.",
            _slope_of_abs: "Left of 0 you give $-1$. ReLU is flat there, so its slope is 0.",
            _slope_divided: "Dividing ReLU by $z$ gives 0/0 at $z=0$. Compare instead of dividing.",
            _slope_python_if: "A Python `if` asks one question, an array gives many answers. "
            "`np.where` decides entry by entry.",
        },
        also=[_slope_boolean, _slope_heaviside],
        hints=[
            "The slope does not depend on how large $z$ is, only on its side.",
            "A comparison such as `z > 0` works entry by entry on an array.",
            "`return np.where(np.asarray(z) > 0, ..., ...)`",
        ],
        solution=r"""On the right of 0 the curve is the line $z$, with slope 1; on the left it is
flat. At 0 the two sides disagree, and a value has to be chosen. 0 is the usual choice, and
training does not notice: a random $z$ is hardly ever exactly 0.""",
    ),
]

CLOSE_UP = [
    Question(
        id="1.4-1",
        title="Three slopes",
        stem=r"Give $\sigma'(0)$, $\sigma'(2)$ and $\tanh'(2)$ to three digits.",
        parts=[
            Number(
                0.25,
                {
                    0.5: r"That is $\sigma(0)$, the height. The slope is "
                    r"$\sigma(0)\,(1-\sigma(0))$.",
                    0: "Here 0 went in for the activation: $a(1-a)$ with $a=0$. But "
                    r"$a=\sigma(0)=0.5$.",
                    1: r"That is the slope of tanh at 0. The logistic is four times as flat.",
                },
                label=r"$\sigma'(0)$",
            ),
            Number(
                _s(2) * _s(-2),
                {
                    _s(2): r"That is $\sigma(2)$, the height. The slope is "
                    r"$\sigma(2)\,(1-\sigma(2))$.",
                    -2: "You put $z=2$ into $a(1-a)$. There $a$ is the activation, "
                    r"$a=\sigma(2)=0.8808$.",
                    _s(_s(2)) * _s(-_s(2)): "The sigmoid was taken twice: this is "
                    r"$\sigma'(\sigma(2))$. The slope belongs at $z=2$.",
                    _s(2) ** 2: r"That is $\sigma(2)^2$. The second factor is $1-\sigma(2)$.",
                },
                label=r"$\sigma'(2)$",
            ),
            Number(
                1 - math.tanh(2) ** 2,
                {
                    math.tanh(2): r"That is the height. The slope is $1-\tanh^2(2)$.",
                    1 - math.tanh(2): r"The square is missing: $1-\tanh^2(2)$.",
                    4 * _s(2) * _s(-2): r"That is $4\,\sigma'(2)$. In $\tanh z=2\sigma(2z)-1$ the "
                    r"place is doubled too: $4\,\sigma'(4)$.",
                    _s(4) * _s(-4): r"That is $\sigma'(4)$. The chain rule on $2\sigma(2z)-1$ "
                    "gives a factor 2 outside and one inside.",
                    2 * _s(4) * _s(-4): "One factor 2 is missing: one comes from outside, one from "
                    "inside.",
                    _s(2) * _s(-2): "That is the logistic's slope. tanh has its own.",
                },
                label=r"$\tanh'(2)$",
            ),
        ],
        hints=[
            "Both slopes can be had from the heights alone.",
            r"$\sigma'=\sigma\,(1-\sigma)$ and $\tanh'=1-\tanh^2$.",
            r"$\sigma(2)=0.8808$, so $\sigma'(2)=0.8808\cdot(1-0.8808)$.",
        ],
        solution=r"""From the heights:

$$\sigma'(0)=0.5\cdot0.5=0.25$$

$$\sigma'(2)=0.8808\cdot0.1192=0.1050$$

$$\tanh'(2)=1-0.9640^2=0.0707$$

The last one by another way: $\tanh z=2\sigma(2z)-1$, so $\tanh'(z)=2\cdot2\,\sigma'(2z)$, and
$4\,\sigma'(4)=0.0707$.

A quarter is the most that a sigmoid's slope can be. Keep that number: it comes back when
networks become deep.""",
    ),
    Question(
        id="1.4-2",
        title="Two proofs, step by step",
        stem=r"""Show $\tanh x=2\sigma(2x)-1$ and $\sigma(-z)=1-\sigma(z)$. Choose each next
step. Start from $\tanh x=\frac{e^{x}-e^{-x}}{e^{x}+e^{-x}}$, and write $u=e^{-2x}$, so that
$\sigma(2x)=\frac{1}{1+u}$.""",
        parts=[
            Choice(
                {
                    "by $e^{x}$": "Allowed, but it leads to $e^{2x}$, and $u$ has the other "
                    "exponent.",
                    r"by $e^{-x}$": r"Now $\tanh x=\frac{1-u}{1+u}$, and the denominator fits.",
                    "by 2": "Allowed, but the exponents stay as they are.",
                    "only the numerator, by $e^{-x}$": "A fraction keeps its value only if both "
                    "are multiplied.",
                },
                "B",
                label="1. Multiply numerator and denominator",
            ),
            Choice(
                {
                    r"$\frac{2}{1+u}-1$": "Over one denominator the numerator is $2-(1+u)$, that "
                    "is $1-u$.",
                    r"$1-\frac{1}{1+u}$": "Try $x=0$, so $u=1$: it gives one half, and tanh 0 is "
                    "0.",
                    r"$\frac{1}{1+u}-u$": "The denominator belongs to both terms of the numerator.",
                    r"$\frac{1}{1+u}-1$": "Try $x=0$, so $u=1$: it gives minus one half, and tanh "
                    "0 is 0.",
                },
                "A",
                label=r"2. $\frac{1-u}{1+u}$ is the same as",
            ),
            Choice(
                {
                    r"$\sigma(-2x)$": "The sigmoid brings its own minus: its exponent is minus its "
                    "argument.",
                    r"$2\sigma(x)$": "The exponent holds 2x, so the argument does, too.",
                    r"$\sigma(2x)^2$": "Only one such fraction is there, with a 2 above the line.",
                    r"$2\sigma(2x)$": "And minus 1, that is the claim.",
                },
                "D",
                label=r"3. $\frac{2}{1+u}$ is",
            ),
            Choice(
                {
                    r"$\frac{1}{1-e^{-z}}$": "The minus of $-z$ goes into the exponent, not in "
                    "front of $e$.",
                    r"$-\sigma(z)$": "The sigmoid is not odd: it is positive on both sides.",
                    r"$\frac{1}{1+e^{z}}$": "Times $e^{-z}$ above and below it is "
                    r"$\frac{e^{-z}}{1+e^{-z}}$, that is $1-\sigma(z)$.",
                    r"$1+e^{z}$": "That is only what stands below the line.",
                },
                "C",
                label=r"4. The second claim: $\sigma(-z)$ is",
            ),
        ],
        hints=[
            "You want a denominator of the form $1+u$.",
            "Write the numerator $1-u$ as $2-(1+u)$ and split the fraction.",
            "First line: multiply above and below by $e^{-x}$ and write $u$ for $e^{-2x}$.",
        ],
        solution=r"""**First.** Multiply numerator and denominator by $e^{-x}$, then add 1 and
take 1 away:

$$\tanh x=\frac{1-u}{1+u}=\frac{2-(1+u)}{1+u}$$

$$=\frac{2}{1+u}-1=2\sigma(2x)-1.$$

**Second.** Multiply numerator and denominator by $e^{-z}$:

$$\sigma(-z)=\frac{1}{1+e^{z}}=\frac{e^{-z}}{e^{-z}+1}$$

$$=1-\frac{1}{1+e^{-z}}=1-\sigma(z).$$

So tanh is a sigmoid, twice as high, shifted down by 1 and squeezed to half the width. It has
nothing that the sigmoid has not, except that its middle is 0.""",
    ),
    Question(
        id="1.4-3",
        title="A slope that is not a number",
        stem=r"""In float64, `np.exp(-z) / (1 + np.exp(-z))**2` gives `nan` at $z=-1000$,
although the slope of the sigmoid there is 0 for all purposes.""",
        parts=[
            Choice(
                {
                    "The denominator becomes 0.": r"It is at least 1. At $z=-1000$ it is huge.",
                    "$e^{1000}$ overflows to infinity, and infinity divided by infinity is not a "
                    "number.": "float64 ends near $10^{308}$, and $e^{1000}$ is about $10^{434}$.",
                    "The sigmoid has no slope at $-1000$.": "It has one everywhere. It is only "
                    "very small there.",
                    "`np.exp` does not take negative numbers.": "It does. And here it gets "
                    "$-z=+1000$.",
                },
                "B",
                label="Why?",
            ),
            Choice(
                {
                    "`s * (1 - s)` with `s = sigmoid(z)`, and a sigmoid that never takes $e$ of a "
                    "positive "
                    "number": "Then every intermediate value is between 0 and 1.",
                    "`np.nan_to_num(...)` around it": "It hides the symptom. The warning stays, "
                    "and a real nan would be hidden as well.",
                    "`np.exp(-np.abs(z))` in the numerator only": "The denominator still overflows "
                    "to infinity: the value becomes 0 for large negative $z$, and wrong for "
                    "moderate ones.",
                    "the same formula in float32": "float32 ends earlier, near $10^{38}$: it "
                    "overflows already at $z=-89$.",
                },
                "A",
                label="What do you write instead?",
            ),
        ],
        hints=[
            "Evaluate it piece by piece: what is `np.exp(1000)`?",
            r"inf / inf is nan. So avoid large exponents: $\sigma(z)=\frac{e^{z}}{1+e^{z}}$ for "
            "$z<0$.",
            "`s = sigmoid(z)`, then ...",
        ],
        solution=r"""At $z=-1000$ the exponent is $+1000$. $e^{1000}\approx10^{434}$ does not fit
into float64, so it becomes `inf`; above and below the line that makes `inf / inf`, which is
`nan`.

Write $\sigma'(z)=s(1-s)$ with $s=\sigma(z)$, and let the sigmoid choose its form by the sign of
$z$: $\frac{1}{1+e^{-z}}$ for $z\ge0$ and $\frac{e^{z}}{1+e^{z}}$ for $z<0$. Then only exponents
below 0 are ever used.""",
    ),
    Question(
        id="1.4-4",
        title="Can the sigmoid be 1?",
        stem=r"""The sigmoid comes ever closer to 1. Does it arrive? In float64 the spacing of
numbers just below 1 is $2^{-53}$, and sums are rounded to the nearest number.""",
        parts=[
            Choice(
                {
                    "Yes, for every $z$ above 10.": r"$\sigma(10)=0.99995$. Close, but not 1.",
                    "No: $e^{-z}$ is never 0, so the denominator is always more than 1.": "So the "
                    "range of the sigmoid is open: 0 and 1 are not in it.",
                    "Yes, at $z=\\infty$, which is a number like any other.": "Infinity is a "
                    "limit, not a place where a neuron can be.",
                },
                "B",
                label="In exact arithmetic",
            ),
            Number(
                53 * math.log(2),
                {
                    36: r"At 36 float64 still has $1-2.2\cdot10^{-16}$, a little less than 1. Go a "
                    "little further.",
                    53: r"That is the number of bits. You need $e^{-z}=2^{-53}$, so $z=53\ln2$.",
                    709.78: r"There $e^{z}$ overflows. The 1 is reached much earlier.",
                    16: "float64 has about 16 decimal digits, but $z$ counts in powers of $e$: "
                    "$10^{-16}$ is about $e^{-37}$.",
                    52 * math.log(2): r"That is $52\ln2$: there $e^{-z}$ is $2^{-52}$ and still "
                    "counts beside 1. One bit more.",
                },
                label="In float64 it is exactly 1 from $z=$",
                also=(37,),
                right=r"$53\ln2=36.74$; among the whole numbers 37 is the first.",
            ),
        ],
        hints=[
            "In exact arithmetic ask: can $e^{-z}$ be 0? In float64 ask: when is it too small to "
            "change 1?",
            r"Find $z$ with $e^{-z}=2^{-53}$.",
            r"$z=53\ln2=\dots$",
        ],
        solution=r"""In exact arithmetic no: $e^{-z}>0$, so $1+e^{-z}>1$ and $\sigma(z)<1$.

A computer keeps 53 binary digits. As soon as $e^{-z}$ is at most $2^{-53}$, the sum $1+e^{-z}$
is rounded to 1, and the quotient is 1: from $z=53\ln2=36.74$ on. Then $1-\sigma(z)$ is exactly
0, and its logarithm is $-\infty$: a reason to compute costs with care.""",
    ),
]


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)


def _textbook(z):
    return 1 / (1 + np.exp(-z))


def _quotient(z):
    return np.exp(z) / (1 + np.exp(z))


def _where_both(z):
    z = np.asarray(z)
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


def _clipped(z):
    return 1 / (1 + np.exp(-np.clip(z, -30, 30)))


def _mirrored(z):
    return sigmoid(-np.asarray(z))


def _folded(z):
    return 1 / (1 + np.exp(-np.abs(z)))


def _python_if(z):
    return 1 / (1 + np.exp(-z)) if z >= 0 else np.exp(z) / (1 + np.exp(z))


def _math_exp(z):
    return 1 / (1 + math.exp(-z))


def _by_tanh(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


def _by_masks(z):
    z = np.asarray(z, dtype=float)
    out = np.empty_like(z)
    out[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
    out[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
    return out


def _far_places(rng):
    """Moderate values first, then far out on either side."""
    return [
        (rng.normal(0, 2, 5),),
        (rng.normal(0, 2, (2, 3)),),
        (float(rng.normal(0, 2)),),
        (rng.uniform(-45, -35, 3),),
        (np.array([-1000.0, 0.0, 1000.0]),),
        (-1000.0,),
        (1000.0,),
    ]


def sigmoid_slope(z):
    s = sigmoid(z)
    return s * (1 - s)


def _slope_of_a(z):
    return z * (1 - z)


def _slope_twice(z):
    return sigmoid_slope(sigmoid(z))


def _height(z):
    return sigmoid(z)


def _slope_plus(z):
    return sigmoid(z) * (1 + sigmoid(z))


def _slope_tanh(z):
    return 1 - np.tanh(z) ** 2


def _slope_negative(z):
    return -sigmoid_slope(z)


def _one_minus(z):
    return 1 - sigmoid(z)


def _slope_quotient(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


def _slope_mirror(z):
    return sigmoid(z) * sigmoid(-np.asarray(z))


def _slope_square(z):
    return sigmoid(z) - sigmoid(z) ** 2


CLOSE_UP += [
    Code(
        id="1.4-5",
        title="A sigmoid that bears anything",
        stem=r"""Write `sigmoid(z)` so that it gives the right value for every number or array,
$z=-1000$ and $z=1000$ included, without a warning.""",
        answer=sigmoid,
        inputs=_far_places,
        quiet=True,
        tol=1e-14,
        wrong={
            _textbook: "The values come out right, but at $z=-1000$ NumPy warns: $e^{1000}$ "
            "overflows. For negative $z$ use the other form, $e^z/(1+e^z)$.",
            _quotient: "This quotient is the form for negative $z$: at $z=1000$ it is inf / inf, "
            "that is nan. For positive $z$ use $1/(1+e^{-z})$.",
            _where_both: "You choose with `np.where`, but both forms are computed everywhere "
            "first, and one of them overflows. Take the exponential of $-|z|$, which suits both.",
            _clipped: "Clipping silences the warning but changes values: below the limit all "
            "outputs are equal. There is a form that needs no clipping.",
            _mirrored: r"Right shape, wrong side: this is $\sigma(-z)$. The exponent is $-z$.",
            _folded: "With $|z|$ alone the left half is a mirror image of the right one: every "
            "output is at least one half. For $z<0$ the numerator is $e^{-|z|}$.",
            _python_if: "A Python `if` asks one question, an array gives many answers. Choose "
            "entry by entry.",
            _math_exp: "`math.exp` takes one number. For arrays use `np.exp`.",
        },
        also=[_by_tanh, _by_masks],
        hints=[
            "Which exponent is safe? $e$ of something negative is never more than 1.",
            r"For $z\ge0$: $\frac{1}{1+e^{-z}}$. For $z<0$: $\frac{e^{z}}{1+e^{z}}$. In both "
            "stands $e^{-|z|}$.",
            "`e = np.exp(-np.abs(z))`",
        ],
        solution=r"""In both forms of the sigmoid the exponent that cannot overflow is $-|z|$. So
it is computed once; only the numerator depends on the side: 1 for $z\ge0$, $e^{-|z|}$ for $z<0$.
At $-1000$ the exponential underflows to 0, quietly, and 0 is the right value there.""",
    ),
    Code(
        id="1.4-6",
        title="Its slope",
        stem=r"""Write `sigmoid_slope(z)`, the derivative $\sigma'(z)$, for a number or an array,
$z=\pm1000$ included. The argument is $z$, not the activation. `nnlib.sigmoid` may help.""",
        answer=sigmoid_slope,
        inputs=_far_places,
        quiet=True,
        tol=1e-12,
        wrong={
            _slope_of_a: "You put $z$ into $a(1-a)$. That formula wants the activation: first "
            r"$a=\sigma(z)$.",
            _slope_twice: r"The sigmoid is taken once too often: this is $\sigma'(\sigma(z))$.",
            _height: r"That is the sigmoid itself. Its slope is $\sigma(z)\,(1-\sigma(z))$.",
            _slope_plus: r"The second factor is $1-\sigma(z)$, with a minus.",
            _slope_tanh: "That is the slope of tanh. The sigmoid's is $s(1-s)$.",
            _slope_negative: "The sign is turned: the sigmoid rises everywhere, so its slope is "
            "positive.",
            _one_minus: r"The factor $\sigma(z)$ is missing.",
            _slope_quotient: "On paper this is right. At $z=-1000$ it is inf / inf, that is nan. "
            "Write `s * (1 - s)` with a safe `s`.",
        },
        also=[_slope_mirror, _slope_square],
        hints=[
            "You need the height first; the slope follows from it.",
            r"$\sigma'(z)=\sigma(z)\,(1-\sigma(z))$.",
            "`s = nnlib.sigmoid(z)`",
        ],
        solution=r"""Take the height once, $s=\sigma(z)$, and multiply it by what is left to 1.
With a sigmoid that does not overflow the slope cannot overflow either.""",
    ),
]


def neuron(x, w, b):
    return sigmoid(np.dot(w, x) + b)


def _no_activation(x, w, b):
    return np.dot(w, x) + b


def _no_bias(x, w, b):
    return sigmoid(np.dot(w, x))


def _bias_subtracted(x, w, b):
    return sigmoid(np.dot(w, x) - b)


def _bias_outside(x, w, b):
    return sigmoid(np.dot(w, x)) + b


def _no_sum(x, w, b):
    return sigmoid(np.asarray(w) * x + b)


def _bias_each(x, w, b):
    return sigmoid(np.sum(np.asarray(w) * x + b))


def _sigmoid_each(x, w, b):
    return np.sum(sigmoid(np.asarray(w) * x)) + b


def _wrong_exponent(x, w, b):
    return sigmoid(-(np.dot(w, x) + b))


def _inputs_added(x, w, b):
    return sigmoid(np.sum(np.asarray(x) + w) + b)


def _stepped(x, w, b):
    return 1.0 if np.dot(w, x) + b > 0 else 0.0


def _by_loop(x, w, b):
    z = b
    for w_i, x_i in zip(w, x, strict=True):
        z += w_i * x_i
    return float(sigmoid(z))


def _by_matmul(x, w, b):
    return 1 / (1 + np.exp(-(np.asarray(x) @ w + b)))


def _neurons(rng):
    drawn = [(rng.normal(0, 1, n), rng.normal(0, 1, n), float(rng.normal(0, 1))) for n in (2, 3, 5)]
    return [*drawn, (np.array([2.0, 3.0]), np.array([0.0, 1.0]), 4.0)]


CODING = [
    Question(
        id="1.5-1",
        title="The neuron of the booklet",
        stem=r"""A sigmoid neuron has $w=(0,1)$ and $b=4$ and gets $x=(2,3)$. Give $z$ and the
output. Then both again with $b=-4$. (Outputs to three digits.)""",
        parts=[
            Number(
                7,
                {
                    3: "That is the weighted sum. Add the bias 4.",
                    9: "It looks like $2+3+4$. The first weight is 0: the first input does not "
                    "count.",
                    -1: "That is $z$ with $b=-4$, the second case.",
                    6: "It looks like $2+4$. The weight 1 belongs to the second input, 3.",
                    12: "It looks like $3\\cdot4$. The bias is added, not multiplied.",
                },
                label="$z$ with $b=4$",
            ),
            Number(
                _s(7),
                {
                    7: r"That is $z$. The output is $\sigma(7)$.",
                    _s(3): r"That is $\sigma(3)$: the bias is missing.",
                    _s(-7): r"That is $\sigma(-7)$. In $\frac{1}{1+e^{-z}}$ the exponent is $-7$.",
                    math.tanh(7): "That is tanh 7. Here a sigmoid is asked; tanh is the third "
                    "exercise.",
                    1: r"Rounded too far: $\sigma(7)$ is less than 1. Give four digits.",
                },
                label="Output with $b=4$",
                tol=6e-5,
            ),
            Number(
                -1,
                {
                    1: "Check the sign: $3-4$.",
                    7: "That is the first case. Now $b=-4$.",
                    -12: "The bias is added, not multiplied.",
                },
                label="$z$ with $b=-4$",
            ),
            Number(
                _s(-1),
                {
                    -1: r"That is $z$. The output is $\sigma(-1)$, and a sigmoid is never "
                    "negative.",
                    _s(1): r"That is $\sigma(1)$. The sign of $z$ got lost.",
                    1 - _s(7): r"That is $1-\sigma(7)$. A bias of the other sign does not turn $z$ "
                    "round: $z=3-4$.",
                    math.tanh(-1): "That is tanh. A sigmoid is never negative.",
                },
                label="Output with $b=-4$",
            ),
        ],
        hints=[
            "The first weight is 0. Which input is left?",
            r"$z=0\cdot2+1\cdot3+b$ and $\sigma(z)=\frac{1}{1+e^{-z}}$.",
            r"$z=3+4$",
        ],
        solution=r"""$w\cdot x=0\cdot2+1\cdot3=3$.

With $b=4$: $z=7$ and $\sigma(7)=0.99909$. With $b=-4$: $z=-1$ and $\sigma(-1)=0.2689$.

The same inputs and weights: the bias alone turns a sure yes into a lean no. And 0.99909 says
nothing about being right: it is an activation.""",
    ),
    Question(
        id="1.5-2",
        title="Swap the inputs",
        stem=r"The same neuron, $w=(0,1)$ and $b=4$, now gets $x=(3,2)$. Output to four digits?",
        parts=[
            Number(
                _s(6),
                {
                    _s(7): "That is the old output. The neuron sees only the second input, and "
                    "that is now 2.",
                    6: r"That is $z$. The output is $\sigma(6)$.",
                    _s(2): r"That is $\sigma(2)$: the bias is missing.",
                    _s(9): "Both inputs were added. The first weight is 0.",
                    _s(-6): r"That is $\sigma(-6)$. In $\frac{1}{1+e^{-z}}$ the exponent is $-6$.",
                    1: r"Rounded too far: $\sigma(6)$ is less than 1. Give four digits.",
                },
                label="Output",
                tol=6e-5,
                right="$z=2+4=6$. The order of the inputs matters, because each has its own "
                "weight.",
            )
        ],
        hints=[
            "Each weight stays at its place; the inputs move.",
            r"$z=0\cdot3+1\cdot2+4$.",
            r"$\sigma(6)=\frac{1}{1+e^{-6}}=\dots$",
        ],
        solution=r"""$z=0\cdot3+1\cdot2+4=6$, and $\sigma(6)=\frac{1}{1+e^{-6}}=0.99753$.

From 7 to 6 is a whole step of $z$, yet the output moved by only 0.0016: far from 0 the sigmoid
is almost flat.""",
    ),
    Question(
        id="1.5-3",
        title="The same with tanh",
        stem=r"""Once more $w=(0,1)$, $b=4$, $x=(2,3)$, but with tanh as activation. Give the
output to at least seven places after the point.""",
        parts=[
            Number(
                math.tanh(7),
                {
                    1: "That is rounded to nothing: how far below 1 is it? Give seven places.",
                    _s(7): "That is the sigmoid. Compare: tanh is much closer to 1.",
                    2 * _s(7) - 1: r"That is $2\sigma(7)-1$. The argument is doubled, too: $\tanh "
                    r"z=2\sigma(2z)-1$.",
                    math.tanh(3): "That is tanh 3: the bias is missing.",
                    7: "That is $z$. The output is tanh 7.",
                    _s(14): r"That is $\sigma(14)$. Twice that, minus 1.",
                },
                label="Output",
                tol=6e-8,
                right=r"It is short of 1 by $1.7\cdot10^{-6}$; the sigmoid was short by "
                r"$9\cdot10^{-4}$.",
            )
        ],
        hints=[
            "The weighted input is the same as before; only the last step changes.",
            r"$\tanh z=2\sigma(2z)-1$ with $z=7$.",
            r"$\tanh7=\frac{2}{1+e^{-14}}-1=\dots$",
        ],
        solution=r"""$z=7$ as before, and $\tanh7=2\sigma(14)-1=0.9999983$.

tanh goes to its ends twice as fast as the sigmoid, because it is a sigmoid of $2z$. Out there
its slope, $1-\tanh^27=3.3\cdot10^{-6}$, is all but gone.""",
    ),
    Code(
        id="1.5-4",
        title="Code a neuron",
        stem=r"""Write `neuron(x, w, b)`: the output $\sigma(w\cdot x+b)$ of a sigmoid neuron.
`x` and `w` are arrays of the same length, `b` is a number. Try it: `neuron([2, 3], [0, 1], 4)`
should give 0.99909.""",
        answer=neuron,
        inputs=_neurons,
        wrong={
            _no_activation: "That is $z$, the weighted input. The activation is missing: return "
            r"$\sigma(z)$.",
            _no_bias: "The bias is not used. Add $b$ before the activation.",
            _bias_subtracted: "The bias is subtracted. It is added: $w\\cdot x+b$.",
            _bias_outside: "The bias is added after the activation. It belongs inside: "
            r"$\sigma(w\cdot x+b)$.",
            _no_sum: "You get one number for each input. The products have to be added up first: "
            "`np.dot(w, x)`.",
            _bias_each: "The bias is added once for each input. Add it once, after the sum.",
            _sigmoid_each: "The activation is applied to each product. Sum first, then one "
            "activation.",
            _wrong_exponent: "Everything is turned round: the exponent in the sigmoid is $-z$.",
            _inputs_added: "Inputs and weights are added. Each weight multiplies its input.",
            _stepped: "That is the unit step. A sigmoid neuron gives values between 0 and 1.",
        },
        also=[_by_loop, _by_matmul],
        hints=[
            "Two steps: first the weighted input, then the activation.",
            r"$z=w\cdot x+b$, output $\frac{1}{1+e^{-z}}$.",
            "`z = np.dot(w, x) + b`",
        ],
        solution=r"""The dot product multiplies each weight with its input and adds up. Then the
bias, then the activation. Here `sigmoid` is the function of exercise 1.4-5; `nnlib.sigmoid` does
the same.""",
    ),
]

EXERCISES = [*LINE, *THRESHOLD, *CATALOGUE, *CLOSE_UP, *CODING]
