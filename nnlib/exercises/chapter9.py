"""The exercises of chapter 9, Losses for classification: stems, answers, hints, solutions."""

import numpy as np

from .code import Code
from .kit import Choice, Number, Question

SCORES = np.array([2.0, 1.0, -1.0, 0.5])
P, Q = np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.25, 0.25, 0.4, 0.1])
SHARES = np.exp(SCORES) / np.exp(SCORES).sum()


def _surprise(p, q):
    """The mean surprise of one who believes q where p holds."""
    return float(np.sum(p * np.log(1 / q)))


KL = _surprise(P, Q) - _surprise(P, P)


# --- 9.1 ---------------------------------------------------------------------------------------


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def _by_rows(Z):
    rows = []
    for z in Z:
        e = np.exp(z - max(z))
        rows.append(e / sum(e))
    return np.array(rows)


def _by_logarithms(Z):
    Z = Z - Z.max(axis=1, keepdims=True)
    return np.exp(Z - np.log(np.exp(Z).sum(axis=1, keepdims=True)))


def _no_shift(Z):
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)


def _over_the_batch(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum()


def _one_maximum(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum(axis=1, keepdims=True)


def _columns(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)


def _only_the_winner(Z):
    return (Z == Z.max(axis=1, keepdims=True)).astype(float)


def _without_exp(Z):
    return Z / Z.sum(axis=1, keepdims=True)


def _not_divided(Z):
    return np.exp(Z - Z.max(axis=1, keepdims=True))


def _sigmoids(Z):
    return 0.5 + 0.5 * np.tanh(Z / 2)


def _score_batches(rng):
    """Ordinary scores, scores that overflow, and rows far apart from each other."""
    small = rng.normal(0, 2, (4, 3))
    large = rng.normal(0, 2, (3, 5)) + 1000
    apart = rng.normal(0, 2, (3, 4)) + np.array([[-2000.0], [0.0], [2000.0]])
    return [(small,), (large,), (apart,)]


SOFTMAX = [
    Question(
        id="9.1-1",
        title="Four shares",
        stem=r"The scores are $(2, 1, -1, 0.5)$. Which shares does softmax give? (Four decimals; a "
        r"calculator, or one line of NumPy.)",
        parts=[
            Number(
                SHARES[0],
                {0.8: "That is the score divided by the sum of the scores. First comes $e^z$.",
                 0.8808: "That is the sigmoid of 2, which looks at this score alone.",
                 7.3891: "That is $e^2$. Divide by the sum of all four exponentials.",
                 0.5: "That is 2 divided by four. Divide $e^2$ by the sum of the four $e^z$."},
                label="Class 0",
            ),
            Number(
                SHARES[1],
                {0.4: "That is the score divided by the sum of the scores. First comes $e^z$.",
                 0.7311: "That is the sigmoid of 1, which looks at this score alone.",
                 2.7183: "That is $e^1$. Divide by the sum of all four exponentials."},
                label="Class 1",
            ),
            Number(
                SHARES[2],
                {-0.4: "A share is never negative. First comes $e^z$.",
                 0.2689: "That is the sigmoid of $-1$, which looks at this score alone.",
                 0.3679: "That is $e^{-1}$. Divide by the sum of all four exponentials."},
                label="Class 2",
            ),
            Number(
                SHARES[3],
                {0.2: "That is the score divided by the sum of the scores. First comes $e^z$.",
                 0.6225: "That is the sigmoid of 0.5, which looks at this score alone.",
                 1.6487: "That is $e^{0.5}$. Divide by the sum of all four exponentials."},
                label="Class 3",
            ),
        ],
        hints=[
            "Make every score positive first, then divide.",
            r"$e^2+e^1+e^{-1}+e^{0.5}$ is the number to divide by.",
            r"$7.3891+2.7183+0.3679+1.6487$ $=12.1239$.",
        ],
        solution=r"""The exponentials are 7.3891, 2.7183, 0.3679 and 1.6487, together 12.1239.

Divided by that: **0.6095, 0.2242, 0.0303, 0.1360**. They add to 1.""",
    ),
    Question(
        id="9.1-2",
        title="A hundred more for everybody",
        stem="All four scores grow by 100. What happens to the shares?",
        parts=[
            Choice(
                {
                    "Nothing": r"Every exponential grows by the same factor, $e^{100}$, above and "
                    "below. It cancels.",
                    "They all come closer to a quarter": "100 is a lot beside 2 and 1 if you "
                    "divide scores. Softmax divides exponentials, and those keep their ratios.",
                    "The largest one comes closer to 1": "That happens when the scores are "
                    "multiplied. Adding keeps their differences.",
                    "They grow by the same factor": "Then they would no longer add to 1.",
                },
                answer="A",
            ),
        ],
        hints=[
            r"$e^{z+100}=e^{100}\,e^z$.",
            "What happens to a fraction if its upper and lower part grow by the same factor?",
            r"$\frac{e^{100}\cdot7.39}{e^{100}\cdot12.12}$ $=\dots$",
        ],
        solution=r"""$\frac{e^{100}e^{z_j}}{\sum_k e^{100}e^{z_k}}$ $=\frac{e^{z_j}}{\sum_k
e^{z_k}}$. Nothing changes. So a program may subtract the largest score first, and should.""",
    ),
    Question(
        id="9.1-3",
        title="Two classes",
        stem="Two classes have the scores 2 and 1. What is the share of the first?",
        parts=[
            Number(
                0.7310585786300049,
                {2 / 3: "That is $2/(2+1)$. First comes $e^z$.",
                 0.8808: r"That is $\sigma(2)$. Only the difference of the two scores counts.",
                 0.2689: "That is the share of the second.",
                 0.9526: r"That is $\sigma(3)$, of the sum. It is the difference that counts.",
                 0.6095: "That is the share among the four scores above."},
            ),
        ],
        hints=[
            r"$e^2/(e^2+e^1)$.",
            r"Divide above and below by $e^2$: which function of $2-1$ is that?",
            r"$7.3891/(7.3891+2.7183)$.",
        ],
        solution=r"""$\frac{e^2}{e^2+e^1}$ $=\frac{1}{1+e^{-1}}$ $=\sigma(1)$ $=0.7311$. With two
classes softmax is the sigmoid of the difference.""",
    ),
    Code(
        id="9.1-4",
        title="A softmax that never overflows",
        stem=r"""Write `softmax(Z)`. Each row of `Z` holds the scores of one example; give the
shares, in the same shape. It must work for scores near 1000 or $-2000$ too, without a warning.""",
        answer=softmax,
        inputs=_score_batches,
        also=[_by_rows, _by_logarithms],
        quiet=True,
        wrong={
            _no_shift: r"Right for small scores. For large ones $e^z$ overflows: take the largest "
            "score of each row away first.",
            _over_the_batch: "You divide by the sum over the whole batch. Each row must add to 1: "
            "`axis=1`, with `keepdims=True`.",
            _one_maximum: "You take away one maximum for the whole batch. A row far below it "
            "becomes 0 divided by 0: each row needs its own.",
            _columns: "You go down the columns. An example is a row: `axis=1`, with "
            "`keepdims=True`.",
            _only_the_winner: "You give everything to the largest score. Softmax shares.",
            _without_exp: "The exponential is missing: scores can be negative.",
            _not_divided: "Not divided yet: each row must add to 1.",
            _sigmoids: "Those are sigmoids. Each looks at its own score only; the shares of a row "
            "must add to 1.",
        },
        hints=[
            "Take the largest score of each row away, exponentiate, divide by the row's sum.",
            "`Z.max(axis=1, keepdims=True)` is a column: one number for each row.",
            "`E = np.exp(Z - that column)`, and then divide `E` by its sums, a column as well.",
        ],
        solution="`keepdims=True` leaves a column, so that NumPy subtracts and divides row by row.",
    ),
    Question(
        id="9.1-5",
        title="The slopes of the shares",
        stem=r"A class has the share 0.2. Its own score is pushed up a little. What is the slope "
        r"of its share, and that of another class with the share 0.5?",
        parts=[
            Number(
                0.16,
                {0.2: "That is the share. Multiply by what is missing to 1.",
                 0.8: "That is what is missing to 1. Multiply by the share.",
                 -0.04: "That would be minus its square. The bracket is $1-q$ for the own score.",
                 -0.16: "Its own share rises."},
                label="Its own",
            ),
            Number(
                -0.1,
                {0.1: "The others lose.",
                 0.25: r"That is $q(1-q)$, the answer to a push at its own score.",
                 -0.5: "Times the share of the pushed class, too.",
                 -0.4: "The bracket is $0-0.2$: minus the share of the pushed class.",
                 0: "That would hold for sigmoids. In softmax every score stands in every "
                    "denominator."},
                label="The other's",
            ),
        ],
        hints=[
            "Its own share rises, the others fall.",
            r"$q_k([j=k]-q_j)$.",
            r"$0.2\cdot(1-0.2)$, and $0.5\cdot(0-0.2)$.",
        ],
        solution=r"""Own: $0.2\cdot0.8=0.16$. The other: $0.5\cdot(-0.2)=-0.1$. A third class has
the share 0.3 and the slope $-0.06$; all three add to 0.""",
    ),
]


# --- 9.2 ---------------------------------------------------------------------------------------


def divergence(p, q):
    here = p > 0
    if np.any(q[here] == 0):
        return np.inf
    return (p[here] * np.log(p[here] / q[here])).sum()


def _by_loop(p, q):
    total = 0.0
    for a, b in zip(p, q, strict=True):
        if a > 0:
            total += a * np.log(a / b) if b > 0 else np.inf
    return total


def _by_difference(p, q):
    here = p > 0
    with np.errstate(divide="ignore"):
        return -(p[here] * np.log(q[here])).sum() + (p[here] * np.log(p[here])).sum()


def _nan_at_zero(p, q):
    with np.errstate(all="ignore"):
        return (p * np.log(p / q)).sum()


def _swapped(p, q):
    return divergence(q, p)


def _cross_entropy(p, q):
    here = p > 0
    with np.errstate(divide="ignore"):
        return (p[here] * np.log(1 / q[here])).sum()


def _entropy(p, q):
    here = p > 0
    return (p[here] * np.log(1 / p[here])).sum()


def _negative(p, q):
    return -divergence(p, q)


def _in_bits(p, q):
    return divergence(p, q) / np.log(2)


def _mean(p, q):
    return divergence(p, q) / len(p)


def _unweighted(p, q):
    here = (p > 0) & (q > 0)
    return np.log(p[here] / q[here]).sum()


def _zeros_left_out(p, q):
    here = (p > 0) & (q > 0)
    return (p[here] * np.log(p[here] / q[here])).sum()


def _beliefs(rng):
    """Ordinary beliefs, one with something that never happens, and one that rules out too much."""
    ordinary = rng.dirichlet(np.ones(4)), rng.dirichlet(np.ones(4))
    never = np.append(rng.dirichlet(np.ones(3)), 0.0), rng.dirichlet(np.ones(4))
    ruled_out = rng.dirichlet(np.ones(3)), np.append(rng.dirichlet(np.ones(2)), 0.0)
    return [ordinary, never, ruled_out]


PRICES = [
    Question(
        id="9.2-1",
        title="Three numbers",
        stem=r"$p=(0.1,0.2,0.3,0.4)$ and $q=(0.25,0.25,0.4,0.1)$. Find the KL divergence, the "
        r"cross-entropy and the entropy of $p$, in nats.",
        parts=[
            Number(
                KL,
                {0.261302: "Swapped: that is $q$ against $p$.",
                 0.4789: "That is in bits.",
                 0.321888: "That is $H(p,q)$ minus the entropy of $q$. Take that of $p$ away."},
                label="KL",
            ),
            Number(
                _surprise(P, Q),
                {1.2798542: "That is the entropy of $p$.",
                 2.3253: "That is in bits."},
                label="Cross-entropy",
            ),
            Number(
                _surprise(P, P),
                {1.8464: "That is in bits.",
                 1.2899: "That is the entropy of $q$.",
                 1.3863: "That is $\\log 4$, the entropy of four equal shares."},
                label="Entropy",
            ),
        ],
        hints=[
            r"$H(p)=\sum p_i\log\frac{1}{p_i}$ and $H(p,q)=\sum p_i\log\frac{1}{q_i}$.",
            r"$D_{\mathrm{KL}}=\sum p_i\log\frac{p_i}{q_i}$. How is it related to the other two?",
            "`(p * np.log(1 / q)).sum()`",
        ],
        solution=r"""$H(p,q)=1.61181$, $H(p)=1.27985$, so $D_{\mathrm{KL}}=0.33196$.""",
    ),
    Question(
        id="9.2-2",
        title="The other way round",
        stem=r"The same $p$ and $q$. What is $D_{\mathrm{KL}}(q\parallel p)$?",
        parts=[
            Number(
                _surprise(Q, P) - _surprise(Q, Q),
                {0.3319553: "That is $p$ against $q$. Swap every $p$ and $q$, the weights too.",
                 -0.3319553: "Swapping is not changing the sign: the weights in front change too.",
                 -0.261302: "Right size, wrong sign: KL is never negative.",
                 1.551224: "That is the cross-entropy $H(q,p)$. Take $H(q)$ away."},
            ),
        ],
        hints=[
            r"$\sum_i q_i\log\frac{q_i}{p_i}$.",
            "The four logarithms change their sign, and each now has another weight.",
            r"$0.25\log2.5+\dots$",
        ],
        solution=r"""$0.25\log2.5$ $+\,0.25\log1.25$ $+\,0.4\log\frac43$ $+\,0.1\log\frac14$
$=0.26130$. Not 0.33196: from $p$ to $q$ is not as far as from $q$ to $p$, so KL is no distance.""",
    ),
    Question(
        id="9.2-3",
        title="One-hot",
        stem="The truth is one-hot, and the network gives the right class the share 0.71. What are "
        "the entropy of the truth, the cross-entropy, and the KL divergence, in nats?",
        parts=[
            Number(
                0.0,
                {1.0: "The certain event has the surprise $\\log\\frac11$.",
                 2.302585: "That is the entropy of ten equal shares."},
                label="Entropy",
            ),
            Number(
                -np.log(0.71),
                {0.29: "That is the gap $1-0.71$. The price is a logarithm.",
                 0.1487: "That is with the logarithm to base 10.",
                 0.4941: "That is in bits.",
                 -0.3424903: "A price is never negative: $-\\log q$.",
                 0.0129: "That is the mean squared error of chapter 7."},
                label="Cross-entropy",
            ),
            Number(
                -np.log(0.71),
                {0.0: "It would be 0 only for a share of 1.",
                 -0.3424903: "KL is never negative."},
                label="KL",
            ),
        ],
        hints=[
            "In the sum only the true class has a $p$ that is not 0.",
            "How surprising is what is certain?",
            r"$\log\frac{1}{1}=0$ and $\log\frac{1}{0.71}=\dots$",
        ],
        solution=r"""The entropy of a certain thing is 0. The cross-entropy is $-\log0.71=0.3425$,
and KL, their difference, is the same.""",
    ),
    Question(
        id="9.2-4",
        title="In bits",
        stem=r"With logarithms to base 2 the unit is the bit. $D_{\mathrm{KL}}$ above is 0.331955 "
        r"nats. How many bits?",
        parts=[
            Number(
                KL / np.log(2),
                {KL * np.log(2): "Divide by $\\log2$: a bit is the smaller unit, so there "
                 "are more of them.",
                 KL / 2: "The factor is $\\log2$, not 2.",
                 KL * 2: "The factor is $\\log2$, not 2.",
                 KL / np.log(10): "That is for base 10."},
            ),
        ],
        hints=[
            "A bit is the surprise of a fair coin.",
            r"Every logarithm to base 2 is the natural one divided by $\log2$.",
            r"$0.331955/0.693147$.",
        ],
        solution=r"""$0.331955/\log2$ $=0.331955/0.693147$ $=0.4789$ bits. A fair coin has 1 bit:
$\log2=0.693$ nats.""",
    ),
    Code(
        id="9.2-5",
        title="KL, with zeros",
        stem=r"""Write `divergence(p, q)`, $D_{\mathrm{KL}}(p\parallel q)$ in nats. `p` and `q` are
arrays of shares. Where $p_i=0$ the term is 0. Where $q_i=0$ but $p_i>0$ the answer is infinite,
`np.inf`.""",
        answer=divergence,
        inputs=_beliefs,
        also=[_by_loop, _by_difference],
        wrong={
            _nan_at_zero: "Right without zeros. `0 * np.log(0)` is not a number: leave out the "
            "terms with $p_i=0$.",
            _swapped: "Swapped: that is $q$ against $p$. The weights are the $p_i$.",
            _cross_entropy: "That is the cross-entropy. Take the entropy of $p$ away, or divide "
            "$p_i$ by $q_i$ in the logarithm.",
            _entropy: "That is the entropy of $p$: your logarithm does not contain $q$.",
            _negative: "Right size, wrong sign: it is $\\log(p_i/q_i)$.",
            _in_bits: "That is in bits. Nats are asked: the natural logarithm.",
            _mean: "You took a mean. The $p_i$ are the weights already: sum.",
            _unweighted: "The weights $p_i$ in front of the logarithms are missing.",
            _zeros_left_out: "You leave out the terms with $q_i=0$, too. To call something "
            "impossible that happens has an infinite price.",
        },
        hints=[
            "`here = p > 0` picks the terms that count.",
            "`(p[here] * np.log(p[here] / q[here])).sum()`; what if one of these `q` is 0?",
            "`if np.any(q[here] == 0): return np.inf`",
        ],
        solution="Terms with $p_i=0$ never happen and never surprise. One $q_i=0$ that does happen "
        "makes the price infinite, which is why softmax, with no share of 0, suits this loss.",
    ),
]


# --- 9.3 ---------------------------------------------------------------------------------------


def losses(Z, Y):
    top = Z.max(axis=1, keepdims=True)
    return np.log(np.exp(Z - top).sum(axis=1)) + top[:, 0] - (Y * Z).sum(axis=1)


def _picked(Z, Y):
    log_sum = np.logaddexp.reduce(Z, axis=1)
    return log_sum - Z[np.arange(len(Z)), Y.argmax(axis=1)]


def _log_of_softmax(Z, Y):
    with np.errstate(all="ignore"):
        return -(Y * np.log(softmax(Z))).sum(axis=1)


def _log_of_winner(Z, Y):
    with np.errstate(all="ignore"):
        return -np.log((Y * softmax(Z)).sum(axis=1))


def _unshifted(Z, Y):
    with np.errstate(all="ignore"):
        return np.log(np.exp(Z).sum(axis=1)) - (Y * Z).sum(axis=1)


def _shift_forgotten(Z, Y):
    top = Z.max(axis=1, keepdims=True)
    return np.log(np.exp(Z - top).sum(axis=1)) - (Y * Z).sum(axis=1)


def _mean_loss(Z, Y):
    return losses(Z, Y).mean()


def _minus(Z, Y):
    return -losses(Z, Y)


def _errors(Z, Y):
    return softmax(Z) - Y


def _squares(Z, Y):
    return ((softmax(Z) - Y) ** 2).sum(axis=1) / 2


def _labelled_batches(rng):
    """Ordinary scores, large ones, and answers that are wrong with a share of 0."""
    batches = []
    for Z in (rng.normal(0, 2, (4, 3)), rng.normal(1000, 2, (3, 5)), rng.normal(0, 800, (6, 4))):
        labels = rng.integers(Z.shape[1], size=len(Z))
        labels[0] = Z[0].argmin()
        batches.append((Z, np.eye(Z.shape[1])[labels]))
    return batches


GRADIENT = [
    Question(
        id="9.3-1",
        title="Four errors",
        stem=r"Scores $(2,1,-1,0.5)$, true class 2 (counted from 0), softmax with cross-entropy. "
        r"What is $\delta$?",
        parts=[
            Number(
                SHARES[0],
                {-0.39054: "The target of class 0 is 0: the true class is number 2.",
                 -0.60946: "It is share minus target."},
                label="Class 0",
            ),
            Number(
                SHARES[1],
                {-0.77579: "Counted from 0, the true class is the third score.",
                 -0.22420782: "It is share minus target."},
                label="Class 1",
            ),
            Number(
                SHARES[2] - 1,
                {0.96965677: "It is share minus target.",
                 0.03034323: "That is the share. Its target is 1.",
                 -0.0294: "That still has the factor $q(1-q)$. It cancels.",
                 -32.956: "That is $-1/q$, the slope by the share. The slope of softmax is still "
                          "missing."},
                label="Class 2",
            ),
            Number(
                SHARES[3],
                {-0.13598892: "It is share minus target."},
                label="Class 3",
            ),
        ],
        hints=[
            "Share minus target.",
            "The target is $(0,0,1,0)$.",
            "The shares are those of 9.1-1.",
        ],
        solution=r"""$(0.6095,0.2242,0.0303,0.1360)$ $-\,(0,0,1,0)$
$=(0.6095,0.2242,-0.9697,0.1360)$. They add to 0.""",
    ),
    Question(
        id="9.3-2",
        title="A stubborn output",
        stem=r"A sigmoid output says $a=0.99$, its target is 0. What is $\delta$ with the squared "
        r"cost, what with cross-entropy, and how many times as large is the second?",
        parts=[
            Number(
                0.009801,
                {0.99: "The slope of the sigmoid is missing.",
                 0.0099: "That is the slope alone. Times the difference 0.99.",
                 0.49005: "That is the loss. Asked is its slope by $z$."},
                label="Squared",
            ),
            Number(
                0.99,
                {0.009801: "The slope of the sigmoid cancels here.",
                 100: "That is the slope by $a$. The slope of the sigmoid is 0.0099.",
                 4.60517: "That is the loss. Asked is its slope by $z$.",
                 -0.99: "It is output minus target."},
                label="Cross-entropy",
            ),
            Number(
                1 / 0.0099,
                {100: "Almost: divide by the exact 0.0099.",
                 0.0099: "The other way round."},
                label="Ratio",
            ),
        ],
        hints=[
            r"Squared: $(a-y)\,a(1-a)$. Cross-entropy: $a-y$.",
            r"The ratio is $1/(a(1-a))$.",
            r"$a(1-a)=0.99\cdot0.01$.",
        ],
        solution=r"""Squared: $0.99\cdot0.99\cdot0.01=0.009801$. Cross-entropy: 0.99. The ratio is
$1/0.0099=101$.""",
    ),
    Code(
        id="9.3-3",
        title="The loss, straight from the scores",
        stem=r"""Write `losses(Z, Y)`: the softmax cross-entropy of each row, an array with one loss
for each example. `Z` holds scores, `Y` one-hot targets. It must be finite and exact even where the
share of the true class is too small for a computer.""",
        answer=losses,
        inputs=_labelled_batches,
        also=[_picked],
        wrong={
            _log_of_softmax: "Right for ordinary scores. Where a share is rounded to 0, its "
            "logarithm is infinite (and 0 times infinite no number): use the formula with "
            r"$\log\sum e^z$.",
            _log_of_winner: "Right for ordinary scores. Where the true share is rounded to 0, the "
            r"logarithm is infinite: use the formula with $\log\sum e^z$.",
            _unshifted: r"Right for small scores. $e^{1000}$ overflows: take the largest score of "
            "each row away inside, and add it outside.",
            _shift_forgotten: "You took the largest score away inside the sum. Add it again "
            "outside the logarithm.",
            _mean_loss: "That is the mean over the batch. One loss for each row is asked.",
            _minus: "Right size, wrong sign: a loss is never negative.",
            _errors: "Those are the errors $q-y$. The loss is asked.",
            _squares: "That is the squared cost of the shares.",
        },
        hints=[
            r"$\ell=\log\sum_k e^{z_k}-\sum_k y_k z_k$.",
            r"$\log\sum_k e^{z_k}$ $=c+\log\sum_k e^{z_k-c}$, for every $c$.",
            "Take $c$ to be the largest score of the row.",
        ],
        solution="The exponentials are at most 1, one of them is 1, so the logarithm is that of a "
        "number from 1 to K. The score of the true class is taken away without ever being "
        "exponentiated.",
    ),
    Question(
        id="9.3-4",
        title="What changes?",
        stem="You replace sigmoid outputs and squared cost by softmax and cross-entropy. Which of "
        "the four equations of backpropagation changes?",
        parts=[
            Choice(
                {
                    "BP1 only": "The error of the output layer is now $a-y$. From there on nobody "
                    "knows which loss it was.",
                    "BP1 and BP2": "BP2 carries an error back through weights and a slope of a "
                    "hidden layer. It never sees the loss.",
                    "BP1 and BP4": "BP4 multiplies an error with what came in. It never sees the "
                    "loss.",
                    "All four": "Which of the others contains the loss, or the output's "
                    "activation?",
                },
                answer="A",
            ),
            Choice(
                {
                    "No: their errors are still multiplied by the slopes of their own activations":
                    "Only the slope of the output layer has gone.",
                    "Yes: no slope is left anywhere": "BP2 still has the slope of each hidden "
                    "layer.",
                    "Yes: all errors are larger, and the slopes cannot undo that": "Whatever "
                    "error comes in at the output, each hidden layer on the way back multiplies "
                    "it by its own slopes, as before.",
                },
                answer="A",
                label="And does it cure hidden layers that learn slowly?",
            ),
        ],
        hints=[
            "Write down BP1 to BP4 and look for the loss.",
            "Only one of them contains a derivative of the loss.",
            "BP2 has a slope of its own, that of a hidden layer.",
        ],
        solution="BP1 only. BP2 goes on multiplying by the slopes of the hidden layers, so slow "
        "hidden layers stay slow.",
    ),
]

EXERCISES = [*SOFTMAX, *PRICES, *GRADIENT]
