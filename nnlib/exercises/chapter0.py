"""The exercises of chapter 0, Getting ready: stem, answer, wrong answers, hints, solution, once."""

from dataclasses import replace

import numpy as np

from .code import Code
from .kit import Choice, Number, Question

# ---------------------------------------------------------------- 0.2 NumPy

ROW_TIMES_MATRIX = Choice(
    {
        "(2,)": "The 2 is the number of inputs. It stands inside the product and is used up; "
            "what is left is one number for each neuron.",
        "(3,)": "A row of 2 numbers meets 3 columns of 2 numbers: 3 results, and no second axis.",
        "(1, 3)": "The numbers are right, but `X[0]` is a vector of shape (2,), and a vector "
            "times a matrix is a vector again. `X[:1] @ W.T` would keep the row as a table.",
        "(3, 3)": "That is the shape for all three examples. `X[0]` is one of them.",
    },
    "B",
    label="`X[0] @ W.T`",
)

TABLE_TIMES_MATRIX = Choice(
    {
        "(3, 2)": "Both have that shape, so `X * W` has it, too. The matrix product pairs rows "
            "with columns.",
        "(2, 2)": "That is `X.T @ W`: there the 3 is inside and is used up.",
        "(3, 3)": "(3, 2) times (2, 3): the two 2s meet and are used up. One row for each "
            "example, one column for each neuron.",
        "none, it is an error": "`X @ W` would be an error, because a 2 meets a 3. The `.T` "
            "turns W into (2, 3), and it fits.",
    },
    "C",
    label="`X @ W.T`",
)

PLUS_COLUMN = Choice(
    {
        "b is added to every row": "That needs one number for each of the 4 columns, so b of "
            "shape (4,).",
        "no error, but every row gets one number of its own": "The single column is repeated 4 "
            "times. That is one number per example, and a bias is one number per neuron.",
        "an error": "6 meets 6, and 4 meets 1: both fit, so NumPy computes. It cannot know that "
            "you meant something else.",
    },
    "B",
    label="b of shape (6, 1)",
)

SILENT_MEAN = Number(
    0.5,
    {
        0: "That would be the mean if both had the same shape. Compare the shapes first: (4,) "
            "and (4, 1).",
        8: "8 of the 16 numbers are 1. The mean divides by 16.",
        2: "There are 16 squares, not 4, and 8 of them are 1.",
        1: "Not all pairs differ: the equal ones give 0.",
        0.25: "Count the pairs of a 1 and a 0, in both orders: 2 · 2 + 2 · 2 = 8 of 16.",
    },
    label="The mean that the program prints",
    right="Half of the 16 pairs consist of a 1 and a 0.",
)

NUMPY = [
    Question(
        id="0.2-1",
        title="Predict two shapes",
        stem=r"""`X` has the shape (3, 2): three examples with two inputs each. `W` has the shape
(3, 2), too: three neurons with two weights each. Which shape have these two?""",
        parts=[TABLE_TIMES_MATRIX, ROW_TIMES_MATRIX],
        hints=[
            "Write the two shapes side by side. The two numbers in the middle must be equal, and "
            "they vanish.",
            "`W.T` has the shape (2, 3).",
            "(3, 2) times (2, 3), and (2,) times (2, 3): cross out the 2s.",
        ],
        solution=r"""`W.T` is (2, 3). Then

$$(3,2)\;(2,3)\to(3,3),\qquad(2,)\;(2,3)\to(3,).$$

The inner 2, the number of inputs, is summed over and disappears. What remains is "examples by
neurons", and for one example "neurons".""",
    ),
    Question(
        id="0.2-2",
        title="Three biases",
        stem=r"""`Z` has the shape (6, 4): six examples, one per row, and four neurons, one per
column. What does `Z + b` do?""",
        parts=[
            Choice(
                {
                    "b is added to every row": "4 meets 4; the missing axis is filled up with "
                        "copies. One number per neuron: this is a bias.",
                    "b is added to every column": "A column has 6 entries, and b has only 4.",
                    "an error": "Shapes are compared from the right: 4 meets 4, which fits.",
                },
                "A",
                label="b of shape (4,)",
            ),
            Choice(
                {
                    "b is added to every row": "A row has 4 entries, and b has 6.",
                    "b is added to every column": "It would be, if NumPy compared from the left. "
                        "It compares from the right: 4 meets 6.",
                    "an error": "From the right, 4 meets 6: they differ, and neither is 1.",
                },
                "C",
                label="b of shape (6,)",
            ),
            PLUS_COLUMN,
        ],
        hints=[
            "Write the two shapes below one another, flush right.",
            "Two numbers above one another fit if they are equal, or if one of them is 1 or "
            "missing.",
            "(6, 4) over (6,): what stands below the 4?",
        ],
        solution=r"""Flush right, one below the other:

| Z | b | last axis | first axis | result |
|---|---|---|---|---|
| (6, 4) | (4,) | 4 and 4 | 6 and nothing | b on every row |
| (6, 4) | (6,) | 4 and 6 | | error |
| (6, 4) | (6, 1) | 4 and 1 | 6 and 6 | one number for each row |

The third is the dangerous one. It runs, and it is no bias: two examples with the same inputs would
get different results, only because they stand in different rows.""",
    ),
    Question(
        id="0.2-3",
        title="All right, and half wrong",
        stem=r"""The targets `t = np.array([1, 0, 0, 1])` have the shape (4,). The outputs `p` are
the same four numbers, but in the shape (4, 1). A program prints `((t - p)**2).mean()`. How many
rows and columns has `t - p`, and what is printed?""",
        parts=[
            Number(
                4,
                {1: "The row of targets is repeated, once for each output."},
                label="Rows of t - p",
            ),
            Number(
                4,
                {1: "The column of outputs is repeated, once for each target."},
                label="Columns of t - p",
            ),
            SILENT_MEAN,
        ],
        hints=[
            "From the right: 4 meets 1. Then: nothing meets 4.",
            "Every target is compared with every output, not only with its own.",
            "16 pairs. In how many are the two numbers different?",
        ],
        solution=r"""(4,) and (4, 1) give (4, 4): the row is repeated downwards, the column
sideways.

```text
t - p =  0 -1 -1  0
         1  0  0  1
         1  0  0  1
         0 -1 -1  0
```

8 of the 16 squares are 1, so the mean is 0.5. All four outputs are right, and the right answer is
0.""",
    ),
    Question(
        id="0.2-4",
        title="Two products",
        stem=r"""`A = np.array([[1, 2], [3, 4]])` and `B = np.array([[0, 1], [2, 5]])`. Give the
entry `[0, 1]`, first row and second column, of `A @ B` and of `A * B`.""",
        parts=[
            Number(
                11,
                {
                    2: "That is `A * B`. The matrix product pairs a row with a column and adds up.",
                    12: "You paired the first row of A with the second *row* of B. Take its "
                        "second column, 1 and 5.",
                    4: "That is the entry `[0, 1]` of `B @ A`. The order counts.",
                    10: "One product is missing: two products are added, $1\\cdot1+2\\cdot5$.",
                    1: "One product is missing: two products are added, $1\\cdot1+2\\cdot5$.",
                    13: "The products are added, not the numbers.",
                    8: "That is the entry `[1, 0]`. NumPy counts from 0 and names the row first.",
                },
                label="In `A @ B`",
            ),
            Number(
                2,
                {
                    11: "That is `A @ B`. The star multiplies entry by entry.",
                    3: "That is a sum. The star multiplies: $2\\cdot1$.",
                    6: "That is the entry `[1, 0]`. NumPy counts from 0 and names the row first.",
                    0: "That is the entry `[0, 0]`. The second column has the number 1.",
                },
                label="In `A * B`",
            ),
        ],
        hints=[
            "`@` takes a whole row and a whole column, `*` one number and one number.",
            "The row is (1, 2), the column is (1, 5).",
            r"$1\cdot1+2\cdot\dots$",
        ],
        solution=r"""`A @ B`: the first row of $A$ with the second column of $B$,
$1\cdot1+2\cdot5=11$.

`A * B`: only the two numbers that stand in that place, $2\cdot1=2$.

Both run without complaint, because both shapes are (2, 2). So a star in place of an @ is found by
looking at numbers, not by waiting for an error.""",
    ),
]


def table(a, b):
    return a[:, None] * b


def _table_turned(a, b):
    return b[:, None] * a


def _table_star(a, b):
    return a * b


def _table_dot(a, b):
    return a @ b


def _table_sums(a, b):
    return a[:, None] + b


def _table_copies(a, b):
    return a[:, None] * np.ones(len(b))


def _table_outer(a, b):
    return np.outer(a, b)


def _table_loops(a, b):
    return [[x * y for y in b] for x in a]


def _two_vectors(rng):
    """Two vectors of different lengths, of equal lengths, and with one entry."""
    lengths = ((3, 4), (5, 2), (3, 3), (1, 4), (2, 1))
    return [(rng.normal(size=n), rng.normal(size=k)) for n, k in lengths]


def mean_square(t, p):
    return np.mean((t - p.reshape(t.shape)) ** 2)


def _ms_broadcast(t, p):
    return np.mean((t - p) ** 2)


def _ms_column(t, p):
    return np.mean((t.reshape(-1, 1) - p) ** 2)


def _ms_sum(t, p):
    return np.sum((t - p.reshape(t.shape)) ** 2)


def _ms_no_square(t, p):
    return np.mean(t - p.reshape(t.shape))


def _ms_absolute(t, p):
    return np.mean(np.abs(t - p.reshape(t.shape)))


def _ms_square_of_mean(t, p):
    return np.mean(t - p.reshape(t.shape)) ** 2


def _ms_half(t, p):
    return np.mean((t - p.reshape(t.shape)) ** 2) / 2


def _ms_root(t, p):
    return np.sqrt(np.mean((t - p.reshape(t.shape)) ** 2))


def _ms_ravel(t, p):
    return ((np.ravel(t) - np.ravel(p)) ** 2).sum() / len(t)


def _ms_first_column(t, p):
    return float(np.mean([(a - float(np.squeeze(b))) ** 2 for a, b in zip(t, p, strict=True)]))


def _targets_and_outputs(rng):
    """Outputs as a column and as a vector, and a single example."""
    shapes = ((4, (4, 1)), (3, (3,)), (6, (6, 1)), (1, (1, 1)), (5, (5,)))
    return [(rng.normal(size=m), rng.normal(size=shape)) for m, shape in shapes]


NUMPY += [
    Code(
        id="0.2-5",
        title="Every product",
        stem=r"""Write `table(a, b)` without a loop: `a` has the shape (n,), `b` has the shape (k,),
and the result has the shape (n, k), with the entry `[i, j]` equal to `a[i] * b[j]`. So
`table(np.array([1, 2]), np.array([10, 20, 30]))` is `[[10, 20, 30], [20, 40, 60]]`.""",
        answer=table,
        inputs=_two_vectors,
        wrong={
            _table_turned: "The table lies on its side: entry `[i, j]` must be `a[i] * b[j]`, so "
                "a belongs to the rows.",
            _table_star: "`a * b` pairs entry with entry and needs equal lengths. Here each of a "
                "meets each of b: make a column out of one of them.",
            _table_dot: "`@` adds the products up. Here they are all kept.",
            _table_sums: "These are sums. The table holds products.",
            _table_copies: "The shape is right, but b itself has not been used.",
        },
        also=[_table_outer, _table_loops],
        hints=[
            "Which two shapes give (n, k) by broadcasting?",
            "(n, 1) and (k,). `a[:, None]` is a as a column.",
            "`return a[:, None] * ...`",
        ],
        solution=r"""A column (n, 1) and a row (k,) give a table (n, k): the same broadcasting that
made the silent mistake, now on purpose. `np.outer(a, b)` is another name for it. You will meet this
table again: it is the gradient of a layer's weights.""",
    ),
    Code(
        id="0.2-6",
        title="A mean square that cannot fall into the trap",
        stem=r"""Write `mean_square(t, p)`: the mean of the squared differences of targets and
outputs. `t` has the shape (m,). `p` holds as many numbers, but may come as (m,) or as a column (m,
1).""",
        answer=mean_square,
        inputs=_targets_and_outputs,
        wrong={
            _ms_broadcast: "With p as a column, `t - p` is an (m, m) table: the trap. Bring p "
                "into the shape of t first.",
            _ms_column: "Now a column p is right and a vector p falls into the trap. Make both "
                "shapes equal.",
            _ms_sum: "That is the sum. Divide by the number of examples.",
            _ms_no_square: "The squares are missing: errors of opposite sign cancel.",
            _ms_absolute: "These are sizes of differences. Square them instead.",
            _ms_square_of_mean: "Square first, then take the mean. The other way round, errors "
                "cancel.",
            _ms_half: "There is a half too many: here the plain mean of the squares is asked.",
            _ms_root: "Without the root: the mean of the squares itself.",
        },
        also=[_ms_ravel, _ms_first_column],
        hints=[
            "Before you subtract, both must have the same shape.",
            "`p.reshape(t.shape)` has the numbers of p and the shape of t.",
            "`d = t - p.reshape(...)`, then the mean of `d * d`.",
        ],
        solution=r"""`reshape` keeps the numbers and their order and changes only the shape. If p
held more or fewer numbers than t, it would stop with an error, which is just what is wanted.""",
    ),
]

# ---------------------------------------------------------------- 0.3 Calculus

CHAIN_70 = Number(
    70,
    {
        10: "That is the outer slope alone, $2\\cdot5$. It still has to be multiplied by the "
            "inner slope.",
        7: "That is the inner slope alone. It multiplies the outer one, $2\\cdot5$.",
        35: "The outer function is a square, so its slope is *twice* the inside.",
        17: "The two slopes are multiplied, not added.",
        25: "That is the value of the function. Its slope is asked.",
        14: "The outer slope is taken at the inside, $2\\cdot5$, not at $x$: $2\\cdot1$.",
        50: "The inner slope is $3+4x$: the 2 in front of $x^2$ counts twice.",
        49: "You squared the inner slope. The square's own slope is $2\\cdot5$.",
    },
    label="By the chain rule",
    right=r"$2\cdot5\cdot7$.",
)

BY_X = Number(
    12,
    {
        4: "Either $y$ was lost, or the two were swapped. $y$ is a constant factor and stays: "
            "$2xy$.",
        6: "$x^2$ has the slope $2x$, not $x$.",
        16: "That is both together. For $\\partial f/\\partial x$ only $x$ moves.",
        2: "$y$ does not vanish: it multiplies, so it stays as a factor.",
        18: "It looks like $2y\\cdot3$. The slope of $x^2$ is $2x$, and $y$ stays.",
    },
    label=r"$\partial f/\partial x$ at $(2,3)$",
)

STEP_QUOTIENT = Number(
    6.01,
    {
        0.0601: "That is how much the area grows. Divide it by the step, $h=0.01$.",
        6: "That is the slope, where $h$ has shrunk away. With $h=0.01$ a little is left over.",
        5.99: "That is the step backward, from 2.99 to 3.",
        9.0601: "That is $f(3.01)$. Subtract $f(3)$, then divide by $h$.",
        6.1: "That is the quotient for $h=0.1$.",
        12.02: "Twice too large: divide by $h=0.01$.",
    },
    label=r"$\dfrac{f(3.01)-f(3)}{0.01}$",
    right=r"In general $2x+h$.",
    tol=5e-5,
)

CALCULUS = [
    Question(
        id="0.3-1",
        title="One slope, twice",
        stem=r"""Find the slope of $f(x)=(3x+2x^2)^2$ at $x=1$ twice: by the chain rule, and by
expanding the square first and then using the rule for powers. (In between: which factor stands
before $x^3$ once $f$ is expanded?)""",
        parts=[
            CHAIN_70,
            Number(
                12,
                {
                    6: "The mixed term comes twice: $2\\cdot3x\\cdot2x^2$.",
                    9: "That is the factor before $x^2$.",
                    4: "That is the factor before $x^4$.",
                    0: "The mixed term is missing: $(a+b)^2=a^2+2ab+b^2$.",
                    36: "That is its factor after the slope has been taken. Here the expanded "
                        "$f$ itself is meant.",
                },
                label="Before $x^3$ stands",
            ),
            Number(
                70,
                {
                    25: "That is the value. In the slope each power brings its exponent down as "
                        "a factor.",
                    34: "The mixed term is missing: $(a+b)^2=a^2+2ab+b^2$.",
                    52: "The mixed term comes twice: $12x^3$, and its slope is $36x^2$.",
                },
                label="By expanding",
            ),
        ],
        hints=[
            "Inside: $u=3x+2x^2$. At $x=1$ that is 5.",
            r"Outside: $u^2$, with the slope $2u$. Inside: slope $3+4x$.",
            r"$2\cdot5\cdot\dots$, and $f(x)=9x^2+\dots x^3+4x^4$.",
        ],
        solution=r"""**Chain rule.** $u=3x+2x^2$ is 5 at $x=1$, and its slope $3+4x$ is 7. The
square has the slope $2u=10$. Together $10\cdot7=70$.

**Expanding.** $f(x)=9x^2+12x^3+4x^4$, so $f'(x)=18x+36x^2+16x^3$, and at $x=1$ that is
$18+36+16=70$.""",
    ),
    Question(
        id="0.3-2",
        title="A slide, tested with one number",
        stem=r"""Two slides of the lecture print $\dfrac{d}{dx}(3x+2x^2)=2(3x+2x^2)(3+4x)$. Put
$x=1$ into both sides: on the left the slope of $3x+2x^2$, on the right what is printed. Then say
what went wrong.""",
        parts=[
            Number(
                7,
                {
                    5: "That is the value of $3x+2x^2$. On the left its slope is asked: $3+4x$.",
                    70: "There is no square on the left. The slope of $3x+2x^2$ is $3+4x$.",
                    10: "There is no square on the left, so nothing is doubled: $3+4x$.",
                    4: "The term $3x$ has a slope, too: 3.",
                },
                label="Left side",
            ),
            Number(
                70,
                {
                    7: "That is the left side. The right one is $2\\cdot5\\cdot7$.",
                    35: "The factor 2 in front is missing.",
                    17: "The brackets are multiplied.",
                },
                label="Right side",
            ),
            Choice(
                {
                    "The factor 2 on the right is too many.": "Without it the right side is 35, "
                        "still not 7.",
                    "A square is missing on the left.": "With $(3x+2x^2)^2$ on the left both "
                        "sides are 70: it is the chain rule of exercise 0.3-1.",
                    "The inner slope should be $3+2x$.": "The slope of $2x^2$ is $4x$, so $3+4x$ "
                        "is right.",
                    "Nothing: at $x=1$ it is a coincidence.": "An equation of two functions must "
                        "hold at every $x$. One number where it fails is enough.",
                },
                "B",
                label="What went wrong?",
            ),
        ],
        hints=[
            "The left side has no square: it is a sum of two powers.",
            r"Left: $3+4x$. Right: $2\cdot5\cdot7$.",
            "Which function *does* have the right side as its slope?",
        ],
        solution=r"""Left: $3+4\cdot1=7$. Right: $2\cdot5\cdot7=70$. One number where two sides
differ is enough to bring an equation down. What is printed on the right is the slope of the
*square*, $(3x+2x^2)^2$: the square was lost.""",
    ),
    Question(
        id="0.3-3",
        title="The third slide",
        stem=r"""A third slide has another function: $f(x)=(3x+2x^3)^2$. What is its slope at
$x=1$?""",
        parts=[
            Number(
                90,
                {
                    70: "That is the slope of $(3x+2x^2)^2$. Here the inside has an $x^3$, with "
                        "the slope $3x^2$.",
                    10: "That is the outer slope alone. Multiply it by the inner slope, $3+6x^2$.",
                    9: "That is the inner slope alone. The outer one is $2\\cdot5$.",
                    45: "The outer function is a square, so its slope is *twice* the inside.",
                    19: "The two slopes are multiplied, not added.",
                    25: "That is the value of the function.",
                    50: "The slope of $2x^3$ is $6x^2$: the exponent comes down as a factor.",
                },
                label="$f'(1)$",
            )
        ],
        hints=[
            "Inside: $u=3x+2x^3$. What are $u$ and its slope at $x=1$?",
            r"$f'(x)=2(3x+2x^3)\cdot(3+6x^2)$.",
            r"$2\cdot5\cdot\dots$",
        ],
        solution=r"""$u=3+2=5$ and $u'=3+6=9$, so $f'(1)=2\cdot5\cdot9=90$. This slide has its
square, and it is right.""",
    ),
    Question(
        id="0.3-4",
        title="Two partial derivatives",
        stem=r"""$f(x,y)=x^2y$. Find both partial derivatives at $(x,y)=(2,3)$.""",
        parts=[
            BY_X,
            Number(
                4,
                {
                    12: "That is the one with respect to $x$, or the value of $f$. Now $x$ is "
                        "held fixed.",
                    2: "The factor is $x^2$, not $x$.",
                    3: "$y$ has the slope 1, and its factor $x^2$ stays.",
                    0: "$f$ does depend on $y$: it is a straight line in $y$, with the slope "
                        "$x^2$.",
                    16: "That is both together. For $\\partial f/\\partial y$ only $y$ moves.",
                    1: "$y$ alone has the slope 1. Here it is multiplied by $x^2$, which stays.",
                },
                label=r"$\partial f/\partial y$ at $(2,3)$",
            ),
        ],
        hints=[
            "Put 3 for $y$ and look at a function of $x$ alone. Then put 2 for $x$.",
            r"$3x^2$ has the slope $6x$; $4y$ has the slope 4.",
            r"$\partial f/\partial x=2xy$.",
        ],
        solution=r"""With $y=3$ held fixed, $f=3x^2$, whose slope $6x$ is 12 at $x=2$. With $x=2$
held fixed, $f=4y$, a straight line with slope 4. In letters: $\partial f/\partial x=2xy$ and
$\partial f/\partial y=x^2$.""",
    ),
    Question(
        id="0.3-5",
        title="Difference quotients by hand",
        stem=r"""$f(x)=x^2$ at $x=3$ with the step $h=0.01$. Work out the quotient of one step
forward, and the central one. ($3.01^2=9.0601$ and $2.99^2=8.9401$.)""",
        parts=[
            STEP_QUOTIENT,
            Number(
                6,
                {
                    12: "From 2.99 to 3.01 is a step of 0.02. Divide by $2h$.",
                    0.12: "That is the difference. Divide it by $2h=0.02$.",
                    6.01: "That is the step forward again. The central one runs from 2.99 to 3.01.",
                    3: "You divided by 0.04. From 2.99 to 3.01 it is 0.02.",
                },
                label=r"$\dfrac{f(3.01)-f(2.99)}{0.02}$",
            ),
        ],
        hints=[
            "How much does $f$ grow, and over which step?",
            r"$9.0601-9=0.0601$.",
            r"$0.0601/0.01=\dots$",
        ],
        solution=r"""Forward: $0.0601/0.01=6.01$, which is $2x+h$. Central:
$(9.0601-8.9401)/0.02=0.12/0.02=6$, the slope itself. For a parabola the errors of the two sides
cancel exactly; for other curves nearly.""",
    ),
]


def _f(x):
    return (3 * x + 2 * x**2) ** 2


def quotient(x, h):
    def f(x):
        return (3 * x + 2 * x**2) ** 2

    return (f(x + h) - f(x - h)) / (2 * h)


def _q_forward(x, h):
    return (_f(x + h) - _f(x)) / h


def _q_backward(x, h):
    return (_f(x) - _f(x - h)) / h


def _q_over_h(x, h):
    return (_f(x + h) - _f(x - h)) / h


def _q_precedence(x, h):
    return (_f(x + h) - _f(x - h)) / 2 * h


def _q_no_brackets(x, h):
    return _f(x + h) - _f(x - h) / (2 * h)


def _q_difference(x, h):
    return _f(x + h) - _f(x - h)


def _q_half_forward(x, h):
    return (_f(x + h) - _f(x)) / (2 * h)


def _q_slope(x, h):
    return 2 * (3 * x + 2 * x**2) * (3 + 4 * x)


def _q_no_square(x, h):
    return 3 + 4 * x


def _q_mean(x, h):
    return (_q_forward(x, h) + _q_backward(x, h)) / 2


def _places_and_steps(rng):
    """Large steps, so that the quotient and the slope differ visibly."""
    drawn = [(float(rng.uniform(-2, 2)), float(rng.uniform(0.1, 0.5))) for _ in range(4)]
    return [*drawn, (1.0, 0.5)]


def slope_of_error(w, x, b, y):
    return 2 * (w * x + b - y) * x


def _e_outer_only(w, x, b, y):
    return 2 * (w * x + b - y)


def _e_inner_only(w, x, b, y):
    return x


def _e_no_two(w, x, b, y):
    return (w * x + b - y) * x


def _e_by_x(w, x, b, y):
    return 2 * (w * x + b - y) * w


def _e_turned(w, x, b, y):
    return 2 * (y - w * x - b) * x


def _e_added(w, x, b, y):
    return 2 * (w * x + b - y) + x


def _e_value(w, x, b, y):
    return (w * x + b - y) ** 2


def _e_total(w, x, b, y):
    return 2 * (w * x + b - y) * (x + 1)


def _e_no_bias(w, x, b, y):
    return 2 * (w * x - y) * x


def _e_expanded(w, x, b, y):
    return 2 * w * x**2 + 2 * x * (b - y)


def _one_weight(rng):
    """Random numbers of both signs, and an input that is not a number between -1 and 1."""
    return [tuple(rng.normal(0, 2, 4)) for _ in range(4)] + [(0.5, 3.0, -1.0, 2.0)]


CALCULUS += [
    Code(
        id="0.3-6",
        title="Code the judge",
        stem=r"""Write `quotient(x, h)`: the central difference quotient of $f(x)=(3x+2x^2)^2$ at
$x$ with the step $h$. So `quotient(1, 0.001)` should be very close to 70.""",
        answer=quotient,
        inputs=_places_and_steps,
        wrong={
            _q_forward: "That is the quotient of one step forward. The central one goes to both "
                "sides of x.",
            _q_backward: "That is the quotient of one step backward. The central one goes to "
                "both sides of x.",
            _q_over_h: "From x - h to x + h the step is 2h. Divide by that.",
            _q_precedence: "`/ 2 * h` divides by 2 and then multiplies by h. Write `/ (2 * h)`.",
            _q_no_brackets: "Only the second value is divided. Put the difference in brackets.",
            _q_difference: "That is the difference. The quotient still has to be taken.",
            _q_half_forward: "From x to x + h the step is h. For 2h start at x - h.",
            _q_slope: "That is the slope itself, by the chain rule. The quotient must not know "
                "it: it is its judge.",
            _q_no_square: "That is the slope of $3x+2x^2$, without the square.",
        },
        also=[_q_mean],
        hints=[
            "Two values of f, one on each side of x, and the distance between the two places.",
            r"$\dfrac{f(x+h)-f(x-h)}{2h}$",
            "`return (f(x + h) - f(x - h)) / ...`",
        ],
        solution=r"""Inside `quotient` a small `f` keeps the formula in one place. Two evaluations,
one division; the rule for the slope is not used anywhere. That is why the quotient can judge
it.""",
    ),
    Code(
        id="0.3-7",
        title="The slope of an error",
        stem=r"""For the input $x$ the answer is $wx+b$. The target is $y$, so the squared error is
$C=(wx+b-y)^2$. Write `slope_of_error(w, x, b, y)`, the partial derivative
$\partial C/\partial w$. So `slope_of_error(0.5, 3, -1, 2)` is $-9$.""",
        answer=slope_of_error,
        inputs=_one_weight,
        wrong={
            _e_outer_only: "The inner derivative is missing. Inside stands $wx+b-y$; how fast "
                "does it grow with $w$?",
            _e_inner_only: "That is the inner slope alone. The square outside has the slope "
                "$2(wx+b-y)$.",
            _e_no_two: "The square brings a factor 2.",
            _e_by_x: "That is the derivative with respect to $x$. Here $w$ moves and $x$ is held "
                "fixed.",
            _e_turned: "The sign is turned: inside the square stands $wx+b-y$, output minus "
                "target.",
            _e_added: "Outer and inner slope are multiplied, not added.",
            _e_value: "That is the error itself. Its slope by $w$ is asked.",
            _e_total: "$b$ is held fixed while $w$ moves, so the inner slope is $x$ alone.",
            _e_no_bias: "The bias is lost: inside the square stands $wx+b-y$.",
        },
        also=[_e_expanded],
        hints=[
            "Which is the inside, which the outside?",
            r"Inside $u=wx+b-y$, outside $u^2$. Only $w$ moves.",
            "`return 2 * (w * x + b - y) * ...`",
        ],
        solution=r"""Inside $u=wx+b-y$, and $\partial u/\partial w=x$, because $x$, $b$ and $y$ are
held fixed. Outside $u^2$, with the slope $2u$. Together $\partial C/\partial w=2(wx+b-y)\,x$.

With this one line $w$ can be learned: it says which way to turn the weight.""",
    ),
]

# ---------------------------------------------------------------- 0.1 The route

LETTERS = {
    r"$\eta$": "Eta is the learning rate: how far one step goes.",
    r"$\lambda$": "Lambda is the strength of the penalty on large weights. One of the documents "
        "prints it for all three.",
    r"$\delta$": "Delta is the error of a neuron: how much the loss feels its weighted input.",
}

ROUTE = [
    Question(
        id="0.1-1",
        title="Which layer is the input?",
        stem=r"""Some start counting layers at 0, some at 1. Which number has the input layer in
each spelling: in this book (and the video notes), in Nielsen's (the algorithm of the lesson slides,
and the backpropagation notes), in the lecture, and in the last chapter of the booklet? And what is
$W^{(1)}$ in that chapter?""",
        parts=[
            Number(
                0,
                {1: "That is the layer after the input. This book calls the input layer 0."},
                label="This book",
            ),
            Number(1, {0: "There the input is $a^1$, so it has the number 1."}, label="Nielsen's"),
            Number(
                1,
                {0: "There the first weighted input is $z^{(2)}$, so the input has the number 1."},
                label="The lecture",
            ),
            Number(
                1,
                {0: "There the input is $a^{(1)}$, so it has the number 1."},
                label="The booklet",
            ),
            Choice(
                {
                    "the matrix that leaves its layer 1": "Its layer 1 is the input, so this is "
                    "the first matrix, the same as $W^{(1)}$ in this book.",
                    "the matrix that leads into its layer 1": "Its layer 1 is the input, and no "
                    "weights lead there.",
                    "the second matrix of the network": "The first one already has the number 1.",
                },
                "A",
                label="In the booklet's last chapter, $W^{(1)}$ is",
            ),
        ],
        hints=[
            "The table of four spellings has a line for it.",
            "Whoever calls the input $a^1$ starts at 1.",
            "In the booklet's last chapter the input is $a^{(1)}$, and $W^{(1)}$ multiplies it.",
        ],
        solution=r"""This book and the video notes: 0. Nielsen's spelling, in the algorithm of the
lesson slides and in the backpropagation notes: 1. The lecture and the booklet's last chapter: 1,
with $W^{(l)}$ leaving layer $l$, so that their $W^{(1)}$ is still the first matrix.""",
    ),
    Question(
        id="0.1-2",
        title="Three Greek letters",
        stem="Which letter is which in this book?",
        parts=[
            Choice(LETTERS, "A", label="The learning rate"),
            Choice(LETTERS, "B", label="The strength of the penalty"),
            Choice(LETTERS, "C", label="The error of a neuron"),
        ],
        hints=[
            "The list of symbols has all three.",
            "The learning rate is called eta.",
            r"$\lambda$ is the penalty; one document uses it for all three, which is where the "
            r"confusion starts.",
        ],
        solution=r"""$\eta$ is the learning rate, $\lambda$ the strength of the penalty, $\delta$
the error of a neuron. The booklet prints $\lambda$ for all three; read literally, its update would
multiply the penalty by itself.""",
    ),
    Question(
        id="0.1-3",
        title="Self-test: may you skip the next two sections?",
        stem=r"""These six come back in the exercises of sections 0.2 and 0.3.

1. `X` and `W` both have the shape (3, 2). Which shape has `X @ W.T`?
2. `Z` has the shape (6, 4) and `b` the shape (6, 1). What does `Z + b` do?
3. `t = np.array([1, 0, 0, 1])` has the shape (4,), and `p` holds the same numbers in the shape
   (4, 1). What is `((t - p)**2).mean()`?
4. $f(x)=x^2$. What is $(f(3.01)-f(3))/0.01$?
5. What is the slope of $(3x+2x^2)^2$ at $x=1$?
6. $f(x,y)=x^2y$. What is $\partial f/\partial x$ at $(2,3)$?""",
        parts=[
            replace(part, label=f"Question {number}")
            for number, part in enumerate(
                (TABLE_TIMES_MATRIX, PLUS_COLUMN, SILENT_MEAN, STEP_QUOTIENT, CHAIN_70, BY_X), 1
            )
        ],
        hints=[
            "Questions 1 to 3 belong to section 0.2, questions 4 to 6 to section 0.3.",
            "For 2 and 3, write the two shapes below one another, flush right.",
            "For 5, outer slope times inner slope. For 6, $y$ does not move.",
        ],
        solution=r"""| question | answer | taken apart in |
|---|---|---|
| 1 | (3, 3) | 0.2 |
| 2 | no error, but every row gets one number of its own | 0.2 |
| 3 | 0.5 | 0.2 |
| 4 | 6.01 | 0.3 |
| 5 | 70 | 0.3 |
| 6 | 12 | 0.3 |

All six right: go on to chapter 1. A slip in the first three: read 0.2. A slip in the last three:
read 0.3.""",
    ),
]

EXERCISES = [*ROUTE, *NUMPY, *CALCULUS]
