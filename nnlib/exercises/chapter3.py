"""The exercises of chapter 3, Data and cost: stems, answers, slips, hints, solutions."""

import numpy as np

from .code import Code
from .kit import Choice, Number, Question

DATA = [
    Question(
        id="3.1-1",
        title="Labels as numbers",
        stem=r"""Alice is a woman, Bob and Charlie are men, Diana is a woman. Write the four labels
as numbers with
1 for a woman and 0 for a man. And what changes if somebody uses 1 for a man and 0 for a woman?""",
        parts=[
            Number(1, {0: "Alice is a woman, and a woman gets the 1."}, label="Alice"),
            Number(0, {1: "Bob is a man: 0."}, label="Bob"),
            Number(0, {1: "Charlie is a man: 0."}, label="Charlie"),
            Number(1, {0: "Diana is a woman, like Alice."}, label="Diana"),
            Choice(
                {
                    "Men become harder to recognise, because a 0 carries no information.":
                        "A 0 is a target like any other: the network is told to answer 0.",
                    "A network that learns equally well answers 1 minus what it answered before.":
                        "The code is turned round and so are the answers. Nothing else changes.",
                    "The gaps between answers and labels become larger.":
                        "Every gap only changes its sign; none becomes larger.",
                },
                answer="B",
                label="With 1 for a man",
            ),
        ],
        hints=[
            "Go down the list: woman, man, man, woman.",
            "If $y$ becomes $1-y$ and $a$ becomes $1-a$, what becomes of the gap $y-a$?",
            "$(1-y)-(1-a)=-(y-a)$: every gap changes its sign only.",
        ],
        solution=r"""The labels are $(1,0,0,1)$.

With the other code they are $(0,1,1,0)$, that is $1-y$. A network that answers $1-a$ has the same
gaps with the other
sign, so the same cost. It starts as the twin of the first if its last layer starts with the
opposite sign;
from another random start it ends near $1-a$, not exactly there.""",
    ),
    Question(
        id="3.1-2",
        title="The fourth student",
        stem=r"The row $(8,3)$ of the sleep and study data is not used in training. Why?",
        parts=[
            Choice(
                {
                    "Three rows are enough for a network with so few weights.":
                        "More rows would help. This one cannot: something is missing.",
                    "Its numbers lie too far from the others.":
                        "8 lies between 3 and 10, and 3 between 1 and 5. Something else is "
                        "missing.",
                    "It has no score, so there is no target to compare with: it is the unseen.":
                        "No target, no gap, no cost. It is the kind of row that the network is "
                        "built for.",
                    "It would make the network worse.":
                        "It cannot make it anything: without a target there is no error to learn "
                        "from.",
                },
                answer="C",
            )
        ],
        hints=[
            "What does a network need besides the inputs of an example in order to learn from it?",
            "Look at the last column of the table.",
            "Its score is a question mark.",
        ],
        solution=r"""It has no score. Without a target there is no gap and nothing to learn from.
It stands for
every example that comes after training: the network has to answer, and nobody knows the truth yet.

Because its truth is unknown it cannot even serve as test data. For that one needs rows whose score
is known and
kept back.""",
    ),
    Question(
        id="3.1-3",
        title="The best on the test",
        stem=r"""Somebody trains thirty networks with different settings, measures all of them on
the test data, keeps the
best and reports its test accuracy. What is wrong?""",
        parts=[
            Choice(
                {
                    "Nothing: no test example was used to compute a slope.":
                        "True, and still the test data decided something: which network is kept.",
                    "The test data have taken part in the choice, so they have become training "
                    "data. The choice needs "
                    "a third group.":
                        "The third group is called validation data. The test data are looked at "
                        "once, at the end.",
                    "Thirty are too few; with a thousand networks the best one is more reliable.":
                        "The more one picks from, the more luck is in the best score: see the "
                        "thousand guessers.",
                    "The accuracy must be measured on the training data instead.":
                        "There even a list learned by heart is always right.",
                },
                answer="B",
            )
        ],
        hints=[
            "Think of the thousand guessers: what did the best of them score on fresh digits?",
            "Test data tell the truth only as long as nothing has been decided with them.",
            "Every choice made with a group of data turns that group into training data.",
        ],
        solution=r"""The choice among thirty was made with the test data: they have become training
data, and the
reported accuracy is too good. Keep three groups. Train on the first, choose on the second, the
**validation** data,
and look at the third, the test data, once.""",
    ),
]


def standardise(train, new):
    return (new - train.mean(axis=0)) / train.std(axis=0)


def _own_statistics(train, new):
    return (new - new.mean(axis=0)) / new.std(axis=0)


def _both_together(train, new):
    both = np.vstack([train, new])
    return (new - both.mean(axis=0)) / both.std(axis=0)


def _one_mean(train, new):
    return (new - train.mean()) / train.std()


def _along_rows(train, new):
    return (new - train.mean(axis=1)) / train.std(axis=1)


def _only_centred(train, new):
    return new - train.mean(axis=0)


def _only_scaled(train, new):
    return new / train.std(axis=0)


def _by_variance(train, new):
    return (new - train.mean(axis=0)) / train.var(axis=0)


def _one_less(train, new):
    return (new - train.mean(axis=0)) / train.std(axis=0, ddof=1)


def _forgot_brackets(train, new):
    return new - train.mean(axis=0) / train.std(axis=0)


def _the_training_rows(train, new):
    return (train - train.mean(axis=0)) / train.std(axis=0)


def _by_columns(train, new):
    pairs = zip(new.T, train.T, strict=True)
    return np.column_stack([(x - np.mean(seen)) / np.std(seen) for x, seen in pairs])


def _by_squares(train, new):
    mean = train.sum(axis=0) / len(train)
    return (new - mean) / np.sqrt((train**2).mean(axis=0) - mean**2)


def _tables(rng):
    """A training table with unequal columns and a table of new rows, of several sizes."""
    return [
        (rng.normal([141, 67, 5][:n], [15, 5, 2][:n], (m, n)), rng.normal(0, 60, (k, n)))
        for m, n, k in ((4, 2, 2), (6, 3, 4), (8, 2, 5))
    ]


PREPARE = [
    Question(
        id="3.2-1",
        title="Centre Alice",
        stem=r"""The masses are 133, 160, 152, 120 and the heights 65, 72, 70, 60. What are the two
means? And what
does Alice, $(133,65)$, become when both columns are centred by them?""",
        parts=[
            Number(
                141.25,
                {
                    135: "135 is the round number of the shift. Add the four masses and divide by "
                        "4.",
                    565: "That is the sum. Divide it by the number of people.",
                    142.5: "That is the middle value, the median. The mean is the sum divided by "
                        "4.",
                    66.75: "That is the mean of the heights.",
                },
                label="Mean mass",
                tol=0.01,
            ),
            Number(
                66.75,
                {
                    66: "66 is the round number of the shift. Add the four heights and divide by "
                        "4.",
                    267: "That is the sum. Divide it by the number of people.",
                    67.5: "That is the middle value, the median. The mean is the sum divided by 4.",
                    141.25: "That is the mean of the masses.",
                },
                label="Mean height",
                tol=0.01,
            ),
            Number(
                -8.25,
                {
                    -2: "That is Alice minus 135. The mean is 141.25.",
                    34: "One mean for each column: take the mean of the four masses from her mass.",
                },
                label="Alice's mass, centred",
                tol=0.01,
            ),
            Number(
                -1.75,
                {
                    -1: "That is Alice minus 66. The mean is 66.75.",
                    -34: "One mean for each column: take the mean of the four heights from her "
                        "height.",
                },
                label="Alice's height, centred",
                tol=0.01,
            ),
        ],
        hints=[
            "One mean for each column, down the rows.",
            r"Mean mass: $\frac{133+160+152+120}{4}$. Centred: value minus mean.",
            r"$133-141.25=\dots$",
        ],
        solution=r"""$\frac{133+160+152+120}{4}$ $=\frac{565}{4}$ $=141.25$ and
$\frac{65+72+70+60}{4}$ $=\frac{267}{4}$ $=66.75$.

Alice: $(133-141.25,\ 65-66.75)$ $=(-8.25,-1.75)$. She is lighter and shorter than the mean of the
four.""",
    ),
    Question(
        id="3.2-2",
        title="Scale Alice",
        stem=r"""The standard deviations of the two columns are 15.706 and 4.657. Divide the
centred Alice,
$(-8.25,-1.75)$, by them. (Three decimals.)""",
        parts=[
            Number(
                -8.25 / 15.7063,
                {
                    -8.25 / 4.657: "That is divided by the standard deviation of the heights.",
                    133 / 15.7063: "Centre first, then divide.",
                    -8.25 / 15.7063**2: "That is divided by the variance, the square of 15.706.",
                    -8.25 * 15.7063: "Divide by the standard deviation instead of multiplying.",
                    -2 / 15.7063: "That is Alice minus 135. Here she is centred by the mean: "
                        "$-8.25$.",
                },
                label="Mass",
            ),
            Number(
                -1.75 / 4.6570,
                {
                    -1.75 / 15.7063: "That is divided by the standard deviation of the masses.",
                    65 / 4.6570: "Centre first, then divide.",
                    -1.75 / 4.6570**2: "That is divided by the variance, the square of 4.657.",
                    -1.75 * 4.6570: "Divide by the standard deviation instead of multiplying.",
                    -1 / 4.6570: "That is Alice minus 66. Here she is centred by the mean: "
                        "$-1.75$.",
                },
                label="Height",
            ),
        ],
        hints=[
            "Each column by its own standard deviation.",
            r"$x'=\frac{x-\text{mean}}{\text{standard deviation}}$; the numerators are given.",
            r"$\frac{-8.25}{15.706}=\dots$",
        ],
        solution=r"""$\frac{-8.25}{15.706}=-0.525$ and $\frac{-1.75}{4.657}=-0.376$.

Read it as: Alice is about half a standard deviation lighter than the mean and a good third of one
shorter. The
units are gone, so mass and height can be compared.""",
    ),
    Question(
        id="3.2-3",
        title="Normalise the students",
        stem=r"""Sleep was 3, 5, 10 hours and study 5, 1, 2 hours. Give mean and standard deviation
of both columns (the
standard deviation with division by 3, as `np.std` does), and the first student, $(3,5)$,
normalised. (Three decimals.)""",
        parts=[
            Number(
                6,
                {18: "That is the sum. Divide by 3.", 5: "That is the middle value. The mean is "
                    "$18/3$."},
                label="Mean sleep",
            ),
            Number(
                8 / 3,
                {8: "That is the sum. Divide by 3.", 2: "That is the middle value. The mean is "
                    "$8/3$."},
                label="Mean study",
            ),
            Number(
                26**0.5 / 3**0.5,
                {
                    26 / 3: "That is the variance, the mean of the squared distances. Take the "
                        "root.",
                    13**0.5: "That is divided by $3-1$, as for a sample. Here: divide by 3.",
                    8 / 3: "That is the mean distance. Square the distances, take the mean, then "
                        "the root.",
                    26**0.5: "Divide the sum of the squares by 3 before you take the root.",
                },
                label="Standard deviation, sleep",
            ),
            Number(
                (26 / 9) ** 0.5,
                {
                    26 / 9: "That is the variance, the mean of the squared distances. Take the "
                        "root.",
                    (13 / 3) ** 0.5: "That is divided by $3-1$, as for a sample. Here: divide by "
                        "3.",
                    14 / 9: "That is the mean distance. Square the distances, take the mean, then "
                        "the root.",
                    (26 / 3) ** 0.5: "Divide the sum of the squares by 3 before you take the root.",
                },
                label="Standard deviation, study",
            ),
            Number(
                -3 / (26 / 3) ** 0.5,
                {
                    -3: "That is centred. Now divide by the standard deviation.",
                    3 / (26 / 3) ** 0.5: "Right size, wrong sign: 3 hours are less than the mean "
                        "of 6.",
                    -3 / (26 / 3): "That is divided by the variance. Divide by its root.",
                },
                label="First student, sleep",
            ),
            Number(
                7 / 3 / (26 / 9) ** 0.5,
                {
                    7 / 3: "That is centred. Now divide by the standard deviation.",
                    5 / (26 / 9) ** 0.5: "Centre first: take the mean 2.667 from 5.",
                    7 / 3 / (26 / 9): "That is divided by the variance. Divide by its root.",
                },
                label="First student, study",
            ),
        ],
        hints=[
            "Mean, then distances from the mean, then the root of the mean squared distance.",
            r"Sleep: distances $-3,-1,4$, squares $9,1,16$. Study: distances "
            r"$\frac73,-\frac53,-\frac23$.",
            r"Standard deviation of sleep: $\sqrt{\frac{9+1+16}{3}}=\dots$",
        ],
        solution=r"""Means: $\frac{18}{3}=6$ and $\frac83=2.667$. Distances: $-3,-1,4$ and
$2.333,-1.667,-0.667$.

Standard deviations: $\sqrt{\frac{26}{3}}=2.944$ and $\sqrt{\frac{26}{9}}=1.700$.

| student | sleep | study |
|---|---|---|
| (3, 5) | −1.019 | 1.373 |
| (5, 1) | −0.340 | −0.981 |
| (10, 2) | 1.359 | −0.392 |""",
    ),
    Question(
        id="3.2-4",
        title="Raw pounds and inches",
        stem=r"""The 2-2-1 network with sigmoids is trained on raw pounds and inches, targets 1, 0,
0, 1. At which mean
squared error does it end, in every run? And why?""",
        parts=[
            Number(
                0.25,
                {
                    0.5: "That is always answering 0, or always 1. One half for everybody is "
                        "better.",
                    0: "Then it would tell the four apart. It cannot.",
                    0.125: "That is half of it, the house cost. The mean squared error has no "
                        "half.",
                    1: "It can do better than always wrong: one half for everybody.",
                },
                label="Mean squared error",
            ),
            Choice(
                {
                    "The learning rate is too small; after more rounds it would learn.":
                        "With slopes of almost 0 no rate helps. And on shifted data the same rate "
                        "is enough.",
                    "Four examples are too few.": "On the same four, shifted, all fifty runs "
                        "learn.",
                    "The weighted inputs are far from 0, where the sigmoid is flat: the hidden "
                    "neurons answer the same "
                    "for everybody, and the best single answer is the mean of the targets.":
                        "They are saturated: the same answer for all, and hardly any slope to "
                        "learn from.",
                    "Two hidden neurons are too few for this problem.":
                        "On the same people, shifted, two are enough.",
                },
                answer="C",
                label="Why",
            ),
        ],
        hints=[
            "What are the hidden activations for inputs around 100? Are they different for "
            "different people?",
            "If the network has to answer the same number to all four, which number is best?",
            r"Answering one half to all: "
            r"$\frac14\left(\frac14+\frac14+\frac14+\frac14\right)=\dots$",
        ],
        solution=r"""The weighted inputs are typically of the order of 100, and nearly always far
from 0. There the sigmoid is flat: the hidden activations are 0 or 1, the same for all four people,
and their slopes are almost 0. The output neuron gets the same input for everybody, so it can only
find the best single answer, the mean target $\frac12$. Its mean squared error is
$\left(\frac12\right)^2=0.25$.""",
    ),
    Code(
        id="3.2-5",
        title="Standardise new data",
        stem=r"""Write `standardise(train, new)`: the rows of `new`, centred and scaled column by
column with the mean and
the standard deviation of the **training** rows. Both are tables with examples as rows, and no
column of `train` is constant.""",
        answer=standardise,
        inputs=_tables,
        wrong={
            _own_statistics: "You use the mean and the standard deviation of `new`. The network "
                "has learned with those "
            "of the training data: use `train.mean` and `train.std`.",
            _both_together: "You mix the new rows into the statistics. New rows must not change "
                "what was learned: use "
            "`train` alone.",
            _one_mean: "One mean and one standard deviation for the whole table. Each column "
                "needs its own: `axis=0`.",
            _along_rows: "`axis=1` goes along each row, over the columns of one example. Down the "
                "rows is `axis=0`.",
            _only_centred: "Centred, but not scaled: divide by the standard deviation of each "
                "training column.",
            _only_scaled: "Scaled, but not centred: subtract the mean of each training column "
                "first.",
            _by_variance: "You divide by the variance. The standard deviation is its root: `std`.",
            _one_less: "Your standard deviation divides by $m-1$. Here it is `np.std` as it "
                "stands, with division by "
            "$m$.",
            _forgot_brackets: "Brackets: the division comes before the subtraction. Centre first, "
                "then divide the whole.",
            _the_training_rows: "These are the training rows, standardised. The rows of `new` are "
                "wanted.",
        },
        also=[_by_columns, _by_squares],
        hints=[
            "Two numbers for each column, both computed from `train`.",
            r"$x'=\frac{x-\text{mean}}{\text{standard deviation}}$ with `axis=0` in both.",
            "`(new - train.mean(axis=0)) / ...`",
        ],
        solution=r"""`train.mean(axis=0)` has one entry for each column, and broadcasting takes it
from every row of `new`.
The statistics come from the training data and are used unchanged on everything that comes
later.""",
    ),
]

A10 = np.full((1, 10), 0.01)
A10[0, 4:6] = 0.21, 0.71
Y10 = np.eye(10)[[5]]
Y_HAT = np.array([0.59470263, 0.58177822, 0.50641742])
SCORES = np.array([0.75, 0.82, 0.93])
_half_sum = float(((SCORES - Y_HAT) ** 2).sum() / 2)


def mse(y, a):
    return ((np.reshape(y, np.shape(a)) - a) ** 2).mean()


def _stretched(y, a):
    return ((y - a) ** 2).mean()


def _stretched_sum(y, a):
    return ((y - a) ** 2).sum() / len(y)


def _mse_half(y, a):
    return mse(y, a) / 2


def _mse_sum(y, a):
    return mse(y, a) * len(y)


def _mean_gap(y, a):
    return (y - np.ravel(a)).mean()


def _absolute(y, a):
    return np.abs(y - np.ravel(a)).mean()


def _root(y, a):
    return np.sqrt(mse(y, a))


def _squared_mean(y, a):
    return (y - np.ravel(a)).mean() ** 2


def _mse_each(y, a):
    return (y - np.ravel(a)) ** 2


def _flattened(y, a):
    return float(np.mean((np.ravel(a) - y) ** 2))


def _new_axis(y, a):
    return np.square(y[:, None] - a).sum() / len(a)


def _loop(y, a):
    total = 0
    for target, output in zip(y, a, strict=True):
        total += (target - output[0]) ** 2
    return total / len(y)


def _labels_and_columns(rng):
    """Labels (m,) and outputs (m, 1); once the outputs are perfect, so that the cost must be 0."""
    drawn = [(rng.integers(0, 2, m).astype(float), rng.uniform(0, 1, (m, 1))) for m in (3, 4, 6)]
    y = np.array([1.0, 0, 0, 1])
    return [*drawn, (y, y[:, None])]


def cost(A, Y):
    return ((A - Y) ** 2).sum(axis=1).mean() / 2


def _mean_over_all(A, Y):
    return ((A - Y) ** 2).mean() / 2


def _over_outputs_only(A, Y):
    return ((A - Y) ** 2).sum() / 2 / A.shape[1]


def _the_sum(A, Y):
    return ((A - Y) ** 2).sum() / 2


def _without_half(A, Y):
    return ((A - Y) ** 2).sum(axis=1).mean()


def _the_losses(A, Y):
    return ((A - Y) ** 2).sum(axis=1) / 2


def _per_output(A, Y):
    return ((A - Y) ** 2).mean(axis=0) / 2


def _no_square(A, Y):
    return (A - Y).sum(axis=1).mean() / 2


def _sum_squared(A, Y):
    return ((A - Y).sum(axis=1) ** 2).mean() / 2


def _distance(A, Y):
    return np.sqrt(((A - Y) ** 2).sum(axis=1)).mean() / 2


def _cost_in_one(A, Y):
    return 0.5 * np.sum((Y - A) ** 2) / len(A)


def _cost_by_loop(A, Y):
    losses = [0.5 * float(np.dot(a - y, a - y)) for a, y in zip(A, Y, strict=True)]
    return sum(losses) / len(losses)


def _outputs_and_targets(rng):
    """Outputs and one-hot targets of m examples with K outputs, m and K all different."""
    return [
        (rng.uniform(0, 1, (m, K)), np.eye(K)[rng.integers(0, K, m)])
        for m, K in ((3, 4), (6, 10), (5, 2))
    ]


def four_costs(A, Y):
    S = ((A - Y) ** 2).sum()
    m, K = A.shape
    return [S / 2 / m, S / 2, S / m, S / (m * K)]


def _sizes_swapped(A, Y):
    S = ((A - Y) ** 2).sum()
    K, m = A.shape
    return [S / 2 / m, S / 2, S / m, S / (m * K)]


def _other_order(A, Y):
    house, total, no_half, mean = four_costs(A, Y)
    return [total, house, no_half, mean]


def _no_halves(A, Y):
    S = ((A - Y) ** 2).sum()
    m, K = A.shape
    return [S / m, S, S / m, S / (m * K)]


def _all_halves(A, Y):
    S = ((A - Y) ** 2).sum()
    m, K = A.shape
    return [S / 2 / m, S / 2, S / 2 / m, S / 2 / (m * K)]


def _mean_by_outputs(A, Y):
    S = ((A - Y) ** 2).sum()
    m, K = A.shape
    return [S / 2 / m, S / 2, S / m, S / K]


def _factors(A, Y):
    m, K = A.shape
    return [1, m, 2, 2 / K]


def _from_the_house(A, Y):
    house = 0.5 * np.mean(np.sum((A - Y) ** 2, axis=1))
    return house * np.array([1, len(A), 2, 2 / A.shape[1]])


def _by_numpy(A, Y):
    squares = np.square(Y - A)
    rows = squares.sum(axis=1)
    return (rows.mean() / 2, rows.sum() / 2, rows.mean(), squares.mean())


MEASURE = [
    Question(
        id="3.3-1",
        title="Three lazy machines",
        stem=r"""The labels of the four people are $(1,0,0,1)$. What is the mean squared error of a
machine that always
answers 0? Of one that always answers 1? Of one that always answers 0.5?""",
        parts=[
            Number(
                0.5,
                {
                    2: "That is the sum of the squares. Divide by the number of people.",
                    0.25: "That is half of it. The mean squared error has no half.",
                    1: "Two of the four gaps are 0.",
                },
                label="Always 0",
            ),
            Number(
                0.5,
                {
                    2: "That is the sum of the squares. Divide by the number of people.",
                    0.25: "That is half of it. The mean squared error has no half.",
                    -0.5: "Gaps of $-1$ have squares of $+1$.",
                    1: "Two of the four gaps are 0.",
                },
                label="Always 1",
            ),
            Number(
                0.25,
                {
                    0.5: "That is the size of each gap. Its square is smaller.",
                    1: "That is the sum of the squares. Divide by the number of people.",
                    0: "The gaps add up to 0, their squares do not.",
                    0.125: "That is half of it. The mean squared error has no half.",
                },
                label="Always 0.5",
            ),
        ],
        hints=[
            "Write the four gaps below one another, square each, take the mean.",
            r"Always 0: gaps $1,0,0,1$. Always 1: gaps $0,-1,-1,0$. Always 0.5: gaps $\pm0.5$.",
            r"Always 0.5: $\frac14(0.25+0.25+0.25+0.25)=\dots$",
        ],
        solution=r"""Always 0: $\frac14(1+0+0+1)=0.5$. Always 1: $\frac14(0+1+1+0)=0.5$. Always 0.5:
$\frac14\cdot4\cdot0.25=0.25$.

Not knowing, and saying so, costs less than being sure and wrong half of the time. One half is the
mean of the
labels, and the mean is always the best single answer in squared error.""",
    ),
    Question(
        id="3.3-2",
        title="The slides' ten outputs",
        stem=r"""Ten outputs: eight of them are 0.01, at index 4 stands 0.21, at index 5 stands
0.71. The target is
one-hot with the 1 at index 5. Give the mean of the ten squares, and half their sum. (Four
decimals.)""",
        parts=[
            Number(
                0.0129,
                {
                    0.129: "That is the sum. Divide by the ten outputs.",
                    0.0549: "That is with a target of ten zeros. At index 5 the gap is $1-0.71$.",
                    0.0645: "That is half the sum, the second answer.",
                    0.00645: "That has a half in it. The plain mean is asked first.",
                    0.078: "You took the size of the gaps. Square them.",
                    0.01282: "The eight outputs of 0.01 count, too: their target is 0.",
                },
                label="Mean of the squares",
            ),
            Number(
                0.0645,
                {
                    0.129: "That is the whole sum. Take half.",
                    0.00645: "That is half the mean. Half the sum is asked.",
                    0.0129: "That is the mean, the first answer.",
                    0.27450: "That is with a target of ten zeros. At index 5 the gap is $1-0.71$.",
                },
                label="Half the sum",
            ),
        ],
        hints=[
            "Ten gaps: eight of 0.01, one of 0.21, and one of $1-0.71$.",
            r"Sum of the squares: $8\cdot0.0001+0.0441+0.0841$.",
            r"$\frac{0.1290}{10}=\dots$ and $\frac{0.1290}{2}=\dots$",
        ],
        solution=r"""The gaps are 0.01 (eight times), 0.21 and 0.29. Their squares add up to
$0.0008+0.0441+0.0841=0.1290$.

Mean: 0.0129. Half the sum: 0.0645. Same outputs, same target, and one number is five times the
other: a cost without
its convention says little.""",
    ),
    Question(
        id="3.3-3",
        title="The lecture's three answers",
        stem=r"""The lecture's network answers 0.59470263, 0.58177822, 0.50641742; the targets are
0.75, 0.82, 0.93.
Half the sum of the squared gaps, and their mean? (Four decimals.)""",
        parts=[
            Number(
                _half_sum,
                {
                    2 * _half_sum: "That is the whole sum. Take half.",
                    2 * _half_sum / 3: "That is the mean, the second answer.",
                    _half_sum / 3: "That is the half **and** the mean, the house cost. The "
                        "lecture only has the half.",
                    0.44735371: "That is printed on another slide, for another random start. "
                        "Compute it from these three.",
                    0.4085509: "Half the sum of the gaps themselves: square them first.",
                },
                label="Half the sum",
            ),
            Number(
                2 * _half_sum / 3,
                {
                    _half_sum / 3: "That has a half in it. The plain mean is asked.",
                    2 * _half_sum: "That is the sum. Divide by 3.",
                    _half_sum: "That is half the sum, the first answer.",
                    0.2723673: "The mean of the gaps themselves: square them first.",
                },
                label="Mean",
            ),
        ],
        hints=[
            "Three gaps: target minus answer. Square each.",
            r"Squares: $0.15530^2=0.02412$, $0.23822^2=0.05675$, $0.42358^2=0.17942$.",
            r"Their sum is 0.26029.",
        ],
        solution=r"""Gaps: 0.15530, 0.23822, 0.42358. Squares: 0.02412, 0.05675, 0.17942; sum
0.26029.

Half the sum: 0.13014. Mean: 0.08676. The house cost has both, the half and the mean: 0.04338.""",
    ),
    Question(
        id="3.3-4",
        title="From the sum to a mean",
        stem=r"""A run with half the sum over 3 rows uses the rate $\eta=0.01$. Which rate gives
the same steps with the
house cost (half the squares, mean over the rows)? And which with the plain mean of the squares,
without a half? (One
output.)""",
        parts=[
            Number(
                0.03,
                {
                    0.01: "The slopes of the mean are 3 times smaller, so the same rate goes a "
                        "third of the way.",
                    0.01 / 3: "Turned round: the slopes of the mean are smaller, so the rate must "
                        "be larger.",
                    0.015: "That belongs to the plain mean, the second answer.",
                    0.06: "The half is in both costs. Only the number of rows differs.",
                },
                label="House cost",
            ),
            Number(
                0.015,
                {
                    0.03: "That is the house rate. Without the half the slopes are twice as "
                        "large, so the rate is half.",
                    0.06: "Turned round: without the half the slopes are larger, so the rate must "
                        "be smaller.",
                    0.01: "The slopes are $\\frac23$ of those of the half sum.",
                    0.01 * 2 / 3: "Turned round: rate times slope must stay the same.",
                },
                label="Plain mean",
            ),
        ],
        hints=[
            "Rate times slope must be the same in both runs.",
            "Half sum: factor 3 against the house. Plain mean: factor 2 against the house.",
            r"$0.01\cdot3=\eta\cdot1$ and $0.01\cdot3=\eta\cdot2$.",
        ],
        solution=r"""A step is rate times slope. Against the house cost the slope of the half sum
is $m=3$ times as
large, that of the plain mean 2 times as large (for one output). House:

$$0.01\cdot3=\eta\cdot1\quad\Rightarrow\quad\eta=0.03.$$

Plain mean:

$$0.01\cdot3=\eta\cdot2\quad\Rightarrow\quad\eta=0.015.$$

A rate without its cost convention is half a recipe.""",
    ),
    Code(
        id="3.3-5",
        title="A cost that cannot be fooled",
        stem=r"""Write `mse(y, a)`: the mean squared error of $m$ examples with one output. The
targets `y` come as shape
$(m,)$, the outputs `a` as a column of shape $(m,1)$. Perfect outputs must give 0.""",
        answer=mse,
        inputs=_labels_and_columns,
        wrong={
            _stretched: "`y - a` with shapes $(m,)$ and $(m,1)$ is an $m\\times m$ table: every "
                "target against every "
            "output. Bring both to one shape first.",
            _stretched_sum: "`y - a` is an $m\\times m$ table here, and its sum counts every "
                "target against every output. "
            "Bring both to one shape first.",
            _mse_half: "Half of what is asked. The mean squared error has no half in front.",
            _mse_sum: "That is the sum of the squares. Take their mean.",
            _mean_gap: "The squares are missing: positive and negative gaps cancel.",
            _absolute: "You take the size of each gap. Here it is squared.",
            _root: "That is the root of it. The mean squared error has no root.",
            _squared_mean: "You square the mean. First square each gap, then take the mean.",
            _mse_each: "These are the squares, one for each example. One number is wanted: their "
                "mean.",
        },
        also=[_flattened, _new_axis, _loop],
        hints=[
            "Print `(y - a).shape` before you square anything.",
            "`a[:, 0]` or `a.ravel()` has the shape of `y`; `y[:, None]` or `y.reshape(a.shape)` "
            "has the shape of `a`.",
            "`gaps = y - a.ravel()`",
        ],
        solution=r"""Give both the same shape, then subtract. `np.reshape(y, np.shape(a))` makes a
column of the labels;
if the sizes do not fit it stops with an error, which is what one wants.""",
    ),
    Code(
        id="3.3-6",
        title="The house cost",
        stem=r"""Write `cost(A, Y)`, the house cost $C=\frac1m\sum_i\frac12\sum_k(a_{ik}-y_{ik})^2$
of outputs `A` and targets
`Y`, both of shape $(m,K)$: sum over the outputs, mean over the examples.""",
        answer=cost,
        inputs=_outputs_and_targets,
        wrong={
            _mean_over_all: "You take the mean over all $mK$ entries. Sum over the outputs of a "
                "row; the mean is over the "
            "rows only.",
            _over_outputs_only: "You divide by $K$, the number of outputs. Divide by $m$, the "
                "number of rows.",
            _the_sum: "That is the sum over all examples, the lecture's cost. Divide by the "
                "number of rows.",
            _without_half: "The half is missing: twice too large.",
            _the_losses: "These are the losses, one for each example. The cost is their mean.",
            _per_output: "There is one number for each output: you average down the columns, or "
            "use Python's own `sum`. Sum along each row first: `axis=1`.",
            _no_square: "The squares are missing: positive and negative gaps cancel.",
            _sum_squared: "You add the gaps of a row and square the sum. First square, then add.",
            _distance: "That is the distance, with a root. The loss is half its square.",
        },
        also=[_cost_in_one, _cost_by_loop],
        hints=[
            "Two directions: along a row stand the outputs, down the rows the examples.",
            "`axis=1` sums along each row. Then a mean over the $m$ results, and the half.",
            "`np.square(A - Y).sum(axis=1)` are the $m$ sums.",
        ],
        solution=r"""`.sum(axis=1)` gives one number for each example, `.mean()` takes their mean,
and the half may stand
anywhere. `nnlib.quadratic.f(A, Y).mean()` is the same.""",
    ),
    Code(
        id="3.3-7",
        title="Four conventions",
        stem=r"""Write `four_costs(A, Y)` for outputs and targets of shape $(m,K)$. It returns four
numbers in this order:
the **house** cost; the lecture's **sum** of halves; **no half**, the mean over the examples of the
sums over the
outputs; the **mean of all** squares.""",
        answer=four_costs,
        inputs=_outputs_and_targets,
        wrong={
            _sizes_swapped: "$m$ and $K$ are swapped: `A.shape` is (examples, outputs).",
            _other_order: "The first two are swapped: first the house cost, then the sum.",
            _no_halves: "The house cost and the lecture's sum have a half.",
            _all_halves: "Only the first two have a half.",
            _mean_by_outputs: "The last one is the mean over all squares: divide the sum by $mK$.",
            _factors: "These are the factors. The values of the costs are wanted.",
        },
        also=[_from_the_house, _by_numpy],
        hints=[
            "All four are the same sum of squares $S$, divided by different numbers.",
            r"$\frac{S}{2m}$, $\frac{S}{2}$, $\frac{S}{m}$ and $\frac{S}{mK}$.",
            "`S = np.square(A - Y).sum()` and `m, K = A.shape`",
        ],
        solution=r"""All four come from one sum of squares $S$. House: $\frac{S}{2m}$. Sum:
$\frac{S}{2}$. No half:
$\frac{S}{m}$. Mean of all: $\frac{S}{mK}$. Against the house that is $1$, $m$, $2$ and
$\frac{2}{K}$ times as
much.""",
    ),
]

WEIGHTS = [
    Question(
        id="3.4-1",
        title="What goes in?",
        stem=r"""A network has the layers 8, 8, 4, 1. How many numbers go into the network? How
many go into its cost, as
a function of what is learned? How many entries has the gradient of the cost?""",
        parts=[
            Number(
                8,
                {
                    113: "Those are its parameters. They are held fixed while the network answers.",
                    1: "That is what comes out.",
                    21: "That counts all layers. Only the first one is fed from outside.",
                },
                label="Into the network",
            ),
            Number(
                113,
                {
                    8: "Those are the inputs of the network. For the cost the examples are held "
                        "fixed.",
                    100: "Those are the weights, $64+32+4$. The biases go in as well.",
                    13: "Those are the biases. The weights go in as well.",
                    121: "Inputs have no biases: $8+4+1=13$ of them.",
                    1: "That is what comes out of the cost.",
                },
                label="Into the cost",
            ),
            Number(
                113,
                {
                    1: "The cost is one number; its gradient has one entry for each parameter.",
                    8: "One slope for each thing that is turned: the parameters, not the inputs.",
                    100: "Biases are turned, too, so they have slopes.",
                    3: "One for each layer would be 3 arrays. Count the numbers in them, weights "
                        "and biases.",
                },
                label="Entries of the gradient",
            ),
        ],
        hints=[
            "Ask for each machine: what is turned, what is held fixed?",
            r"Parameters: $8\cdot8+8$, $8\cdot4+4$, $4\cdot1+1$.",
            r"$72+36+5=\dots$",
        ],
        solution=r"""Into the network go 8 numbers, one for each input. Into the cost go all
parameters:
$72+36+5=113$ weights and biases. The gradient has one slope for each of them: 113.""",
    ),
    Question(
        id="3.4-2",
        title="Three abstractions",
        stem="A ladder leads up from the network in three steps, and each step forgets something. "
            "Which is the first, which the second, which the third?",
        parts=[
            Choice(
                {
                    "A gradient to compute: one slope for each weight and bias.":
                        "That is what the search needs. What is being searched?",
                    "The cost as a function of the weights and biases, the examples held fixed.":
                        "The digits are put away; what is left is one function.",
                    "A search, step by step, for the minimum of a function.":
                        "Of which function? That must come first.",
                },
                answer="B",
                label="First",
            ),
            Choice(
                {
                    "A gradient to compute: one slope for each weight and bias.":
                        "First somebody must ask for it: what is it good for?",
                    "The cost as a function of the weights and biases, the examples held fixed.":
                        "That is the first: it says what is to be made small.",
                    "A search, step by step, for the minimum of a function.":
                        "It does not matter what the function means.",
                },
                answer="C",
                label="Second",
            ),
            Choice(
                {
                    "A gradient to compute: one slope for each weight and bias.":
                        "It is all that the search has to know.",
                    "The cost as a function of the weights and biases, the examples held fixed.":
                        "That is the first: it says what is to be made small.",
                    "A search, step by step, for the minimum of a function.":
                        "That is the second. What does each of its steps need?",
                },
                answer="A",
                label="Third",
            ),
        ],
        hints=[
            "Each step forgets something of the one below.",
            "First the digits are forgotten, then the meaning, then the search.",
            "The first one is the lower machine of figure 3.8.",
        ],
        solution=r"""First: a network with parameters has a **cost that is a function of the
parameters**; the examples
are held fixed. Second: make it small by **search**, step by step. Third: all that each step needs
is the
**gradient**, one slope for each weight and bias.""",
    ),
    Question(
        id="3.4-3",
        title="The weights stay",
        stem=r"All weights and biases stay as they are. What can still change the value of the "
            r"cost?",
        parts=[
            Choice(
                {
                    "Nothing: the cost is a function of the weights and biases.":
                        "Of these, with settings held fixed. The settings can be changed.",
                    "Other training examples.": "They are the settings of the machine: another "
                        "set, another function.",
                    "Another learning rate.": "The rate decides how weights are changed. Here "
                        "they stay.",
                    "Feeding the same examples in another order.":
                        "The cost is a mean over the examples, and a mean does not know an order.",
                },
                answer="B",
            )
        ],
        hints=[
            "What is held fixed in the machine whose output is the cost?",
            "Look at what goes into the box from above in figure 3.8.",
            "The same weights had two costs, on the first and on the second hundred digits.",
        ],
        solution=r"""Other training examples. For the cost they play the part that the weights play
for the network: they
are held fixed, and if they are exchanged, it is another function.""",
    ),
]

EXERCISES = [*DATA, *PREPARE, *MEASURE, *WEIGHTS]
