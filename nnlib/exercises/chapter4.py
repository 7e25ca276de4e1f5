"""The exercises of chapter 4, Going downhill: stems, answers, slips, hints, solutions."""

from typing import NamedTuple

import numpy as np

from .code import Code
from .kit import Choice, Number, Question

SLOPES = [
    Question(
        id="4.1-1",
        title="One point, one gradient",
        stem=r"""$C=x^2+3y^2$. At the point $(3,-2)$: what is the gradient, how long is it, and in
which direction of length 1 does $C$ fall most steeply? (Three decimals.)""",
        parts=[
            Number(
                6,
                {9: "That is $x^2$. Its slope is $2x$.",
                 3: "That is $x$. The slope of $x^2$ is $2x$.",
                 -12: "That is the slope by $y$."},
                label="Slope by x",
            ),
            Number(
                -12,
                {12: "Mind the sign: $6y$ with $y=-2$.",
                 -4: "The 3 in front is missing: the slope of $3y^2$ is $6y$.",
                 -6: "A factor 2 is missing: the slope of $y^2$ is $2y$.",
                 36: "That is $3y^2$ times 3. The slope of $3y^2$ is $6y$."},
                label="Slope by y",
            ),
            Number(
                180**0.5,
                {180: "That is the square of the length. Take the root.",
                 18: "You added 6 and 12. Square first, add, then take the root.",
                 -6: "Lengths are never negative: square, add, take the root.",
                 108**0.5: "You subtracted the squares. Add them."},
                label="Length",
            ),
            Number(
                -6 / 180**0.5,
                {6 / 180**0.5: "That is uphill. Downhill is the opposite.",
                 -6: "Right direction, but its length is not 1: divide by the length.",
                 -1: "Both parts together must have length 1: divide by 13.416."},
                label="Downhill, x",
            ),
            Number(
                12 / 180**0.5,
                {-12 / 180**0.5: "That is uphill. Downhill is the opposite.",
                 12: "Right direction, but its length is not 1: divide by the length.",
                 1: "Both parts together must have length 1: divide by 13.416."},
                label="Downhill, y",
            ),
        ],
        hints=[
            "Turn one, hold the other: two partial derivatives.",
            r"$\nabla C=(2x,6y)$; length $\sqrt{g_1^2+g_2^2}$; downhill $-\nabla C$ divided by it.",
            r"$2\cdot3=\dots$ and $6\cdot(-2)=\dots$",
        ],
        solution=r"""$\nabla C=(2x,6y)=(6,-12)$. Its length is
$\sqrt{36+144}$ $=\sqrt{180}$ $=13.416$.

Steepest descent is the opposite direction, divided by the length:
$(-6,12)/13.416$ $=(-0.447,0.894)$. So to go down, make $x$ smaller and $y$ larger, and $y$ twice
as fast: by $y$ the cost is steeper.""",
    ),
    Question(
        id="4.1-2",
        title="Which way?",
        stem=r"$C=(w-3)^2$, and $w$ stands at 5. What is the slope, and which way is down?",
        parts=[
            Number(
                4,
                {2: "That is $w-3$. The slope of its square is twice that.",
                 10: "That is $2w$. The inside is $w-3$.",
                 -4: "To the right of 3 the curve rises: the slope is positive.",
                 7: "That is $2w-3$. The slope is $2(w-3)$."},
                label="Slope",
            ),
            Choice(
                {
                    "To the right, along the slope: it is positive.":
                        "A positive slope says that $C$ grows to the right. You want it to fall.",
                    "To the left, against the slope.":
                        "Positive slope, so a smaller $w$ has a smaller cost.",
                    "One cannot know without seeing the whole curve.":
                        "Where the bottom is one cannot know. Which way is down, the slope says.",
                },
                answer="B",
                label="Down is",
            ),
        ],
        hints=[
            "Does $C$ grow or fall if $w$ grows a little?",
            r"Chain rule: $\frac{dC}{dw}=2(w-3)\cdot1$.",
            r"$2\cdot(5-3)=\dots$, and down is against it.",
        ],
        solution=r"""The slope is $2(5-3)=4$. It is positive: to the right $C$ grows. So go left,
towards 3.""",
    ),
    Question(
        id="4.1-3",
        title="Which weight matters?",
        stem=r"""The gradient of a cost by two weights is $(3.2,\ 0.1)$. Which weight matters more
just now, and how many times as much? By how much does $C$ move if the first is raised by 0.01? And
if the second is?""",
        parts=[
            Choice(
                {
                    "The first: the cost is more sensitive to it.":
                        "The same nudge moves the cost 32 times as far.",
                    "The second: its slope is small, so it is nearly done.":
                        "Where it will end is another question. A nudge of it hardly moves $C$.",
                    "The first, because it is the larger weight.":
                        "The gradient says nothing about how large a weight is.",
                },
                answer="A",
                label="More matters",
            ),
            Number(
                32,
                {3.1: "That is the difference. Divide.",
                 0.03125: "Turned round: divide the larger by the smaller.",
                 1024: "That is the square of it: slopes are compared as they are.",
                 3.3: "That is the sum. Divide."},
                label="Times as much",
            ),
            Number(
                0.032,
                {3.21: "Multiply slope and nudge instead of adding.",
                 320: "You divided by 0.01. Multiply.",
                 3.2: "That is for a nudge of 1. Here it is 0.01."},
                label="First + 0.01",
            ),
            Number(
                0.001,
                {0.11: "Multiply slope and nudge instead of adding.",
                 10: "You divided by 0.01. Multiply.",
                 0.1: "That is for a nudge of 1. Here it is 0.01."},
                label="Second + 0.01",
            ),
        ],
        hints=[
            "An entry of the gradient says how many times as far as the weight the cost moves.",
            r"Change of $C$ $\approx$ slope times change of the weight.",
            r"$3.2\cdot0.01=\dots$ and $0.1\cdot0.01=\dots$",
        ],
        solution=r"""The first, $\frac{3.2}{0.1}=32$ times. A change of 0.01 moves $C$ by
$3.2\cdot0.01=0.032$ or by $0.1\cdot0.01=0.001$. How large the weights are does not enter.""",
    ),
]


class Slopes(NamedTuple):
    """The gradient of a bowl: A @ (p - centre), A symmetric."""

    A: tuple
    centre: tuple

    def __call__(self, p):
        return np.array(self.A) @ (np.asarray(p) - self.centre)


def descend(gradient, p, eta, steps):
    for _ in range(steps):
        p = p - eta * gradient(p)
    return p


def _recursive(gradient, p, eta, steps):
    return _recursive(gradient, p - eta * gradient(p), eta, steps - 1) if steps else p


def _by_entries(gradient, p, eta, steps):
    while steps > 0:
        g = gradient(p)
        p = np.array([p[i] - eta * g[i] for i in range(len(p))])
        steps -= 1
    return p


def _uphill(gradient, p, eta, steps):
    for _ in range(steps):
        p = p + eta * gradient(p)
    return p


def _without_rate(gradient, p, eta, steps):
    for _ in range(steps):
        p = p - gradient(p)
    return p


def _first_gradient(gradient, p, eta, steps):
    g = gradient(p)
    for _ in range(steps):
        p = p - eta * g
    return p


def _returns_early(gradient, p, eta, steps):
    for _ in range(steps):
        p = p - eta * gradient(p)
        return p


def _always_from_the_start(gradient, p, eta, steps):
    new = p
    for _ in range(steps):
        new = p - eta * gradient(new)
    return new


def _one_more(gradient, p, eta, steps):
    return descend(gradient, p, eta, steps + 1)


def _one_less(gradient, p, eta, steps):
    return descend(gradient, p, eta, steps - 1)


def _direction_only(gradient, p, eta, steps):
    for _ in range(steps):
        g = gradient(p)
        p = p - eta * g / np.linalg.norm(g)
    return p


def _signs_only(gradient, p, eta, steps):
    for _ in range(steps):
        p = p - eta * np.sign(gradient(p))
    return p


def _one_after_another(gradient, p, eta, steps):
    p = np.array(p)
    for _ in range(steps):
        for i in range(len(p)):
            p[i] -= eta * gradient(p)[i]
    return p


def _whole_path(gradient, p, eta, steps):
    return np.array([descend(gradient, p, eta, i) for i in range(steps + 1)])


def _only_the_move(gradient, p, eta, steps):
    return -eta * gradient(p)


def _bowls(rng):
    """Bowls whose parameters pull at each other, in two and three dimensions."""
    cases = []
    for n, steps in ((2, 2), (2, 5), (3, 3)):
        M = rng.uniform(0.4, 1, (n, n)).round(2)
        A = (M @ M.T + np.eye(n)).round(2)
        slopes = Slopes(tuple(map(tuple, A.tolist())), tuple(rng.normal(size=n).round(2).tolist()))
        cases.append((slopes, 3 * rng.normal(size=n), round(rng.uniform(0.03, 0.12), 3), steps))
    return cases


RATE = [
    Question(
        id="4.2-1",
        title="One step",
        stem=r"""$C=x^2+3y^2$. Go one step from $(3,-2)$ with $\eta=0.1$. Where do you arrive, and
what is the cost before and after?""",
        parts=[
            Number(
                2.4,
                {3.6: "Plus instead of minus: that goes uphill.",
                 -3: "The rate is missing: the step is $0.1\\cdot6$.",
                 0.6: "That is the step. Take it away from 3.",
                 -0.6: "That is the step. Add it to 3."},
                label="New x",
            ),
            Number(
                -0.8,
                {-3.2: "Mind the signs: $-2-0.1\\cdot(-12)$.",
                 10: "The rate is missing: the step is $0.1\\cdot12$.",
                 1.2: "That is the step. Add it to $-2$."},
                label="New y",
            ),
            Number(
                21,
                {-3: "$(-2)^2$ is $+4$.", 13: "The 3 in front of $y^2$ is missing.",
                 45: "Square $y$ first, then multiply by 3: $3\\cdot4$."},
                label="C before",
            ),
            Number(
                7.68,
                {43.68: "That is the cost uphill, at $(3.6,-3.2)$.",
                 3.84: "$(-0.8)^2$ is positive.",
                 6.4: "The 3 in front of $y^2$ is missing.",
                 13.32: "That is the drop. The cost itself is asked."},
                label="C after",
            ),
        ],
        hints=[
            "The gradient is the one of exercise 4.1-1.",
            r"$p'=p-\eta\,\nabla C$, entry by entry.",
            r"$3-0.1\cdot6=\dots$ and $-2-0.1\cdot(-12)=\dots$",
        ],
        solution=r"""$x'=3-0.1\cdot6=2.4$ and $y'=-2-0.1\cdot(-12)=-0.8$. The cost falls from
$9+12=21$ to $5.76+1.92=7.68$.""",
    ),
    Question(
        id="4.2-2",
        title="Promised and delivered",
        stem=r"""The same point, the same cost. What drop is promised for $\eta=0.1$, and
what comes? And for $\eta=0.01$?""",
        parts=[
            Number(
                18,
                {180: "That is the squared length of the gradient. Times $\\eta$.",
                 1.3416: "That is $\\eta$ times the length. The length must be squared.",
                 13.32: "That is what comes. Promised is $\\eta\\lVert\\nabla C\\rVert^2$.",
                 0.6: "That is the step in $x$."},
                label="Promised, 0.1",
            ),
            Number(
                13.32,
                {7.68: "That is the new cost. The drop is the old one minus it.",
                 -13.32: "A drop is counted as positive here: old minus new.",
                 18: "That is what was promised. Compute both costs."},
                label="Delivered, 0.1",
            ),
            Number(
                1.8,
                {18: "That is for $\\eta=0.1$.", 0.18: "One more zero than there is.",
                 1.7532: "That is what comes."},
                label="Promised, 0.01",
            ),
            Number(
                1.7532,
                {1.8: "That is what was promised. Compute both costs.",
                 19.2468: "That is the new cost. The drop is 21 minus it.",
                 1.332: "Not a tenth of 13.32: compute both costs."},
                label="Delivered, 0.01",
                tol=0.0006,
            ),
            Choice(
                {
                    "The difference shrinks ten times: with the rate.":
                        "From 4.68 to 0.0468: that is a hundred times.",
                    "The difference shrinks a hundred times: with the square of the rate.":
                        "4.68 and 0.0468. That is why a small step can be trusted.",
                    "The difference is the same in both.":
                        "Subtract: $18-13.32$ and $1.8-1.7532$.",
                },
                answer="B",
                label="The difference",
            ),
        ],
        hints=[
            "Promised: slope times way. The way is downhill, eta times the length of the gradient.",
            r"Promised drop: $\eta\,\lVert\nabla C\rVert^2$ with $\lVert\nabla C\rVert^2=180$.",
            r"For 0.01 the new point is $(2.94,-1.88)$, its cost $8.6436+10.6032$.",
        ],
        solution=r"""Promised: $0.1\cdot180=18$ and $0.01\cdot180=1.8$. Delivered:
$21-7.68=13.32$ and $21-19.2468=1.7532$. The differences, $4.68$ and $0.0468$, are the second-order
part: the slope does not stay what it was on the way. It goes with $\eta^2$.""",
    ),
    Question(
        id="4.2-3",
        title="Can the lecture's numbers be true?",
        stem=r"""The lecture prints the cost $0.44735371$, makes one step with $\eta=0.01$, and
prints $0.44202336$. The squares of the nine printed slopes add up to $0.535215$. Which drop does
that promise, which one was printed, and what is printed divided by promised?""",
        parts=[
            Number(
                0.00535215,
                {0.535215: "Times the rate.", 0.0073158: "That is with the length. The squares are "
                    "added already, no root is needed.",
                 0.00533035: "That is the printed drop."},
                label="Promised drop",
            ),
            Number(
                0.00533035,
                {-0.00533035: "The cost fell: old minus new is positive.",
                 0.00535215: "That is the promised one."},
                label="Printed drop",
                tol=1e-6,
            ),
            Number(
                0.00533035 / 0.00535215,
                {0.00535215 / 0.00533035: "Turned round: printed divided by promised."},
                label="Ratio",
                tol=0.001,
            ),
            Choice(
                {
                    "No: the two drops are different, so one of the numbers is wrong.":
                        "They must be different: the slopes change on the way.",
                    "Yes: a small step falls a little short of its promise, and so does this one.":
                        "It is 0.4 per cent short: on the way down it gets a little flatter.",
                    "One cannot tell without the data of the lecture.":
                        "A cost, a gradient, a rate and the next cost are enough for this check.",
                },
                answer="B",
                label="Could one landscape give both?",
            ),
        ],
        hints=[
            "Everything needed is in the stem; no network has to be run.",
            r"Promised: $\eta\,\lVert\nabla C\rVert^2$. Printed: the first cost minus the second.",
            r"$0.01\cdot0.535215=\dots$",
        ],
        solution=r"""Promised $0.01\cdot0.535215=0.0053521$, printed
$0.44735371-0.44202336=0.0053304$, ratio $0.996$. They fit: the slopes and the costs come from one
and the same function. (Not from the three students beside them, see the end of chapter 3.)""",
    ),
    Question(
        id="4.2-4",
        title="A negative slope",
        stem=r"The derivative of the cost by $w_1$ is negative. Which way does an update with a "
             r"small rate move $w_1$, and what becomes of the cost?",
        parts=[
            Choice(
                {
                    "Down, and the cost falls.":
                        "Minus a positive rate times a negative slope is positive.",
                    "Up, and the cost rises.":
                        "Up, yes. But with a negative slope a larger $w_1$ has a smaller cost.",
                    "Up, and the cost falls.":
                        "Minus times minus. The cost falls for either sign, if the step is small.",
                    "It stays, because a negative slope means that it is past the minimum.":
                        "The slope is 0 at a minimum only. Anywhere else there is a way down.",
                },
                answer="C",
            )
        ],
        hints=[
            "Put a number in: slope $-2$, rate $0.1$.",
            r"$w_1'=w_1-\eta\,\frac{\partial C}{\partial w_1}$",
            r"$w_1-0.1\cdot(-2)=w_1+\dots$",
        ],
        solution=r"""Up: $-\eta$ times a negative slope is positive. And a negative slope says that
a larger $w_1$ has a smaller cost, so the cost falls (as long as the step is small enough).""",
    ),
    Question(
        id="4.2-5",
        title="Predict the rate",
        stem=r"""$C=2w^2$. From which rate on does descent zig-zag, from which on does it explode?
And from $w=5$ with $\eta=0.4$: where is $w$ after one step, and after two?""",
        parts=[
            Number(
                0.25,
                {1: "That is for $k=1$. Here $2w^2=\\frac12kw^2$ with another $k$.",
                 0.5: "That is where it explodes, or you took $k=2$: $2w^2=\\frac12kw^2$.",
                 4: "That is $k$. The rate is $1/k$."},
                label="Zig-zags from",
            ),
            Number(
                0.5,
                {2: "That is for $k=1$. Here $2w^2=\\frac12kw^2$ with another $k$.",
                 1: "You took $k=2$. But $2w^2=\\frac12kw^2$.",
                 0.25: "That is where it begins to zig-zag. It explodes from $2/k$ on.",
                 8: "Divide by $k$ instead of multiplying."},
                label="Explodes from",
            ),
            Number(
                -3,
                {3: "The factor is $1-0.4\\cdot4=-0.6$: it jumps over the minimum.",
                 8: "That is the step. Take it away from 5.",
                 1: "You took the slope $2w$. The slope of $2w^2$ is $4w$.",
                 13: "Plus instead of minus."},
                label="After one step",
            ),
            Number(
                1.8,
                {-1.8: "Minus 0.6 times minus 3 is positive.",
                 -11: "Begin the second step at the new $w$: its slope is $-12$."},
                label="After two steps",
            ),
        ],
        hints=[
            r"Which $k$ makes $\frac12kw^2$ the same as $2w^2$?",
            r"$k=4$. Thresholds $1/k$ and $2/k$; each step multiplies $w$ by $1-\eta k$.",
            r"$1-0.4\cdot4=-0.6$, and $5\cdot(-0.6)=\dots$",
        ],
        solution=r"""$k=4$, so zig-zag from $\frac14=0.25$ and explosion from $\frac24=0.5$. Each
step multiplies $w$ by $1-0.4\cdot4=-0.6$: from 5 to $-3$ to $1.8$. It zig-zags, and it arrives.""",
    ),
    Code(
        id="4.2-6",
        title="Write the update",
        stem=r"""Write `descend(gradient, p, eta, steps)`: make `steps` steps of gradient descent,
beginning at the array `p`, and return the point where you arrive. `gradient` is a function:
`gradient(p)` is the array of slopes at `p`. Leave the array that was given as it is: no `-=`.""",
        answer=descend,
        inputs=_bowls,
        wrong={
            _uphill: "Uphill: the update takes the gradient away, $p-\\eta\\,\\nabla C$.",
            _without_rate: "The rate is missing: multiply the gradient by `eta`.",
            _first_gradient: "You use the gradient of the start in every step. Compute it afresh "
                "where you are.",
            _returns_early: "You return after the first step: `return` stands inside the loop.",
            _always_from_the_start: "Every step begins at the start again. Begin where the last "
                "one ended.",
            _one_more: "One step too many.",
            _one_less: "One step is missing.",
            _direction_only: "You divide the gradient by its length. Steps must get shorter where "
                "it is flat.",
            _signs_only: "You use the signs only. A steep slope must make a long step.",
            _one_after_another: "You change one entry and compute the slope of the next from the "
                "changed point. All slopes belong to the same point.",
            _whole_path: "You return the whole path. Only the last point is asked.",
            _only_the_move: "That is the first move, not the point where you arrive.",
        },
        also=[_recursive, _by_entries],
        hints=[
            "One line in a loop.",
            r"$p'=p-\eta\,\nabla C(p)$, as often as `steps` says, each time from the new $p$.",
            "`for _ in range(steps):`",
        ],
        solution="The gradient must stand inside the loop: it is another one at every point.",
    ),
    Question(
        id="4.2-7",
        title="Two curvatures, one rate",
        stem=r"""$C=\frac12w_1^2+\frac12\cdot10\,w_2^2$ and one rate $\eta$ for both. Above which
rate does descent explode? At that moment, which of the two is to blame? With which rate do both
entries shrink equally fast?""",
        parts=[
            Number(
                0.2,
                {2: "That is the limit of $w_1$ alone. Both must stay.",
                 0.1: "That is $1/10$: there $w_2$ arrives in one step.",
                 2 / 11: "That is the best rate, the third answer.",
                 20: "Divide 2 by $k$ instead of multiplying."},
                label="Explodes above",
            ),
            Choice(
                {
                    "$w_1$: it is flat, so its steps are too long.":
                        "Flat means short steps. Its own limit is 2.",
                    "$w_2$: it is the steep one.": "Its factor is $1-10\\eta$, and $-1$ at 0.2.",
                    "Both at the same time.": "$1-\\eta$ is still $0.8$ there.",
                },
                answer="B",
                label="To blame",
            ),
            Number(
                2 / 11,
                {0.2: "There $w_2$ does not shrink at all.",
                 0.1: "There $w_2$ is done at once and $w_1$ shrinks by 0.9 only.",
                 1 / 11: "Nearly: $1-\\eta=-(1-10\\eta)$.",
                 1: "There $w_1$ is done at once and $w_2$ explodes."},
                label="Best rate",
            ),
        ],
        hints=[
            "Each entry has its own factor, and its own limit.",
            r"Factors $1-\eta$ and $1-10\eta$; the limit is $2/k$ for each.",
            r"Equally fast, with opposite signs: $1-\eta=-(1-10\eta)$.",
        ],
        solution=r"""Limits: 2 for $w_1$ and $\frac2{10}=0.2$ for $w_2$. The steep one decides.

Best: $1-\eta=10\eta-1$, so $\eta=\frac2{11}=0.1818$. Then both factors have the size
$\frac9{11}=0.818$.""",
    ),
]


def sgd(w, b, X, Y, eta, m, epochs, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), m):
            batch = order[first : first + m]
            gaps = w * X[batch] + b - Y[batch]
            gw, gb = np.mean(gaps * X[batch]), np.mean(gaps)
            w, b = w - eta * gw, b - eta * gb
    return w, b


def _descent(orders, gradient=None, together=True):
    """A variant of `sgd`: orders(rng, N, m, epochs) yields batches, gradient(gaps, x, N, m)."""
    mean = gradient or (lambda gaps, x, N, m: (np.mean(gaps * x), np.mean(gaps)))

    def variant(w, b, X, Y, eta, m, epochs, seed):
        for batch in orders(np.random.default_rng(seed), len(X), m, epochs):
            gw, gb = mean(w * X[batch] + b - Y[batch], X[batch], len(X), m)
            w = w - eta * gw
            if not together:
                gb = np.mean(w * X[batch] + b - Y[batch])
            b = b - eta * gb
        return w, b

    return variant


def _cut(order, m):
    return [order[first : first + m] for first in range(0, len(order), m)]


def _fresh(rng, N, m, epochs):
    for _ in range(epochs):
        yield from _cut(rng.permutation(N), m)


def _fixed(rng, N, m, epochs):
    for _ in range(epochs):
        yield from _cut(np.arange(N), m)


def _same(rng, N, m, epochs):
    order = rng.permutation(N)
    for _ in range(epochs):
        yield from _cut(order, m)


def _on_and_on(rng, N, m, epochs):
    order = np.arange(N)
    for _ in range(epochs):
        rng.shuffle(order)
        yield from _cut(order.copy(), m)


def _full_only(rng, N, m, epochs):
    for batch in _fresh(rng, N, m, epochs):
        if len(batch) == m:
            yield batch


def _drawn(rng, N, m, epochs):
    for _ in range(epochs * -(-N // m)):
        yield rng.integers(0, N, m)


def _chosen(rng, N, m, epochs):
    for _ in range(epochs * -(-N // m)):
        yield rng.choice(N, m, replace=False)


def _first_batch_only(rng, N, m, epochs):
    for _ in range(epochs):
        yield rng.permutation(N)[:m]


def _everything(rng, N, m, epochs):
    for _ in range(epochs):
        yield rng.permutation(N)


def _torn_apart(w, b, X, Y, eta, m, epochs, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        X, Y = X[rng.permutation(len(X))], Y[rng.permutation(len(Y))]
        w, b = _descent(_fixed)(w, b, X, Y, eta, m, 1, 0)
    return w, b


def _points(rng):
    """Points near a line; the last batch is always smaller than the others."""
    cases = []
    for N, m, epochs in ((7, 3, 2), (10, 4, 3), (5, 2, 4)):
        X = rng.uniform(-2, 2, N).round(2)
        Y = (rng.normal() * X + rng.normal() + 0.5 * rng.normal(size=N)).round(2)
        w, b = (rng.choice([-1, 1], 2) * rng.uniform(1, 3, 2)).round(2).tolist()
        cases.append((w, b, X, Y, 0.1, m, epochs, int(rng.integers(1000))))
    return cases


BATCHES = [
    Question(
        id="4.3-1",
        title="Updates in an epoch",
        stem="A hundred inputs. How many updates does one epoch make with the full batch, with "
             "single examples, with batches of 10?",
        parts=[
            Number(
                1,
                {100: "A hundred gradients, but one mean of them and one update.",
                 10: "That is with batches of 10."},
                label="Full batch",
            ),
            Number(
                100,
                {1: "One example for each update, so as many updates as examples.",
                 10: "That is with batches of 10."},
                label="Single",
            ),
            Number(
                10,
                {100: "That is with single examples.",
                 1000: "Divide by 10 instead of multiplying."},
                label="Batches of 10",
            ),
        ],
        hints=[
            "In an epoch every example is used once.",
            "Updates in an epoch: number of examples divided by the size of a batch.",
            r"$100/100$, $100/1$, $100/10$",
        ],
        solution="1, 100 and 10. All three compute a hundred example gradients in an epoch.",
    ),
    Question(
        id="4.3-2",
        title="Four examples",
        stem=r"""Four examples have the slopes 1, 3, $-1$, 5. What is the slope of the cost, the
mean over all four? What does the batch of the first two say? And how far does a single draw spread
around the mean (standard deviation, divided by 4)?""",
        parts=[
            Number(
                2,
                {8: "That is the sum. The cost is the mean loss.",
                 2.5: "Mind the sign of the third."},
                label="Full gradient",
            ),
            Number(
                2,
                {4: "That is the sum. A batch gives the mean.",
                 1: "That is half of the right mean: divide by 2 only.",
                 3: "That is the second one alone."},
                label="Batch of two",
            ),
            Number(
                5**0.5,
                {5: "That is the variance, the mean of the squares. Take the root.",
                 (20 / 3) ** 0.5: "Divided by 3. Divide by 4: these four are all there are.",
                 2: "That is the mean distance. Square the distances first.",
                 20**0.5: "Divide the sum of the squares by 4 before you take the root."},
                label="Spread",
            ),
        ],
        hints=[
            "Mean first; then the distances from it.",
            r"Distances from 2: $-1,1,-3,3$. Spread: root of the mean of their squares.",
            r"$\sqrt{\frac{1+1+9+9}{4}}=\dots$",
        ],
        solution=r"""Mean of all: $\frac{8}{4}=2$. Batch: $\frac{1+3}{2}=2$, the same by luck:
the batch of 1 and $-1$ says 0 and is off by 2. The distances from 2 are $-1,1,-3,3$, so the spread
is $\sqrt{20/4}=\sqrt5=2.236$: as large as the slope itself. A single draw is right on average, and
far off each time.""",
    ),
    Question(
        id="4.3-3",
        title="MNIST in batches",
        stem="60,000 images, batches of 10. How many updates in an epoch?",
        parts=[
            Number(
                6000,
                {600000: "Divide by 10 instead of multiplying.",
                 60000: "That is with single examples.",
                 10: "That is the size of a batch.",
                 1: "That is with the full batch."},
            )
        ],
        hints=[
            "Every image is used once.",
            "Images divided by the size of a batch.",
            r"$\frac{60000}{10}=\dots$",
        ],
        solution=r"$\frac{60000}{10}=6000$ updates, where the full batch makes one.",
    ),
    Question(
        id="4.3-4",
        title="In the order of the file",
        stem=r"""A listing goes through the rows from the first to the last, makes an update after
each, and begins again at the first. Is that stochastic gradient descent?""",
        parts=[
            Choice(
                {
                    "Yes: one example at a time is what stochastic means.":
                        "Stochastic means random. One at a time is the other half.",
                    "Yes, if it runs for enough epochs.":
                        "The order is the same in every epoch, however many there are.",
                    "No: stochastic means that the whole batch is drawn at random.":
                        "With the whole batch there is nothing to draw.",
                    "One example at a time, yes; but nothing is random. Shuffle before each epoch.":
                        "A fixed order can pull the same way every time, as sorted points show.",
                },
                answer="D",
            )
        ],
        hints=[
            "What does the word stochastic mean?",
            "Where in that listing is something drawn at random?",
            "The remedy is one line at the beginning of each epoch.",
        ],
        solution=r"""It goes one example at a time, but not at random. If the file is sorted, its
order pulls the weights the same way in every epoch. Shuffle before each epoch. (The booklet says
"choose a sample at random", and its listing goes in order. With its four people it hardly
matters.)""",
    ),
    Code(
        id="4.3-5",
        title="Stochastic gradient descent",
        stem=r"""Write `sgd(w, b, X, Y, eta, m, epochs, seed)` for one linear neuron $a=wx+b$ with
loss $\frac12(a-y)^2$; `X` and `Y` have shape $(N,)$. First make
`rng = np.random.default_rng(seed)`, once. Each epoch: draw one order with
`rng.permutation(len(X))`, cut it into batches of `m` (the last may be smaller), one update for each
batch, with the mean gradient of the batch. Return `w, b`.""",
        answer=sgd,
        inputs=_points,
        wrong={
            _descent(_fixed): "No shuffling: the rows come in the order of the table. Cut "
                "`rng.permutation(len(X))` into batches.",
            _descent(_same): "The order is the same in every epoch. Draw a new permutation inside "
                "the loop over the epochs.",
            _descent(_full_only): "The last batch is missing: it has fewer than `m` rows, and it "
                "counts.",
            _descent(_fresh, lambda gaps, x, N, m: (np.sum(gaps * x), np.sum(gaps))):
                "You take the sum over the batch. Take the mean, or the steps grow with `m`.",
            _descent(_fresh, lambda gaps, x, N, m: (np.sum(gaps * x) / m, np.sum(gaps) / m)):
                "You divide the last batch by `m`, but it has fewer rows. Divide by its own size.",
            _descent(_fresh, lambda gaps, x, N, m: (np.sum(gaps * x) / N, np.sum(gaps) / N)):
                "You divide by all $N$ rows. Divide by those of the batch.",
            _descent(_fresh, lambda gaps, x, N, m: (-np.mean(gaps * x), -np.mean(gaps))):
                "Uphill: a sign. The gap is output minus target, and the update takes away.",
            _descent(_fresh, lambda gaps, x, N, m: (2 * np.mean(gaps * x), 2 * np.mean(gaps))):
                "Twice the gradient: the half in the loss cancels the 2 of the square.",
            _descent(_fresh, lambda gaps, x, N, m: (np.mean(gaps * x), 0)):
                "The bias never moves. Its slope is the mean gap.",
            _descent(_fresh, lambda gaps, x, N, m: (np.mean(gaps), np.mean(gaps))):
                "The slope by $w$ is the mean of gap times $x$: you left out $x$.",
            _descent(_fresh, lambda gaps, x, N, m: (np.mean(gaps) * np.mean(x), np.mean(gaps))):
                "First multiply gap and $x$ for each row, then take the mean.",
            _descent(_fresh, together=False):
                "You change $w$ and compute the slope by $b$ with the new $w$. Both slopes belong "
                "to the same point.",
            _descent(_drawn): "You draw rows with repetition: some come twice, others never. "
                "Shuffle all rows and cut.",
            _descent(_chosen): "You draw every batch from all rows anew, so an epoch repeats some "
                "and leaves out others. Shuffle once an epoch and cut.",
            _descent(_first_batch_only): "Only the first batch of each epoch is used. Go through "
                "the whole order.",
            _descent(_everything): "One update an epoch, with all rows: that is the full batch. "
                "Cut the order into batches of `m`.",
            _descent(_on_and_on): "That is stochastic gradient descent, but with another order "
                "than asked: a fresh `rng.permutation(len(X))` each epoch.",
            _torn_apart: "You shuffle `X` and `Y` separately, so inputs meet the targets of "
                "others. One order for both.",
        },
        also=[_descent(_fresh)],
        hints=[
            "Two loops: over the epochs, and inside over the batches of one order.",
            r"With the gaps $a-y$ of a batch: slope by $w$ is the mean of gap times $x$, by $b$ "
            r"the mean gap.",
            "`order = rng.permutation(len(X))`, then `batch = order[first : first + m]` for "
            "`first in range(0, len(X), m)`",
        ],
        solution=r"""A slice that reaches over the end is simply shorter, so the last batch needs no
special case, and `np.mean` divides by its own size. The generator is made once, before the
epochs: made inside, it would give the same order every time.""",
    ),
    Question(
        id="4.3-6",
        title="Sum and mean",
        stem=r"""Somebody adds up the gradients of a batch of 8 instead of averaging them, and uses
$\eta=0.1$. Which rate gives the same steps with the mean? And which rate must the sum have, to make
the steps that the mean makes with 0.1?""",
        parts=[
            Number(
                0.8,
                {0.0125: "Turned round: the sum is larger, so the mean needs the larger rate.",
                 0.1: "The sum is 8 times the mean, so the steps are not the same.",
                 8: "Times the rate."},
                label="Rate for the mean",
            ),
            Number(
                0.0125,
                {0.8: "Turned round: the sum is larger, so it needs the smaller rate.",
                 0.1: "The sum is 8 times the mean, so the steps are not the same."},
                label="Rate for the sum",
            ),
        ],
        hints=[
            "Rate times gradient must be the same.",
            r"The sum is $m=8$ times the mean.",
            r"$0.1\cdot8=\eta\cdot1$ and $\eta\cdot8=0.1\cdot1$",
        ],
        solution=r"""The sum is 8 times the mean: $0.1\cdot8=0.8$ with the mean does the same. And
the sum needs $0.1/8=0.0125$. With the sum, a rate that is fine for small batches explodes for large
ones.""",
    ),
    Question(
        id="4.3-7",
        title="The price of calm",
        stem=r"""You have large data and want a gradient with a tenth of the noise of a single
example. How large must the batch be? How many times the work is that for each update? And why is a
single example, with all its noise, enough to begin with?""",
        parts=[
            Number(
                100,
                {10: "The noise falls with the root of the size: ten give a third.",
                 1000: "Too much: $\\sqrt{1000}$ is about 32.",
                 20: "The root of it must be 10."},
                label="Batch",
            ),
            Number(
                100,
                {10: "That is what you gain. Count the example gradients you pay.",
                 1: "Each example in the batch costs one example gradient."},
                label="Times the work",
            ),
            Choice(
                {
                    "Because the errors of a single example are small.":
                        "They are not: in the four slopes above they are as large as the slope.",
                    "Because far from the minimum nearly all examples point the same way, and a "
                    "random one is right on average.":
                        "And near the minimum they do not, which is why single never settles.",
                    "Because after an epoch every example has been used.":
                        "True, but it does not say why one step should go the right way.",
                    "Because the noise leads out of local minima.":
                        "It may shake you out of one. But steps that are wrong on average would "
                        "lead nowhere.",
                },
                answer="B",
                label="Why enough",
            ),
        ],
        hints=[
            "Think of asking one, four, a hundred people.",
            r"Spread of a mean of $m$: the spread of one, divided by $\sqrt m$.",
            r"$\frac1{\sqrt m}=\frac1{10}$",
        ],
        solution=r"""$\sqrt m=10$, so $m=100$: a hundred times the work for a tenth of the noise.
Far from the minimum nearly all examples pull the same way, so one of them is a good guide, and a
hundred updates take you further than one.""",
    ),
]


def central(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


def _in_two_halves(f, x, h):
    return ((f(x + h) - f(x)) / h + (f(x) - f(x - h)) / h) / 2


def _backward(f, x, h):
    return (f(x) - f(x - h)) / h


def _forward(f, x, h):
    return (f(x + h) - f(x)) / h


def _over_h(f, x, h):
    return (f(x + h) - f(x - h)) / h


def _half_way(f, x, h):
    return (f(x + h / 2) - f(x - h / 2)) / h


def _half_way_over_2h(f, x, h):
    return (f(x + h / 2) - f(x - h / 2)) / (2 * h)


def _double_way(f, x, h):
    return (f(x + 2 * h) - f(x - 2 * h)) / (2 * h)


def _times_h(f, x, h):
    return (f(x + h) - f(x - h)) / 2 * h


def _brackets(f, x, h):
    return f(x + h) - f(x - h) / (2 * h)


def _no_division(f, x, h):
    return f(x + h) - f(x - h)


def _turned(f, x, h):
    return (f(x - h) - f(x + h)) / (2 * h)


def _added(f, x, h):
    return (f(x + h) + f(x - h)) / (2 * h)


def _functions(rng):
    names = np.sin, np.exp, np.arctan, np.cosh
    return [(f, round(rng.uniform(0.3, 1.2), 3), round(rng.uniform(0.05, 0.3), 3)) for f in names]


def best_h(f, slope, x, hs):
    errors = [abs((f(x + h) - f(x - h)) / (2 * h) - slope) for h in hs]
    return hs[np.argmin(errors)]


def _best_by_array(f, slope, x, hs):
    return hs[np.abs((f(x + hs) - f(x - hs)) / (2 * hs) - slope).argmin()]


def _best_by_loop(f, slope, x, hs):
    best, least = None, np.inf
    for h in hs:
        error = abs(central(f, x, h) - slope)
        if error < least:
            best, least = h, error
    return best


def _best_index(f, slope, x, hs):
    return np.argmin([abs(central(f, x, h) - slope) for h in hs])


def _least_error(f, slope, x, hs):
    return min(abs(central(f, x, h) - slope) for h in hs)


def _smallest(f, slope, x, hs):
    return min(hs)


def _best_forward(f, slope, x, hs):
    return hs[np.argmin([abs(_forward(f, x, h) - slope) for h in hs])]


def _worst(f, slope, x, hs):
    return hs[np.argmax([abs(central(f, x, h) - slope) for h in hs])]


def _signed(f, slope, x, hs):
    return hs[np.argmin([central(f, x, h) - slope for h in hs])]


def _best_slope(f, slope, x, hs):
    return central(f, x, best_h(f, slope, x, hs))


def _all_errors(f, slope, x, hs):
    return np.array([abs(central(f, x, h) - slope) for h in hs])


def _steps_to_try(rng):
    """Functions with their slopes, and steps in any order; the best is clear of the rest."""
    cases = []
    for f, df in ((np.sin, np.cos), (np.exp, np.exp), (np.sinh, np.cosh), (np.cosh, np.sinh)):
        hs = rng.permutation([1e-1, 1e-3, 1e-5, 1e-8, 1e-11, 1e-14]) * round(rng.uniform(1, 3), 2)
        x = round(rng.uniform(0.4, 1.2), 3)
        cases.append((f, float(df(x)), x, hs))
    return cases


NUMERICAL = [
    Question(
        id="4.4-1",
        title="A central difference",
        stem=r"""The sigmoid at 0 has the slope $0.25$. What does the central difference say with
$h=0.01$? You need $\sigma(0.01)=0.502499979$; the other value follows from
$\sigma(-z)=1-\sigma(z)$. (Seven decimals.)""",
        parts=[
            Number(
                float(central(lambda z: 1 / (1 + np.exp(-z)), 0, 0.01)),
                {0.25: "That is the exact slope, or you rounded. Seven decimals show a difference.",
                 0.4999958: "The points are $2h$ apart: divide by $0.02$.",
                 0.00499996: "Divide the difference by $2h=0.02$.",
                 24.99979: "A hundred times too large: divide by $0.02$."},
                tol=1e-7,
            )
        ],
        hints=[
            "Step to both sides, subtract, divide by the distance.",
            r"$\frac{\sigma(0.01)-\sigma(-0.01)}{0.02}$",
            r"$\sigma(-0.01)=0.497500021$, so the difference is $0.004999958$.",
        ],
        solution=r"""$\frac{0.502499979-0.497500021}{0.02}$ $=\frac{0.004999958}{0.02}$
$=0.2499979$. It is $2\cdot10^{-6}$ short of the slope: $\frac{h^2}6\sigma'''(0)$ with
$\sigma'''(0)=-\frac18$.""",
    ),
    Question(
        id="4.4-2",
        title="As small as possible?",
        stem=r"""The slope of the sigmoid at 0 again, one-sided, with $h=10^{-15}$. The numbers that
a computer has just above $0.5$ lie $1.11\cdot10^{-16}$ apart. What does the computer get for
$\frac{\sigma(h)-\sigma(0)}{h}$? (Three decimals.) Why? And which step is good for a central
difference?""",
        parts=[
            Number(
                (0.5 + 2.22e-16 - 0.5) / 1e-15,
                {0.25: "That is the true slope. But $0.5+2.5\\cdot10^{-16}$ is not among the "
                    "computer's numbers.",
                 0.111: "That is one gap of $1.11\\cdot10^{-16}$. Two fit into "
                    "$2.5\\cdot10^{-16}$.",
                 0.333: "Three gaps are $3.33\\cdot10^{-16}$; two are nearer to "
                    "$2.5\\cdot10^{-16}$.",
                 0: "That would be for $h=10^{-17}$, where $\\sigma(h)$ is 0.5 to the computer."},
                label="The computer gets",
                tol=0.0012,
            ),
            Choice(
                {
                    "The sigmoid is too flat there.": "At 0 it is as steep as it ever is.",
                    "The two values differ in their last digits only, and those are rounded.":
                        "Then the rounding is divided by $10^{-15}$ and becomes large.",
                    "One-sided differences are always a tenth off.":
                        "With $h=10^{-8}$ it is right to eight digits.",
                },
                answer="B",
                label="Why",
            ),
            Choice(
                {
                    "About $10^{-1}$": "There the curve bends on the way: an error of "
                        "$2\\cdot10^{-4}$.",
                    "About $10^{-15}$": "That is the mistake of this exercise.",
                    "About $10^{-6}$": "Any step from about $10^{-4}$ to $10^{-7}$ will do.",
                    "As small as the computer can": "Smaller is better only until rounding takes "
                        "over.",
                },
                answer="C",
                label="A good step",
            ),
        ],
        hints=[
            "How much larger than 0.5 should $\\sigma(h)$ be?",
            r"By $0.25\cdot10^{-15}=2.5\cdot10^{-16}$. Which multiple of $1.11\cdot10^{-16}$ is "
            r"nearest?",
            r"Two gaps: $\frac{2.22\cdot10^{-16}}{10^{-15}}=\dots$",
        ],
        solution=r"""$\sigma(h)$ should be $0.5+2.5\cdot10^{-16}$. The nearest number that the
computer has is two gaps above 0.5, and $\frac{2.22\cdot10^{-16}}{10^{-15}}=0.222$: 11 per cent
off. A good central step is about $10^{-6}$.""",
    ),
    Question(
        id="4.4-3",
        title="The bill",
        stem=r"""The network 784-16-16-10 has 13,002 parameters. How many times must the cost be
computed for all its slopes, once: with one-sided differences, and with central ones?""",
        parts=[
            Number(
                13003,
                {13002: "One for each parameter, and one more: the cost where you stand.",
                 26004: "That is with central differences.",
                 12961: "Biases have slopes, too."},
                label="One-sided",
            ),
            Number(
                26004,
                {26005: "A central difference does not need the cost in the middle.",
                 13002: "Two for each parameter: one above, one below.",
                 26006: "Two for each parameter, and nothing else."},
                label="Central",
            ),
        ],
        hints=[
            "Which values does one quotient need, and which of them serve all quotients?",
            r"One-sided: $f(p)$ is the same for all. Central: two new values for each parameter.",
            r"$13002+1$ and $2\cdot13002$",
        ],
        solution=r"""One-sided: $13002+1=13003$, since the cost where you stand serves all of them.
Central: $2\cdot13002=26004$. For a single update.""",
    ),
    Code(
        id="4.4-4",
        title="Write the judge",
        stem=r"""Write `central(f, x, h)`: the central difference quotient of the function `f` at
`x`, with a step of `h` to either side.""",
        answer=central,
        inputs=_functions,
        wrong={
            _forward: "That is one-sided, forward. Step to both sides.",
            _backward: "That is one-sided, backward. Step to both sides.",
            _over_h: "Twice too large: the two points are $2h$ apart.",
            _half_way: "That is a central difference with half the step: here the points are $x-h$ "
                "and $x+h$.",
            _half_way_over_2h: "Half the slope: you step $h/2$ to each side and divide by $2h$.",
            _double_way: "Twice the slope: you step $2h$ to each side and divide by $2h$.",
            _times_h: "`/ 2 * h` divides by 2 and then multiplies by $h$. Write `/ (2 * h)`.",
            _brackets: "Brackets: subtract first, then divide the difference.",
            _no_division: "That is the difference. Divide it by the distance $2h$.",
            _turned: "The sign is turned round: value above minus value below.",
            _added: "Subtract the two values instead of adding them.",
        },
        also=[_in_two_halves],
        hints=[
            "Two values of `f`, their difference, and the distance between the points.",
            r"$\frac{f(x+h)-f(x-h)}{2h}$",
            "`2 * h` needs brackets after the `/`.",
        ],
        solution="Three pairs of brackets, and each is needed.",
    ),
    Code(
        id="4.4-5",
        title="Let the error choose the step",
        stem=r"""Write `best_h(f, slope, x, hs)`: `hs` is an array of steps, in any order, and
`slope` the true slope of `f` at `x`. Return the step whose central difference has the smallest
error.""",
        answer=best_h,
        inputs=_steps_to_try,
        wrong={
            _best_index: "That is the place in the list. Return the step that stands there: "
                "`hs[...]`.",
            _least_error: "That is the smallest error. Return the step that has it.",
            _smallest: "That is the smallest step. It has a large error: rounding.",
            _best_forward: "You measure the error of the one-sided quotient. Step to both sides.",
            _worst: "That is the step with the largest error.",
            _signed: "An error can be negative: compare its size, `abs(...)`.",
            _best_slope: "That is the best quotient. Return its step.",
            _all_errors: "These are the errors, one for each step. Return the step that has the "
                "smallest.",
        },
        also=[_best_by_array, _best_by_loop],
        tol=1e-15,
        hints=[
            "First one error for each step, then the place of the smallest.",
            r"Error: size of the central difference minus `slope`.",
            "`np.argmin(errors)` is the place; `hs[place]` the step.",
        ],
        solution="Neither the largest nor the smallest step wins: the curve of the error has a "
                 "valley.",
    ),
    Question(
        id="4.4-6",
        title="A check that passes",
        stem=r"""Somebody sets all weights and biases of a network to 0, compares the gradient from
the new code with central differences, and finds that they agree to ten digits. What has been
shown?""",
        parts=[
            Choice(
                {
                    "The code is right: ten digits cannot be luck.":
                        "No luck is needed: at 0 a wrong formula can have the right value.",
                    "That it is right at this point. A wrong formula can agree there; try random "
                    "weights, several times.":
                        "And look at every layer: with weights 0 the first ones get slopes of 0.",
                    "Nothing, because numerical gradients are only approximations.":
                        "They are exact to ten digits. It is the point that is too special.",
                },
                answer="B",
            )
        ],
        hints=[
            "What are the activations of all neurons when all weights are 0?",
            r"All $\frac12$. For which wrong slopes of the sigmoid is the value at $a=\frac12$ "
            r"right?",
            r"$\frac a2$, for example, is $\frac14$ there, as $a(1-a)$ is.",
        ],
        solution=r"""Only that the formula is right at that point. With all weights 0 every sigmoid
gives $\frac12$, and a wrong slope such as $\frac a2$ has the right value there; and the layers
below get slopes of exactly 0, right or wrong. Check at random points, with all layers involved, and
more than once.""",
    ),
]

EXERCISES = [*SLOPES, *RATE, *BATCHES, *NUMERICAL]
