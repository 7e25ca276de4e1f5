"""The concept inventory: its form, every number in it computed again, and the page beside it.

What a right or wrong option says is compared with what nnlib computes for it, so an item cannot be
changed without its numbers.
"""

import csv
import re
from math import comb
from pathlib import Path

import numpy as np
import pytest
import yaml

import nnlib

ROOT = Path(__file__).parents[2]
ITEMS = yaml.safe_load((ROOT / "teach/votes/inventory.yml").read_text("utf8"))
PAGE = (ROOT / "book/teaching/inventory.md").read_text("utf8")
SECTIONS = [row["section"] for row in csv.DictReader(
    (ROOT / "tests/notebooks/sections.csv").read_text("utf8").splitlines())]
LETTERS = "ABCD"
BY_ID = {item["id"]: item for item in ITEMS}

# words of the book for which the sheet has a plain one, so that it can be given before the course
OF_THE_BOOK = r"hidden|activation|gradient|saturat|vanish|over-?fit|under-?fit|softmax|ReLU|sigmoid"


def texts(id):
    """The four options of an item."""
    return [option["text"] for option in BY_ID[id]["options"]]


def right(id):
    """The text of the right option."""
    return next(option["text"] for option in BY_ID[id]["options"] if option.get("right"))


def wrong(id):
    """The texts of the wrong options."""
    return [option["text"] for option in BY_ID[id]["options"] if not option.get("right")]


def letter(item):
    return next(a for a, option in zip(LETTERS, item["options"]) if option.get("right"))


def reveals(id, text):
    return next(o["reveals"] for o in BY_ID[id]["options"] if o["text"] == text)


def asks(id, *pieces):
    """Whether the stem states all these: what the test computes with is what is asked."""
    return all(piece in BY_ID[id]["ask"] for piece in pieces)


# -- form ------------------------------------------------------------------------------------------


def test_there_are_24_items_in_the_order_of_the_book():
    assert [item["id"] for item in ITEMS] == [f"c-{n:02}" for n in range(1, 25)]
    places = [SECTIONS.index(item["section"]) for item in ITEMS]
    assert places == sorted(places)


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_an_item_is_well_formed(item):
    assert set(item) == {"id", "section", "ask", "options"}
    options = item["options"]
    assert len(options) == 4 == len({o["text"] for o in options})
    assert [o["right"] for o in options if "right" in o] == [True]
    assert all(len(o["reveals"]) > 40 for o in options)
    said = " ".join([item["ask"], *texts(item["id"])])
    assert not re.search(OF_THE_BOOK, said, re.I)
    assert not re.search(r"\b(all|none) of (the above|these)\b", said, re.I)


@pytest.mark.parametrize("item", ITEMS, ids=BY_ID)
def test_options_are_of_like_length(item):
    lengths = [len(text) for text in texts(item["id"])]
    assert max(lengths) <= max(1.25 * min(lengths), min(lengths) + 5)


def test_length_does_not_betray_the_answer():
    for extreme in max, min:
        alone = [item["id"] for item in ITEMS
                 if [o for o in texts(item["id"]) if len(o) == extreme(map(len, texts(item["id"])))]
                 == [right(item["id"])]]
        assert len(alone) <= 6, (extreme.__name__, alone)


def test_letters_are_balanced():
    letters = "".join(map(letter, ITEMS))
    assert {letters.count(a) for a in LETTERS} == {6}
    assert not re.search(r"(.)\1\1", letters)


# -- numbers ---------------------------------------------------------------------------------------


def slope(f, *at):
    """Slopes of f(p) at p, measured."""
    return nnlib.numerical_gradient(lambda p: float(f(*p)), np.array(at, float))


def network(weights, biases=None, activation=nnlib.linear):
    """A network with these weights, and the same activation in all layers."""
    weights = [np.array(W, float) for W in weights]
    sizes = [weights[0].shape[1], *map(len, weights)]
    net = nnlib.Network(sizes, hidden=activation, output=activation)
    net.weights = weights
    if biases:
        net.biases = [np.array(b, float) for b in biases]
    return net


def test_01_a_nudge():
    assert asks("c-01", "$w=2$", "$C=10$", "$-3$", "$w=2.01$")
    def C(w):
        return (w - 3.5) ** 2 + 7.75

    (s,) = slope(C, 2)
    assert C(2) == 10 and s == pytest.approx(-3)
    assert texts("c-01") == [f"${v:.4g}$" for v in (2.01 * s, 10 + s, C(2.01), 10 - 0.01 * s)]


def test_02_a_bias_moves_the_border():
    assert asks("c-02", "weight is 2.", "from $-6$ to $-10$")
    def border(b):
        net = network([[[2]]], [[b]], nnlib.step)
        x = np.arange(-200, 201)[:, None] / 10
        return x[net(x) > 0.5].min() - 0.1

    new, old = border(-10), border(-6)
    assert right("c-02") == f"The yes begins at $x={new:.0f}$ instead of $x={old:.0f}$."
    assert 2 * -4 - 10 == -18 and "$-18$" in reveals("c-02", wrong("c-02")[1])


def test_03_shapes():
    assert asks("c-03", "(5 rows, 3 columns)", "(4 rows, 3 columns)")
    X, W = np.ones((5, 3)), np.ones((4, 3))
    products = {r"$W\,X$": (W, X), r"$X\,W$": (X, W), r"$W\,X^T$": (W, X.T), r"$X\,W^T$": (X, W.T)}
    assert list(products) == texts("c-03")
    fit = {t: (A @ B).shape for t, (A, B) in products.items() if A.shape[1] == B.shape[0]}
    assert fit == {r"$W\,X^T$": (4, 5), right("c-03"): (5, 4)}
    net = network([W])
    assert np.array_equal(net(X), X @ W.T)


def test_04_counting():
    assert asks("c-04", "Three inputs feed four neurons", "two more neurons")
    net = nnlib.Network([3, 4, 2])
    weights, biases = sum(W.size for W in net.weights), sum(b.size for b in net.biases)
    counts = weights + biases + 3, weights + biases, weights, sum(net.sizes)
    assert texts("c-04") == [str(n) for n in counts] and right("c-04") == "26"


def test_05_layers_without_a_bend_merge():
    net = nnlib.Network([3, 5, 4, 2], hidden=nnlib.linear, output=nnlib.linear, rng=0)
    net.biases = [b + 1.0 for b in net.biases]
    one = nnlib.Network([3, 2], output=nnlib.linear)
    W1, W2, W3 = net.weights
    one.weights = [W3 @ W2 @ W1]
    one.biases = [net(np.zeros((1, 3)))[0]]
    x = np.random.default_rng(1).normal(size=(20, 3))
    assert np.allclose(net(x), one(x))


def test_06_one_neuron_does_all_but_xor():
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    tasks = [[0, 0, 0, 1], [1, 0, 0, 0], [0, 1, 1, 1]]
    for (w, b), task in zip([(1, -1.5), (-1, 0.5), (1, -0.5)], tasks):
        assert network([[[w, w]]], [[b]], nnlib.step)(X)[:, 0].tolist() == task
    # the sums at opposite corners are equal, so they cannot lie on two sides of 0
    z = network([[[0.3, -1.7]]], [[0.4]])(X)[:, 0]
    assert z[0] + z[3] == pytest.approx(z[1] + z[2])
    grid = np.linspace(-3, 3, 13)
    yes = [network([[[u, v]]], [[b]], nnlib.step)(X)[:, 0].tolist()
           for u in grid for v in grid for b in grid + 0.01]
    assert [0, 1, 1, 0] not in yes and all(task in yes for task in tasks)
    assert right("c-06") == "Say yes when exactly one is on."


def test_07_against_the_slopes():
    assert asks("c-07", "$0.5$ for $u$ and $-4$ for $v$", "by 0.01")
    move = {"raise": 0.01, "lower": -0.01, "leave": 0}
    moves = [re.fullmatch(r"(\w+) \$u\$ and (\w+) \$v\$\.", t).groups() for t in texts("c-07")]
    changes = [0.5 * move[u.lower()] - 4 * move[v] for u, v in moves]
    assert texts("c-07")[int(np.argmin(changes))] == right("c-07")
    assert min(changes) == pytest.approx(-0.045) and changes[0] == pytest.approx(0.045)
    assert sorted(changes)[1] - min(changes) == pytest.approx(0.005)


def test_08_high_and_flat():
    measured = []
    for z in (10.0, 0.0):
        net = network([[[0]]], [[z]], nnlib.sigmoid)
        cost = nnlib.evaluate(net, np.zeros((1, 1)), np.zeros((1, 1)))[0]
        measured.append((cost, net.backprop([[0]], [[0]])[1][0][0]))
    (high, flat), (low, steep) = measured
    assert (f"{high:.5f}", f"{flat:.5f}", low, steep) == ("0.49995", "0.00005", 0.125, 0.125)
    assert "0.49995 and the slope 0.00005 at $z=10$, but 0.125 and 0.125" in reveals(
        "c-08", right("c-08"))
    assert asks("c-08", f"P has the cost {high:.2f}, Q has the cost {low}")


def test_09_steep_and_near():
    assert asks("c-09", "$-8$ for the weight $u$ and $-0.1$")
    def C(u, v):
        return 4 * (u - 1) ** 2 + 0.005 * (v - 10) ** 2

    assert slope(C, 0, 0) == pytest.approx([-8, -0.1])
    assert slope(C, 1, 10) == pytest.approx([0, 0], abs=1e-6)
    assert "$C=4(u-1)^2+0.005(v-10)^2$" in reveals("c-09", wrong("c-09")[0])
    slopes = [slope(lambda w: (w - 3) ** 2, w)[0] for w in (3, 0)]
    assert slopes == pytest.approx([0, -6], abs=1e-6)
    assert "3 has the slope 0, and the weight 0 has the slope $-6$" in reveals(
        "c-09", wrong("c-09")[1])


def test_10_too_long_a_step():
    assert asks("c-10", "$C=w^2$", "$w=1$", r"$\eta=0.1$", r"$\eta=1.1$")
    def costs(eta, n=40):
        w, path = 1.0, []
        for _ in range(n):
            path.append(w * w)
            w -= eta * 2 * w
        return path

    rising = costs(1.1)
    assert all(a < b for a, b in zip(rising, rising[1:]))
    said = reveals("c-10", right("c-10"))
    assert f"{rising[0]:.0f}, {rising[1]:.2f}, {rising[2]:.2f}" in said
    assert 1 - 1.1 * 2 == pytest.approx(-1.2) and "$1-2.2=-1.2$" in said
    assert costs(0.5)[1] == 0 and all(costs(eta)[-1] < 1e-6 for eta in (0.1, 0.55, 0.9))


def test_11_an_epoch():
    assert asks("c-11", "600 pictures", "every 20 pictures", "after 5 epochs")
    X = np.zeros((600, 1))
    *_, last = nnlib.train(nnlib.Network([1, 1]), (X, X), epochs=5, batch_size=20, eta=0.1)
    assert right("c-11") == f"{last.updates} changes of the weights, each picture used 5 times"
    numbers = [tuple(map(int, re.findall(r"\d+", text))) for text in texts("c-11")]
    assert numbers == [(150, 5), (5, 5), (150, 5 * 20), (600 * 5, 5)]


def test_12_the_slope_of_a_sum():
    assert asks("c-12", "$0.6$", "$-0.2$", "the sum of the costs")
    a, b = 0.6, -0.2
    total = slope(lambda w: np.sin(a * w) + np.expm1(b * w), 0)[0]
    values = a * b, (a + b) / 2, total, abs(a) + abs(b)
    assert texts("c-12") == [f"${v:.2g}$" for v in values] and right("c-12") == "$0.4$"


def test_13_each_twice_is_the_same_mean():
    people = nnlib.FOUR_PEOPLE
    net = nnlib.Network([2, 2, 1], rng=0)
    once = net.backprop(people.X, people.Y)
    twice = net.backprop(np.tile(people.X, (2, 1)), np.tile(people.Y, (2, 1)))
    assert all(np.allclose(g, h) for gs, hs in zip(once, twice) for g, h in zip(gs, hs))
    assert right("c-13").startswith("They stay")


def test_14_one_picture_is_right_on_average():
    X, Y = np.array([[1.0], [2], [3]]), np.array([[4.0], [2], [3]])  # the first fits no line w x
    net = network([[[1.05]]])
    full = net.backprop(X, Y)[0][0]
    single = [net.backprop(X[i:i + 1], Y[i:i + 1])[0][0] for i in range(3)]
    assert np.allclose(np.mean(single, axis=0), full)
    assert min((g * full).sum() for g in single) < 0 < max((g * full).sum() for g in single)


def test_15_along_and_over_paths():
    assert asks("c-15", "$p$ rises 2 times", "$q$ rises 3 times", "$o$ rises 5 times", "by 0.01")
    net = network([[[2], [3]], [[5, -1]]])
    change = net([[1.01]])[0, 0] - net([[1.0]])[0, 0]
    values = change, 0.01 * (2 + 3 + 5 - 1), 0.01 * 2 * 5, 0.01 * 2 * 3 * 5 * -1
    assert texts("c-15") == [
        f"It {'rises' if v > 0 else 'falls'} by {abs(v):.2f}." for v in values]
    assert right("c-15") == "It rises by 0.07."


def test_16_backpropagation_changes_nothing():
    net = nnlib.Network([2, 3, 1], rng=0)
    before = [W.copy() for W in net.weights]
    gW, _ = net.backprop([[1, 2]], [[1]])
    assert all(map(np.array_equal, before, net.weights))
    assert [g.shape for g in gW] == [W.shape for W in net.weights]
    assert "slope" in right("c-16") and "unchanged" in right("c-16")


def test_17_the_best_of_twenty_was_lucky():
    assert asks("c-17", "Twenty networks", "1000 pictures", "96.0 percent")
    right_answers = np.random.default_rng(0).binomial(1000, 0.947, size=(100_000, 20))
    assert f"{right_answers.max(axis=1).mean() / 10:.1f}" == "96.0"
    assert "94.7 times in 100" in reveals("c-17", right("c-17"))
    assert f"{right_answers.std() / 10:.1f} points" in reveals("c-17", wrong("c-17")[1])


@pytest.mark.parametrize("start, hidden, moves", [
    (0.5, nnlib.sigmoid, True), (0.0, nnlib.sigmoid, True), (0.0, nnlib.tanh, False),
])
def test_19_equal_starts_stay_equal_and_move(start, hidden, moves):
    assert asks("c-19", "30 neurons", "all its weights are 0.5")
    people = nnlib.FOUR_PEOPLE
    net = nnlib.Network([2, 30, 1], hidden=hidden)
    for W in net.weights:
        W[:] = start
    for _ in nnlib.train(net, (people.X, people.Y), epochs=100, batch_size=1, eta=0.1, rng=0):
        pass
    W = net.weights[0]
    assert np.allclose(W, W[0], rtol=0, atol=1e-12)
    assert (abs(W - start).max() > 1e-3) == moves


def test_20_flat():
    assert asks("c-20", "answers 0.9999", "always 0")
    z = np.log(0.9999 / 0.0001)
    flat, middle = nnlib.sigmoid.df(np.array([z, 0.0]))
    assert f"{flat:.4f}" == "0.0001" and round(middle / flat, -2) == 2500 and round(z) == 9
    assert 0.5**2 == 0.25 and round(2 * 0.5 * middle / (2 * 0.9999 * flat), -1) == 1250
    assert "only 0.25, and the slope is 1250 times" in reveals("c-20", wrong("c-20")[1])


def test_21_five_factors():
    assert asks("c-21", "five neurons", "$a(1-a)$")
    a = np.linspace(0, 1, 1001)
    most = (a * (1 - a)).max()
    net = network([[[1]]] * 6, [[-0.5]] * 6, nnlib.sigmoid)  # a = 0.5 after the first layer
    net.biases[0][:] = 0
    gb = net.backprop([[0]], [[0]])[1]
    assert gb[0][0] / gb[-1][0] == pytest.approx(most**5)
    assert f"$0.25^5={most**5:.5f}$" in reveals("c-21", right("c-21"))
    assert (most, most / 5, round(most**5, 3)) == (1 / 4, 1 / 20, 1 / 1000)
    assert right("c-21") == "about a thousandth"


def test_22_cost_and_count_may_part():
    y = np.ones((2, 1))
    (p, p_right), (q, q_right) = (
        nnlib.evaluate(network([[[1]]]), np.array(answers)[:, None], y, nnlib.mse)
        for answers in ((0.51, 0.51), (0.99, 0.49)))
    assert p > q and p_right > q_right
    assert "0.51 and 0.51" in reveals("c-22", wrong("c-22")[0])


def test_23_by_heart():
    """Forty points with 15 percent of their labels flipped, learned by twenty hidden neurons."""
    rng = np.random.default_rng(1)

    def points(n):
        X = rng.standard_normal((n, 2))
        return X, ((X[:, :1] * X[:, 1:] > 0) ^ (rng.random((n, 1)) < 0.15)).astype(float)

    learned, new = points(40), points(1000)
    net = nnlib.Network([2, 20, 1], hidden=nnlib.tanh, rng=1)
    log = list(nnlib.train(net, learned, cost=nnlib.cross_entropy, epochs=1000, batch_size=40,
                           eta=1.0, validation=new, rng=0))
    said = [float(x) for x in re.findall(r"\d\.\d\d", BY_ID["c-23"]["ask"])]
    found = [c for e in (10, 50, 1000) for c in (log[e - 1].cost, log[e - 1].validation_cost)]
    assert found == pytest.approx(said, abs=0.006)


def test_24_one_wrong_score_falls():
    def loss(*scores):
        z, y = np.array([scores], float), np.array([[1.0, 0, 0]])
        return nnlib.softmax_cross_entropy.loss(z, nnlib.softmax(z), y, nnlib.softmax)[0]

    said = reveals("c-24", right("c-24"))
    assert f"from {loss(2, 1, 0):.2f} to {loss(2, 0, 0):.2f}" in said
    assert loss(1, 0, 2) > loss(1, -1, 2)  # it need not lead: class 2 does
    assert nnlib.softmax(np.array([[2.0, 0, 0]])).sum() == pytest.approx(1)


# -- the page --------------------------------------------------------------------------------------


def tables(heading):
    """Rows of the tables below a heading, each a list of cells, without heads and rules."""
    part = PAGE.split(f"\n{heading}\n")[1].split("\n#")[0]
    rows = [[c.strip() for c in line.strip("| ").split(" | ")]
            for line in part.splitlines() if line.startswith("|")]
    rules = [i for i, row in enumerate(rows) if row[0].startswith(":-")]
    return [row for i, row in enumerate(rows) if i not in rules and i + 1 not in rules]


def test_the_key_is_right():
    key = [cell for row in tables("## How to score it") if row[0] == "right" for cell in row[1:]]
    assert key == [letter(item) for item in ITEMS]


def test_every_question_has_one_topic_and_three_of_each_tell_most():
    topics = tables("## Which question belongs to what")
    numbers = [[int(n) for n in re.findall(r"\*\*(\d+)\*\*", row[1])] for row in topics]
    assert sorted(sum(numbers, [])) == list(range(1, 25)) and len(topics) == 5
    for row, mine in zip(topics, numbers):
        assert len(best := {int(n) for n in row[3].split(",")}) == 3 and best <= set(mine)
        assert re.findall(r"\[([\d.]+)\]", row[2]) == sorted(
            {ITEMS[n - 1]["section"] for n in mine})


def test_patterns_are_made_of_wrong_answers():
    rows = tables("## What the wrong answers tell you")
    pairs = [re.fullmatch(r"(\d+)([A-D])", p.strip()) for row in rows for p in row[0].split(",")]
    assert len(rows) == 12 and all(pairs)
    assert all(letter(ITEMS[int(p[1]) - 1]) != p[2] for p in pairs)
    exercises = (ROOT / "nnlib/exercises").glob("chapter*.py")
    known = set(re.findall(r'id="([\d.]+-\d+)"', "".join(p.read_text("utf8") for p in exercises)))
    assert set(re.findall(r"Exercise (\S+-\d+)", PAGE)) <= known


def test_a_shorter_course_uses_the_first_questions():
    after = {row[0]: row[1] for row in tables("## How to give it")}
    for chapter in ("2", "4", "6", "7", "9"):
        reached = sum(int(item["section"].split(".")[0]) <= int(chapter) for item in ITEMS)
        assert after[chapter] == f"1 to {reached}"


def test_the_example_of_the_gain():
    rows = tables("### The normalised gain")
    marks = np.array([[float(n) for n in row[1:]] for row in rows if row[0].isdigit()])
    before, after = marks.mean(axis=0)
    assert rows[-1] == ["mean", f"{before:.1f}", f"{after:.1f}"]
    gained, missing = after - before, 24 - before
    assert f"${after:.1f} - {before:.1f} = {gained:.1f}$" in PAGE
    assert f"$24 - {before:.1f} = {missing:.1f}$" in PAGE
    assert f"$g = {gained:.1f}/{missing:.1f} = {gained / missing:.2f}$" in PAGE


def test_other_numbers_of_the_page():
    words = sum(len(" ".join([item["ask"], *texts(item["id"])]).split()) for item in ITEMS)
    assert f"about {round(words, -2):,} words" in PAGE
    guessed = sum(comb(24, k) * 0.25**k * 0.75 ** (24 - k) for k in range(10, 25))
    assert 24 / 4 == 6 and round(1 / guessed) == 18 and "one in eighteen" in PAGE
    assert all(2 <= (24 * p * (1 - p)) ** 0.5 < 2.5 for p in (0.25, 0.5, 0.75))
    for z, cost, steep in ((-4, "0.116", "-0.009"), (-1, "0.027", "-0.045")):
        a = nnlib.sigmoid(np.array(float(z)))
        assert f"{(a - 0.5) ** 2 / 2:.3f}" == cost
        assert f"{(a - 0.5) * a * (1 - a):.3f}" == steep
        assert cost in PAGE and steep in PAGE
    gaps = [np.mean((1 - np.array(answers)) ** 2) for answers in ((0.51, 0.51), (0.99, 0.49))]
    assert "{:.3f} and {:.3f}".format(*gaps) in PAGE


def test_links_lead_to_the_sections_they_name():
    links = re.findall(r"\[(\S+?)\]\(\.\./(\S+?\.ipynb)#cell-id=(\S+?)\)", PAGE)
    assert len(links) == PAGE.count("](") > 20
    for section, name, cell in links:
        assert cell == f"s{section.replace('.', '-')}"
        assert f'"id": "{cell}"' in (ROOT / "book" / name).read_text("utf8"), (name, cell)
