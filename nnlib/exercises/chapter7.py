"""The exercises of chapter 7, Handwritten digits: each stem, answer, slip, hint and solution,
once."""

import math

import numpy as np

from .code import Code
from .kit import Choice, Number, Question

GRID = [
    "0419213143", "5361728694", "0911243273", "8690560761", "8793985933",
    "0749809414", "4604561001", "7163021179", "0267839046", "7468078315",
]  # fmt: skip
COUNTS = [13, 14, 6, 11, 11, 5, 11, 10, 8, 11]


def _count(digit):
    """One of the ten counts; the slips are what the two misread copies of the slides would give."""
    misread = {
        1: {12: "That is what the first misread copy of the slide gives. Two ones look like sevens "
        "there.",
            8: "That is what the second misread copy gives. Six ones look like sevens there."},
        5: {6: "That is what a misread copy gives: a nine was taken for a five."},
        7: {12: "That is what the first misread copy gives. Two of these are ones.",
            16: "That is what the second misread copy gives. Six of these are ones."},
        8: {9: "That is what the first misread copy gives: a nine was taken for an eight."},
        9: {9: "That is what the first misread copy gives: two nines were misread.",
            10: "That is what the second misread copy gives: one nine was misread."},
    }  # fmt: skip
    return Number(COUNTS[digit], misread.get(digit, {}), label=f"Digit {digit}")


IMAGES = [
    Question(
        id="7.1-1",
        title="Why 784?",
        stem="An MNIST image has 28 rows of 28 grey pixels. How many numbers does the network get "
        "for one image?",
        parts=[
            Number(
                784,
                {
                    28: "That is one row. There are 28 of them.",
                    56: "Rows and columns are multiplied, not added: each row has 28 pixels.",
                    112: "That is the frame alone, four sides of 28. The inside counts, too.",
                    785: "The bias is no input: it belongs to the neurons.",
                    7840: "The ten classes stand at the output. At the input there is one number "
                    "for each pixel.",
                    2352: "Three numbers for a pixel would be colour. These images are grey: one "
                    "number each.",
                },
                label="Inputs",
                right="28 times 28, one input for each pixel.",
            )
        ],
        hints=[
            "One input for each pixel.",
            "Pixels = rows times columns.",
            r"$28\cdot28$",
        ],
        solution=r"""$28\cdot28=784$. The image is laid out row after row into one long row of
numbers. The network is never told which pixels are neighbours; it would learn just as well from
any fixed shuffling of them.""",
    ),
    Question(
        id="7.1-2",
        title="Typed off the pictures",
        stem=r"""The grid of 100 digits stands twice in the lesson slides, typed off the pictures
by eye. The first copy differs from MNIST's labels in 4 places, the second in 7:

| | label → typed |
|---|---|
| first copy | 1 → 7, 9 → 5, 1 → 7, 9 → 8 |
| second copy | 1 → 7, 1 → 7, 9 → 5, 1 → 7, 1 → 7, 1 → 7, 1 → 7 |""",
        parts=[
            Number(
                8,
                {
                    2: "Those are the ones of the first copy. Add the second.",
                    6: "Those are the ones of the second copy. Add the first.",
                    7: "That is the number of slips in the second copy; one of them is a 9.",
                    11: "That is all the slips. Three of them are nines.",
                    3: "Those are the nines.",
                },
                label="How many of the 11 slips are a 1 read as a 7?",
            ),
            Choice(
                {
                    "The typed copies agree more often than not, so take the majority.": "Where "
                    "both copies are wrong in the same way, the majority is wrong as well.",
                    "The labels of the data set (training images 2 to 101).": "They were given to "
                    "the images themselves, not to a small picture of them.",
                    "Leave out the digits on which the copies differ.": "Three slips are in both "
                    "copies, so they would stay, and you would lose good digits.",
                    "What a trained network says.": "A network trained on wrong labels learns the "
                    "wrong labels.",
                },
                "B",
                label="Which labels should a network be trained with?",
            ),
        ],
        hints=[
            "Count the entries 1 → 7 in both lines.",
            "In the first copy 2 of 4, in the second 6 of 7.",
            r"$2+\dots$",
        ],
        solution=r"""Eight of the eleven slips are a 1 read as a 7, three are a 9 read as 5 or 8.
Handwritten ones with a flag and slanted sevens look alike, to people as well.

Take the labels of the data set. A wrong label is worse than a missing one: the network is pushed
away from the right answer at that image, in every epoch.""",
    ),
    Question(
        id="7.1-3",
        title="How many of each?",
        stem=f"""Here are the labels of the grid. How often does each digit occur, and how many of
the 100 would you get
right by always saying the most frequent one?

```
{chr(10).join(" ".join(row) for row in GRID)}
```

In the notebook: `check("7.1-3", [*counts, right])`.""",
        parts=[
            *map(_count, range(10)),
            Number(
                14,
                {
                    1: "That is the digit you would say. How often does it occur?",
                    10: "That would be the mean of the ten counts. The most frequent digit occurs "
                    "more often.",
                    13: "That is the count of 0, the second most frequent digit.",
                    0.14: "As a share, yes. Here the number of images is asked.",
                },
                label="Right by always saying the most frequent",
            ),
        ],
        hints=[
            "Let NumPy count: `np.bincount`.",
            "`counts = np.bincount(labels, minlength=10)`; the majority guess is right "
            "`counts.max()` times.",
            "Row 1 holds one 0, three 1s, one 2, two 3s, two 4s and one 9.",
        ],
        solution=r"""For the digits 0 to 9: 13, 14, 6, 11, 11, 5, 11, 10, 8, 11.

Always saying 1 is right 14 times of 100. A network has learned something only when it beats
that, not when it beats 10. The counts are uneven because 100 images are few; in the whole set
they are nearly even.""",
    ),
]


def one_hot(labels, K):
    return np.eye(K)[labels]


def _columns(labels, K):
    return one_hot(labels, K).T


def _one_late(labels, K):
    return np.eye(K)[(np.asarray(labels) - 1) % K]


def _too_narrow(labels, K):
    return np.eye(np.max(labels) + 1)[labels]


def _all_zero(labels, K):
    return np.zeros((len(labels), K))


def _only_last(labels, K):
    Y = np.zeros((len(labels), K))
    Y[-1, labels[-1]] = 1
    return Y


def _whole_columns(labels, K):
    Y = np.zeros((len(labels), K))
    Y[:, labels] = 1
    return Y


def _label_written(labels, K):
    return one_hot(labels, K) * np.asarray(labels)[:, None]


def _inverted(labels, K):
    return 1 - one_hot(labels, K)


def _labels_back(labels, K):
    return np.asarray(labels)


def _hot_loop(labels, K):
    Y = np.zeros((len(labels), K))
    for i, label in enumerate(labels):
        Y[i, label] = 1
    return Y


def _hot_compare(labels, K):
    return (np.asarray(labels)[:, None] == np.arange(K)).astype(int)


def _labelled(rng):
    """Labels in which no class is the last one and no row is alone, and K larger than the largest
    label."""
    return [
        (rng.permutation(np.r_[0, rng.integers(1, K - 1, m)]), K)
        for m, K in ((4, 6), (6, 10), (2, 5))
    ]


TARGETS = [
    Question(
        id="7.2-1",
        title="Reading ten outputs",
        stem=r"""A digit network gives these ten outputs, for the digits 0 to 9 in order:

0.01, 0.01, 0.01, 0.01, 0.21, 0.71, 0.01, 0.01, 0.01, 0.01

Which digit does it choose, and which comes second?""",
        parts=[
            Number(
                5,
                {
                    6: "The count starts at 0: the sixth output belongs to the digit 5.",
                    0.71: "That is the largest output. Which digit does it stand for?",
                    4: "That is the runner-up, with 0.21.",
                },
                label="Chosen digit",
            ),
            Number(
                4,
                {
                    5: "That is the first choice, or the count started at 1. The second largest "
                    "output is 0.21.",
                    0.21: "That is the output. Which digit does it stand for?",
                    3: "Its output is 0.01, as for most. Look for 0.21.",
                },
                label="Second",
            ),
        ],
        hints=[
            "The largest output wins.",
            "`np.argmax` gives its place, counted from 0.",
            "Four outputs of 0.01 stand before 0.21. They belong to the digits 0, 1, 2 and 3.",
        ],
        solution=r"""The largest output, 0.71, stands at the digit 5; the second largest, 0.21,
at 4. `np.argmax(a)` gives 5.

The outputs hold more than the choice: this network is in two minds between 5 and 4, and about
the rest it has no doubt.""",
    ),
    Question(
        id="7.2-2",
        title="How wrong are they?",
        stem=r"""The image shows a 5, so the target is one-hot(5). Take the mean squared error
over the ten outputs, $\frac{1}{10}\sum_k(y_k-a_k)^2$, of the outputs of 7.2-1 (eight times 0.01;
0.21 at 4; 0.71 at 5), and of a network that answers ten times 0.1.""",
        parts=[
            Number(
                0.0129,
                {
                    0.1290: "That is the sum of the ten squares. The mean divides it by 10.",
                    0.0645: "That is half the sum, another convention. Here the mean over ten is "
                    "asked.",
                    0.00645: "That has the factor one half as well. This mean has none.",
                    0.0549: "The target has a 1 at the digit 5. With ten zeros as target it would "
                    "be 0.0549.",
                    0.0441: "That is one square, the one at 4. All ten count.",
                    0.0841: "That is one square, the one at 5. All ten count.",
                    0.3425: r"That is the cross-entropy, $-\ln0.71$. Here the squares are asked.",
                },
                label="Of these outputs",
            ),
            Number(
                0.09,
                {
                    0.9: "That is the sum of the ten squares. The mean divides it by 10.",
                    0.45: "That is half the sum, another convention. Here the mean over ten is "
                    "asked.",
                    0.01: "The target is not zero everywhere: at 5 the square is $(1-0.1)^2=0.81$.",
                    0.081: "That is only the place of the 5. The nine others have an error of 0.1 "
                    "each.",
                    0.009: "That is only the nine zeros. At 5 the square is $(1-0.1)^2=0.81$.",
                    0.81: "That is one square, the one at 5. Take all ten, then the mean.",
                },
                label="Of ten times 0.1",
            ),
        ],
        hints=[
            "Write the target below the outputs, square the ten differences, add, divide by ten.",
            r"Eight squares of 0.01, one of 0.21, and one of $1-0.71$.",
            r"$\frac{1}{10}(8\cdot0.0001+0.0441+\dots)$",
        ],
        solution=r"""The sum of the squares is
$8\cdot0.01^2+0.21^2+0.29^2=0.1290$, so the mean is 0.0129.

Second: $9\cdot0.1^2+0.9^2=0.09+0.81=0.9$, so the mean is 0.09. Seven times as much, for an
answer that says nothing. Yet a network that knows nothing does not get 1: ten small errors hide
in a mean.""",
    ),
    Question(
        id="7.2-3",
        title="Must they add to 1?",
        stem="The ten outputs of 7.2-1 add to 1.00. Must they, if the ten output neurons are "
        "sigmoids?",
        parts=[
            Choice(
                {
                    "Yes, they are probabilities.": "Each is between 0 and 1, but nothing ties the "
                    "ten together.",
                    "Yes, because the targets add to 1.": "Targets are what is wanted, not what "
                    "comes out. Training brings the sum near 1, no more.",
                    "No: each sigmoid goes its own way, so the sum can be anything between 0 and "
                    "10.": "With softmax they would have to: there each output is divided by the "
                    "sum of all.",
                    "No, the sum is always less than 1.": "Two outputs of 0.9 already make more.",
                },
                "C",
            )
        ],
        hints=[
            "What does one output neuron know of the other nine?",
            r"Each output is $\sigma(z_k)$ with its own $z_k$.",
            "Let all ten $z_k$ be 0. What is the sum then?",
        ],
        solution=r"""No. Each output is $\sigma(z_k)$ of its own weighted input; with all ten
$z_k=0$ the sum is 5. That it is 1.00 here is half training, half chance.

Softmax divides each $e^{z_k}$ by the sum of all ten, so its outputs must add to 1.""",
    ),
    Code(
        id="7.2-4",
        title="One-hot targets",
        stem=r"""Write `one_hot(labels, K)`: for an array of $m$ labels from 0 to $K-1$ an array
of shape $(m,K)$ with one row for each label, 1 at the label's place and 0 elsewhere.""",
        answer=one_hot,
        inputs=_labelled,
        wrong={
            _columns: "Transposed: you have one column for each example. In this book examples are "
            "rows.",
            _one_late: "The ones stand one place too far to the left: label 0 belongs to the first "
            "place, index 0.",
            _too_narrow: "You took the largest label for the number of classes. A class may be "
            "absent; use `K`.",
            _all_zero: "All rows are zero: the 1 at the label's place is missing.",
            _only_last: "Only the last row has its 1. Does the return stand too early, or the row "
            "index still?",
            _whole_columns: "`Y[:, labels] = 1` fills whole columns. Pair each row with its label: "
            "`Y[np.arange(m), labels] = 1`.",
            _label_written: "The label itself stands at its place. It should be a 1.",
            _inverted: "Turned round: 0 at the label's place and 1 elsewhere.",
            _labels_back: "Those are the labels as they came. Each should become a row of `K` "
            "numbers.",
        },
        also=[_hot_loop, _hot_compare],
        hints=[
            "Row $i$ is all 0 but for one place. Which?",
            "The identity matrix of size `K` has every such row once: row $k$ is one-hot($k$).",
            "`return np.eye(K)[...]`",
        ],
        solution=r"""`np.eye(K)` holds the $K$ possible targets as its rows. Indexing it with an
array of labels picks one row for each label, in order. `nnlib.one_hot` does the same, and also
refuses labels that are out of range.""",
    ),
]


def accuracy(outputs, targets):
    return np.mean(np.argmax(outputs, axis=1) == np.argmax(targets, axis=1))


def _column_winners(outputs, targets):
    return np.mean(np.argmax(outputs, axis=0) == np.argmax(targets, axis=0))


def _count_right(outputs, targets):
    return np.sum(np.argmax(outputs, axis=1) == np.argmax(targets, axis=1))


def _percent(outputs, targets):
    return 100 * accuracy(outputs, targets)


def _error_rate(outputs, targets):
    return 1 - accuracy(outputs, targets)


def _whole_winner(outputs, targets):
    return float(np.argmax(outputs) == np.argmax(targets))


def _by_rounding(outputs, targets):
    return np.mean(np.round(outputs) == targets)


def _hits(outputs, targets):
    return np.argmax(outputs, axis=1) == np.argmax(targets, axis=1)


def _accuracy_loop(outputs, targets):
    right = 0
    for a, y in zip(outputs, targets, strict=True):
        right += int(a.argmax() == y.argmax())
    return right / len(outputs)


def _accuracy_lookup(outputs, targets):
    return float(targets[np.arange(len(outputs)), outputs.argmax(axis=1)].mean())


def _judged(rng):
    """Outputs of which about two thirds are right, never half, all or none."""
    drawn = []
    for m, K in ((7, 4), (11, 5), (13, 10)):
        labels = rng.permutation(np.r_[np.arange(K), rng.integers(0, K, m)][:m])
        outputs = 0.4 * rng.random((m, K))
        said = labels.copy()
        miss = rng.permutation(m)[: m // 3]
        said[miss] = (said[miss] + rng.integers(1, K, len(miss))) % K
        outputs[np.arange(m), said] = rng.uniform(0.45, 0.95, m)
        drawn.append((outputs, one_hot(labels, K)))
    return drawn


PROGRAM = [
    Question(
        id="7.3-1",
        title="Updates per epoch",
        stem="60000 training images, mini-batches of 30. How many updates does one epoch make?",
        parts=[
            Number(
                2000,
                {
                    30: "That is the size of one batch. How many batches cover all images?",
                    6000: "That would be batches of 10.",
                    60000: "That would be an update after every image, batches of 1.",
                    1800000: "Multiplied instead of divided: each batch takes 30 images at once.",
                    1: "That would be one update with all images, the whole set as one batch.",
                    600: "That would be batches of 100.",
                },
                label="Updates",
                right="60000 / 30: each image is used once, and each batch makes one update.",
            )
        ],
        hints=[
            "One update for each batch; one epoch uses each image once.",
            "updates = images / batch size",
            r"$\frac{60000}{30}$",
        ],
        solution=r"""An epoch uses every image once, 30 at a time: $\frac{60000}{30}=2000$
batches, so 2000 updates. With batches of 10 it is 6000. Smaller batches make more and rougher
steps for the same reading of the data.""",
    ),
    Question(
        id="7.3-2",
        title="Which accuracy beats guessing?",
        stem=r"""The 10000 test images hold 1135 ones; no digit is more frequent. Give in percent
the accuracy of guessing each image at random, and of always answering 1.""",
        parts=[
            Number(
                10,
                {
                    50: "That is a coin, for two classes. Here there are ten.",
                    11.35: "That is the other one: always answering 1.",
                    1: "One class of ten is a tenth, not a hundredth.",
                    0: "Blind guesses do hit now and then: one time in ten.",
                },
                label="Guessing at random (%)",
                also=(0.1,),
            ),
            Number(
                11.35,
                {
                    1135: "That is the number of images. In percent of 10000?",
                    10: "That would hold if all ten digits were equally frequent. 1135 of 10000 "
                    "are ones.",
                    88.65: "That is what it gets wrong.",
                    11.24: "That is the share of ones among the training images. Here the test "
                    "images count.",
                    113.5: "Divided by 1000. There are 10000 test images.",
                },
                label="Always 1 (%)",
                also=(0.1135,),
                tol=0.006,
            ),
        ],
        hints=[
            "Guessing among ten classes hits one time in ten. Always answering 1 hits whenever it "
            "is a 1.",
            "accuracy = right answers / images",
            r"$\frac{1135}{10000}$",
        ],
        solution=r"""A random guess is right one time in ten: 10 %. Always answering 1 is right
for all 1135 ones: 11.35 %.

So a network has to pass 11.35 % before it has shown anything. Always write this number beside an
accuracy; with uneven classes it can be surprisingly high.""",
    ),
    Question(
        id="7.3-3",
        title="Why shuffle?",
        stem="The training set is shuffled anew before every epoch. Why?",
        parts=[
            Choice(
                {
                    "So that each image is used equally often.": "Without shuffling each is used "
                    "once per epoch, too.",
                    "So that test images get into the batches now and then.": "They must never get "
                    "there: they are kept to measure what was not learned by heart.",
                    "Because otherwise the same batches come in the same order, and their errors "
                    "do not average "
                    "out.": "Each batch's gradient is off the true one a little. Fresh batches are "
                    "off in fresh directions.",
                    "It makes the gradients exact.": "A batch's gradient remains an estimate. "
                    "Shuffling only makes its errors independent.",
                },
                "C",
            )
        ],
        hints=[
            "Imagine the images sorted: first all zeros, then all ones. What do the batches teach?",
            "A batch's gradient is an estimate. What happens to its error over many epochs?",
            "If the batches never change, neither do their errors.",
        ],
        solution=r"""A batch of 30 estimates the gradient of 60000, with an error. If the same
batches return in every epoch, so do the same errors, always in the same order. Shuffled anew,
the errors change and average out over the epochs.

The extreme case shows it best: with the images sorted by digit, the network would learn zeros,
then forget them over the ones.""",
    ),
    Code(
        id="7.3-4",
        title="Accuracy",
        stem=r"""Write `accuracy(outputs, targets)`: the share, from 0 to 1, of rows in which the
largest output stands at the place of the 1 in the target. Both arrays have shape $(m,K)$, with
one row for each image.""",
        answer=accuracy,
        inputs=_judged,
        wrong={
            _column_winners: "You look for the winner in each column. Images are rows: `axis=1`.",
            _count_right: "That is the number of right answers. Divide by the number of rows.",
            _percent: "That is in percent. Here a share from 0 to 1 is asked.",
            _error_rate: "That is the share of wrong answers. Accuracy counts the right ones.",
            _whole_winner: "`np.argmax` without an axis looks at the whole array as one row. Use "
            "`axis=1`.",
            _by_rounding: "You compare all $mK$ rounded numbers. A row is right if its largest "
            "output stands at the right place, even below one half.",
            _hits: "You give one answer for each row. Take their mean.",
        },
        also=[_accuracy_loop, _accuracy_lookup],
        hints=[
            "First the chosen digit of each row, then the right one, then compare.",
            "`np.argmax(outputs, axis=1)` gives the chosen digits.",
            "`chosen = np.argmax(outputs, axis=1)`",
        ],
        solution=r"""`argmax` along `axis=1` gives one place for each row: the chosen digit, and
for the target the right one. The comparison gives True or False for each row, and the mean of
those is the share of True.""",
    ),
]

LOG = [
    9248,
    9256,
    9247,
    9274,
    9255,
    9282,
    9232,
    9272,
    9302,
    9287,
    9282,
    9285,
    9275,
    9287,
    9301,
    9311,
    9325,
]
LOG_LINES = [f"{epoch:2d}: {right}" for epoch, right in enumerate(LOG)]
LOG_TEXT = "\n".join("   ".join(LOG_LINES[i : i + 3]) for i in range(0, len(LOG), 3))
SHARE = sum(LOG) / len(LOG) / 10000

READING = [
    Question(
        id="7.4-1",
        title="Best, worst, and the drops",
        stem=f"""The log of the lesson slides: the epoch, and how many of the 10000 test images
were right.

```
{LOG_TEXT}
```

Which epoch is the best, which the worst, and in how many of the 16 steps did the number drop?""",
        parts=[
            Number(
                16,
                {
                    9325: "That is the number of right images. Which epoch?",
                    17: "It is the 17th line, but the epochs are counted from 0.",
                    93.25: "That is the accuracy in percent. Which epoch?",
                    8: "Epoch 8 was the best for a while. Look further.",
                },
                label="Best epoch",
            ),
            Number(
                6,
                {
                    9232: "That is the number of right images. Which epoch?",
                    7: "It is the 7th line, but the epochs are counted from 0.",
                    2: "9247 is low, but there is a lower one.",
                    0: "The start is not the lowest.",
                },
                label="Worst epoch",
            ),
            Number(
                6,
                {
                    10: "Those are the rises. Count the steps down.",
                    7: "One too many: count only where the number is smaller than the one before.",
                    5: "One is missing. Two drops follow each other after epoch 8.",
                },
                label="Drops",
            ),
        ],
        hints=[
            "Let NumPy look: `np.argmax`, `np.argmin`, `np.diff`.",
            "A drop is a negative difference between neighbours: `np.sum(np.diff(right) < 0)`.",
            "The first drop is from epoch 1 to 2: 9256 to 9247.",
        ],
        solution=r"""Best is epoch 16 with 9325, worst is epoch 6 with 9232. The number drops 6
times in 16 steps: into epochs 2, 4, 6, 9, 10 and 12.

More than a third of the steps go down, and yet the run improves. Over all 17 readings it gains
about 4 digits an epoch, which no single step can show.""",
    ),
    Question(
        id="7.4-2",
        title="Is it progress?",
        stem=r"""From epoch 0 to epoch 1 the log goes from 9248 to 9256 right of 10000. If each
image were right by chance with probability $p=0.928$, a reading would have the standard error
$\sqrt{10000\,p\,(1-p)}$.""",
        parts=[
            Number(
                math.sqrt(10000 * SHARE * (1 - SHARE)),
                {
                    668.2: "That is the variance. The standard error is its square root.",
                    0.0026: "As a share, yes. In digits it is 10000 times that.",
                    0.26: "In percentage points, yes. In digits it is 100 times that.",
                    100: r"That is $\sqrt{10000}$. The factor $\sqrt{p(1-p)}$ is missing.",
                    8: "That is the difference of the two readings.",
                    96.3: r"That is $\sqrt{10000\,p}$. The factor $1-p$ is missing.",
                },
                label="Standard error of one reading, in digits",
                tol=0.6,
            ),
            Choice(
                {
                    "Yes: 8 more digits are right.": "The count went up. Whether the network "
                    "became better is another question: one reading wavers by about 26.",
                    "No, it became worse.": "8 digits down would not show that, and 8 up even "
                    "less.",
                    "The two numbers cannot tell. Count the images whose answer flipped.": "Both "
                    "epochs saw the same images, so only those with a changed answer speak: how "
                    "many became right, how many wrong.",
                    "Yes, because a cost always falls during training.": "The cost on the training "
                    "set tends to fall. This is accuracy, on the test set.",
                },
                "C",
                label="Is 9248 to 9256 progress?",
            ),
        ],
        hints=[
            "Put $p=0.928$ under the root.",
            r"$\sqrt{10000\cdot0.928\cdot0.072}$. Then compare it with the gain of 8.",
            r"$10000\cdot0.928\cdot0.072=668$, and the root of that is ...",
        ],
        solution=r"""$\sqrt{10000\cdot0.928\cdot0.072}\approx26$ digits. A gain of 8 is no
evidence, either way.

Take care with the 26, though: it says how far one reading might lie from another *set* of 10000
images. Both epochs are judged on the *same* images. The right way to compare them is to count
the images whose answer flipped: if $u$ became right and $v$ became wrong, then $u-v=8$ is worth
something only beside $\sqrt{u+v}$.""",
    ),
    Question(
        id="7.4-3",
        title="Precision?",
        stem='The log of the slides calls its last column "precision". What is it?',
        parts=[
            Choice(
                {
                    "Precision: of the images called a 5, the share that are a 5.": "That is what "
                    "precision means, and it is about one class. The log divides by all 10000 "
                    "images.",
                    "Recall: of the images that are a 5, the share that were found.": "That, too, "
                    "is about one class.",
                    "The number of digits after the point.": "That is precision in another sense. "
                    "Here it is a share of right answers.",
                    "Accuracy: right answers out of all.": "9325 of 10000 is 93.25 %, over all ten "
                    "classes.",
                },
                "D",
            )
        ],
        hints=[
            "What is divided by what? 9325 / 10000.",
            "Precision and recall are about one class; accuracy is about all.",
            "10000 is the number of all test images.",
        ],
        solution=r"""It is accuracy: right answers out of all. Precision is about one class, say
the fives: of the images that the network *called* a 5, how many are one. Recall is the other way
round: of the images that *are* a 5, how many were found. With ten even classes they lie close
together, with rare classes they do not.""",
    ),
    Question(
        id="7.4-4",
        title="A log that starts high",
        stem="The log shows 92.48 % already at epoch 0. A network with random weights gets about "
        "10 %. What fits?",
        parts=[
            Choice(
                {
                    "The line is printed after the first pass, or the run was continued.": "Either "
                    "way the network had been trained when the line was printed. Which it was, the "
                    "log does not say.",
                    "Random weights are often that good.": "With ten classes they get about one in "
                    "ten right.",
                    "The test images were among the training images.": "That can raise the "
                    "accuracy, but not before any training.",
                    "The digits are so easy that no training is needed.": "Then 10 % of random "
                    "weights could not be.",
                },
                "A",
            )
        ],
        hints=[
            "When in the loop is the line printed?",
            "One epoch is thousands of updates.",
            "With batches of 10, epoch 0 already makes 6000 updates.",
        ],
        solution=r"""The line of epoch 0 is printed at the end of the pass numbered 0, after
thousands of updates; or the run went on from an earlier one. The log cannot tell the two apart.
A good log has a line *before* the first update.""",
    ),
]


def weight_image(W, j):
    return W[j].reshape(28, 28)


def _column_image(W, j):
    return W[:, j].reshape(28, 28)


def _image_transposed(W, j):
    return W[j].reshape(28, 28).T


def _image_next(W, j):
    return W[(j + 1) % len(W)].reshape(28, 28)


def _image_before(W, j):
    return W[j - 1].reshape(28, 28)


def _flat_row(W, j):
    return W[j]


def _all_rows(W, j):
    return W.reshape(-1, 28, 28)


def _image_absolute(W, j):
    return np.abs(W[j]).reshape(28, 28)


def _block(W, j):
    return W[:28, :28]


def _image_slices(W, j):
    return np.array([W[j, 28 * r : 28 * (r + 1)] for r in range(28)])


def _image_all(W, j):
    return np.reshape(W, (len(W), 28, -1))[j]


def _first_layers(rng):
    return [(rng.normal(0, 1, (n, 784)), int(rng.integers(1, n - 1))) for n in (30, 16, 30)]


LEARNED = [
    Question(
        id="7.5-1",
        title="A neuron as a picture",
        stem=r"""How do you draw what neuron $j$ of the first layer has learned to look for?
$W^{(1)}$ has shape $(30,784)$.""",
        parts=[
            Choice(
                {
                    "Column $j$ of $W^{(1)}$, as a strip of 30": "A column belongs to one pixel: "
                    "how much each of the 30 neurons listens to it.",
                    "Row $j$ of $W^{(1)}$, reshaped to 28 by 28": "Row $j$ holds the neuron's 784 "
                    "weights, one for each pixel, in the order of the pixels.",
                    "The whole $W^{(1)}$ as a picture of 30 by 784": "That shows all neurons at "
                    "once, but each as a thin line in which no shape can be seen.",
                    "Its activations on many images": "They say when it answers, not what it looks "
                    "for.",
                },
                "B",
            )
        ],
        hints=[
            "What does neuron $j$ own? One weight for each pixel.",
            r"In this book $W^{(1)}_{jk}$ goes to neuron $j$ from pixel $k$.",
            "Row $j$ has 784 numbers, and $784=28\\cdot28$.",
        ],
        solution=r"""Row $j$ of $W^{(1)}$ holds the weights from all 784 pixels to neuron $j$.
Reshaped to 28 by 28, each weight stands where its pixel stands. Colour it with two colours, one
for each sign: where a weight is positive, ink there excites the neuron; where it is negative,
ink there calms it.""",
    ),
    Question(
        id="7.5-2",
        title="No edges?",
        stem=r"""The video notes hoped that the hidden neurons would find edges, and report that
they look like nothing of the kind. Beside it stands a remark on the sizes of gradients. Does the
one follow from the other?""",
        parts=[
            Choice(
                {
                    "Yes: small gradients cannot make edges.": "Gradients say how fast weights "
                    "move, not where they end up.",
                    "Yes: the gradient of a weight is its picture.": "The picture is made of "
                    "weights. Gradients are how they change.",
                    "No, and so there are edges after all.": "That does not follow either. One has "
                    "to look.",
                    "No: they are two remarks. Whether there are edges is seen by looking at the "
                    "weights.": "It is a finding about one trained network, not a law.",
                },
                "D",
            )
        ],
        hints=[
            "What would you look at to decide whether there are edges?",
            "A gradient says how the cost changes with a weight, not how large the weight is.",
            "Draw the rows of the first weight matrix.",
        ],
        solution=r"""No. The sensitivity of the cost to a weight and the pattern that the weights
form are two things. To know whether a network found edges, draw its first-layer weights and
look.

What you see holds for that network. Another start, another size or another penalty can look
quite different, with the same accuracy.""",
    ),
    Code(
        id="7.5-3",
        title="Draw row j",
        stem=r"""Write `weight_image(W, j)`: the weights into neuron $j$ as an array of shape
$(28,28)$. `W` has shape $(n,784)$, with one row for each neuron; pixels are counted row after
row.""",
        answer=weight_image,
        inputs=_first_layers,
        wrong={
            _column_image: "A column has one weight from each neuron, $n$ in all. Neuron $j$ owns "
            "row $j$.",
            _image_transposed: "The picture is mirrored at its diagonal. Pixels are counted row "
            "after row, as `reshape` does; no transpose is needed.",
            _image_next: "That is the neuron after $j$. Indices start at 0.",
            _image_before: "That is the neuron before $j$. Indices start at 0, so row $j$ is "
            "`W[j]`.",
            _flat_row: "The right 784 numbers, but still in one line. Reshape them to 28 by 28.",
            _all_rows: "Those are the pictures of all neurons. Pick one.",
            _image_absolute: "The signs are lost. They are the point: positive weights excite, "
            "negative ones calm.",
            _block: "That is a corner of the matrix: 28 pixels of 28 neurons. Take one whole row.",
        },
        also=[_image_slices, _image_all],
        hints=[
            "Which 784 numbers belong to neuron $j$?",
            "Row $j$ of `W`, then `reshape`.",
            "`return W[j]...`",
        ],
        solution=r"""`W[j]` is the row of neuron $j$; `reshape(28, 28)` breaks it after every 28
numbers, as the image was laid out. `plt.imshow` draws the result.""",
    ),
]

EXERCISES = [*IMAGES, *TARGETS, *PROGRAM, *READING, *LEARNED]
