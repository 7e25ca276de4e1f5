"""The exercises of chapter 6, sections 6.1 to 6.6: stems, answers, slips, hints, solutions."""

import numpy as np

import nnlib

from .code import Code
from .kit import Choice, Number, Question

ASSUMPTIONS = [
    Question(
        id="6.1-1",
        title="Two products",
        stem=r"""Let $u=(1,2,3)$ and $v=(4,5,6)$. Compute $u\odot v$, then the dot product
$u\cdot v$.""",
        parts=[
            Number(
                4,
                {5: "That is $1+4$. Multiply.", 32: "That is the sum of all three products, the "
                    "dot product."},
                label=r"First entry of $u\odot v$",
            ),
            Number(
                10,
                {7: "That is $2+5$. Multiply.", 14: "That is $4+10$. Each entry keeps its own "
                    "product."},
                label=r"Second entry of $u\odot v$",
            ),
            Number(
                18,
                {9: "That is $3+6$. Multiply.", 32: "That is the sum of all three products. The "
                    "third entry is $3\\cdot6$ alone."},
                label=r"Third entry of $u\odot v$",
            ),
            Number(
                32,
                {
                    18: "That is the last product alone. Add all three.",
                    90: "That is the sum $6$ times the sum $15$. Multiply first, then add.",
                    21: "That adds all six numbers. Multiply in pairs, then add.",
                },
                label=r"$u\cdot v$",
            ),
        ],
        hints=[
            "One of the two is a row of three numbers, the other a single number.",
            r"$(u\odot v)_j=u_jv_j$ and $u\cdot v=\sum_ju_jv_j$.",
            r"$1\cdot4=4$, $2\cdot5=\dots$",
        ],
        solution=r"""$u\odot v=(1\cdot4,\ 2\cdot5,\ 3\cdot6)=(4,10,18)$. The dot product adds these
up: $4+10+18=32$.""",
    ),
    Question(
        id="6.1-2",
        title="Which costs are allowed?",
        stem=r"""Backpropagation needs a cost that is a mean over the examples of a function of the
outputs. Which of these two is such a cost?""",
        parts=[
            Choice(
                {
                    "Yes: it is made of the losses of the examples.":
                        "It is made of them, but not as a mean: which loss counts depends on all "
                        "the others.",
                    "No: the largest of $m$ numbers is not their mean, so its gradient is not the "
                    "mean of the gradients.":
                        "Its gradient is that of the worst example alone, as measured below.",
                    "No: it is no function of the outputs.":
                        "It is: the outputs and the targets are all it needs. The other assumption "
                        "fails.",
                },
                answer="B",
                label=r"The largest of the losses $\ell_1,\dots,\ell_m$ in the batch",
            ),
            Choice(
                {
                    "Yes: it does not depend on the examples, so it is the same in their mean.":
                        "That settles the first assumption. Look at the second: what is it a "
                        "function of?",
                    "No, and so it cannot be used with backpropagation at all.":
                        "It is used all the time. Its gradient is known without any network.",
                    "No: it is no function of the outputs. Its gradient $\\lambda W$ is added "
                    "separately.":
                        "Two networks with equal outputs can have different penalties. "
                        "Backpropagation computes the rest.",
                },
                answer="C",
                label=r"A penalty on the weights, $\tfrac\lambda2\lVert W\rVert_F^2$",
            ),
        ],
        hints=[
            "Test each with both assumptions, one after the other.",
            "Can you compute it one example at a time? And from outputs and targets alone?",
            "Two networks can give the same outputs with different weights.",
        ],
        solution=r"""The largest loss is a function of the outputs, but no mean: its gradient is
the gradient of the worst example, whichever that is.

The penalty is no function of the outputs. That does no harm: the gradient of a sum is the sum of
the gradients. Backpropagation gives the part of the outputs, and $\lambda W$ is added to it.""",
    ),
    Question(
        id="6.1-3",
        title="A promise too much",
        stem=r"""A text says: *"These two assumptions train the model well and give good results on
the test data."* Which correction is right?""",
        parts=[
            Choice(
                {
                    "They only make it possible to compute the gradient, example by example, from "
                    "the outputs.":
                        "How good the network becomes depends on data, size and training, not on "
                        "them.",
                    "They give good results on the training data; for the test data a third "
                    "assumption is needed.":
                        "Not even that: with a bad learning rate the same cost goes up.",
                    "They make the gradient exact, and an exact gradient leads to good results on "
                    "new data.":
                        "The network below that learns coin flips has exact gradients, too.",
                    "They make the cost small, and a small cost means that new data are answered "
                    "well.":
                        "The cost of the network below becomes small, and new data are guessed.",
                },
                answer="A",
            )
        ],
        hints=[
            "They hold as well when the targets are coin flips. What can be learned then?",
            "What did the derivation use the two assumptions for?",
            "For computing something. What?",
        ],
        solution=r"""They only let the gradient be computed example by example from the outputs. The
quadratic cost satisfies both on coin flips, and there nothing can be learned that holds for new
ones.""",
    ),
]

A_O = float(nnlib.sigmoid(2 * nnlib.sigmoid(-3.0)))  # Alice's output, all weights 1
L_SLOPE, SLOPE_O = -2 * (1 - A_O), A_O * (1 - A_O)
DELTA_O = L_SLOPE * SLOPE_O

ERROR = [
    Question(
        id="6.2-1",
        title="Alice's output neuron",
        stem=r"""In chapter 5 Alice's output neuron has $z=0.094852$ and $a=0.523695$; her
target is 1. The booklet's loss is $L=(1-a)^2$, without a half. What is
$\delta=\partial L/\partial z$? And which of the nine derivatives of chapter 5 is the same
number?""",
        parts=[
            Number(
                DELTA_O,
                {
                    L_SLOPE: "That is $\\partial L/\\partial a$. One link is missing: from $a$ to "
                        "$z$.",
                    DELTA_O / 2: "That is with the half of the house loss. The booklet's loss has "
                        "none, so there is a factor 2.",
                    SLOPE_O: "That is the slope of the sigmoid. Multiply it by "
                        "$\\partial L/\\partial a$.",
                    A_O - 1: "That is output minus target. $\\delta$ is a slope with respect "
                        "to $z$.",
                },
                label=r"$\delta$",
            ),
            Choice(
                {
                    r"$\partial L/\partial w_5$": r"That one has the factor $h_1$ as well.",
                    r"$\partial L/\partial h_1$": r"That one has the factor $w_5$ as well; it is "
                        r"none of the nine.",
                    r"$\partial L/\partial b_3$": r"$z=w_5h_1+w_6h_2+b_3$: raising $b_3$ raises "
                        r"$z$ by the same amount.",
                    r"$\partial L/\partial b_1$": r"$b_1$ sits at a hidden neuron; between it and "
                        r"this $z$ lie a weight and a slope.",
                },
                answer="C",
                label="The same number",
            ),
        ],
        hints=[
            "Two links: from the loss to the activation, from the activation to $z$.",
            r"$\frac{\partial L}{\partial z}=\frac{\partial L}{\partial a}\cdot\sigma'(z)$ with "
            r"$\sigma'(z)=a(1-a)$.",
            r"$-2(1-0.523695)$ $\cdot\,0.523695$ $\cdot\,(1-0.523695)$",
        ],
        solution=r"""$\frac{\partial L}{\partial a}=-2(1-0.523695)$ $=-0.95261$ and $\sigma'(z)$
$=0.523695\cdot0.476305$ $=0.249439$. So $\delta=-0.95261\cdot0.249439$ $=-0.23762$.

It is $\partial L/\partial b_3$: the bias enters $z$ with the factor 1.""",
    ),
    Question(
        id="6.2-2",
        title="A nudge",
        stem=r"""Raise the $z$ of Alice's output neuron by 0.01. By about how much does $L$ change,
if $\delta=-0.23762$?""",
        parts=[
            Number(
                DELTA_O * 0.01,
                {
                    0.01 / DELTA_O: "You divided. $\\delta$ is change of $L$ per change of $z$.",
                    DELTA_O + 0.01: "You added. The change of $L$ is $\\delta$ times the change of "
                        "$z$.",
                    L_SLOPE * 0.01: "That would be the change if $a$ rose by 0.01.",
                },
                also=(-0.002369, -0.0024),
                right="The true change is -0.002369: the slope changes a little on the way.",
            )
        ],
        hints=[
            r"$\delta$ says how many units $L$ changes for one unit of $z$.",
            r"$\Delta L\approx\delta\,\Delta z$.",
            r"$-0.23762\cdot0.01=\dots$",
        ],
        solution=r"""$\Delta L\approx\delta\,\Delta z$ $=-0.23762\cdot0.01$ $=-0.002376$. The true
change is $-0.002369$.""",
    ),
    Question(
        id="6.2-3",
        title="Wrong and yet no error",
        stem=r"""An output neuron is far off its target, and its $\delta$ is almost zero. The cost
is quadratic, the activation a sigmoid. How can that be?""",
        parts=[
            Choice(
                {
                    "It cannot: far off means a large error.":
                        "The gap is large. $\\delta$ is something else: how much a change of $z$ "
                        "matters.",
                    "The neuron is saturated: $z$ is so far from 0 that changing it hardly moves "
                    "the output.":
                        "Then $\\sigma'(z)$ is almost 0, and $\\delta$ has it as a factor.",
                    "Its weights are almost zero.":
                        "The weights into it do not appear in its $\\delta$; they only helped to "
                        "make $z$.",
                    "The neurons before it are silent.":
                        "That makes its weight gradients small, not its $\\delta$.",
                },
                answer="B",
            )
        ],
        hints=[
            r"$\delta$ is a slope with respect to $z$. When is the way from $z$ to the loss flat?",
            r"$\delta=(a-y)\,\sigma'(z)$: which factor can be small?",
            "The sigmoid is flat where $z$ is far from 0.",
        ],
        solution=r"""When the neuron is saturated. $\delta=(a-y)\,\sigma'(z)$, and $\sigma'(10)$ is
$0.000045$. It is almost zero, never exactly. Such a neuron is wrong and learns slowly; another cost
helps, in chapter 9.""",
    ),
]


def output_error(Z, Y):
    A = nnlib.sigmoid(Z)
    return (A - Y) * nnlib.sigmoid.df(Z)


def _gap_only(Z, Y):
    return nnlib.sigmoid(Z) - Y


def _lost_minus(Z, Y):
    return (Y - nnlib.sigmoid(Z)) * nnlib.sigmoid.df(Z)


def _slope_at_a(Z, Y):
    A = nnlib.sigmoid(Z)
    return (A - Y) * nnlib.sigmoid.df(A)


def _activation_for_slope(Z, Y):
    A = nnlib.sigmoid(Z)
    return (A - Y) * A


def _error_over_m(Z, Y):
    return output_error(Z, Y) / len(Z)


def _without_half(Z, Y):
    return 2 * output_error(Z, Y)


def _z_minus_y(Z, Y):
    return (Z - Y) * nnlib.sigmoid.df(Z)


def _matrix_product(Z, Y):
    return (nnlib.sigmoid(Z) - Y) @ nnlib.sigmoid.df(Z).T


def _error_by_hand(Z, Y):
    A = 1 / (1 + np.exp(-Z))
    return -(Y - A) * A * (1 - A)


def _error_by_entries(Z, Y):
    D = np.empty(Z.shape)
    for i, j in np.ndindex(*Z.shape):
        a = 1 / (1 + np.exp(-Z[i, j]))
        D[i, j] = (a - Y[i, j]) * a * (1 - a)
    return D


def _weighted_inputs_and_targets(rng):
    """Z and one-hot Y of m examples with K outputs, m and K all different."""
    return [
        (rng.normal(0, 2, (m, K)), np.eye(K)[rng.integers(0, K, m)])
        for m, K in ((4, 2), (3, 5), (6, 3))
    ]


S = 0.2 * 0.8 * 0.2  # the size of the first entry: gap 0.2, slope 0.16

BP1 = [
    Question(
        id="6.3-1",
        title="Two outputs",
        stem=r"""Two sigmoid outputs are $a=(0.8,\ 0.3)$, the targets are $y=(1,0)$. The loss is the
house loss, half the squared distance. Compute $\delta$. (A sigmoid's slope is $a(1-a)$.)""",
        parts=[
            Number(
                -S,
                {
                    -0.2: "That is output minus target. Multiply by the slope $0.8\\cdot0.2$.",
                    0.16: "That is the slope. Multiply it by output minus target.",
                    S: "The gap is output minus target, $0.8-1$: negative.",
                    -0.16: "That is $-0.2\\cdot0.8$. The slope is $a(1-a)$, not $a$.",
                },
                label=r"$\delta_1$",
            ),
            Number(
                0.063,
                {
                    0.3: "That is output minus target. Multiply by the slope $0.3\\cdot0.7$.",
                    0.21: "That is the slope. Multiply it by output minus target.",
                    -0.063: "The gap is output minus target, $0.3-0$: positive.",
                    0.09: "That is $0.3\\cdot0.3$. The slope is $a(1-a)$, not $a$.",
                },
                label=r"$\delta_2$",
            ),
        ],
        hints=[
            "Two rows of numbers, multiplied entry by entry.",
            r"$\delta_j=(a_j-y_j)\,a_j(1-a_j)$.",
            r"$(0.8-1)\cdot0.8\cdot0.2=\dots$",
        ],
        solution=r"""$a-y=(-0.2,\ 0.3)$ and the slopes are $(0.16,\ 0.21)$. Entry by entry:
$\delta=(-0.032,\ 0.063)$.""",
    ),
    Question(
        id="6.3-2",
        title="Without the half",
        stem=r"""The same outputs $(0.8,\ 0.3)$ and targets $(1,0)$, but the loss is
$\lVert y-a\rVert^2$, without the half. What is $\delta$ now?""",
        parts=[
            Number(
                -2 * S,
                {
                    -S: "That is with the half. The derivative of $u^2$ is $2u$.",
                    -S / 2: "Halved. Without the half the loss is larger, and so is its slope.",
                    -0.4: "That is $2(a-y)$. The slope of the sigmoid is missing.",
                    2 * S: "Output minus target is negative here.",
                },
                label=r"$\delta_1$",
            ),
            Number(
                0.126,
                {
                    0.063: "That is with the half. The derivative of $u^2$ is $2u$.",
                    0.0315: "Halved. Without the half the loss is larger, and so is its slope.",
                    0.6: "That is $2(a-y)$. The slope of the sigmoid is missing.",
                },
                label=r"$\delta_2$",
            ),
        ],
        hints=[
            "Only one of the two factors of BP1 knows the loss.",
            r"$\nabla_a\ell=2(a-y)$.",
            r"$2\cdot(-0.2)\cdot0.16=\dots$",
        ],
        solution=r"""$\nabla_a\ell=2(a-y)=(-0.4,\ 0.6)$, the slopes stay $(0.16,\ 0.21)$:
$\delta=(-0.064,\ 0.126)$, twice as large.""",
    ),
    Question(
        id="6.3-3",
        title="Where the minus comes from",
        stem=r"""The booklet derives $\delta_i=-(y_i-a_i)\,f'(z_i)$ from
$\tfrac12\lVert y-f(z)\rVert^2=\tfrac12\sum_j(y_j-f(z_j))^2$. Take the derivative with respect to
$z_i$, line by line.""",
        parts=[
            Choice(
                {
                    "All terms, because the sum is over all of them.":
                        "A term that does not contain $z_i$ has the derivative 0.",
                    "All terms but $j=i$.": "The other way round: only one term contains $z_i$.",
                    "Only the term $j=i$.": "All others are constants for $z_i$.",
                },
                answer="C",
                label="Which terms stay?",
            ),
            Choice(
                {
                    "$y_i-a_i$": "The half and the 2 of the square cancel.",
                    "$2(y_i-a_i)$": "The half in front cancels the 2.",
                    "$\\tfrac12(y_i-a_i)$": "The square gives a 2, and $\\tfrac12\\cdot2=1$.",
                },
                answer="A",
                label=r"The outer function, $\tfrac12u^2$ at $u=y_i-a_i$, has the slope",
            ),
            Choice(
                {
                    "$f'(z_i)$": "The minus sign in front of $f$ has been lost.",
                    "$-1$": "That is the derivative with respect to $a_i$. It still has to go "
                        "through $f$.",
                    "$-f'(z_i)$": "$y_i$ is a constant, and $f$ stands there with a minus.",
                },
                answer="C",
                label=r"The inner function, $u=y_i-f(z_i)$, has the slope",
            ),
            Choice(
                {
                    "$(y_i-a_i)\\,f'(z_i)$": "Outer times inner: the inner one has a minus.",
                    "$-(y_i-a_i)\\,f'(z_i)$": "It is $(a_i-y_i)\\,f'(z_i)$, in other letters.",
                    "$-(y_i-a_i)\\,f'(a_i)$": "The slope is taken where $f$ was taken: at $z_i$.",
                },
                answer="B",
                label=r"The result",
            ),
        ],
        hints=[
            "Find the one term with $z_i$ in it; then outer times inner.",
            r"Outer: $\frac{d}{du}\tfrac12u^2=u$. Inner: $\frac{d}{dz_i}(y_i-f(z_i))$.",
            r"$(y_i-f(z_i))\cdot(-f'(z_i))=\dots$",
        ],
        solution=r"""Only the term $j=i$ contains $z_i$. Outer slope: $y_i-f(z_i)=y_i-a_i$. Inner
slope: $-f'(z_i)$. Together $-(y_i-a_i)\,f'(z_i)$, the same as $(a_i-y_i)\,f'(z_i)$.""",
    ),
    Code(
        id="6.3-4",
        title="BP1 as a function",
        stem=r"""Write `output_error(Z, Y)`: the errors $D^{(L)}$ of a batch, one example a row, for
sigmoid outputs and the house loss. `Z` holds the weighted inputs of the output layer, `Y` the
targets, both of shape $(m,K)$. You may use `nnlib.sigmoid` and `nnlib.sigmoid.df`.""",
        answer=output_error,
        inputs=_weighted_inputs_and_targets,
        wrong={
            _gap_only: "That is output minus target. BP1 multiplies it by the slope at $Z$.",
            _lost_minus: "All signs are turned round: the gradient of the house loss is $A-Y$.",
            _slope_at_a: "The slope is taken at $A$. It belongs where the activation was taken, at "
                "$Z$.",
            _activation_for_slope: "You multiply by the activation $A$ instead of its slope, "
                "$A(1-A)$.",
            _error_over_m: "Divided by $m$. $D$ has one error for each example; the mean is taken "
                "later, in BP3 and BP4.",
            _without_half: "Twice too large: that is the slope of the square without the half.",
            _z_minus_y: "The gap is between output and target: $A-Y$ with $A=\\sigma(Z)$.",
            _matrix_product: "That is a matrix product. $\\odot$ multiplies entry by entry: `*`.",
        },
        also=[_error_by_hand, _error_by_entries],
        hints=[
            "Outputs first, then one factor from the cost and one from the activation.",
            r"$D^{(L)}=(A^{(L)}-Y)\odot\sigma'(Z^{(L)})$.",
            "`A = nnlib.sigmoid(Z)`, then `return (A - Y) * ...`",
        ],
        solution=r"""Everything is entry by entry, so the one line serves a single example and a
batch.""",
    ),
]


def hidden_error(D, W, Z):
    return (D @ W) * nnlib.sigmoid.df(Z)


def _with_transpose(D, W, Z):
    return (D @ W.T) * nnlib.sigmoid.df(Z)


def _column_order(D, W, Z):
    return (W.T @ D) * nnlib.sigmoid.df(Z)


def _no_weights(D, W, Z):
    return D * nnlib.sigmoid.df(Z)


def _no_slope(D, W, Z):
    return D @ W


def _hidden_slope_at_a(D, W, Z):
    return (D @ W) * nnlib.sigmoid.df(nnlib.sigmoid(Z))


def _activation_not_slope(D, W, Z):
    return (D @ W) * nnlib.sigmoid(Z)


def _hidden_over_m(D, W, Z):
    return (D @ W) * nnlib.sigmoid.df(Z) / len(D)


def _slope_as_matrix(D, W, Z):
    return (D @ W) @ nnlib.sigmoid.df(Z).T


def _hidden_columns(D, W, Z):
    A = nnlib.sigmoid(Z)
    return (W.T @ D.T).T * A * (1 - A)


def _hidden_by_rows(D, W, Z):
    rows = []
    for delta, z in zip(D, Z, strict=True):
        a = 1 / (1 + np.exp(-z))
        rows.append((W.T @ delta) * a * (1 - a))
    return np.array(rows)


def _errors_weights_inputs(rng):
    """D (m, n_next), W (n_next, n) and Z (m, n); in the last one W is square."""
    return [
        (rng.normal(size=(m, n_next)), rng.normal(size=(n_next, n)), rng.normal(0, 2, (m, n)))
        for m, n_next, n in ((4, 2, 3), (5, 4, 2), (6, 3, 3))
    ]


BP2 = [
    Question(
        id="6.4-1",
        title="One layer back",
        stem=r"""The next layer has $W=\begin{bmatrix}1&-1\\2&0.5\end{bmatrix}$ and the error
$\delta=(-0.032,\ 0.063)$. This layer has $z=(0,1)$ and sigmoids, with slopes $0.25$ and $0.19661$.
What is the error of this layer? (Three digits.)""",
        parts=[
            Number(
                0.0235,
                {
                    0.094: "That is $W^T\\delta$. Multiply by the slope 0.25.",
                    -0.02375: "That is $W\\delta$, a row of $W$. Back you need a column: $W^T$.",
                    -0.008: "That is $\\delta_1$ times the slope. The weights are missing.",
                    0.0155: "$1\\cdot(-0.032)$ is negative.",
                    0.0395: "The signs: $1\\cdot(-0.032)+2\\cdot0.063$.",
                },
                label="First neuron",
            ),
            Number(
                0.0635 * 0.19661,
                {
                    0.0635: "That is $W^T\\delta$. Multiply by the slope 0.19661.",
                    -0.0325 * 0.19661: "That is $W\\delta$, a row of $W$. Back you need a column: "
                        "$W^T$.",
                    0.063 * 0.19661: "That is $\\delta_2$ times the slope. Where are the weights?",
                    -0.0005 * 0.19661: "Minus times minus: $-1\\cdot(-0.032)=+0.032$.",
                },
                label="Second neuron",
            ),
        ],
        hints=[
            "How does the first neuron of this layer act on the loss? Through both neurons of the "
            "next layer.",
            r"$\delta_k=\bigl(\sum_jW_{jk}\,\delta_j\bigr)\,\varphi'(z_k)$: a column of $W$.",
            r"First neuron: $(1\cdot(-0.032)+2\cdot0.063)$ $\cdot\,0.25$",
        ],
        solution=r"""The entries of $W^T\delta$ are $1\cdot(-0.032)+2\cdot0.063$ $=0.094$ and
$-1\cdot(-0.032)$ $+\,0.5\cdot0.063$ $=0.0635$. Times the slopes: $(0.0235,\ 0.01248)$.""",
    ),
    Question(
        id="6.4-2",
        title="For a batch of rows",
        stem=r"""Now the rows of $D^{(l+1)}$ are the errors of $m$ examples, so its shape is
$(m,n_{l+1})$. $W^{(l+1)}$ has shape $(n_{l+1},n_l)$. Which line gives $D^{(l)}$?""",
        parts=[
            Choice(
                {
                    r"$\bigl((W^{(l+1)})^TD^{(l+1)}\bigr)\odot\varphi'(Z^{(l)})$":
                        "$(n_l,n_{l+1})$ times $(m,n_{l+1})$ does not fit. That is the order for "
                        "columns.",
                    r"$\bigl(D^{(l+1)}(W^{(l+1)})^T\bigr)\odot\varphi'(Z^{(l)})$":
                        "$(m,n_{l+1})$ times $(n_l,n_{l+1})$ does not fit.",
                    r"$\bigl(D^{(l+1)}W^{(l+1)}\bigr)\,\varphi'(Z^{(l)})$":
                        "The slope is multiplied entry by entry; as a matrix factor it does not "
                        "fit.",
                    r"$\bigl(D^{(l+1)}W^{(l+1)}\bigr)\odot\varphi'(Z^{(l)})$":
                        "$(m,n_{l+1})$ times $(n_{l+1},n_l)$ is $(m,n_l)$, as $Z^{(l)}$. No "
                        "transpose.",
                },
                answer="D",
            )
        ],
        hints=[
            "Write the shape under each term.",
            r"The sum runs over the neurons of layer $l+1$: that size has to meet itself.",
            r"Which product has $(m,n_{l+1})\cdot(n_{l+1},n_l)$?",
        ],
        solution=r"""$D^{(l)}=\bigl(D^{(l+1)}W^{(l+1)}\bigr)\odot\varphi'(Z^{(l)})$. Row $i$ of the
product is $\delta_i^TW=(W^T\delta_i)^T$: the transpose of the column form has gone into writing
errors as rows.""",
    ),
    Question(
        id="6.4-3",
        title="BP2 in prose",
        stem=r"""A text says: *"The error of a layer is the error of the next layer times the
derivative of the output value of this layer."* What is missing, and where is the slope taken?""",
        parts=[
            Choice(
                {
                    "The biases of the next layer.":
                        "They do not appear: a bias is a constant for the activation before it.",
                    "The activations of this layer.":
                        "They come in BP4. Here it is about how one layer acts on the next.",
                    "The weights that connect the two layers.":
                        "Without them not even the sizes fit, 2 errors and 3 slopes.",
                    "A minus sign.": "There is none in BP2.",
                },
                answer="C",
                label="Missing",
            ),
            Choice(
                {
                    "At the weighted inputs $z$ of this layer.":
                        "That is where the activation was taken on the way forward.",
                    "At the outputs $a$ of this layer.":
                        "$\\varphi$ was taken at $z$, so its slope is, too.",
                    "At the weighted inputs of the next layer.":
                        "That slope is already inside the error of the next layer.",
                },
                answer="A",
                label="The slope is taken",
            ),
        ],
        hints=[
            "Compare with the index form, term by term.",
            r"$\delta_k=\bigl(\sum_jW_{jk}\,\delta_j\bigr)\,\varphi'(z_k)$.",
            r"Which letter of this formula does not appear in the sentence?",
        ],
        solution=r"""The weights: the errors of the next layer are first weighted and added,
$W^T\delta$. And the slope is that of the activation function at the weighted input $z$ of this
layer.""",
    ),
    Code(
        id="6.4-4",
        title="BP2 as a function",
        stem=r"""Write `hidden_error(D, W, Z)`: the errors of a layer of sigmoids for a batch. `D`
holds the errors of the next layer, shape $(m,n_{l+1})$; `W` the weights into the next layer, shape
$(n_{l+1},n_l)$; `Z` the weighted inputs of this layer, shape $(m,n_l)$. The slope is
`nnlib.sigmoid.df`.""",
        answer=hidden_error,
        inputs=_errors_weights_inputs,
        wrong={
            _with_transpose: "`D @ W.T`: with errors as rows BP2 needs no transpose. Write the "
                "shapes under it.",
            _column_order: "`W.T @ D` is the form for columns. Here the errors are rows: `D @ W`.",
            _no_weights: "The weights are missing: the errors of the next layer have to come "
                "through `W`.",
            _no_slope: "The slope is missing: multiply entry by entry by the slope at `Z`.",
            _hidden_slope_at_a: "The slope is taken at the activations. It belongs at `Z`.",
            _activation_not_slope: "You multiply by the activations instead of their slopes.",
            _hidden_over_m: "Divided by $m$. The mean is taken later, once, in BP3 and BP4.",
            _slope_as_matrix: "The slope is multiplied entry by entry, `*`, not as a matrix.",
        },
        also=[_hidden_columns, _hidden_by_rows],
        hints=[
            "Back through the weights, then through the activation.",
            r"$D^{(l)}=\bigl(D^{(l+1)}W^{(l+1)}\bigr)\odot\sigma'(Z^{(l)})$.",
            "`return (D @ W) * ...`",
        ],
        solution=r"""One matrix product carries all errors of all examples through the weights, one
product entry by entry takes them through the activation.""",
    ),
]


def bias_gradient(D):
    return D.mean(axis=0)


def _the_sum(D):
    return D.sum(axis=0)


def _along_neurons(D):
    return D.mean(axis=1)


def _one_number(D):
    return D.mean()


def _a_row_of_two_dimensions(D):
    return D.mean(axis=0, keepdims=True)


def _the_errors(D):
    return D


def _first_example(D):
    return D[0]


def _by_the_neurons(D):
    return D.sum(axis=0) / D.shape[1]


def _sum_over_m(D):
    return D.sum(axis=0) / len(D)


def _ones_times_errors(D):
    return np.ones(len(D)) @ D / len(D)


def _errors(rng):
    """Errors (m, n) of several sizes."""
    return [(rng.normal(size=shape),) for shape in ((4, 3), (5, 2), (3, 6))]


def weight_gradient(D, A):
    return D.T @ A / len(D)


def _weights_summed(D, A):
    return D.T @ A


def _turned(D, A):
    return A.T @ D / len(D)


def _no_transpose(D, A):
    return D @ A / len(D)


def _examples_outside(D, A):
    return D @ A.T / len(D)


def _product_of_means(D, A):
    return np.outer(D.mean(axis=0), A.mean(axis=0))


def _by_the_width(D, A):
    return D.T @ A / D.shape[1]


def _last_example_only(D, A):
    return np.outer(D[-1], A[-1])


def _mean_of_outer(D, A):
    return np.mean([np.outer(delta, a) for delta, a in zip(D, A, strict=True)], axis=0)


def _by_einsum(D, A):
    return np.einsum("ij,ik->jk", D, A) / D.shape[0]


def _errors_and_activations(rng):
    """D (m, n) and A (m, k) of several sizes; in the last one n equals k."""
    return [
        (rng.normal(size=(m, n)), rng.normal(size=(m, k)))
        for m, n, k in ((4, 3, 2), (5, 2, 6), (6, 3, 3))
    ]


GRADIENTS = [
    Question(
        id="6.5-1",
        title="A gradient matrix",
        stem=r"""A layer of two neurons has the error $\delta=(0.0235,\ 0.01248)$. Its inputs are
$a=(1,2,0)$. Fill in the gradient of its weights,
$\begin{bmatrix}G_{11}&G_{12}&G_{13}\\G_{21}&G_{22}&G_{23}\end{bmatrix}$, and of its biases. Asked
are the first row, $G_{21}$, $G_{22}$ and the second bias.""",
        parts=[
            Number(
                0.0235,
                {1.0235: "You added. BP4 is a product.", 0.01248: "That is $\\delta_2$. Row 1 "
                    "belongs to neuron 1."},
                label=r"$G_{11}$",
            ),
            Number(
                0.047,
                {0.02496: "That is $G_{22}$: the first index is the neuron it leads to.",
                 0.0235: "Times the input it comes from: $a_2=2$."},
                label=r"$G_{12}$",
            ),
            Number(
                0,
                {0.0235: "Times the input it comes from: $a_3=0$."},
                label=r"$G_{13}$",
            ),
            Number(
                0.01248,
                {0.047: "That is $G_{12}$: the first index is the neuron it leads to.",
                 0.0235: "That is $\\delta_1$. Row 2 belongs to neuron 2."},
                label=r"$G_{21}$",
            ),
            Number(
                0.02496,
                {0.01248: "Times the input it comes from: $a_2=2$.",
                 0.047: "That is $2\\delta_1$. Row 2 belongs to neuron 2."},
                label=r"$G_{22}$",
            ),
            Number(
                0.01248,
                {
                    0: "A bias has no input in its gradient: the third input being 0 does not "
                        "matter.",
                    0.02496: "A bias gradient has no factor $a$: it is $\\delta$ alone.",
                    0.03744: "That is $\\delta_2$ times the sum of the inputs. It is $\\delta$ "
                        "alone.",
                },
                label="Gradient of the second bias",
            ),
        ],
        hints=[
            "Each weight has two ends. What stands at its beginning, what at its end?",
            r"$G_{jk}=\delta_j\,a_k$, and the bias gradient is $\delta_j$.",
            r"Row 1: $0.0235\cdot(1,2,0)=\dots$",
        ],
        solution=r"""$\delta\,a^T=\begin{bmatrix}0.0235&0.0470&0\\0.01248&0.02496&0\end{bmatrix}$,
and the bias gradient is $\delta=(0.0235,\ 0.01248)$.""",
    ),
    Question(
        id="6.5-2",
        title="A silent input",
        stem=r"""In the last exercise the third input is 0. Which parameters of this layer do not
move on this example?""",
        parts=[
            Choice(
                {
                    "All weights and the biases: with an input of 0 nothing can be learned.":
                        "The other two inputs are 1 and 2, and their columns are not 0.",
                    "The weights of column 3. The biases move.":
                        "They are multiplied by $a_3=0$. A bias gradient is $\\delta$ alone.",
                    "The weights of row 3 and the third bias.":
                        "There are two rows only. The input belongs to a column.",
                    "The weights of column 3 and the biases.":
                        "A bias does not care about the inputs: its gradient is $\\delta$.",
                },
                answer="B",
            )
        ],
        hints=[
            "Look at the matrix: where are the zeros?",
            r"$G_{jk}=\delta_ja_k$ with $a_3=0$; the bias gradient is $\delta_j$.",
            "The zeros stand in one column.",
        ],
        solution=r"""The two weights in column 3, because each is multiplied by $a_3=0$. The biases
have the gradient $\delta$, whatever the inputs are.""",
    ),
    Question(
        id="6.5-3",
        title="A matrix form that cannot be",
        stem=r"""A note writes $\frac{\partial C}{\partial w^{M}}=\frac{\partial C}{\partial
z^{L}}\,(a^{M-1})^T$, with $L$ the last layer. Test it on 784-16-16-10 with $M=1$: which shape has
the right side, and which has $w^{1}$?""",
        parts=[
            Number(
                10,
                {16: "$z^L$ belongs to the last layer, and that has 10 neurons.",
                 784: "Rows come from $\\partial C/\\partial z^L$, a column."},
                label="Rows of the right side",
            ),
            Number(
                784,
                {16: "$a^{M-1}=a^0$ is the input.", 10: "Columns come from $(a^{M-1})^T$, a row."},
                label="Columns of the right side",
            ),
            Number(
                16,
                {784: "One row for each neuron of its own layer.",
                 10: "Layer 1 is the first hidden one."},
                label="Rows of $w^1$",
            ),
            Number(
                784,
                {16: "One column for each input of the layer.",
                 10: "One column for each input of the layer, and layer 1 sees the pixels."},
                label="Columns of $w^1$",
            ),
            Choice(
                {
                    "$a^{M}$ instead of $a^{M-1}$":
                        "$a^{M-1}$ is right: a weight gets its input from the layer before.",
                    "$z^{M}$ instead of $z^{L}$":
                        "The error of the layer the weights lead into. For $M=L$ the two agree.",
                    "no transpose": "Two columns cannot be multiplied.",
                },
                answer="B",
                label="It must be",
            ),
        ],
        hints=[
            "A column times a row is a matrix: rows from the first, columns from the second.",
            r"$\partial C/\partial z^L$ has $n_L$ entries, $a^{M-1}$ has $n_{M-1}$.",
            r"$(10,1)\cdot(1,784)=\dots$",
        ],
        solution=r"""The right side is $(10,1)\cdot(1,784)=(10,784)$, but $w^1$ is $(16,784)$. It
must be $z^{M}$: the error of the layer that the weights lead into.""",
    ),
    Code(
        id="6.5-4",
        title="BP3 as a function",
        stem=r"""Write `bias_gradient(D)`: the gradient of the cost, a mean over the batch, with
respect to the biases of a layer. `D` holds the errors of the layer, shape $(m,n)$; the answer has
shape $(n,)$.""",
        answer=bias_gradient,
        inputs=_errors,
        wrong={
            _the_sum: "That is the sum over the examples. The cost is their mean: divide by $m$.",
            _along_neurons: "You take the mean along each row, over the neurons. The mean over the "
                "examples goes down the rows: `axis=0`.",
            _one_number: "One number for all: each neuron has its own bias. Use `axis=0`.",
            _a_row_of_two_dimensions: "Right numbers, but of shape $(1,n)$. The biases have shape "
                "$(n,)$: leave out `keepdims`.",
            _the_errors: "These are the errors of all examples. The gradient is their mean over "
                "the rows.",
            _first_example: "That is the first example alone. Take the mean over all rows.",
            _by_the_neurons: "Divided by the number of neurons. The mean is over the $m$ examples, "
                "the rows.",
        },
        also=[_sum_over_m, _ones_times_errors],
        hints=[
            "Each example says what it wants of the bias; the cost listens to the mean.",
            r"$G_{b,j}=\frac1m\sum_iD_{ij}$: over the rows.",
            "`return D.mean(...)`",
        ],
        solution=r"""A bias is added to every row, so every row has a say. The mean goes down the
rows, `axis=0`.""",
    ),
    Code(
        id="6.5-5",
        title="BP4 as a function",
        stem=r"""Write `weight_gradient(D, A)`: the gradient of the cost, a mean over the batch,
with respect to the weights of a layer. `D` holds the errors of the layer, shape $(m,n_l)$, and `A`
the activations of the layer before, shape $(m,n_{l-1})$; the answer is shaped like the weights,
$(n_l,n_{l-1})$.""",
        answer=weight_gradient,
        inputs=_errors_and_activations,
        wrong={
            _weights_summed: "That is the sum over the examples. The cost is their mean: divide by "
                "$m$.",
            _turned: "Transposed: $W_{jk}$ leads to $j$ from $k$, so the errors come first.",
            _no_transpose: "`D @ A` does not fit: the sum runs over the examples, so $m$ has to "
                "meet $m$.",
            _examples_outside: "`D @ A.T` pairs examples with examples. The sum runs over the "
                "examples: $m$ has to be in the middle.",
            _product_of_means: "Mean error times mean activation is not the mean of the products. "
                "Multiply example by example.",
            _by_the_width: "Divided by the number of neurons. The mean is over the $m$ examples, "
                "the rows.",
            _last_example_only: "That is the last example alone. Add up all of them.",
        },
        also=[_mean_of_outer, _by_einsum],
        hints=[
            "One example gives the outer product of its error and its input. Take the mean of "
            "those.",
            r"$G_W=\frac1mD^TA$, shapes $(n_l,m)\cdot(m,n_{l-1})$.",
            "`return D.T @ ...`",
        ],
        solution=r"""The inner index of the product $D^TA$ runs over the examples: the sum over the
batch is hidden in it. The division by $m$ makes it a mean.""",
    ),
]

ALGORITHM = [
    Question(
        id="6.6-1",
        title="Five steps",
        stem=r"""Backpropagation has five steps: *output error, input, gradients, backpropagate the
error, feedforward*. Which one is the first, which the second, and so on?""",
        parts=[
            Number(
                1,
                {2: "Something has to be there before anything can be fed forward.",
                 5: "It is what everything begins with."},
                label="Input is step",
            ),
            Number(
                2,
                {1: "It needs the input first.",
                 3: "The output error needs the outputs, so they come before it."},
                label="Feedforward is step",
            ),
            Number(
                3,
                {4: "What goes back through the layers starts with it.",
                 1: "It needs the outputs, and these need the forward pass."},
                label="Output error is step",
            ),
            Number(
                4,
                {3: "It carries the error of the next layer; the last layer's comes first.",
                 5: "The gradients of the first layers need the errors it delivers."},
                label="Backpropagate is step",
            ),
            Number(
                5,
                {4: "They need the error of every layer.",
                 3: "For the last layer it could be done so early. For the others the errors are "
                    "not known yet."},
                label="Gradients is step",
            ),
        ],
        hints=[
            "What does each step need that another delivers?",
            "BP1 needs the outputs, BP2 the error of the next layer, BP3 and BP4 all errors.",
            "It begins with the input.",
        ],
        solution=r"""Input, feedforward, output error, backpropagate, gradients. In code the
gradients of a layer are taken as soon as its error is known, so the last two steps share a
loop.""",
    ),
    Question(
        id="6.6-2",
        title="What to keep",
        stem=r"""Which numbers of the forward pass must be kept until the backward pass, for a
general activation function? And which can be dropped if all neurons are sigmoids, without computing
any activation twice?""",
        parts=[
            Choice(
                {
                    "Only the outputs: BP1 starts from them.":
                        "BP4 needs the activations of every layer, and BP2 a slope in every layer.",
                    "All activations, because every weight gradient has one as a factor.":
                        "They are needed. So are the places where the slopes are taken.",
                    "All weighted inputs $z$, because of the slopes.":
                        "They are needed. So are the inputs of the weights.",
                    "All activations, for the weight gradients, and all weighted inputs $z$, for "
                    "the slopes.":
                        "The input counts as an activation, $a^{(0)}$.",
                },
                answer="D",
                label="In general",
            ),
            Choice(
                {
                    "The $z$, because the slope is $a(1-a)$.":
                        "The activations suffice. For tanh as well, with $1-a^2$.",
                    "The activations, because $z$ determines them.":
                        "It does, at the price of computing each one again. It is the other way "
                        "that costs nothing.",
                    "Nothing.": "A sigmoid's slope can be had from its activation.",
                },
                answer="A",
                label="With sigmoids one can drop",
            ),
        ],
        hints=[
            "Go through BP1 to BP4 and look for letters that come from the forward pass.",
            r"BP1 and BP2 contain $\varphi'(z)$, BP4 contains $a$.",
            r"$\sigma'(z)=\sigma(z)\,(1-\sigma(z))$.",
        ],
        solution=r"""All activations, for BP4, and all weighted inputs, for the slopes in BP1 and
BP2. For sigmoid and tanh the slope is a function of the activation, $a(1-a)$ and $1-a^2$, so the
activations suffice.""",
    ),
    Question(
        id="6.6-3",
        title="Which step learns?",
        stem=r"""Which of the five steps of backpropagation changes the weights?""",
        parts=[
            Choice(
                {
                    "Backpropagate the error: it goes through all layers and corrects them.":
                        "It goes through the layers and computes errors. It corrects nothing.",
                    "Gradients: they are subtracted from the weights.":
                        "They are, later, by gradient descent, and after a factor $\\eta$.",
                    "None: gradient descent does, after the mean over the mini-batch.":
                        "Backpropagation delivers slopes. Walking down them is "
                        "another job.",
                    "All five together.": "Measured below: after all five the weights are what "
                        "they were.",
                },
                answer="C",
            )
        ],
        hints=[
            "Look for an assignment to a weight in the five steps.",
            "Backpropagation delivers the gradient. Who uses it?",
            r"$W\leftarrow W-\eta\,G_W$ is not among the five.",
        ],
        solution=r"""None. Backpropagation computes the gradient; gradient descent takes the step
$W\leftarrow W-\eta\,G_W$, after the mean over the mini-batch.""",
    ),
    Question(
        id="6.6-4",
        title="How much to keep",
        stem=r"""A network 784-30-10 learns from mini-batches of 10. How many activations (with the
inputs) and how many weighted inputs are kept for one example, and how many numbers of both kinds
for the whole batch?""",
        parts=[
            Number(
                824,
                {40: "The inputs count as activations of layer 0: BP4 of the first layer needs "
                    "them.", 23860: "That is the number of weights and biases."},
                label="Activations of one example",
            ),
            Number(
                40,
                {824: "The input layer has no weighted inputs.", 30: "The output layer has "
                    "weighted inputs, too."},
                label="Weighted inputs of one example",
            ),
            Number(
                8640,
                {864: "That is for one example. Each of the ten needs its own.",
                 8240: "These are the activations alone."},
                label="Numbers for the batch",
            ),
        ],
        hints=[
            "Count the neurons of each layer, once with the input, once without.",
            r"$n_0+n_1+n_2$ and $n_1+n_2$; then times the number of examples.",
            r"$784+30+10=\dots$",
        ],
        solution=r"""$784+30+10=824$ activations and $30+10=40$ weighted inputs; for ten examples
$10\cdot(824+40)=8640$.""",
    ),
]

EXERCISES = [*ASSUMPTIONS, *ERROR, *BP1, *BP2, *GRADIENTS, *ALGORITHM]
