"""The exercises of chapter 8, Training practice: stems, answers, slips, hints, solutions."""

import numpy as np

from .code import Code
from .kit import Choice, Number, Question

# --- 8.1 ---------------------------------------------------------------------------------------


def he(Z):
    return Z * (2 / Z.shape[1]) ** 0.5


def _by_unpacking(Z):
    n_out, n_in = Z.shape
    return np.sqrt(2 / n_in) * Z


def _without_root(Z):
    return Z * 2 / Z.shape[1]


def _without_two(Z):
    return Z * (1 / Z.shape[1]) ** 0.5


def _by_outputs(Z):
    return Z * (2 / Z.shape[0]) ** 0.5


def _by_all(Z):
    return Z * (2 / Z.size) ** 0.5


def _transposed_start(Z):
    return (Z * (2 / Z.shape[1]) ** 0.5).T


def _not_scaled(Z):
    return Z


def _divided(Z):
    return Z / (2 / Z.shape[1]) ** 0.5


def _two_outside(Z):
    return Z * 2 / Z.shape[1] ** 0.5


def _normal_numbers(rng):
    """Normal numbers for layers of different shapes."""
    return [(rng.standard_normal(shape),) for shape in ((3, 8), (5, 2), (2, 50))]


STARTS = [
    Question(
        id="8.1-1",
        title="All zeros",
        stem=r"The lecture's 2-3-1 network without biases, all weights 0, its three students with "
        r"targets 0.75, 0.82, 0.93, cost $J=\sum\frac12(y-\hat y)^2$. What is $J$, what are the "
        r"slopes, and what happens to the three hidden neurons in training?",
        parts=[
            Number(
                sum((0.5 - y) ** 2 / 2 for y in (0.75, 0.82, 0.93)),
                {0.0583: "That is the mean. The lecture adds up.",
                 0.3498: "The half is missing.",
                 1.0499: "Each output is $\\sigma(0)=0.5$, not 0."},
                label="J",
            ),
            Number(
                0,
                {-0.125: "That is the second layer. In BP2 the errors come back through weights "
                         "that are 0.",
                 0.5: "That is each activation."},
                label="Each slope of the first layer",
            ),
            Number(
                -0.125,
                {0.125: "Output minus target is negative here: the slope is, too.",
                 -0.25: "The hidden activation is $\\sigma(0)=0.5$: multiply by it.",
                 -0.5: "The slope $\\sigma'(0)=0.25$ is missing.",
                 -0.0417: "That is for the mean. The lecture adds up.",
                 0: "The hidden activations are not 0 but $\\sigma(0)=0.5$."},
                label="Each slope of the second layer",
            ),
            Choice(
                {
                    "They stay equal for ever": "Equal weights, equal slopes, equal weights after "
                    "the step.",
                    "They part after the first step": "Their slopes are equal, so they are equal "
                    "after the step as well.",
                    "They never move": "The second layer moves at once, and from then on errors "
                    "come back to the first. But equal ones.",
                },
                answer="A",
                label="The hidden neurons",
            ),
        ],
        hints=[
            r"With zero weights every $z$ is 0, so every activation is $\sigma(0)=0.5$.",
            r"$\frac{\partial J}{\partial W^{(2)}}=\sum(\hat y-y)\,\sigma'(0)\cdot0.5$, the same "
            "three times.",
            r"$(0.5-0.75)$ $+(0.5-0.82)$ $+(0.5-0.93)$ $=-1$.",
        ],
        solution=r"""All outputs are 0.5. $J=\frac12(0.25^2+0.32^2+0.43^2)$ $=0.1749$.

First layer: the errors come back through weights 0, so all slopes are 0. Second layer: $-1\cdot0.25
\cdot0.5=-0.125$, three times. The hidden neurons get equal slopes for ever: clones.""",
    ),
    Question(
        id="8.1-2",
        title="Scales for ReLU",
        stem=r"What is $\sqrt{2/n}$ for 2, 16 and 784 inputs?",
        parts=[
            Number(1.0, {0.7071: "That is $\\sqrt{1/2}$.", 4.0: "That is $2\\cdot2$."}, label="2"),
            Number(
                0.125**0.5,
                {0.125: "The root is missing.", 0.25: "That is $\\sqrt{1/16}$.",
                 2.8284: "The other way round."},
                label="16",
            ),
            Number(
                (2 / 784) ** 0.5,
                {2 / 784: "The root is missing.", 1 / 28: "That is $\\sqrt{1/784}$.",
                 19.799: "The other way round."},
                label="784",
            ),
        ],
        hints=["Divide, then take the root.", r"$\sqrt{0.125}$.", r"$28^2=784$."],
        solution=r"$\sqrt{1}=1$, $\sqrt{0.125}=0.3536$, $\sqrt2/28=0.0505$.",
    ),
    Question(
        id="8.1-3",
        title="How wide is z?",
        stem=r"A neuron has 784 inputs with mean 0 and variance 1, and no bias. What is the "
        r"standard deviation of $z$ for each of the lecture's starts? (For weights uniform from 0 "
        r"to 1, and from $-1$ to 1, $\mathrm{E}[w^2]=\frac13$.)",
        parts=[
            Number(
                (784 / 3) ** 0.5,
                {784 / 3: "That is the variance.",
                 (784 / 12) ** 0.5: "That takes the variance of $w$, but the mean of $w$ counts as "
                                    r"well: $\mathrm{E}[w^2]$."},
                label="Uniform from 0 to 1",
            ),
            Number(
                (784 / 3) ** 0.5,
                {784 / 3: "That is the variance.", 0: "The mean of $z$ is 0, not its spread."},
                label="Uniform from -1 to 1",
            ),
            Number(
                28.0,
                {784: "That is the variance.", 1: "That is one product. There are 784."},
                label="Normal",
            ),
            Number(
                2**0.5,
                {2: "That is the variance.",
                 1: r"That is for $\sqrt{1/n}$.",
                 0.0505: "That is the spread of one weight."},
                label="Normal times sqrt(2/n)",
            ),
        ],
        hints=[
            r"$\operatorname{Var}z=n\,\mathrm{E}[w^2]\,\mathrm{E}[x^2]$, and the root of it.",
            r"$\mathrm{E}[x^2]=1$ here.",
            r"$784\cdot\frac13=261.3$.",
        ],
        solution=r"""$\sqrt{784/3}=16.2$, the same for both uniform starts; $\sqrt{784}=28$;
$\sqrt{784\cdot2/784}=\sqrt2=1.41$.""",
    ),
    Question(
        id="8.1-4",
        title="The forgotten 2",
        stem=r"Ten ReLU layers are started with $\sqrt{1/n}$ instead of $\sqrt{2/n}$. What share "
        "of the signal (the root mean square of the activations) is left after the last one, if "
        "each layer does what the formula says?",
        parts=[
            Number(
                2.0**-5,
                {2.0**-10: "That is for the mean square. The root of it is asked.",
                 0.5: "That is for one layer, and for the mean square.",
                 0.5**0.5: "That is for one layer. There are ten.",
                 32: "The other way round: the share is below 1.",
                 0.05: "The factors are multiplied, not added."},
            ),
        ],
        hints=[
            "Each layer halves the mean square.",
            "Ten halves, and then the root.",
            r"$\sqrt{2^{-10}}$.",
        ],
        solution=r"""Each layer halves the mean square: $2^{-10}$ after ten. The root of it is
$2^{-5}=0.031$.""",
    ),
    Code(
        id="8.1-5",
        title="A start for ReLU",
        stem=r"""Write `he(Z)`. `Z` holds normal numbers with standard deviation 1, one row for each
neuron of a layer, one column for each input. Return weights of the size that suits ReLU.""",
        answer=he,
        inputs=_normal_numbers,
        also=[_by_unpacking],
        wrong={
            _without_root: r"Divided by $n$, but the root is missing: $\sqrt{2/n}$.",
            _without_two: r"That is $\sqrt{1/n}$, for tanh. ReLU throws half away: $\sqrt{2/n}$.",
            _by_outputs: "You divide by the number of neurons. It is the number of inputs that a "
            "neuron adds up.",
            _by_all: "You divide by the number of all weights. It is the number of inputs that one "
            "neuron adds up.",
            _transposed_start: "Transposed: one row a neuron, as `Z`.",
            _not_scaled: r"Not scaled yet: times $\sqrt{2/n}$.",
            _divided: r"You divide by $\sqrt{2/n}$. More inputs need smaller weights: multiply.",
            _two_outside: "The 2 belongs under the root.",
        },
        hints=[
            "All numbers times one factor.",
            r"The factor is $\sqrt{2/n}$, $n$ the inputs of a neuron.",
            "`n_out, n_in = Z.shape`",
        ],
        solution="With this start the mean square of a ReLU layer's activations is that of its "
        "inputs.",
    ),
]

# --- 8.2 ---------------------------------------------------------------------------------------


def dead_units(Z):
    return int((Z <= 0).all(axis=0).sum())


def _by_largest(Z):
    return sum(column.max() <= 0 for column in Z.T)


def _any_example(Z):
    return int((Z <= 0).any(axis=0).sum())


def _dead_examples(Z):
    return int((Z <= 0).all(axis=1).sum())


def _entries(Z):
    return int((Z <= 0).sum())


def _alive(Z):
    return int((Z > 0).any(axis=0).sum())


def _by_mean(Z):
    return int((Z.mean(axis=0) <= 0).sum())


def _mask(Z):
    return (Z <= 0).all(axis=0)


def _share(Z):
    return (Z <= 0).all(axis=0).mean()


def _positive(Z):
    return int((Z > 0).all(axis=0).sum())


def _strictly(Z):
    return int((Z < 0).all(axis=0).sum())


def _batches_with_dead(rng):
    """Weighted inputs in which some columns are negative throughout, one of them with a 0."""
    batches = []
    for m, n, dead in ((6, 5, 2), (4, 8, 3), (9, 6, 1)):
        Z = rng.normal(0, 1, (m, n))
        Z[0] = abs(Z[0]) + 0.1
        Z[1] = -abs(Z[1]) - 0.1
        Z[:, :dead] = -abs(Z[:, :dead])
        Z[2, 0] = 0.0
        Z[3] = np.where(np.arange(n) < dead, -3.0, -0.5)
        Z[3, n - 1] = -50.0
        Z[:, n - 2] = abs(Z[:, n - 2])
        batches.append((Z,))
    all_off = -abs(rng.normal(0, 1, 8))
    batches.append((np.vstack([rng.normal(0, 1, (3, 8)), [all_off], [all_off]]),))
    return batches


def _sigma_slope(z):
    return float(np.exp(-z) / (1 + np.exp(-z)) ** 2)


UNITS = [
    Question(
        id="8.2-1",
        title="Slopes far out",
        stem="The slope of an activation is the factor with which an error passes. Find it (three "
        "digits that count; write small ones like 1.23e-4).",
        parts=[
            Number(
                _sigma_slope(2),
                {0.8808: "That is the value. The slope is $a(1-a)$.",
                 0.25: "That is the slope at 0.",
                 0.1192: "That is $1-a$. Times $a$."},
                label="Sigmoid at 2",
            ),
            Number(
                _sigma_slope(5),
                {0.9933: "That is the value. The slope is $a(1-a)$.",
                 0.25: "That is the slope at 0."},
                label="Sigmoid at 5",
            ),
            Number(
                _sigma_slope(10),
                {0.99995: "That is the value. The slope is $a(1-a)$.",
                 0.0: "Almost, but a saturated sigmoid has a slope."},
                label="Sigmoid at 10",
            ),
            Number(
                1 - float(np.tanh(2)) ** 2,
                {0.9640: "That is the value. The slope is $1-a^2$.",
                 0.1050: "That is the sigmoid's.",
                 0.0360: "That is $1-a$. The slope is $1-a^2$."},
                label="tanh at 2",
            ),
            Number(1.0, {2.0: "That is the value.", 0.0: "Only below 0."}, label="ReLU at 2"),
            Number(0.0, {1.0: "That is above 0.", -2.0: "The value is 0 there."},
                   label="ReLU at -2"),
        ],
        hints=[
            "Each slope can be computed from the activation itself.",
            r"Sigmoid $a(1-a)$, tanh $1-a^2$, ReLU 1 or 0.",
            r"$\sigma(5)=0.993307$.",
        ],
        solution=r"""Sigmoid: 0.105, 0.00665, $4.54\cdot10^{-5}$. tanh at 2: 0.0707. ReLU: 1 and 0.
At 0 they are 0.25, 1, and 0 by choice.""",
    ),
    Question(
        id="8.2-2",
        title="Never awake",
        stem="A ReLU neuron has $z<0$ for every training example. What is the gradient of each of "
        "its weights, and what can change that?",
        parts=[
            Number(
                0,
                {1: "That is the slope above 0.", 0.25: "That is a sigmoid's best slope."},
                label="Gradient",
            ),
            Choice(
                {
                    "A change in the layers before it": "Its own weights stand still, but its "
                    "inputs may move, and then its $z$.",
                    "More epochs": "Each of them adds nothing.",
                    "A larger learning rate": "Times 0.",
                    "Smaller batches": "No single example wakes it, so no batch does.",
                },
                answer="A",
                label="What could wake it?",
            ),
        ],
        hints=[
            "BP2 multiplies by the slope. What is it below 0?",
            "The weights' gradient is the neuron's error times its input.",
            "Its $z$ is made of its weights, its bias and its inputs. Which of them can move?",
        ],
        solution="Exactly 0: the neuron is dead. It may come back to life only if something else "
        "moves its inputs. In the first layer nothing does.",
    ),
    Question(
        id="8.2-3",
        title="Why tanh?",
        stem="Name an advantage of tanh over the sigmoid in hidden layers.",
        parts=[
            Choice(
                {
                    "Its outputs are centred on 0, and its slope reaches 1": "So errors shrink "
                    "less, and the next layer's inputs are not all of one sign.",
                    "It cannot saturate": "It can: at $z=5$ its slope is 0.0002, less than the "
                    "sigmoid's.",
                    "It is never negative": "It is, for half of all $z$.",
                    "It needs no weights": "It is applied to the weighted input, as every "
                    "activation is.",
                },
                answer="A",
            ),
        ],
        hints=[
            "Compare values and slopes at $z=0$.",
            r"$\tanh(0)=0$, $\sigma(0)=0.5$.",
            r"$\tanh'(0)=1$, $\sigma'(0)=0.25$.",
        ],
        solution="It is centred on 0 and four times as steep there. It saturates sooner, though.",
    ),
    Code(
        id="8.2-4",
        title="Count the dead",
        stem="""Write `dead_units(Z)`: how many ReLU neurons of a layer are dead on this data? `Z`
holds the layer's weighted inputs, one example a row, one neuron a column. ReLU's slope is 0 at 0,
too.""",
        answer=dead_units,
        inputs=_batches_with_dead,
        also=[_by_largest],
        wrong={
            _any_example: "You count neurons that are silent for some example. A dead one is "
            "silent for all: `all`.",
            _dead_examples: "You count examples that wake nobody. A neuron is a column: `axis=0`.",
            _entries: "You count entries. A neuron is a column: first `all(axis=0)`.",
            _alive: "You count the living.",
            _by_mean: "A negative mean is not enough: one example above 0 keeps a neuron alive.",
            _mask: "That says which ones. How many is asked: add up.",
            _share: "That is the share. The number is asked.",
            _positive: "You count those that are awake for all examples.",
            _strictly: "At 0 the slope of ReLU is 0 as well: `<=`.",
        },
        hints=[
            "Dead: not above 0 for any example.",
            "`(Z <= 0)` is an array of True and False.",
            "`(Z <= 0).all(axis=0)` looks down the columns.",
        ],
        solution="`all(axis=0)` looks down each column, and `sum` counts the True ones.",
    ),
]

# --- 8.3 ---------------------------------------------------------------------------------------

VANISHING = [
    Question(
        id="8.3-1",
        title="At best",
        stem="The slope of the sigmoid is at most a quarter. What is left of an error, at most, "
        "after five and after ten sigmoid layers, if the weights neither add nor take anything?",
        parts=[
            Number(
                0.25**5,
                {0.05: "You divided by 20. The factors are multiplied.",
                 5 * 0.25: "The factors are multiplied, not added."},
                label="Five",
            ),
            Number(
                0.25**10,
                {0.25**5: "That is for five.", 0.025: "The factors are multiplied."},
                label="Ten",
            ),
        ],
        hints=["A quarter of a quarter of a quarter ...", r"$4^{-5}=1/1024$.", "And its square."],
        solution=r"$4^{-5}=9.8\cdot10^{-4}$ and $4^{-10}=9.5\cdot10^{-7}$: a bound, times the "
        "weights.",
    ),
    Question(
        id="8.3-2",
        title="Which cure?",
        stem="The gradients of the first layers of a deep sigmoid network vanish. Which of these "
        "act against it?",
        parts=[
            Choice(
                {
                    "Helps": "Its slope is 1 wherever it is awake.",
                    "Changes nothing": "It changes the slope, a factor of every layer.",
                    "Makes it worse": "Its slope is 1 where it is awake, not a quarter or less.",
                },
                answer="A",
                label="ReLU in place of sigmoid",
            ),
            Choice(
                {
                    "Helps": "With factors near 1 the product keeps its size. (Weights far too "
                    "large would saturate the neurons.)",
                    "Changes nothing": "It changes the weights, a factor of every layer.",
                    "Makes it worse": "They bring the factors nearer to 1.",
                },
                answer="A",
                label="Larger first weights, to make up for the small slopes",
            ),
            Choice(
                {
                    "Helps": "It makes every step shorter, also those of the first layers.",
                    "Changes nothing": "It shortens all steps alike: the ratio between the layers "
                    "stays.",
                    "Makes it worse": "All steps get shorter, but the ratio between the layers "
                    "stays.",
                },
                answer="B",
                label="A smaller learning rate",
            ),
            Choice(
                {
                    "Helps": "It averages noise away. The mean of tiny slopes is tiny.",
                    "Changes nothing": "The mean of vanishing slopes vanishes as well, with less "
                    "noise.",
                    "Makes it worse": "It takes noise away, and the slopes stay what they are.",
                },
                answer="B",
                label="A larger batch",
            ),
        ],
        hints=[
            "The factor of each layer is weight times slope.",
            "What changes weights or slopes?",
            "Two of the four do.",
        ],
        solution="The first two: they change the factors. The others change how long the steps are "
        "and how noisy.",
    ),
    Question(
        id="8.3-3",
        title="Which disease?",
        stem="Two networks learn badly. In A 60 % of the hidden neurons have $|z|>5$, and the last "
        "layer's slopes are 3 times the first layer's. In B no neuron has $|z|>2$, and the last "
        "layer's slopes are a million times the first layer's. What do they have?",
        parts=[
            Choice(
                {
                    "Saturation": "Many neurons stand where the slope is flat; layer by layer "
                    "little is lost.",
                    "Vanishing gradients": "Then the first layer would feel far less than the "
                    "last. Here it is a third.",
                    "Dead ReLUs": "Their $z$ would be negative for every example; nothing says so.",
                },
                answer="A",
                label="Network A",
            ),
            Choice(
                {
                    "Dead ReLUs": "A dead unit has slope 0, and its errors would be exactly 0.",
                    "Saturation": "No neuron stands in a flat part.",
                    "Vanishing gradients": "Every slope is near its best, and still the product of "
                    "all factors is tiny.",
                },
                answer="C",
                label="Network B",
            ),
            Choice(
                {
                    "Smaller first weights": "They move $z$ to where the sigmoid is steep. (Too "
                    "small, and B's disease begins.)",
                    "Larger first weights": "They push $z$ even further out.",
                    "A smaller learning rate": "It does not move any $z$ that stands in the flat "
                    "part already.",
                },
                answer="A",
                label="Which is a cure for A?",
            ),
        ],
        hints=[
            "One is about where neurons stand, the other about a product over layers.",
            "Look at $|z|$ for the first, at the ratio for the second.",
            "What makes $|z|$ large?",
        ],
        solution="A is saturated, B has vanishing gradients. A needs smaller weights at the start; "
        "B needs another activation, or weights that make up for its slopes.",
    ),
]

# --- 8.4 ---------------------------------------------------------------------------------------

BATCHES = [
    Question(
        id="8.4-1",
        title="A hundred instead of one",
        stem="A batch of 100 instead of a single example: by which factor does the noise of the "
        "slope change, and by which the number of multiplications for one update?",
        parts=[
            Number(
                0.1,
                {0.01: "That is the variance. The noise is its root.",
                 1.0: "Errors of different examples partly cancel.",
                 10.0: "It falls."},
                label="Noise",
            ),
            Number(
                100,
                {10: "That is the root. Each example costs its full price.",
                 1: "Each example needs its own forward and backward pass."},
                label="Work",
            ),
        ],
        hints=[
            r"The variance is divided by $m$.",
            r"Noise: $1/\sqrt{100}$.",
            "Every example passes forward and backward once.",
        ],
        solution="A tenth of the noise for a hundred times the work. In time it is less than a "
        "hundred, because one large matrix product is faster than many small ones.",
    ),
    Question(
        id="8.4-2",
        title="A batch of two",
        stem="Four examples have the slopes 1, 3, $-1$ and 5. Two of them are drawn with "
        "replacement. What is the variance of their mean?",
        parts=[
            Number(
                2.5,
                {5: "That is the variance of a single one.",
                 10: "The mean has less variance than a single one.",
                 10 / 3: "You divided by 3 in the variance. All four are known: divide by 4.",
                 1.25: "That is for a batch of four.",
                 2.5**0.5: "That is the standard deviation.",
                 5 / 3: "That is without replacement."},
            ),
        ],
        hints=[
            "First the variance of a single draw.",
            "The mean is 2; the squared distances are 1, 1, 9, 9.",
            r"$\frac{1+1+9+9}{4}=5$, and then $\frac1m$.",
        ],
        solution=r"Mean 2, variance $20/4=5$. For a batch of two drawn with replacement $5/2=2.5$.",
    ),
]

# --- 8.5 ---------------------------------------------------------------------------------------


def halved(t):
    return 0.5 * 0.5 ** ((t - 1) // 10)


def _by_loop(t):
    eta = 0.5
    for epoch in range(2, t + 1):
        if epoch % 10 == 1:
            eta /= 2
    return eta


def _one_early(t):
    return 0.5 * 0.5 ** (t // 10)


def _smooth(t):
    return 0.5 * 0.5 ** ((t - 1) / 10)


def _every_epoch(t):
    return 0.5 * 0.5 ** (t - 1)


def _once(t):
    return 0.5 if t <= 10 else 0.25


def _constant(t):
    return 0.5


def _from_one(t):
    return 0.5 ** ((t - 1) // 10)


def _divided_by_count(t):
    return 0.5 / (1 + (t - 1) // 10)


def _growing(t):
    return 0.5 * 2 ** ((t - 1) // 10)


def _epochs(rng):
    """Epochs at the edges of the steps, and some between."""
    return [(t,) for t in (1, 2, 9, 10, 11, 20, 21, 30, 31, int(rng.integers(32, 60)))]


SHAPES = ["Far too small a rate (or saturated neurons)", "Far too large a rate",
          "A rate a little too large, or small batches", "A rate that was lowered, or the end of a "
          "flat stretch"]  # fmt: skip


def _cause(right, why):
    """The four causes as options; each wrong one is told what its curve looks like."""
    looks = ["That one hardly moves at all.", "That one rises.",
             "That one goes up and down while it falls, or instead of falling.",
             "That one falls all at once."]  # fmt: skip
    pairs = zip(SHAPES, looks, strict=True)
    return {s: why if i == right else look for i, (s, look) in enumerate(pairs)}


RATES = [
    Question(
        id="8.5-1",
        title="Four rates on a bowl",
        stem=r"$C=\frac12w^2$, and $w$ starts at 1. Where is $w$ after four steps with each of "
        "these learning rates?",
        parts=[
            Number(0.9**4, {0.6: "You took 0.1 away four times. The slope shrinks with $w$.",
                            0.729: "That is after three steps.", 0.59049: "That is after five."},
                   label="eta = 0.1"),
            Number(0.0625, {-0.125: "That is after three steps.", -0.0625: "An even number of "
                            "changes of sign.", 5.0625: "That is $1.5^4$. The factor is $1-1.5$."},
                   label="eta = 1.5"),
            Number(1.0, {-1.0: "That is after three steps.", 0.0: "That is for a rate of 1.",
                         16.0: "That is $2^4$. The factor is $1-2$."},
                   label="eta = 2"),
            Number(1.1**4, {-1.331: "That is after three steps.",
                            -1.4641: "An even number of changes of sign.",
                            2.1**4: "That is $2.1^4$. The factor is $1-2.1$."},
                   label="eta = 2.1"),
        ],
        hints=[
            "The slope at $w$ is $w$.",
            r"Each step multiplies $w$ by $1-\eta$.",
            r"$0.9$, $-0.5$, $-1$, $-1.1$, each to the power 4.",
        ],
        solution=r"""The factor is $1-\eta$.

* 0.1: 1, 0.9, 0.81, 0.729, **0.6561**: glides.
* 1.5: 1, $-0.5$, 0.25, $-0.125$, **0.0625**: zig-zags.
* 2: 1, $-1$, 1, $-1$, **1**: for ever.
* 2.1: 1, $-1.1$, 1.21, $-1.331$, **1.4641**: explodes.""",
    ),
    Question(
        id="8.5-2",
        title="For any bowl",
        stem=r"$C=\frac12kw^2$ with $k>0$. For which $\eta>0$ does descent converge, and for which "
        "without ever jumping over the minimum?",
        parts=[
            Choice(
                {
                    r"$\eta<2/k$": r"Then $|1-\eta k|<1$.",
                    r"$\eta<1/k$": "Beyond that it still converges, from both sides in turn.",
                    r"$\eta<2k$": "A steeper bowl needs a smaller rate.",
                    r"$\eta<2$": "Only for $k=1$.",
                },
                answer="A",
                label="Converges",
            ),
            Choice(
                {
                    r"$\eta<2/k$": "Between $1/k$ and $2/k$ it zig-zags.",
                    r"$\eta\le1/k$": r"Then $1-\eta k$ is not negative.",
                    r"$\eta\le k$": "A steeper bowl needs a smaller rate.",
                    r"$\eta\le1/(2k)$": "That is safe, but more is possible.",
                },
                answer="B",
                label="Without jumping over",
            ),
        ],
        hints=[
            "By which number does a step multiply $w$?",
            r"$1-\eta k$.",
            "Converges: its size is below 1. No jump: it is not negative.",
        ],
        solution=r"$w$ is multiplied by $1-\eta k$. Its size is below 1 for $\eta<2/k$; it is not "
        r"negative for $\eta\le1/k$.",
    ),
    Question(
        id="8.5-3",
        title="Read the curve",
        stem="What is the most likely cause of each loss curve?",
        parts=[
            Choice(_cause(0, "Nothing moves: the steps are too short, or the slopes are dead."),
                   answer="A", label="Flat"),
            Choice(_cause(1, "Every step overshoots by more than the last."), answer="B",
                   label="Rising without end"),
            Choice(_cause(2, "Overshooting, or the noise of small batches."), answer="C",
                   label="Zig-zag"),
            Choice(_cause(3, "Smaller steps let it settle at once."), answer="D",
                   label="Sudden steps down"),
        ],
        hints=[
            "Think of the bowl.",
            "What happens beyond $2/k$, and what between $1/k$ and $2/k$?",
            "A rate can be changed on the way.",
        ],
        solution="Flat: too small (or saturated). Rising: too large. Zig-zag: slightly too large, "
        "or small batches. Steps: the rate was lowered, or the end of a flat stretch.",
    ),
    Question(
        id="8.5-4",
        title="A schedule",
        stem=r"$\eta_t=0.5\cdot0.9^t$. What is it at $t=10$?",
        parts=[
            Number(
                0.5 * 0.9**10,
                {0.5 * 0.9**9: "That is at $t=9$.",
                 0.9**10: "The 0.5 in front is missing.",
                 0.5 * 0.9 * 10: "The 10 is an exponent.",
                 0.45**10: "Only the 0.9 has the exponent."},
            ),
        ],
        hints=[r"$0.9^{10}$ first.", r"$0.9^{10}=0.3487$.", "Half of it."],
        solution=r"$0.5\cdot0.9^{10}$ $=0.5\cdot0.3487=0.174$.",
    ),
    Code(
        id="8.5-5",
        title="Halved every ten epochs",
        stem="""Write `halved(t)`, a learning rate that `nnlib.train` can take: 0.5 in epochs 1 to
10, 0.25 in epochs 11 to 20, 0.125 in epochs 21 to 30, and so on. Epochs are counted from 1.""",
        answer=halved,
        inputs=_epochs,
        also=[_by_loop],
        wrong={
            _one_early: "One epoch early: epoch 10 should still have 0.5. Epochs count from 1.",
            _smooth: "That falls in every epoch. Whole steps are asked: `//`.",
            _every_epoch: "That halves in every epoch.",
            _once: "That halves once. It goes on every ten epochs.",
            _constant: "That never changes.",
            _from_one: "That begins at 1. The first ten epochs have 0.5.",
            _divided_by_count: "That is 0.5, then a half of it, then a third. Each time it is "
            "halved: a power.",
            _growing: "That doubles.",
        },
        hints=[
            "How often has it been halved by epoch `t`?",
            "`//` divides and drops the rest.",
            "Epoch 10 gives 0 halvings, epoch 11 gives 1: `(t - 1) // 10`.",
        ],
        solution="`(t - 1) // 10` is 0 for the first ten epochs, 1 for the next ten.",
    ),
]

# --- 8.6 ---------------------------------------------------------------------------------------


def stop(losses, patience):
    best = 0
    for t, loss in enumerate(losses):
        if loss < losses[best]:
            best = t
        elif t - best == patience:
            return t, best
    return len(losses) - 1, best


def _counting(losses, patience):
    best, waited = 0, 0
    for t in range(1, len(losses)):
        if losses[t] < losses[best]:
            best, waited = t, 0
        else:
            waited += 1
            if waited == patience:
                return [t, best]
    return [len(losses) - 1, best]


def _one_too_patient(losses, patience):
    return stop(losses, patience + 1)


def _one_too_hasty(losses, patience):
    return stop(losses, max(patience - 1, 1))


def _keeps_last(losses, patience):
    t, _ = stop(losses, patience)
    return t, t


def _against_last_epoch(losses, patience):
    waited = 0
    for t in range(1, len(losses)):
        waited = 0 if losses[t] < losses[t - 1] else waited + 1
        if waited == patience:
            return t, int(np.argmin(losses[: t + 1]))
    return len(losses) - 1, int(np.argmin(losses))


def _never_resets(losses, patience):
    best, waited = 0, 0
    for t in range(1, len(losses)):
        if losses[t] < losses[best]:
            best = t
        else:
            waited += 1
            if waited == patience:
                return t, best
    return len(losses) - 1, best


def _sees_the_future(losses, patience):
    best = int(np.argmin(losses))
    return min(best + patience, len(losses) - 1), best


def _swapped_pair(losses, patience):
    return stop(losses, patience)[::-1]


def _from_one_pair(losses, patience):
    t, best = stop(losses, patience)
    return t + 1, best + 1


def _only_best(losses, patience):
    return stop(losses, patience)[1]


def _runs(rng):
    """Loss curves that wobble, with a false minimum; one that never stops."""
    wobble = [0.9, 0.7, 0.75, 0.6, 0.62, 0.55, 0.56, 0.58, 0.57, 0.3]
    falling = sorted(rng.uniform(0, 1, 6).round(3).tolist(), reverse=True)
    late = [1.0, 0.8, 0.85, 0.83, 0.7, 0.72, 0.71, 0.74, 0.73, 0.2]
    return [(wobble, 3), (falling, 2), (late, 3), (wobble, 2), (late, 4)]


STOPPING = [
    Question(
        id="8.6-1",
        title="Patience",
        stem="The validation losses are .50 .42 .38 .36 .37 .39 .40, epochs counted from 0, and "
        "the patience is 2. After which epoch does training stop, and which weights are kept?",
        parts=[
            Number(
                5,
                {3: "That is the best one. It is known only afterwards.",
                 4: "One epoch without a new best is not yet two.",
                 6: "Two epochs without a new best have passed earlier.",
                 7: "There are seven losses, numbered 0 to 6."},
                label="Stops after epoch",
            ),
            Number(
                3,
                {5: "Those are the last ones. Kept are the best.",
                 4: "Counted from 0."},
                label="Keeps epoch",
            ),
        ],
        hints=[
            "Find the best so far, epoch by epoch.",
            "The best is .36, in epoch 3.",
            "Epochs 4 and 5 bring nothing better.",
        ],
        solution="Epoch 3 is the best; 4 and 5 are no better, so it stops after epoch 5 and goes "
        "back to the weights of epoch 3.",
    ),
    Question(
        id="8.6-2",
        title="A perfect fit",
        stem="Nine weights, three students: after 200 000 steps the cost is $10^{-15}$, and the "
        "network says 90.5 for the fourth student. Is that right?",
        parts=[
            Choice(
                {
                    "Nobody can tell: nothing has checked it": "Three rows were fitted with nine "
                    "numbers. A fourth row was never asked.",
                    "Yes, up to $10^{-15}$": "That is the cost on the three rows it has seen.",
                    "Yes, because the cost is 0": "So it is for many other networks, which say "
                    "something else about the fourth.",
                    "No, it must be wrong": "It may even be right. Nothing says so.",
                },
                answer="A",
            ),
        ],
        hints=[
            "What does the cost measure?",
            "How many networks fit three rows with nine numbers?",
            "The answer was 85.3 and 87.8 on the way.",
        ],
        solution="Unknown. The cost speaks of the three rows; many networks fit them and say "
        "different things about the fourth.",
    ),
    Question(
        id="8.6-3",
        title="Which set decides?",
        stem="Which examples decide when to stop, and which ones give the score that you report?",
        parts=[
            Choice(
                {
                    "Training": "Its cost falls to the end.",
                    "Validation": "It is not trained on, and it is there to choose with.",
                    "Test": "If it decides, it is no test any more.",
                },
                answer="B",
                label="Decides",
            ),
            Choice(
                {
                    "Training": "The network has learned those by heart.",
                    "Validation": "The stop was chosen to look good on it.",
                    "Test": "It was never used for any choice, and is read once.",
                },
                answer="C",
                label="Is reported",
            ),
        ],
        hints=[
            "A set that chose something is biased for it.",
            "Three sets, three jobs.",
            "Learn, choose, report.",
        ],
        solution="Training to learn, validation to choose, test to report, once.",
    ),
    Code(
        id="8.6-4",
        title="Stop in time",
        stem="""Write `stop(losses, patience)`. Go through the validation losses as they come; stop
when `patience` epochs in a row have brought no new best. Return the epoch of the stop and the
epoch to keep, counted from 0. If it never stops, the stop is the last epoch.""",
        answer=stop,
        inputs=_runs,
        also=[_counting],
        wrong={
            _one_too_patient: "One epoch too patient.",
            _one_too_hasty: "One epoch too hasty.",
            _keeps_last: "You keep the last epoch. Keep the best one.",
            _against_last_epoch: "You compare with the epoch before. Compare with the best so far.",
            _never_resets: "After a new best the waiting begins anew.",
            _sees_the_future: "You look for the minimum of the whole list. During the run only the "
            "losses so far are known.",
            _swapped_pair: "Swapped: first the epoch of the stop, then the one to keep.",
            _from_one_pair: "Epochs are counted from 0 here.",
            _only_best: "Return both: the epoch of the stop and the one to keep.",
        },
        hints=[
            "Remember the best epoch so far.",
            "How many epochs ago was it?",
            "`if t - best == patience: return t, best`",
        ],
        solution="Only losses up to the present epoch may be used: the future is not known.",
    ),
]

# --- 8.7 ---------------------------------------------------------------------------------------


def l2_step(W, gW, eta, lam):
    return W - eta * (gW + lam * W)


def _decay_form(W, gW, eta, lam):
    return (1 - eta * lam) * W - eta * gW


def _no_penalty(W, gW, eta, lam):
    return W - eta * gW


def _uphill_penalty(W, gW, eta, lam):
    return W - eta * (gW - lam * W)


def _without_eta(W, gW, eta, lam):
    return W - eta * gW - lam * W


def _booklet(W, gW, eta, lam):
    return W - lam * (gW + lam * W)


def _half(W, gW, eta, lam):
    return W - eta * (gW + lam / 2 * W)


def _squares(W, gW, eta, lam):
    return W - eta * (gW + lam / 2 * (W**2).sum())


def _double(W, gW, eta, lam):
    return W - eta * (gW + 2 * lam * W)


def _signs(W, gW, eta, lam):
    return W - eta * (gW + lam * np.sign(W))


def _uphill(W, gW, eta, lam):
    return W + eta * (gW + lam * W)


def _penalty_only(W, gW, eta, lam):
    return W - eta * lam * W


def _layers_with_slopes(rng):
    """Weights, their slopes, a rate and a penalty."""
    shapes = [(2, 3), (4, 1), (1, 5)]
    return [(rng.standard_normal(s), rng.standard_normal(s), rng.uniform(0.05, 0.5),
             rng.uniform(0.1, 0.9)) for s in shapes]  # fmt: skip


PENALTY = [
    Question(
        id="8.7-1",
        title="The price of two weights",
        stem=r"$\lambda=0.3$, $W=\begin{bmatrix}1&-2\end{bmatrix}$. What does the penalty "
        r"$\frac\lambda2\lVert W\rVert_F^2$ cost, and what are its two slopes?",
        parts=[
            Number(
                0.75,
                {1.5: "The half is missing.",
                 0.45: "You added the weights' sizes. Add their squares: $1+4$.",
                 -0.45: "Squares are never negative: $1+4$.",
                 2.5: r"The factor $\lambda$ is missing.",
                 0.3354: "That is with the norm. Its square is asked."},
                label="Penalty",
            ),
            Number(0.3, {0.15: "The half cancels with the 2 of the square.",
                         0.6: "The 2 of the square cancels with the half."}, label="First slope"),
            Number(-0.6, {0.6: "The slope has the sign of the weight.",
                          1.2: r"That is $\lambda w^2$. The slope is $\lambda w$.",
                          -1.2: "The 2 of the square cancels with the half."},
                   label="Second slope"),
        ],
        hints=[
            "Add the squares of all entries.",
            r"$\frac{0.3}{2}(1+4)$.",
            r"The slope of $\frac\lambda2w^2$ is $\lambda w$.",
        ],
        solution=r"$\frac{0.3}{2}(1+4)=0.75$. Slopes $\lambda W=(0.3,-0.6)$.",
    ),
    Question(
        id="8.7-2",
        title="Nothing but decay",
        stem=r"The data's slope of a weight is 0. $\eta=0.1$, $\lambda=0.3$. What share of the "
        "weight is left after 10 steps?",
        parts=[
            Number(
                0.97**10,
                {0.7: "You took 3 % of the start away ten times. Each step takes 3 % of what is "
                      "left.",
                 0.97: "That is after one step.",
                 0.9**10: r"The factor is $1-\eta\lambda$.",
                 0.7**10: r"The factor is $1-\eta\lambda$.",
                 1.0: "The penalty has a slope of its own."},
            ),
        ],
        hints=[
            r"The step is $W\leftarrow(1-\eta\lambda)W$.",
            r"$1-0.1\cdot0.3=0.97$.",
            "Ten times.",
        ],
        solution=r"$0.97^{10}=0.737$.",
    ),
    Question(
        id="8.7-3",
        title="Which norm?",
        stem=r"$W=\begin{bmatrix}3&0\\0&1\end{bmatrix}$. What is the squared Frobenius norm, what "
        "the squared matrix 2-norm (the largest stretch of a vector, squared), and for which one "
        r"is $\lambda W$ the gradient of $\frac\lambda2$ times it?",
        parts=[
            Number(10, {4: "Add the squares of all entries.", 16: "Square first, then add.",
                        10**0.5: "That is the norm. Its square is asked.",
                        9: "That is the other one."}, label="Frobenius"),
            Number(9, {3: "That is the stretch. Its square is asked.",
                       10: "That is the other one.",
                       1: "That is the least stretch."}, label="2-norm"),
            Choice(
                {
                    "Frobenius": "Every entry counts, with its square.",
                    "The matrix 2-norm": "It does not feel the 1 at all: its slope there is 0.",
                    "Both": "Nudge the 1: only one of the two changes.",
                },
                answer="A",
                label="Gradient $\\lambda W$",
            ),
        ],
        hints=[
            "Frobenius adds the squares of all entries.",
            "This matrix stretches one axis by 3, the other by 1.",
            "Nudge the 1: which of the two norms changes?",
        ],
        solution="10 and 9. Nudging the 1 changes the first but not the second, so only the "
        r"Frobenius norm can have the gradient $\lambda W$.",
    ),
    Question(
        id="8.7-4",
        title="One letter, two jobs",
        stem=r"The booklet's update has $\lambda$ both as the learning rate and in the gradient's "
        r"penalty. Which is the update in this book's letters? ($G$ is the data's gradient.)",
        parts=[
            Choice(
                {
                    r"$W\leftarrow W-\eta\,(G+\lambda W)$": "Two numbers, two letters.",
                    r"$W\leftarrow W-\lambda\,(G+\lambda W)$": "That is the booklet taken at its "
                    "word: one number for both.",
                    r"$W\leftarrow W-\eta\,G-\lambda W$": "The learning rate multiplies the whole "
                    "gradient, the penalty's part as well.",
                    r"$W\leftarrow W-\eta\,(G-\lambda W)$": "That rewards large weights.",
                },
                answer="A",
            ),
        ],
        hints=[
            "Which of the two says how long the step is?",
            "The learning rate stands before the whole gradient.",
            r"The penalty's gradient is $\lambda W$.",
        ],
        solution=r"$W\leftarrow W-\eta(G+\lambda W)$.",
    ),
    Code(
        id="8.7-5",
        title="A step with decay",
        stem=r"""Write `l2_step(W, gW, eta, lam)`: the weights after one step of gradient descent
with the L2 penalty. `gW` is the gradient of the data. Leave `W` as it is: no `-=`.""",
        answer=l2_step,
        inputs=_layers_with_slopes,
        also=[_decay_form],
        wrong={
            _no_penalty: "That is a step without the penalty.",
            _uphill_penalty: "You reward large weights: the penalty's gradient is added to `gW`.",
            _without_eta: "The learning rate multiplies the whole gradient, the penalty's part as "
            "well.",
            _booklet: "You use `lam` as the learning rate.",
            _half: r"The half cancels: the slope of $\frac\lambda2w^2$ is $\lambda w$.",
            _squares: "You added the penalty itself. Its gradient is asked, one number for each "
            "weight.",
            _double: r"The 2 cancels: the slope of $\frac\lambda2w^2$ is $\lambda w$.",
            _signs: "That is the gradient of the sizes (an L1 penalty). Here it is of the squares.",
            _uphill: "Uphill: take the gradient away.",
            _penalty_only: "The data's gradient is missing.",
        },
        hints=[
            "First the gradient of the whole cost, then the step.",
            r"$G+\lambda W$.",
            "`W - eta * (gW + lam * W)`",
        ],
        solution="Sorted, it is `(1 - eta * lam) * W - eta * gW`: shrink, then step.",
    ),
]

EXERCISES = [*STARTS, *UNITS, *VANISHING, *BATCHES, *RATES, *STOPPING, *PENALTY]
