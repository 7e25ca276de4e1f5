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
        title="How many inputs?",
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
numbers. The network is never told which pixels are neighbours. What that means for it is a
question of section 7.5.""",
    ),
    Question(
        id="7.1-2",
        title="Typed off the pictures",
        stem=r"""The grid of 100 digits stands three times in the lesson slides, typed off the
pictures by eye. The first copy differs from MNIST's labels in 4 places. The second and the third
are alike, and differ in 7:

| | label → typed |
|---|---|
| first copy | 1 → 7, 9 → 5, 1 → 7, 9 → 8 |
| second and third | 1 → 7, 1 → 7, 9 → 5, 1 → 7, 1 → 7, 1 → 7, 1 → 7 |""",
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
                label="How many of these 11 slips are a 1 read as a 7?",
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
    Question(
        id="7.1-4",
        title="Where does a pixel go?",
        stem=r"""The 28 rows of an image are laid end to end into one row of 784 numbers. Rows,
columns and places are counted from 0, as NumPy does. Give the place of the pixel in row 14,
column 8, and say from where the number at place 500 comes.""",
        parts=[
            Number(
                400,
                {
                    238: "Row and column are swapped: each whole row above takes 28 places.",
                    401: "Counted from 1. Place 0 is the first.",
                    371: "Only 13 rows and 7 columns before it? Counted from 0, it is 14 and 8.",
                    112: "14 times 8 is the size of a corner. Each row above takes 28 places.",
                    392: "That is where row 14 begins. Go on by 8 columns.",
                    22: "Added. Each of the 14 rows above takes 28 places.",
                },
                label="Place of row 14, column 8",
            ),
            Number(
                17,
                {
                    18: "It is the 18th row, but counted from 0 it has another number.",
                    24: "That is the column.",
                    17.857: "The whole part is the row; what is left over gives the column.",
                    476: "That is the place where this row begins. Which row is it?",
                },
                label="Row of place 500",
            ),
            Number(
                24,
                {
                    17: "That is the row.",
                    25: "It is the 25th column, but counted from 0 it has another number.",
                    0.857: "That is the part after the point of 500/28. Times 28 it is the column.",
                    23: "One too few: row 17 begins at place 476.",
                },
                label="Column of place 500",
            ),
        ],
        hints=[
            "How many places do the rows above take?",
            r"place $=28\cdot$ row + column",
            r"$28\cdot14=392$. And 500 divided by 28 is 17, with something left over.",
        ],
        solution=r"""$28\cdot14+8=400$. Back: $500=28\cdot17+24$, so row 17, column 24. In Python
`divmod(500, 28)` gives both at once, and `image.reshape(28, 28)` does it for all places.""",
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
    Question(
        id="7.2-5",
        title="Ten outputs, or one?",
        stem="Why ten outputs, and not a single one that says the digit as a number from 0 to 9?",
        parts=[
            Choice(
                {
                    "The ten digits need ten hidden neurons.": "The question is about outputs. How "
                    "many hidden neurons there are is another choice.",
                    "With one output, 4 lies between 3 and 5. A picture that could be a 3 or a 5 "
                    "would be called a 4.": "The digits are names, not amounts. Ten outputs let "
                    "two candidates stand side by side.",
                    "Ten outputs have more weights, and more weights are better.": "More weights "
                    "cost more, and help only if they are of use.",
                    "One output could not be trained by backpropagation.": "It could: the booklet "
                    "trains a network with one output.",
                },
                "B",
            )
        ],
        hints=[
            "Think of a picture that might be a 3 or an 8.",
            "What would a single output say to it, when the squared gap should be small?",
            "Somewhere in the middle. What does that stand for?",
        ],
        solution=r"""A single output would treat the digits as amounts: 4 near 5, 1 far from 7. In
handwriting it is the 1 and the 7 that are alike. The digits are names for classes, and each class
gets an output of its own. In doubt between 3 and 8 both outputs rise, and nothing is said about
the numbers between.""",
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
        title="What does guessing get?",
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
    Question(
        id="7.3-5",
        title="Which digits for what?",
        stem=r"""You train with $\eta=1$, with 3 and with 10, want to keep the best of the three,
and want to tell others how good it is.""",
        parts=[
            Choice(
                {
                    "Compare the three on the training digits.": "They have seen these. The one "
                    "that knows them best by heart would win.",
                    "Compare them on the test digits, and report the best score.": "The best of "
                    "three has been lucky on these digits, and the report contains the luck.",
                    "Compare them on held-out validation digits, then test the winner once.": "The "
                    "luck stays with the validation digits. The test digits have had no say.",
                    "Put some test digits into the batches, and compare on the rest.": "Then "
                    "these are training digits. The rest is chosen on, and reported, as before.",
                },
                "C",
                label="What do you do?",
            ),
            Choice(
                {
                    "The winner's score on the test digits": "No weight and no choice was made "
                    "with them.",
                    "The winner's score on the validation digits": "It won with that score: part "
                    "of it is luck.",
                    "The mean of both": "Half of it still contains the luck of the winner.",
                    "Its score on the training digits, because there are more of them": "They "
                    "are many, but the weights were made from them.",
                },
                "A",
                label="What do you report?",
            ),
        ],
        hints=[
            "Whatever has had a say in a choice cannot judge it.",
            "Three groups: to learn from, to choose with, to judge by.",
            "Three networks, one choice. Then one reading on digits that had no say in it.",
        ],
        solution=r"""Weights are made from the training digits. The choice among the three is made
on the validation digits. Both are, in their way, learning, and both flatter themselves on the
digits they were made with. Only digits with no say in either can judge.

The test digits keep this office for one reading. Whoever goes back, changes something and reads
again has begun to choose on them.""",
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


def standard_error(right, n):
    p = right / n
    return math.sqrt(n * p * (1 - p))


def _se_variance(right, n):
    return standard_error(right, n) ** 2


def _se_share(right, n):
    return standard_error(right, n) / n


def _se_no_wrong(right, n):
    return math.sqrt(right)


def _se_no_right(right, n):
    return math.sqrt(n - right)


def _se_one(right, n):
    p = right / n
    return math.sqrt(p * (1 - p))


def _se_worst(right, n):
    return math.sqrt(n) / 2


def _se_percent(right, n):
    return 100 * standard_error(right, n) / n


def _se_counts(right, n):
    return math.sqrt(right * (n - right) / n)


def _se_toss(right, n):
    return np.std(np.r_[np.ones(right), np.zeros(n - right)]) * np.sqrt(n)


def _readings(rng):
    """Counts right of n: never half, none or all of them."""
    return [(int(n * rng.uniform(0.7, 0.97)), n) for n in (10_000, 360, 2_500)]


def flips(before, after, labels):
    was, now = before == labels, after == labels
    return np.sum(now & ~was), np.sum(was & ~now)


def _flips_swapped(before, after, labels):
    return flips(after, before, labels)


def _flips_all(before, after, labels):
    n = np.sum(before != after)
    return n, n


def _flips_net(before, after, labels):
    u, v = flips(before, after, labels)
    return u - v


def _flips_counts(before, after, labels):
    return np.sum(after == labels), np.sum(before == labels)


def _flips_where(before, after, labels):
    was, now = before == labels, after == labels
    return now & ~was, was & ~now


def _flips_shares(before, after, labels):
    u, v = flips(before, after, labels)
    return u / len(labels), v / len(labels)


def _flips_both(before, after, labels):
    was, now = before == labels, after == labels
    return np.sum(now & was), np.sum(~now & ~was)


def _flips_loop(before, after, labels):
    u = v = 0
    for one, other, label in zip(before, after, labels, strict=True):
        if one != label and other == label:
            u += 1
        if one == label and other != label:
            v += 1
    return [u, v]


def _flips_change(before, after, labels):
    change = (after == labels).astype(int) - (before == labels)
    return np.array([(change == 1).sum(), (change == -1).sum()])


def _two_answers(rng):
    """Answers before and after: more become right than wrong, and some are wrong in a new way."""
    drawn = []
    for m in (30, 50, 80):
        labels = rng.integers(0, 10, m)
        before, after = labels.copy(), labels.copy()
        before[:8] = (labels[:8] + 1) % 10
        after[5:8] = (labels[5:8] + 2) % 10  # wrong both times, each time otherwise
        after[8 : 10 + rng.integers(0, 2)] += 1
        mix = rng.permutation(m)
        drawn.append((before[mix], after[mix] % 10, labels[mix]))
    return drawn


def confusion(labels, answers, K):
    counts = np.zeros((K, K), int)
    for label, answer in zip(labels, answers, strict=True):
        counts[label, answer] += 1
    return counts


def _confusion_turned(labels, answers, K):
    return confusion(answers, labels, K)


def _confusion_once(labels, answers, K):
    counts = np.zeros((K, K), int)
    counts[labels, answers] += 1
    return counts


def _confusion_shares(labels, answers, K):
    return confusion(labels, answers, K) / len(labels)


def _confusion_rows(labels, answers, K):
    counts = confusion(labels, answers, K)
    return counts / counts.sum(axis=1, keepdims=True)


def _confusion_wrong(labels, answers, K):
    counts = confusion(labels, answers, K)
    return counts * (1 - np.eye(K, dtype=int))


def _confusion_right(labels, answers, K):
    return confusion(labels, answers, K) * np.eye(K, dtype=int)


def _confusion_add_at(labels, answers, K):
    counts = np.zeros((K, K))
    np.add.at(counts, (labels, answers), 1)
    return counts


def _confusion_product(labels, answers, K):
    return np.eye(K)[labels].T @ np.eye(K)[answers]


def _named(rng):
    """Labels and answers: every class occurs, and one pair occurs several times."""
    drawn = []
    for m, K in ((12, 3), (25, 4), (60, 10)):
        labels = np.r_[np.arange(K), rng.integers(0, K, m)]
        answers = np.where(rng.random(len(labels)) < 0.6, labels, (labels + 1) % K)
        labels, answers = np.r_[labels, 0, 0], np.r_[answers, 2, 2]
        mix = rng.permutation(len(labels))
        drawn.append((labels[mix], answers[mix], K))
    return drawn


def precision_recall(counts, k):
    hits = counts[k, k]
    return hits / counts[:, k].sum(), hits / counts[k].sum()


def _recall_precision(counts, k):
    return precision_recall(counts, k)[::-1]


def _both_precision(counts, k):
    return (precision_recall(counts, k)[0],) * 2


def _both_recall(counts, k):
    return (precision_recall(counts, k)[1],) * 2


def _both_of_all(counts, k):
    return counts[k, k] / counts.sum(), counts[k, k] / counts.sum()


def _both_accuracy(counts, k):
    return np.trace(counts) / counts.sum(), np.trace(counts) / counts.sum()


def _missed(counts, k):
    p, r = precision_recall(counts, k)
    return 1 - p, 1 - r


def _without_hits(counts, k):
    hits = counts[k, k]
    return hits / (counts[:, k].sum() - hits), hits / (counts[k].sum() - hits)


def _pr_words(counts, k):
    called, are = np.sum(counts, axis=0), np.sum(counts, axis=1)
    return [counts[k, k] / called[k], counts[k, k] / are[k]]


def _pr_vectors(counts, k):
    right = np.diag(counts)
    return np.array([right / counts.sum(axis=0), right / counts.sum(axis=1)])[:, k]


def _tables(rng):
    """Confusion tables in which the columns of a class hold more mistakes than its row."""
    drawn = []
    for K in (3, 5, 10):
        counts = rng.integers(1, 5, (K, K)) + np.diag(rng.integers(30, 60, K))
        k = int(rng.integers(1, K))
        counts[k - 1, k] += 9
        drawn.append((counts, k))
    return drawn


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
    Question(
        id="7.4-5",
        title="Two changes, judged by their flips",
        stem=r"""Two pairs of networks, each pair judged on the same digits. From the first network
to the second,

| | newly right | newly wrong |
|---|---|---|
| pair P | 60 | 52 |
| pair Q | 40 | 8 |

If a flip were as likely to help as to harm, the difference $u-v$ of newly right and newly wrong
would have the standard error $\sqrt{u+v}$.""",
        parts=[
            Number(
                math.sqrt(112),
                {
                    112: "That is the number of flips. The standard error is its root.",
                    8: "That is the difference, which is to be judged.",
                    2.8284: r"That is $\sqrt{u-v}$. All flips count: $\sqrt{u+v}$.",
                    5.2915: "That would be the error of the newly right alone. Their difference "
                    "wavers twice as far.",
                    25.9: "That is the error of one reading on fresh digits. Here only the "
                    "flipped ones speak.",
                },
                label="Standard error for P",
            ),
            Number(
                math.sqrt(48),
                {
                    48: "That is the number of flips. The standard error is its root.",
                    32: "That is the difference, which is to be judged.",
                    5.6569: r"That is $\sqrt{u-v}$. All flips count: $\sqrt{u+v}$.",
                    3.4641: "That would be the error of the newly right alone. Their difference "
                    "wavers twice as far.",
                },
                label="Standard error for Q",
            ),
            Choice(
                {
                    "P: more digits changed sides.": "Many changes say that the networks differ, "
                    "not which is better. 8 is less than its error.",
                    "Both: in both more became right than wrong.": "A fair coin rarely gives "
                    "exactly half, either. A difference of 8 is less than its error.",
                    "Neither: 8 and 32 are small beside 10,000.": "The digits on which both "
                    "networks agree say nothing about their difference.",
                    "Q: its difference is more than four and a half times its error.": "Chance "
                    "hardly ever goes beyond three times the error.",
                },
                "D",
                label="Which second network is better than its first, beyond doubt?",
            ),
        ],
        hints=[
            "Count the flips, and take the root.",
            r"$\sqrt{60+52}$ and $\sqrt{40+8}$, beside the differences 8 and 32.",
            r"P: $\frac{8}{10.6}=0.76$. Now Q.",
        ],
        solution=r"""P: 8 beside $\sqrt{112}=10.6$, less than one standard error. That happens by
chance all the time. Q: 32 beside $\sqrt{48}=6.9$, more than four and a half. Chance does that once
in some hundred thousand times.

A difference of 32 of 10,000 is not much in itself. It is beyond doubt because so few digits
changed sides at all.""",
    ),
    Code(
        id="7.4-6",
        title="The standard error of a reading",
        stem=r"""Write `standard_error(right, n)`: the standard error, in digits, of a count of
`right` right answers out of `n`, as in 7.4-2.""",
        answer=standard_error,
        inputs=_readings,
        wrong={
            _se_variance: "That is the variance. The standard error is its root.",
            _se_share: "That is the error of the share. In digits it is `n` times that.",
            _se_no_wrong: r"You have $\sqrt{np}$. The factor $1-p$ is missing.",
            _se_no_right: r"You have $\sqrt{n(1-p)}$. The factor $p$ is missing.",
            _se_one: r"You have $\sqrt{p(1-p)}$, the error of a single digit. The factor $n$ "
            "under the root is missing.",
            _se_worst: r"That is the error for $p=\frac12$. Take $p$ from the reading, "
            "`right / n`.",
            _se_percent: "That is in percentage points. In digits it is `n / 100` times that.",
        },
        also=[_se_counts, _se_toss],
        hints=[
            "Which $p$? The reading itself is the best that you know.",
            "`p = right / n`, and then the formula of 7.4-2.",
            "`return math.sqrt(n * p * ...)`, or `np.sqrt`",
        ],
        solution=r"""The true $p$ is not known. The share that was read is put in its place; a
slightly wrong $p$ hardly changes $\sqrt{p(1-p)}$.""",
    ),
    Code(
        id="7.4-7",
        title="Count the flips",
        stem=r"""Write `flips(before, after, labels)`: how many digits are newly right and how
many newly wrong, as a pair of counts $(u,v)$. `before` and `after` are the answers of two networks
to the same pictures, arrays of $m$ digits, and `labels` the right ones.""",
        answer=flips,
        inputs=_two_answers,
        wrong={
            _flips_swapped: "The other way round: first the newly right, then the newly wrong.",
            _flips_all: "You count every changed answer. One wrong answer for another is no flip.",
            _flips_net: "That is the difference alone. Return both counts: the error needs them.",
            _flips_counts: "Those are the right answers after and before. Count only the digits "
            "on which right and wrong changed.",
            _flips_where: "You mark the digits. Count the marks: `np.sum`.",
            _flips_shares: "Those are shares. Here the counts are asked.",
            _flips_both: "Those are the digits on which nothing changed. Count the others.",
        },
        also=[_flips_loop, _flips_change],
        hints=[
            "Two rows of True and False first: right before, right after.",
            "Newly right is right after **and not** right before.",
            "`was, now = before == labels, after == labels`",
        ],
        solution=r"""`now & ~was` is True where the answer is right now and was not before; `~`
turns True and False round. `np.sum` counts the True. A digit that is wrong both times has not
flipped, even if the answer is another one.""",
    ),
    Question(
        id="7.4-8",
        title="Precision and recall by hand",
        stem=r"""A network sorts 100 pictures of a 3, a 5 or an 8:

| | called 3 | called 5 | called 8 |
|---|---|---|---|
| is a 3 | 30 | 4 | 1 |
| is a 5 | 6 | 20 | 4 |
| is an 8 | 0 | 1 | 34 |""",
        parts=[
            Number(
                0.8,
                {
                    2 / 3: "That is recall: of the pictures that are a 5. Precision looks down "
                    "the column, at those called a 5.",
                    0.84: "That is accuracy, over all three classes.",
                    0.2: "Right answers of all, 20 of 100? Divide by the pictures called a 5.",
                    4: "20 right for 5 wrong. Divide by all that were called a 5, 25.",
                },
                label="Precision of the 5",
                also=(80,),
            ),
            Number(
                2 / 3,
                {
                    0.8: "That is precision: of the pictures called a 5. Recall looks along the "
                    "row, at those that are a 5.",
                    0.84: "That is accuracy, over all three classes.",
                    0.2: "Right answers of all, 20 of 100? Divide by the pictures that are a 5.",
                    2: "20 found for 10 missed. Divide by all that are a 5, 30.",
                },
                label="Recall of the 5",
                also=(200 / 3,),
            ),
            Number(
                0.84,
                {
                    84: "That is the number of right answers, or percent. As a share of 100?",
                    0.16: "That is the share of wrong answers.",
                    0.8: "That is the precision of the 5.",
                    0.8315: "That is about the mean of the three recalls. Accuracy counts all 100 "
                    "pictures alike.",
                },
                label="Accuracy, as a share",
            ),
        ],
        hints=[
            "A column is what was called so, a row is what is so.",
            "Precision: 20 of the column of called 5. Recall: 20 of the row of the fives.",
            r"The column holds $4+20+1$ pictures, the row $6+20+4$.",
        ],
        solution=r"""Called a 5: $4+20+1=25$, of which 20 are one: precision 0.8. Are a 5:
$6+20+4=30$, of which 20 were found: recall $\frac{20}{30}=0.667$. Right in all: $30+20+34=84$ of
100.

Three numbers, three questions. When it says 5, can I believe it? Are all the fives found? How
often is it right?""",
    ),
    Code(
        id="7.4-9",
        title="Who is taken for whom",
        stem=r"""Write `confusion(labels, answers, K)`: the table of counts of shape $(K,K)$ with a
row for each true class and a column for each answer. `labels` and `answers` hold the right and
the given classes of the same pictures.""",
        answer=confusion,
        inputs=_named,
        wrong={
            _confusion_turned: "Transposed: here a row is the true class, a column the answer.",
            _confusion_once: "`counts[labels, answers] += 1` counts each pair only once, however "
            "often it occurs. Use a loop or `np.add.at`.",
            _confusion_shares: "Those are shares. Here the counts are asked.",
            _confusion_rows: "You divided each row by its sum. Here the counts are asked.",
            _confusion_wrong: "The diagonal is empty. Right answers count, too.",
            _confusion_right: "Only the diagonal is filled. The mistakes are the point of it.",
        },
        also=[_confusion_add_at, _confusion_product],
        hints=[
            "Begin with zeros, and add 1 for every picture.",
            "Picture $i$ belongs to row `labels[i]` and column `answers[i]`.",
            "`counts = np.zeros((K, K), int)`, then a loop over both at once with `zip`",
        ],
        solution=r"""Each picture adds 1 at the row of what it is and the column of what it was
called. In one line: `np.eye(K)[labels].T @ np.eye(K)[answers]`. One-hot rows, and a matrix product
that adds up over the pictures.""",
    ),
    Code(
        id="7.4-10",
        title="Precision and recall",
        stem=r"""Write `precision_recall(counts, k)`: the precision and the recall of class $k$, as
a pair of shares. `counts` is a table as in 7.4-9: a row for each true class, a column for each
answer.""",
        answer=precision_recall,
        inputs=_tables,
        wrong={
            _recall_precision: "The other way round: precision divides by the column, recall by "
            "the row.",
            _both_precision: "The second number is precision as well. Recall divides by the row "
            "of $k$.",
            _both_recall: "The first number is recall as well. Precision divides by the column "
            "of $k$.",
            _both_of_all: "You divide by all pictures. Divide by those called $k$, and by those "
            "that are $k$.",
            _both_accuracy: "That is accuracy, twice. Both numbers are about class $k$ alone.",
            _missed: "Those are the shares of the mistakes. Take the right ones.",
            _without_hits: "You divide right by wrong. Divide by all that were called $k$, and by "
            "all that are $k$, the right ones included.",
        },
        also=[_pr_words, _pr_vectors],
        hints=[
            "The right ones stand on the diagonal, at `counts[k, k]`.",
            "Called $k$: column $k$. Are $k$: row $k$.",
            "`counts[k, k] / counts[:, k].sum()` is the first of the two.",
        ],
        solution=r"""The same number of right answers, divided once by the sum of the column (all
that were called $k$) and once by the sum of the row (all that are $k$).""",
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


def votes(w, x):
    each = w * x
    return each[each > 0].sum(), each[each < 0].sum()


def _votes_weights(w, x):
    return w[w > 0].sum(), w[w < 0].sum()


def _votes_swapped(w, x):
    return votes(w, x)[::-1]


def _votes_total(w, x):
    return w @ x


def _votes_size(w, x):
    up, down = votes(w, x)
    return up, -down


def _votes_count(w, x):
    each = w * x
    return np.sum(each > 0), np.sum(each < 0)


def _votes_mean(w, x):
    each = w * x
    return each[each > 0].mean(), each[each < 0].mean()


def _votes_inked(w, x):
    return w[(w > 0) & (x > 0)].sum(), w[(w < 0) & (x > 0)].sum()


def _votes_loop(w, x):
    up = down = 0.0
    for weight, ink in zip(w, x, strict=True):
        if weight > 0:
            up += weight * ink
        else:
            down += weight * ink
    return up, down


def _votes_clip(w, x):
    return np.maximum(w, 0) @ x, np.minimum(w, 0) @ x


def _inked(rng):
    """Weights of both signs, and a picture with white paper and ink of several shades."""
    drawn = []
    for n in (9, 49, 784):
        x = np.where(rng.random(n) < 0.4, rng.uniform(0.2, 0.9, n), 0)
        w = rng.normal(0, 1, n)
        x[:2], w[:2] = 0.5, (1.5, -0.7)
        drawn.append((w, x))
    return drawn


LEARNED = [
    Question(
        id="7.5-1",
        title="A neuron as a picture",
        stem=r"""How do you draw what neuron $j$ of the first layer has learned to look for?
$W^{(1)}$ has shape $(30,784)$.""",
        parts=[
            Choice(
                {
                    "The weights from pixel $j$ to all neurons, side by side": "They say how much "
                    "each of the 30 neurons listens to one pixel.",
                    "The weights from all pixels to it, each at the place of its pixel": "It has "
                    "784 weights, one for each pixel. So they make a picture like those of the "
                    "digits.",
                    "All of $W^{(1)}$, a line for each neuron": "That shows all neurons at "
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
            "It has 784 weights, as many as a digit has pixels.",
        ],
        solution=r"""Neuron $j$ has a weight for each of the 784 pixels. Put each weight where its
pixel stands. Colour it with two colours, one
for each sign: where a weight is positive, ink there excites the neuron; where it is negative,
ink there calms it.""",
    ),
    Question(
        id="7.5-2",
        title="No edges?",
        stem=r"""The video notes hoped that the hidden neurons would find edges, and report that
they look like nothing of the kind. In the same line they remark that the size of each element of
the gradient says how sensitive the cost is to that weight or bias. Does the one follow from the
other?""",
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
    Question(
        id="7.5-4",
        title="A pixel without ink",
        stem=r"""The pixel in the corner is white in every training picture. Its weight to some
hidden neuron starts at 0.03. What is it after 50,000 updates? And what, if every update also
multiplies all weights by 0.99994?""",
        parts=[
            Number(
                0.03,
                {
                    0: "It would need slopes to get there. Its slope is the error of the neuron "
                    "times the ink of the pixel.",
                    0.3: "Nothing pushes it: its slope is the error of the neuron times the ink "
                    "of the pixel.",
                    -0.03: "Nothing pushes it down: its slope is the error times the ink.",
                },
                label="After the updates",
                right="Error times ink, and the ink is 0: its slope is 0 in every update.",
            ),
            Number(
                0.03 * 0.99994**50_000,
                {
                    0: "Nearly. Each update takes a small share of what is left, so it never "
                    "gets to 0.",
                    0.03: "Its slope is 0, but now every update also multiplies it by 0.99994.",
                    0.0498: "That is the factor of all updates together. Times the start.",
                    -0.06: "Each update takes a share of what is left, not of the start.",
                },
                label="With the factor",
            ),
        ],
        hints=[
            "What is the slope of a weight made of? (BP4, chapter 6)",
            "The error of its neuron times what comes in. And the same factor, 50,000 times: "
            "that is a power.",
            r"$0.03\cdot0.99994^{50000}$",
        ],
        solution=r"""The slope of a weight is the error of its neuron times what comes in, and what
comes in is 0. So it stays where chance has put it: 0.03.

With the factor it is $0.03\cdot0.99994^{50000}$ $=0.03\cdot0.0498$ $=0.00149$, by the same
power as in the bowl of section 4.2. A weight that is of no use fades away.""",
    ),
    Question(
        id="7.5-5",
        title="Shuffled pixels",
        stem=r"""All pictures are shuffled: pixel 0 goes to place 517, pixel 1 to place 30, and so
on, in the same way in every picture. To you they are dust. Two networks learn, one from the digits
and one from the dust, and each is tested on pictures of its own kind. They start with the same
weights, in the second one moved along with the pixels. How does the second one do?""",
        parts=[
            Choice(
                {
                    "It learns nothing: the digits are destroyed.": "Nothing is lost. Each pixel "
                    "has only moved, in every picture to the same place.",
                    "It learns less, because neighbours are no longer neighbours.": "Where in the "
                    "network is it written which pixels are neighbours?",
                    "It learns exactly as well.": "A weighted sum does not care in which order it "
                    "is added up.",
                    "It learns better, because shuffling is good for training.": "That is about "
                    "the order of the pictures in an epoch, not of the pixels in a picture.",
                },
                "C",
            )
        ],
        hints=[
            "What does the first layer do with the pixels?",
            "It multiplies each by a weight and adds up. Does the order matter?",
            "Shuffle the columns of $W^{(1)}$ in the same way. What has changed?",
        ],
        solution=r"""Exactly as well. $\sum_kW_{jk}x_k$ is the same sum in any order. With the
columns of $W^{(1)}$ shuffled like the pixels, the second network starts with the same sums as the
first, and goes through the same steps.

You could not read a single picture. So what the network uses is not what you use: it knows
nothing of strokes and neighbours, only of 784 numbers that tend to be large together.""",
    ),
    Question(
        id="7.5-6",
        title="Sure of nothing",
        stem=r"""A picture of random dots gets the output 0.99 for the 8, and nearly 0 for all
others. What does the network say?""",
        parts=[
            Choice(
                {
                    "The picture is an 8 with a probability of 99 %.": "Among pictures like those "
                    "it has learned from, that may be so. This is no such picture.",
                    "The weighted input of output 8 is large and positive, no more.": "An output "
                    "is a squashed sum. It says how far the sum lies above 0, for any picture.",
                    "There is an 8 hidden in the dots, if one looks well.": "The dots were drawn "
                    "at random.",
                    "The network has a bug.": "It does what it was trained for. Nobody has shown "
                    "it a picture that is no digit.",
                },
                "B",
            )
        ],
        hints=[
            "What is an output, before anyone gives it a meaning?",
            r"$\sigma(z)$ with $z=w\cdot a+b$.",
            r"0.99 means $z=4.6$. Which pictures did training look at?",
        ],
        solution=r"""$\sigma(z)=0.99$ means $z=4.6$, and $z$ is a sum of hidden activations times
weights. On digits, training has made this sum large for eights and small for the rest. About dots
training says nothing: there the sum is what it happens to be. And no output stands for "none of
the ten".""",
    ),
    Code(
        id="7.5-7",
        title="Reasons for and against",
        stem=r"""Write `votes(w, x)`: a neuron's weights `w` and a picture `x`, both rows of the
same length. Return two sums: what its pixels add to the weighted input, and what they take away
(a number below 0).""",
        answer=votes,
        inputs=_inked,
        wrong={
            _votes_weights: "Those are sums of weights. A pixel without ink adds nothing: "
            "multiply each weight by its ink.",
            _votes_swapped: "The other way round: first what is added, then what is taken away.",
            _votes_total: "That is the sum of both. Keep them apart.",
            _votes_size: "The second sum has lost its sign. It takes away, so it is below 0.",
            _votes_count: "You count the pixels. Add up what each brings, weight times ink.",
            _votes_mean: "Those are means. The neuron adds up.",
            _votes_inked: "Ink comes in shades: multiply each weight by its ink, and do not only "
            "ask whether there is any.",
        },
        also=[_votes_loop, _votes_clip],
        hints=[
            "What does one pixel bring? Its ink times its weight.",
            "`each = w * x`; then add up the positive ones and the negative ones.",
            "`each[each > 0].sum()` is the first of the two.",
        ],
        solution=r"""`w * x` is what each pixel brings. The positive entries speak for the neuron,
the negative ones against it, and both together, plus the bias, are its $z$.""",
    ),
]

EXERCISES = [*IMAGES, *TARGETS, *PROGRAM, *READING, *LEARNED]
