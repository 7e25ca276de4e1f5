"""The exercises of chapter 2, Networks of neurons: each stem, answer, typical wrong answer, hint
and solution, once."""

import numpy as np

from nnlib import sigmoid

from .code import Code
from .kit import Choice, Number, Question


def _s(z):
    return float(sigmoid(float(z)))


LAYERS = [
    Question(
        id="2.1-1",
        title="Neurons and activations",
        stem=r"""A network is called 784-16-16-10. How many neurons has it? And how many activations
are there in all, if the numbers in the input layer are counted, too?""",
        parts=[
            Number(
                42,
                {
                    826: "That counts the inputs, too. They hold numbers; they are no neurons.",
                    32: "Those are the hidden neurons. The ten outputs are neurons as well.",
                    26: "One of the two hidden layers is missing.",
                    800: "The 784 inputs are no neurons, and a layer is missing.",
                    3: "That is the number of layers of neurons. Add up their sizes.",
                },
                label="Neurons",
            ),
            Number(
                826,
                {
                    42: "Those are the neurons. Now add the 784 numbers of the input layer.",
                    816: "The ten outputs are activations, too.",
                    794: "The hidden layers are missing.",
                    810: "There are two hidden layers of 16.",
                    13002: "Those are the parameters. Here the circles of the drawing are counted.",
                },
                label="Activations, inputs counted",
            ),
        ],
        hints=[
            "The name lists the sizes of the layers, the input layer first.",
            "Neurons stand in every layer except layer 0.",
            r"$16+16+\dots$",
        ],
        solution=r"""The neurons stand in the layers after the input: $16+16+10=42$.

With the 784 numbers of the input layer there are $784+42=826$ activations. The inputs are counted
among the activations, as $a^{(0)}=x$, but no neuron has computed them.""",
    ),
    Question(
        id="2.1-2",
        title="Fact or hope",
        stem=(
            "Two statements about a digit network with two hidden layers. Is each a fact or a hope?"
        ),
        parts=[
            Choice(
                {
                    "A fact that was measured": (
                        "Nobody has measured it here: the video notes report that their "
                        "trained network does *not* show it."
                    ),
                    "True by definition": (
                        "Nothing in the definition of the layers speaks of edges."
                    ),
                    "A hope": (
                        "Right. It is possible, since a neuron can find an edge, but whether a"
                        " trained network does it must be looked up in the network."
                    ),
                },
                answer="C",
                label="The first hidden layer finds edges, the second patterns, the output digits",
            ),
            Choice(
                {
                    "A hope": (
                        "No need to hope: with the weights and biases given, the next layer is"
                        " computed from these numbers alone."
                    ),
                    "True by definition": (
                        "Right. Given the weights and biases, the activations of one layer are all "
                        "that goes into the next."
                    ),
                    "True only after training": (
                        "Training changes the weights. An untrained network computes its "
                        "layers in the same way."
                    ),
                },
                answer="B",
                label="For given weights and biases, the activations of each layer determine "
                "those of the next",
            ),
        ],
        hints=[
            "One of the two follows from how the network computes.",
            "What goes into a neuron of the second hidden layer?",
            "The documents put a question mark behind one of them.",
        ],
        solution=r"""Edges, then patterns, then digits is a **hope**. A neuron whose weights are set
by hand can find an edge; the notes that draw the hope say themselves that their trained network
does not show it.

That each layer determines the next is the **definition** of a feedforward network: $a^{(l)}$ is
computed from $a^{(l-1)}$, $W^{(l)}$ and $b^{(l)}$, and from nothing else.""",
    ),
    Question(
        id="2.1-3",
        title="Why hidden",
        stem="Why is a middle layer called hidden?",
        parts=[
            Choice(
                {
                    "Its weights cannot be read": (
                        "They can: they are numbers in an array like all the others."
                    ),
                    "Its values stand in no data set": (
                        "Right. The data give inputs and wanted outputs. What should "
                        "stand between is nowhere written; the network makes it."
                    ),
                    "Its neurons have no activation function": (
                        "They have one, and it matters much: "
                        "section 2.6 shows what happens without it."
                    ),
                    "It is not connected to the output": "It is: the output sees nothing else.",
                },
                answer="B",
            )
        ],
        hints=[
            "Hidden from whom? Think of the table with the examples.",
            "Which columns does the data table have?",
            "Inputs and wanted outputs stand in the table.",
        ],
        solution="""A data set holds inputs and targets. The values of a middle layer stand in
neither: they are not observed in the training data. The program can print them at any time, so they
are not secret.""",
    ),
]

BY_HAND = [
    Question(
        id="2.2-1",
        title="With a bias of 1",
        stem=r"""The 2-2-1 network again, all weights $(0,1)$ and $x=(2,3)$, but now all three
biases are 1. Give $h=h_1=h_2$ and the output $o$ to four digits.""",
        parts=[
            Number(
                _s(4),
                {
                    _s(3): "That is $f(3)$: the bias 1 is missing.",
                    4: "That is $z$. The activation comes after it: $f(4)$.",
                    _s(6): "Both inputs were added, and the bias. The first weight is 0.",
                    _s(2): r"That is $f(2)$: the bias was subtracted. It is added, $3+1$.",
                },
                label="$h$",
                tol=6e-5,
            ),
            Number(
                _s(_s(4) + 1),
                {
                    _s(_s(4)): "The output neuron has a bias of 1, too.",
                    _s(4) + 1: "That is the $z$ of the output neuron. Now the activation.",
                    _s(
                        4
                    ): "That is $h$ once more. The output neuron sees $h_1$ and $h_2$, not $x$.",
                    _s(_s(3) + 1): "Here $h$ was computed without its bias.",
                    _s(2 * _s(4) + 1): "The first weight is 0: only $h_2$ counts.",
                },
                label="$o$",
                tol=6e-5,
            ),
        ],
        hints=[
            (
                "Layer by layer: first both hidden neurons, then the output neuron with $h$ in the"
                " place of $x$."
            ),
            r"$h=f(0\cdot2+1\cdot3+1)$ and $o=f(0\cdot h+1\cdot h+1)$.",
            r"$h=f(4)=0.9820$",
        ],
        solution=r"""$h$ $=f(0\cdot2+1\cdot3+1)$ $=f(4)$ $=0.98201$.

$o$ $=f(0\cdot h+1\cdot h+1)$ $=f(1.98201)$ $=0.87890$.

Each neuron adds its own bias, so the 1 comes in twice on the way to the output.""",
    ),
    Question(
        id="2.2-2",
        title="The other weight",
        stem=(
            r"Now all weights are $(1,0)$ and all biases 0; $x=(2,3)$ as before. Give $h$ and $o$"
            r" to four digits."
        ),
        parts=[
            Number(
                _s(2),
                {
                    _s(3): "That is $f(3)$. The weight 1 now belongs to the first input.",
                    2: "That is $z$. The activation comes after it.",
                    _s(5): "Both inputs were added. The second weight is 0.",
                    _s(-2): "That is $f(-2)$. In the sigmoid the exponent is $-z$.",
                },
                label="$h$",
                tol=6e-5,
            ),
            Number(
                _s(_s(2)),
                {
                    _s(_s(3)): "That is the output with the old weights.",
                    _s(
                        2
                    ): "That is $h$ once more. The output neuron sees $h_1$ and $h_2$, not $x$.",
                    _s(2 * _s(2)): "The second weight is 0: only $h_1$ counts.",
                    _s(1): "Here $h$ was rounded to 1. Keep four digits.",
                },
                label="$o$",
                tol=6e-5,
            ),
        ],
        hints=[
            "Which input is left, and which hidden neuron?",
            r"$h=f(1\cdot2+0\cdot3)$ and $o=f(1\cdot h+0\cdot h)$.",
            r"$h=f(2)=0.8808$",
        ],
        solution=r"""$h$ $=f(1\cdot2+0\cdot3)$ $=f(2)$ $=0.88080$, and
$o$ $=f(1\cdot0.88080+0\cdot0.88080)$ $=f(0.88080)$ $=0.70699$.""",
    ),
    Question(
        id="2.2-3",
        title="Find the misprint",
        stem=r"""A text works out our 2-2-1 network (weights $(0,1)$, biases 0, $x=(2,3)$) and
writes the last step as $o_1=f(0.0526)=0.7216$. The two numbers do not belong together. Which one is
misprinted? What must stand in its place? And what is $f(0.0526)$ really? (Four digits.)""",
        parts=[
            Choice(
                {
                    "The argument 0.0526": (
                        "Right. A sigmoid just above 0 is just above one half, and what goes into "
                        "the output neuron is $h_2$."
                    ),
                    "The result 0.7216": (
                        "Work out $h_2$ and its sigmoid: 0.7216 is what comes out."
                    ),
                    "Both": "One of them is what your own calculation gives.",
                },
                answer="A",
                label="The misprint",
            ),
            Number(
                0.9526,
                {
                    0.0526: "That is what was printed.",
                    3: "That is the $z$ of the hidden neurons. The output neuron sees $h_2=f(3)$.",
                    0.7216: "That is the output, and it is right. The argument of $f$ is asked.",
                    0.5131: "That is $f(0.0526)$, the next question.",
                    0.952: "One more digit is needed: 0.9526.",
                },
                label="It must be",
                tol=6e-5,
            ),
            Number(
                _s(0.0526),
                {
                    0.7216: "That is what was printed beside it, and it belongs to 0.9526.",
                    0.5: "That is $f(0)$. A little more is needed.",
                    _s(-0.0526): "That is $f(-0.0526)$. In the sigmoid the exponent is $-z$.",
                    0.0526: "That is the argument. Its sigmoid is near one half.",
                },
                label="$f(0.0526)$",
                tol=6e-5,
            ),
        ],
        hints=[
            "The sigmoid of 0 is one half. Can a number so near to 0 give 0.72?",
            r"The output neuron's $z$ is $0\cdot h_1+1\cdot h_2$, and $h_2=f(3)$.",
            r"$f(0.0526)$ $=\frac{1}{1+e^{-0.0526}}$ $=\frac{1}{1+0.9488}=\dots$",
        ],
        solution=r"""The argument must be $h_2=f(3)=0.9526$, and $f(0.9526)=0.7216$ as printed. One
digit, 9, has become a 0.

$f(0.0526)=0.5131$: near 0 the sigmoid is near one half. Such a rough estimate finds the misprint
without a computer.""",
    ),
]


def _side(label, right, wrong):
    return Number(right, wrong, label=label)


_ROWS = "Rows are the neurons of the layer that the matrix leads into."
_COLUMNS = "Columns are the activations that come in."
_BIASES = "One bias per neuron of the layer."


def layer(A, W, b):
    return A @ W.T + b


def _untransposed(A, W, b):
    return A @ W + b


def _columns(A, W, b):
    return (W @ A.T).T


def _lying(A, W, b):
    return W @ A.T + b[:, None]


def _bias_subtracted(A, W, b):
    return A @ W.T - b


def _activated(A, W, b):
    return sigmoid(A @ W.T + b)


def _bias_per_example(A, W, b):
    return A @ W.T + b[:, None]


def _first_example(A, W, b):
    return W @ A[0] + b


def _entry_by_entry(A, W, b):
    return A * W + b


def _bias_times(A, W, b):
    return (A + b) @ W.T


def _layer_by_loops(A, W, b):
    Z = np.empty((len(A), len(W)))
    for i in range(len(A)):
        for j in range(len(W)):
            Z[i, j] = np.dot(W[j], A[i]) + b[j]
    return Z


def _layer_by_columns(A, W, b):
    return (W @ A.T + np.reshape(b, (-1, 1))).T


def _layers(rng):
    """Several shapes; the square ones let a forgotten transpose run through."""
    shapes = [(4, 2, 3), (3, 3, 3), (2, 5, 1), (1, 2, 2), (5, 1, 4)]
    return [
        (rng.normal(0, 1, (m, k)), rng.normal(0, 1, (n, k)), rng.normal(0, 1, n))
        for m, k, n in shapes
    ]


MATRIX = [
    Question(
        id="2.3-1",
        title="Shapes of a digit network",
        stem=r"""Give the shapes of all $W^{(l)}$ and $b^{(l)}$ of the network 784-16-16-10, in the
house notation: $W^{(l)}$ is (rows, columns).""",
        parts=[
            _side(
                "$W^{(1)}$: rows",
                16,
                {784: f"The other way round. {_ROWS}", 10: "Layer 1 has 16 neurons."},
            ),
            _side(
                "$W^{(1)}$: columns",
                784,
                {16: f"The other way round. {_COLUMNS}", 785: "The bias has an array of its own."},
            ),
            _side(
                "$b^{(1)}$: entries",
                16,
                {
                    784: f"{_BIASES} The inputs have none.",
                    12544: f"That is the size of $W^{{(1)}}$. {_BIASES}",
                },
            ),
            _side(
                "$W^{(2)}$: rows",
                16,
                {784: "The pixels do not reach layer 2.", 10: f"{_ROWS} Layer 2 has 16."},
            ),
            _side(
                "$W^{(2)}$: columns",
                16,
                {
                    784: "The pixels do not reach layer 2.",
                    10: f"{_COLUMNS} Here they come from layer 1.",
                    17: "The bias has an array of its own.",
                },
            ),
            _side(
                "$b^{(2)}$: entries",
                16,
                {1: _BIASES, 256: f"That is the size of $W^{{(2)}}$. {_BIASES}"},
            ),
            _side(
                "$W^{(3)}$: rows",
                10,
                {16: f"The other way round. {_ROWS}", 1: "There are ten outputs."},
            ),
            _side(
                "$W^{(3)}$: columns",
                16,
                {10: f"The other way round. {_COLUMNS}", 17: "The bias has an array of its own."},
            ),
            _side(
                "$b^{(3)}$: entries",
                10,
                {
                    16: f"{_BIASES} The layer is the output.",
                    160: f"That is the size of $W^{{(3)}}$. {_BIASES}",
                },
            ),
        ],
        hints=[
            "Three matrices for four layers of circles: nothing leads into layer 0.",
            r"$W^{(l)}$ has the shape $(n_l,n_{l-1})$, and $b^{(l)}$ has $n_l$ entries.",
            r"$W^{(1)}$: $n_1=16$ rows and $n_0=784$ columns.",
        ],
        solution=r"""$(n_l,n_{l-1})$ for $l=1,2,3$, with $n=(784,16,16,10)$:

| | $W$ | $b$ |
|---|---|---|
| layer 1 | (16, 784) | (16,) |
| layer 2 | (16, 16) | (16,) |
| layer 3 | (10, 16) | (10,) |

Neighbours fit: the columns of each $W$ are the rows of the one before.""",
    ),
    Question(
        id="2.3-2",
        title="A layer by hand",
        stem=r"""A layer has the weights `W = [[1, 2, 0], [0, -1, 1]]`, row by row, and the biases
$b=(0.5,-1)$. It gets $a=(1,2,3)$. What is $z=Wa+b$?""",
        parts=[
            Number(
                5.5,
                {
                    5: "That is the product. The bias 0.5 is missing.",
                    4.5: "The bias was subtracted. It is added.",
                    3.5: (
                        "It looks like the weights and the bias added up. Each weight multiplies"
                        " its input."
                    ),
                    4: "That bias belongs to the other row: row 1 has 0.5.",
                },
                label="$z_1$",
            ),
            Number(
                0,
                {
                    1: "That is the product. The bias $-1$ is missing.",
                    2: "The bias is $-1$, and it is added.",
                    4: "The weight of the second input is $-1$: its term is $-2$.",
                    1.5: "That bias belongs to the other row: row 2 has $-1$.",
                    -1: "That is the bias alone. The row makes $0-2+3=1$.",
                },
                label="$z_2$",
            ),
        ],
        hints=[
            "Two rows, so two results. Each row makes a dot product with $a$.",
            r"$z_j=W_{j1}a_1$ $+W_{j2}a_2$ $+W_{j3}a_3$ $+b_j$.",
            r"$z_1=1\cdot1+2\cdot2+0\cdot3+\dots$",
        ],
        solution=r"""$z_1$ $=1\cdot1+2\cdot2+0\cdot3+0.5$ $=5.5$
and $z_2$ $=0\cdot1-1\cdot2+1\cdot3-1$ $=0$.

$W$ has two rows: two neurons, two biases, two results. It has three columns: three inputs.""",
    ),
    Question(
        id="2.3-3",
        title="Two translations",
        stem=r"""Translate into the house notation $W^{(l)}_{jk}$. First the weight $w^3_{24}$ of
the backpropagation notes, where the input is layer 1 and the indices mean "to 2 from 4". Then the
weight $W^{(1)}_{23}$ of the lecture: it leads out of the input, and the lecture's matrix has one
row per *input*, not per neuron.""",
        parts=[
            Number(
                2,
                {
                    3: (
                        "There the input layer has number 1, here it has 0: every layer number"
                        " drops by one."
                    ),
                    4: "That is the neuron it comes from. The layer is asked.",
                    1: "Drop one, not two: $3-1$.",
                },
                label="$w^3_{24}$: layer $l$",
            ),
            Number(
                2,
                {
                    4: "There, too, the first index is where the connection ends.",
                    1: (
                        "Only in code does counting start at 0. On paper neurons are numbered"
                        " from 1."
                    ),
                },
                label="$w^3_{24}$: to neuron $j$",
            ),
            Number(
                4,
                {
                    2: "There, too, the second index is where the connection starts.",
                    3: (
                        "Only in code does counting start at 0. On paper neurons are numbered"
                        " from 1."
                    ),
                },
                label="$w^3_{24}$: from neuron $k$",
            ),
            Number(
                1,
                {
                    0: (
                        "The lecture's $W^{(1)}$ leads out of its layer 1, the input, so into house"
                        " layer 1."
                    ),
                    2: "The number stays: both call the first weight matrix $W^{(1)}$.",
                },
                label="$W^{(1)}_{23}$: layer $l$",
            ),
            Number(
                3,
                {
                    2: (
                        "The lecture's rows are inputs: its first index is where the connection"
                        " starts."
                    )
                },
                label="$W^{(1)}_{23}$: to neuron $j$",
            ),
            Number(
                2,
                {
                    3: (
                        "The lecture's columns are neurons: its second index is where the"
                        " connection ends."
                    )
                },
                label="$W^{(1)}_{23}$: from input $k$",
            ),
        ],
        hints=[
            (
                "Two questions for each: where does the layer count start, and which index is where"
                " the connection ends?"
            ),
            (
                "Backpropagation notes: the layer drops by one, the indices stay. Lecture: the"
                " layer stays, the indices change places."
            ),
            r"$w^3_{24}\to W^{(2)}_{24}$",
        ],
        solution=r"""$w^3_{24}$ is $W^{(2)}_{24}$, in code `net.weights[1][1, 3]`: the notes count
the input as layer 1, so each layer number drops by one; the order of the indices is the same.

The lecture's $W^{(1)}_{23}$ leads from input 2 to hidden neuron 3. In the house that is
$W^{(1)}_{32}$, in code `net.weights[0][2, 1]`: the matrix is transposed, so the indices change
places.""",
    ),
    Question(
        id="2.3-4",
        title="Correct a note",
        stem=r"""A note says: $W\in\mathbb R^{m\times n}$ and $b\in\mathbb R^{1\times n}$, with
$z=Wa+b$. How many entries must $b$ have? And in numbers: how many for a $W$ with 5 rows and 8
columns?""",
        parts=[
            Choice(
                {
                    "$n$, one per column": (
                        "Columns are inputs, and inputs have no bias. $Wa$ has one entry per row."
                    ),
                    "$m$, one per row": "Right. $Wa$ has $m$ entries, and each gets its own bias.",
                    r"$m\cdot n$, one per weight": (
                        "That would be one bias per connection. A neuron has one in all."
                    ),
                    "1, one per layer": (
                        "NumPy would add one number to all, but then all neurons would share a"
                        " threshold."
                    ),
                },
                answer="B",
                label="$b$ needs",
            ),
            Number(
                5,
                {
                    8: "Those are the columns, the inputs.",
                    40: "Those are the weights.",
                    13: "That is rows plus columns. One bias per row.",
                    1: "One for the layer is too few: each neuron has its own.",
                },
                label="Entries for 5 rows, 8 columns",
            ),
        ],
        hints=[
            "How many entries has $Wa$?",
            "A row of $W$ is a neuron, and a neuron has one bias.",
            r"$W$ is $m\times n$, $a$ has $n$ entries, so $Wa$ has ...",
        ],
        solution=r"""$W$ turns $n$ numbers into $m$. So $Wa$ has $m$ entries, and $b$ is added to it
entry by entry: $m$ of them, one per row, one per neuron. With 5 rows and 8 columns: 5.

The slip goes unnoticed whenever $m=n$, as in the first layer of the note's own 3-3-1 example.""",
    ),
    Code(
        id="2.3-5",
        title="One layer as a matrix product",
        stem=r"""Write `layer(A, W, b)`: the weighted inputs $Z=AW^T+b$ of a layer. `A` holds one
example per row, shape $(m,n_{in})$; `W` has the shape $(n_{out},n_{in})$, `b` the shape
$(n_{out},)$. No activation, and no loop is needed.""",
        answer=layer,
        inputs=_layers,
        wrong={
            _untransposed: (
                "`W` has one row per neuron; for rows of examples it must be transposed: `W.T`."
            ),
            _columns: "The bias is missing.",
            _lying: (
                "You get one *column* per example. Examples are rows here: turn the product round."
            ),
            _bias_subtracted: "The bias is subtracted. It is added.",
            _activated: "An activation was applied. Here $Z$ itself is asked.",
            _bias_per_example: (
                "You add one bias per *example*. `b` as it is, a row, is added to every row."
            ),
            _first_example: "That is the first example only. `A @ W.T` does all rows at once.",
            _entry_by_entry: "`*` multiplies entry by entry. The matrix product is `@`.",
            _bias_times: "The bias is added to the inputs. It comes after the product.",
        },
        also=[_layer_by_loops, _layer_by_columns],
        hints=[
            (
                "Which shapes go in, and which must come out? $(m,n_{in})$ times something is"
                " $(m,n_{out})$."
            ),
            "The something is `W.T`, of shape $(n_{in},n_{out})$.",
            "`A @ W.T`",
        ],
        solution=r"""Row $i$ of `A` and row $j$ of `W` make entry $(i,j)$. `W.T` stands the rows of
`W` up as columns, so that the product does just that. `b` has one entry per column of the result,
and NumPy adds it to every row.""",
    ),
]


def count_parameters(sizes):
    return sum(n * (k + 1) for k, n in zip(sizes[:-1], sizes[1:]))


def _weights_only(sizes):
    return sum(n * k for k, n in zip(sizes[:-1], sizes[1:]))


def _input_biases(sizes):
    return _weights_only(sizes) + sum(sizes)


def _biases_only(sizes):
    return sum(sizes[1:])


def _bias_per_layer(sizes):
    return _weights_only(sizes) + len(sizes) - 1


def _bias_of_the_wrong_side(sizes):
    return sum((n + 1) * k for k, n in zip(sizes[:-1], sizes[1:]))


def _no_output_bias(sizes):
    return _weights_only(sizes) + sum(sizes[1:-1])


def _product(sizes):
    return int(np.prod(sizes))


def _first_layer(sizes):
    return sizes[1] * (sizes[0] + 1)


def _by_arrays(sizes):
    n, k = np.array(sizes[1:]), np.array(sizes[:-1])
    return int((n * k).sum() + n.sum())


def _by_loop(sizes):
    total = 0
    for l in range(1, len(sizes)):
        total += sizes[l] * sizes[l - 1]
        total += sizes[l]
    return total


def _size_lists(rng):
    drawn = [([int(n) for n in rng.integers(2, 12, length)],) for length in (3, 4, 5)]
    return [*drawn, ([784, 16, 16, 10],), ([3, 6, 3, 5],), ([2, 1],)]


COUNTING = [
    Question(
        id="2.4-1",
        title="A slide to correct",
        stem=r"""A slide says that the network 3-6-3-5 has $51+15$ parameters: weights plus biases.
Recount.""",
        parts=[
            Number(
                51,
                {
                    65: "That is everything. Here only the weights.",
                    14: "Those are the biases.",
                    17: "Those are the circles. Count the lines.",
                    270: (
                        "The sizes are not all multiplied together: only neighbouring layers are"
                        " joined."
                    ),
                    36: "Nearly: $3\\cdot6+6\\cdot3+3\\cdot5$ has three terms.",
                },
                label="Weights",
            ),
            Number(
                14,
                {
                    15: "That is what the slide says. Add up the neurons: 6, 3 and 5.",
                    17: "The three inputs have no bias.",
                    9: "The five outputs have biases, too.",
                    3: "One bias per neuron, not one per layer.",
                },
                label="Biases",
            ),
            Number(
                65,
                {
                    66: "That is the slide's sum, $51+15$.",
                    68: "The three inputs have no bias.",
                    51: "Those are the weights alone.",
                },
                label="Together",
            ),
        ],
        hints=[
            "Weights are lines, biases are neurons.",
            (
                r"Weights: $3\cdot6+6\cdot3+3\cdot5$. Biases: the sizes of all layers except the"
                r" first."
            ),
            r"$6+3+5=\dots$",
        ],
        solution=r"""Weights: $3\cdot6+6\cdot3+3\cdot5=18+18+15=51$; the slide has that right.
Biases: $6+3+5=14$, not 15. Together 65.""",
    ),
    Question(
        id="2.4-2",
        title="Three more networks",
        stem=(
            "How many parameters have 784-30-10; 2-3-1 with biases and without; 2-2-1 with biases?"
        ),
        parts=[
            Number(
                23860,
                {
                    23820: "Those are the weights. Forty biases are missing.",
                    24644: "The 784 inputs have no bias.",
                    23850: "The ten output neurons have biases, too.",
                    23550: "That is the first layer alone.",
                },
                label="784-30-10",
            ),
            Number(
                13,
                {
                    9: "Those are the weights: the biases are missing.",
                    15: "The two inputs have no bias.",
                    12: "The output neuron has a bias, too.",
                    6: "Those are the circles.",
                },
                label="2-3-1 with biases",
            ),
            Number(
                9,
                {
                    13: "That is with biases.",
                    6: r"$2\cdot3$ is the first layer. The second has $3\cdot1$.",
                    5: "Each of the two inputs is joined to each of the three neurons.",
                },
                label="2-3-1 without",
            ),
            Number(
                9,
                {
                    6: "Those are the weights. Three neurons have three biases.",
                    11: "The two inputs have no bias.",
                    5: "Those are the circles.",
                    8: "The output neuron has a bias, too.",
                },
                label="2-2-1 with biases",
            ),
        ],
        hints=[
            "Each neuron has one weight per input and one bias.",
            r"A layer of $n$ neurons with $k$ inputs has $n\,(k+1)$ parameters.",
            r"784-30-10: $30\cdot785+10\cdot31=\dots$",
        ],
        solution=r"""784-30-10: $30\cdot785+10\cdot31=23550+310=23860$.

2-3-1: $3\cdot3+1\cdot4=13$; without the four biases 9.

2-2-1: $2\cdot3+1\cdot3=9$, the count from the drawing.""",
    ),
    Question(
        id="2.4-3",
        title="Twice as wide",
        stem=r"""Both hidden layers of 784-16-16-10 (13002 parameters) are made 32 wide. How many
parameters now? And is that about 1, 2, 3 or 4 times as many?""",
        parts=[
            Number(
                26506,
                {
                    26432: "Those are the weights. 74 biases are missing.",
                    26004: "That is just twice 13002. The middle matrix grows more than that.",
                    52008: "That is four times 13002. Only the middle matrix grows fourfold.",
                    27290: "The 784 inputs have no bias.",
                    25450: "The matrix between the two hidden layers is missing, or its biases.",
                },
                label="784-32-32-10",
            ),
            Number(
                2,
                {
                    4: "Only the small middle matrix grows fourfold; the large first one doubles.",
                    3: "Divide: 26506 by 13002.",
                    1: "Divide: 26506 by 13002.",
                },
                label="About how many times as many",
            ),
        ],
        hints=[
            "Layer by layer: what happens to each of the three matrices?",
            (
                r"The first doubles, $784\cdot32$; the middle one grows fourfold, $32\cdot32$; the"
                r" last doubles."
            ),
            r"$25088+32+1024+32+320+\dots$",
        ],
        solution=r"""$784\cdot32+32=25120$, $32\cdot32+32=1056$, $32\cdot10+10=330$. Together 26506,
about twice 13002: nearly all parameters stand in the first layer, and that one doubles.""",
    ),
    Question(
        id="2.4-4",
        title="The count as a formula",
        stem=(
            r"Which formula counts the weights and biases of a network with the sizes"
            r" $n_0,n_1,\dots,n_L$?"
        ),
        parts=[
            Choice(
                {
                    r"$\sum_{l=1}^{L}n_l\,n_{l-1}$": (
                        "Those are the weights. Each of the $n_l$ neurons has a bias as well."
                    ),
                    r"$\sum_{l=1}^{L}(n_l+1)\,n_{l-1}$": (
                        "Here the 1 stands on the wrong side: that gives each *input* of "
                        "a layer a bias. On 2-2-1 it gives 10 instead of 9."
                    ),
                    r"$\sum_{l=1}^{L}n_l\,(n_{l-1}+1)$": (
                        r"Right: each of the $n_l$ neurons has $n_{l-1}$ weights and one " "bias."
                    ),
                    r"$\sum_{l=0}^{L}n_l\,(n_{l-1}+1)$": (
                        "Layer 0 has no neurons, and there is no layer $-1$."
                    ),
                    r"$\prod_{l=0}^{L}n_l$": (
                        "The product of all sizes would join every layer to every other."
                    ),
                },
                answer="C",
            )
        ],
        hints=[
            "How many parameters has one neuron of layer $l$?",
            "One weight for each of the $n_{l-1}$ activations that come in, and one bias.",
            "Try the formulas on 2-2-1, which has 9.",
        ],
        solution=r"""One neuron of layer $l$ has $n_{l-1}+1$ parameters, the layer has $n_l$ such
neurons:

$$\sum_{l=1}^{L}n_l\,(n_{l-1}+1).$$

The sum starts at 1, because the input layer has neither weights nor biases.""",
    ),
    Code(
        id="2.4-5",
        title="Count in one line",
        stem=r"""Write `count_parameters(sizes)`: the number of weights and biases of a network
whose layers have these sizes, the input first. `count_parameters([784, 16, 16, 10])` is 13002. One
line is enough.""",
        answer=count_parameters,
        inputs=_size_lists,
        wrong={
            _weights_only: "Those are the weights. Each neuron has a bias as well.",
            _input_biases: (
                "You also count a bias for each input. Inputs have none: sum over `sizes[1:]`."
            ),
            _biases_only: "Those are the biases. The weights are missing.",
            _bias_per_layer: "You count one bias per layer. Each neuron has its own.",
            _bias_of_the_wrong_side: (
                "The + 1 stands on the wrong side: a neuron has one bias more than it has *inputs*."
            ),
            _no_output_bias: "The output neurons have biases, too.",
            _product: "Only neighbouring layers are joined: multiply pairs, then add.",
            _first_layer: "That is the first layer only. Sum over all pairs of neighbours.",
        },
        also=[_by_arrays, _by_loop],
        hints=[
            "Go through the pairs of neighbouring sizes.",
            r"A pair $(k,n)$ adds $n\,(k+1)$.",
            "`for k, n in zip(sizes[:-1], sizes[1:])`",
        ],
        solution=r"""Each pair of neighbours is one layer: $k$ activations come in, $n$ neurons
stand there, and each neuron has $k$ weights and one bias.""",
    ),
]


def forward(X, W1, b1, W2, b2):
    A = sigmoid(X @ W1.T + b1)
    return sigmoid(A @ W2.T + b2)


def _linear_hidden(X, W1, b1, W2, b2):
    return sigmoid((X @ W1.T + b1) @ W2.T + b2)


def _linear_output(X, W1, b1, W2, b2):
    return sigmoid(X @ W1.T + b1) @ W2.T + b2


def _hidden_only(X, W1, b1, W2, b2):
    return sigmoid(X @ W1.T + b1)


def _no_biases(X, W1, b1, W2, b2):
    return sigmoid(sigmoid(X @ W1.T) @ W2.T)


def _no_hidden_bias(X, W1, b1, W2, b2):
    return sigmoid(sigmoid(X @ W1.T) @ W2.T + b2)


def _no_output_bias_added(X, W1, b1, W2, b2):
    return sigmoid(sigmoid(X @ W1.T + b1) @ W2.T)


def _lecture_order(X, W1, b1, W2, b2):
    return sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)


def _biases_outside(X, W1, b1, W2, b2):
    return sigmoid((sigmoid(X @ W1.T) + b1) @ W2.T) + b2


def _example_columns(X, W1, b1, W2, b2):
    return forward(X, W1, b1, W2, b2).T


def _forward_by_loop(X, W1, b1, W2, b2):
    A = X
    for W, b in ((W1, b1), (W2, b2)):
        A = 1 / (1 + np.exp(-(A @ W.T + b)))
    return A


def _one_example_at_a_time(X, W1, b1, W2, b2):
    return np.array([sigmoid(W2 @ sigmoid(W1 @ x + b1) + b2) for x in X])


def _networks(rng):
    """Several sizes; in the first all widths are equal, so that a forgotten transpose runs."""
    sizes = [(4, 3, 3, 3), (3, 2, 3, 1), (5, 4, 2, 3), (1, 2, 5, 2)]
    return [
        (
            rng.normal(0, 1, (m, a)),
            rng.normal(0, 1, (h, a)),
            rng.normal(0, 1, h),
            rng.normal(0, 1, (k, h)),
            rng.normal(0, 1, k),
        )
        for m, a, h, k in sizes
    ]


_Z = [[-2, -0.5, 6.5], [4, -4.5, 3.5], [8, -9, 7]]
_HOURS = [[3, 5], [5, 1], [10, 2]]
_V = [[1, -1, 0.5], [-1, 0.5, 1]]


def _entry(i, j):
    (s, t), v, w = _HOURS[i], _V[0][j], _V[1][j]
    wrong = {
        s * v - t * w: "The two products are added; watch the signs.",
        s * v: "That is sleep alone: the hours of study are missing.",
        t * w: "That is study alone: the hours of sleep are missing.",
        t * v + s * w: (
            "Sleep and study changed places: the first row of $W^{(1)}$ belongs to sleep."
        ),
    }
    return Number(
        _Z[i][j],
        {k: v for k, v in wrong.items() if abs(k - _Z[i][j]) > 0.01},
        label=f"Student {i + 1}, neuron {j + 1}",
    )


_W2 = np.array([0.36583414, 2.22732369, -1.26740255])


def _student(i, hours):
    z, unscaled = np.array(hours) @ np.array(_V), sigmoid(np.array(_Z[i], float))
    return Number(
        _s(_W2 @ sigmoid(z)),
        {
            float(_W2 @ sigmoid(z)): "That is $z$ of the output neuron. Its sigmoid is asked.",
            _s(_W2 @ z): "The hidden neurons have a sigmoid, too.",
            float(_W2 @ z): "Both sigmoids are missing.",
            _s(_W2 @ unscaled): "Here the hours were not divided by the column maxima.",
        },
        label=f"Student {i + 1}",
        tol=6e-5,
    )


def _shape_parts(name, rows, columns):
    return [
        Number(
            rows,
            {
                2: "Two is the number of inputs. Rows are examples.",
                1: "One row per example, and there are three.",
            },
            label=f"{name}: rows",
        ),
        Number(
            columns,
            {
                2: (
                    "Two is the number of inputs. After the first layer there is one column per"
                    " neuron."
                ),
                (1 if columns == 3 else 3): (
                    "Columns are the neurons of *this* layer: "
                    f"{'three hidden ones' if columns == 3 else 'one output'}."
                ),
            },
            label=f"{name}: columns",
        ),
    ]


BATCH = [
    Question(
        id="2.5-1",
        title="Nine entries",
        stem=r"""The three students' hours are `X = [[3, 5], [5, 1], [10, 2]]`. Take the first
matrix `W1 = [[1, -1, 0.5], [-1, 0.5, 1]]`, stored as the lecture does it, one *column* per neuron.
Work out $Z=XW^{(1)}$.""",
        parts=[_entry(i, j) for i in range(3) for j in range(3)],
        hints=[
            "Row of $X$ times column of $W^{(1)}$: one student, one neuron.",
            r"Student $i$, neuron $j$: sleep$_i\cdot W_{1j}+$ study$_i\cdot W_{2j}$.",
            r"Student 1, neuron 1: $3\cdot1+5\cdot(-1)=\dots$",
        ],
        solution=r"""| | neuron 1 | neuron 2 | neuron 3 |
|---|---|---|---|
| student 1 | $3-5=-2$ | $-3+2.5=-0.5$ | $1.5+5=6.5$ |
| student 2 | $5-1=4$ | $-5+0.5=-4.5$ | $2.5+1=3.5$ |
| student 3 | $10-2=8$ | $-10+1=-9$ | $5+2=7$ |

In the house notation $W^{(1)}$ is the transpose, with one row per neuron, and $Z=XW^{(1)T}$ is the
same table.""",
    ),
    Question(
        id="2.5-2",
        title="The printed outputs, reached",
        stem=r"""Now divide $X$ by its column maxima, which gives the rows $(0.3,1)$, $(0.5,0.2)$,
$(1,0.4)$. Keep the `W1` of exercise 2.5-1, `W1 = [[1, -1, 0.5], [-1, 0.5, 1]]`, and take the
output weights $(0.36583414,\;2.22732369,\;-1.26740255)$, sigmoids in both layers and no biases.
What are the three outputs, to four digits? (A calculator or Python helps.)""",
        parts=[_student(0, (0.3, 1)), _student(1, (0.5, 0.2)), _student(2, (1, 0.4))],
        hints=[
            "Student by student: three weighted inputs, three sigmoids, then the output neuron.",
            r"Student 1: $z_1=0.3-1$, $z_2=-0.3+0.5$, $z_3=0.15+1$.",
            r"Its hidden activations are $(0.3318,0.5498,0.7595)$; the output neuron's $z$ is "
            r"$0.3658\cdot0.3318+\dots$",
        ],
        solution=r"""Student 1: $z=(-0.7,0.2,1.15)$, $a=(0.3318,0.5498,0.7595)$, output
$\sigma(0.1214+1.2246-0.9626)$ $=\sigma(0.3834)$ $=0.5947$. All three in one line:

```python
nnlib.sigmoid(nnlib.sigmoid(X @ W1) @ W2)
```

gives 0.59470263, 0.58177822, 0.50641742: the numbers that the lecture prints. So they could have
come from such weights; from which weights they did come, nobody can say.""",
    ),
    Question(
        id="2.5-3",
        title="Shapes of a batch",
        stem=r"""Three examples go through a 2-3-1 network. What are the shapes (rows, columns) of
$Z^{(1)}$, $A^{(1)}$, $Z^{(2)}$ and $\hat Y=A^{(2)}$, in the house notation?""",
        parts=[
            *_shape_parts("$Z^{(1)}$", 3, 3),
            *_shape_parts("$A^{(1)}$", 3, 3),
            *_shape_parts("$Z^{(2)}$", 3, 1),
            *_shape_parts(r"$\hat Y$", 3, 1),
        ],
        hints=[
            "Rows are examples, in every layer.",
            "Columns are the neurons of the layer. An activation changes no shape.",
            r"$Z^{(1)}$: $(3,2)$ times $(2,3)$.",
        ],
        solution=r"""$Z^{(1)}$ and $A^{(1)}$: (3, 3), three examples and three hidden neurons.
$Z^{(2)}$ and $\hat Y$: (3, 1). Two of the threes are different things: with seven students the
shapes would be (7, 3) and (7, 1).""",
    ),
    Question(
        id="2.5-4",
        title="No sleep, no study",
        stem=r"""The same network has no biases and sigmoid hidden neurons, and gets $x=(0,0)$. What
is the activation of each hidden neuron? Which formula gives the output, if $s$ is the sum of the
three output weights? And with the output weights of exercise 2.5-2, what is it to four digits?""",
        parts=[
            Number(
                0.5,
                {
                    0: "$z=0$, and the sigmoid of 0 is not 0.",
                    1: "$z=0$: the sigmoid is half way there.",
                },
                label="Hidden activation",
            ),
            Choice(
                {
                    "0": (
                        "Zero in, but not zero out: the sigmoid of 0 is one half, twice on the way."
                    ),
                    r"$\tfrac12$": (
                        "The hidden activations are one half, not 0; so the output neuron's $z$ is"
                        " not 0."
                    ),
                    r"$\sigma(\tfrac12s)$": (
                        "Right: every hidden activation is one half, "
                        "whatever the first weights are."
                    ),
                    r"$\sigma(s)$": (
                        "That would be right if the hidden activations were 1."
                    ),
                },
                answer="C",
                label="The output",
            ),
            Number(
                _s(_W2.sum() / 2),
                {
                    _s(_W2.sum()): "The hidden activations are one half: halve the sum.",
                    float(_W2.sum() / 2): "That is $z$. Its sigmoid is asked.",
                    0.5: "The sum of the three output weights is not 0.",
                    float(_W2.sum()): "That is the sum of the weights. Halve it, then the sigmoid.",
                },
                label="In numbers",
                tol=6e-5,
            ),
        ],
        hints=[
            r"$\sigma(0)$ is not 0.",
            (
                r"All hidden activations are $\tfrac12$, so the output neuron's $z$ is half the sum"
                r" of its weights."
            ),
            r"Half of $0.36583414$ $+2.22732369$ $-1.26740255$.",
        ],
        solution=r"""Without biases $z=0$ in every hidden neuron, and $\sigma(0)=\tfrac12$. So the
output is $\sigma(\tfrac12s)$ $=\sigma(\tfrac12\cdot1.32575528)$ $=\sigma(0.6629)$ $=0.6599$.

The first layer's weights play no part: at $x=(0,0)$ this network cannot choose its answer by them.
That is what biases are for.""",
    ),
    Code(
        id="2.5-5",
        title="A whole network, a whole batch",
        stem=r"""Write `forward(X, W1, b1, W2, b2)`: the outputs of a network with one hidden layer,
sigmoids in both layers, for all rows of `X` at once. The shapes are the house's: `W1` is
$(n_1,n_0)$, `W2` is $(n_2,n_1)$, the biases $(n_1,)$ and $(n_2,)$. `nnlib.sigmoid` may help.""",
        answer=forward,
        inputs=_networks,
        wrong={
            _linear_hidden: (
                "The hidden layer has no activation. Its sigmoid comes before the second product."
            ),
            _linear_output: "The output layer has an activation, too.",
            _hidden_only: "That is the hidden layer. One more layer to go.",
            _no_biases: "The biases are not used.",
            _no_hidden_bias: "`b1` is not used.",
            _no_output_bias_added: "`b2` is not used.",
            _lecture_order: "In the house shapes each `W` must be transposed: `X @ W1.T`.",
            _biases_outside: "The biases are added after the activation. They belong inside it.",
            _example_columns: "The outputs lie the wrong way round: one *row* per example.",
        },
        also=[_forward_by_loop, _one_example_at_a_time],
        hints=[
            "Twice the same step: multiply, add, activate.",
            r"$A^{(1)}=\sigma(XW^{(1)T}+b^{(1)})$, and $A^{(1)}$ goes into the second layer.",
            "`A = nnlib.sigmoid(X @ W1.T + b1)`",
        ],
        solution=r"""Each layer is one line, and what comes out of the first goes into the second.
Nothing in the lines depends on the number of rows: one example or sixty thousand.""",
    ),
]

LINEAR = [
    Question(
        id="2.6-1",
        title="Two maps, one map",
        stem=r"With $a=2x+1$ and $y=3a-4$, write $y=wx+b$. What are $w$ and $b$?",
        parts=[
            Number(
                6,
                {
                    5: "The weights are multiplied, not added: $3\\cdot2x$.",
                    2: "That is the first map's weight. The second one multiplies it.",
                    3: "That is the second map's weight. It multiplies the first one's.",
                },
                label="$w$",
            ),
            Number(
                -1,
                {
                    -3: "The bias 1 of the first map is multiplied by 3 on its way: $3\\cdot1-4$.",
                    -4: "The bias of the first map does not vanish: it becomes $3\\cdot1$.",
                    3: "That is what the first bias becomes. The second one, $-4$, is added.",
                    7: "The second bias is $-4$: $3-4$.",
                    5: (
                        "It looks like $1+4$. The first bias is multiplied by 3, and the second is"
                        " $-4$."
                    ),
                },
                label="$b$",
            ),
        ],
        hints=[
            "Put $2x+1$ in the place of $a$.",
            r"$y=3(2x+1)-4$.",
            r"$y=6x+3-4$",
        ],
        solution=r"""$y=3(2x+1)-4=6x+3-4=6x-1$. The weights are multiplied; the first bias is
multiplied by the second weight and then the second bias is added. The bias has not gone away.""",
    ),
    Question(
        id="2.6-2",
        title="XOR with two ReLU neurons",
        stem=r"""Two hidden neurons: $h_1=\text{ReLU}(x_1+x_2)$ and $h_2=\text{ReLU}(x_1+x_2-1)$.
The output is $y=v_1h_1+v_2h_2$, with no bias and no activation. It should be 0, 1, 1, 0 at $(0,0)$,
$(0,1)$, $(1,0)$, $(1,1)$. What are $h_1$ and $h_2$ at $(1,1)$, and which $v_1$ and $v_2$ do it?""",
        parts=[
            Number(
                2,
                {1: "$h_1$ has no threshold: $1+1$.", 0: "ReLU keeps positive numbers."},
                label="$h_1$ at $(1,1)$",
            ),
            Number(
                1,
                {
                    2: "The bias $-1$ is missing.",
                    0: r"$1+1-1$ is positive, so ReLU keeps it.",
                    -1: "That is the bias. Add the two inputs.",
                },
                label="$h_2$ at $(1,1)$",
            ),
            Number(
                1,
                {
                    2: r"At $(0,1)$ only $h_1$ is awake, with the value 1, and $y$ must be 1.",
                    0: "Then $y$ would be 0 at $(0,1)$.",
                    0.5: r"At $(0,1)$ only $h_1$ is awake, with the value 1, and $y$ must be 1.",
                },
                label="$v_1$",
            ),
            Number(
                -2,
                {
                    2: "Check the sign: at $(1,1)$ the 2 of $h_1$ must be taken back.",
                    -1: "At $(1,1)$ that leaves $2-1=1$. It must be 0.",
                    1: "At $(1,1)$ that gives 3. It must be 0.",
                    0: "Then the second neuron does nothing, and $y$ is 2 at $(1,1)$.",
                },
                label="$v_2$",
            ),
        ],
        hints=[
            "Make a table: the four inputs, $h_1$, $h_2$, and the wanted $y$.",
            (
                r"At $(0,1)$: $h_1=1$ and $h_2=0$. That gives $v_1$. At $(1,1)$: $h_1=2$ and"
                r" $h_2=1$. That gives $v_2$."
            ),
            r"$2v_1+v_2=0$",
        ],
        solution=r"""| $x$ | $h_1$ | $h_2$ | wanted |
|---|---|---|---|
| (0, 0) | 0 | 0 | 0 |
| (0, 1) and (1, 0) | 1 | 0 | 1 |
| (1, 1) | 2 | 1 | 0 |

The second line gives $v_1=1$, the third $2v_1+v_2=0$, so $v_2=-2$: $y=h_1-2h_2$. It is one solution
of many, since the hidden neurons can be chosen in other ways.""",
    ),
    Question(
        id="2.6-3",
        title="What is it really?",
        stem=r"""A network has three hidden layers with linear activations and one output neuron
with a sigmoid. What is this network?""",
        parts=[
            Choice(
                {
                    "A deep network that can learn any boundary": (
                        "Linear layers merge into one. The depth is only on paper."
                    ),
                    "Linear regression": (
                        "Without the sigmoid it would be. With it the outputs lie between 0 and 1."
                    ),
                    "Logistic regression": (
                        r"Right: the hidden layers merge, and what is left is $\sigma(w\cdot x+b)$."
                    ),
                    "A network that can do XOR": (
                        "The sigmoid only rises, so the boundary stays straight. XOR needs more."
                    ),
                },
                answer="C",
            )
        ],
        hints=[
            "Merge the linear layers first.",
            r"What is left is $\sigma(w\cdot x+b)$ with one $w$ and one $b$.",
            "Section 1.3 gives the name of one neuron that ends in a sigmoid.",
        ],
        solution=r"""The linear layers and the weighted sum of the output neuron merge into one
affine map $w\cdot x+b$. Then comes the sigmoid: $\sigma(w\cdot x+b)$ is logistic regression, one
neuron.""",
    ),
]

EXERCISES = [*LAYERS, *BY_HAND, *MATRIX, *COUNTING, *BATCH, *LINEAR]
