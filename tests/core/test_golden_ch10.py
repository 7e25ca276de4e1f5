"""The worked numbers of chapter 10, from the code of the page itself and from its record."""

import hashlib
import importlib.util
import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

import nnlib

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "book/10_where_next.ipynb"
CELLS = {c["id"]: "".join(c["source"]) for c in json.loads(BOOK.read_text("utf8"))["cells"]}
MACHINE = ["machine-value", "machine-operations", "machine-backward", "machine-sweep",
           "machine-sigmoid"]  # fmt: skip


def page(*ids, edit=("", ""), **names):
    """The names that these cells of the page define; `edit` exchanges one piece of their text."""
    text = "\n\n".join(CELLS[id].replace("\nbackward(d)\n", "\n0\n") for id in ids)
    old, new = edit
    if old:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    names = {"np": np, "nnlib": nnlib, "Value": None, **names}
    exec(text.replace("{v.name: (v.value, v.grad) for v in (a, b, c, d)}", ""), names)
    return names


def gradients(m, seed=0):
    """Nine slopes of one random 2-2-1 network, by the machine and by nnlib."""
    rng = np.random.default_rng(seed)
    net = nnlib.Network([2, 2, 1], spread=1, rng=rng)
    net.biases = [rng.standard_normal(2), rng.standard_normal(1)]
    x, y = rng.standard_normal(2), rng.uniform()
    (W1, W2), (b1, b2) = net.weights, net.biases
    p = m["nine"]([*W1.ravel(), *W2.ravel(), *b1, *b2])
    m["backward"](m["loss"](p, x, y))
    gW, gb = net.backprop(x[None], [[y]], nnlib.mse)
    return np.array([v.grad for v in p]), np.concatenate([g.ravel() for g in gW + gb])


def machine(**more):
    alice = CELLS["machine-alice"].split("\np = ")[0]
    m = page(*MACHINE, **more)
    exec(alice, m)
    return m


# -- 10.1 ------------------------------------------------------------------------------------------


def test_two_steps_by_hand():
    m = machine()
    a, b = m["Value"](2), m["Value"](3)
    d = a * b + a
    m["backward"](d)
    assert (d.value, a.grad, b.grad) == (8, 4, 2)


@pytest.mark.parametrize("seed", range(5))
def test_the_machine_is_backprop(seed):
    mine, theirs = gradients(machine(), seed)
    assert mine == pytest.approx(theirs, rel=1e-12)


def test_alice():
    m = machine()
    p = m["nine"]([1] * 6 + [0] * 3)
    m["backward"](m["loss"](p, [-2, -1], 1))
    assert p[0].grad == pytest.approx(0.0214695353, abs=1e-9)
    assert p[8].grad == pytest.approx(-0.2376175596, abs=1e-9)


SLIPS = [
    ("parent.grad += slope", "parent.grad = slope"),
    ("reversed(in_order(end))", "in_order(end)"),
    ("slope * v.grad", "slope"),
    ("(b.value, a.value)", "(a.value, b.value)"),
    ("s * (1 - s)", "1 - s"),
    ("end.grad = 1.0", "end.grad = 0.5"),
]


@pytest.mark.parametrize("edit", SLIPS, ids=lambda e: e[1])
def test_a_broken_machine_is_noticed(edit):
    mine, theirs = gradients(machine(edit=edit))
    assert nnlib.relative_error(mine, theirs) > 1e-3


def test_the_machine_is_short():
    lines = [line for id in MACHINE for line in CELLS[id].splitlines() if line.strip()]
    assert len(lines) < 60


def test_forward_mode_agrees_and_needs_13002_passes():
    m = machine()
    exec(CELLS["forward-mode"].split("\np = ")[0], m)
    p = m["nine"](np.linspace(-1, 2, 9))
    end = m["loss"](p, [0.5, -0.3], 1)
    m["backward"](end)
    assert [m["forward_mode"](end, v) for v in p] == pytest.approx([v.grad for v in p], rel=1e-12)
    net = nnlib.Network([784, 16, 16, 10])
    assert sum(q.size for q in net.weights + net.biases) == 13002


# -- 10.2 ------------------------------------------------------------------------------------------

RECORD = json.loads((files("nnlib") / "models/libraries.json").read_text())


def script():
    spec = importlib.util.spec_from_file_location("libraries", ROOT / "benchmarks/libraries.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_record_was_made_by_the_cells_of_the_page():
    text = "\n\n".join(CELLS[id] for id in script().CELLS)
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    assert digest == RECORD["cells"], "the cells have changed: make libraries"


def test_pytorch_gives_our_numbers():
    from nnlib.data import embedded_digits

    people = nnlib.FOUR_PEOPLE
    small = page("three-ways-network")["small"]
    gW, gb = small.backprop(people.X, people.Y, nnlib.mse)
    for ours, theirs in zip((gW[0], gb[0], gW[1], gb[1]), RECORD["PyTorch"]["small"]):
        assert ours == pytest.approx(np.array(theirs), rel=1e-12)
    digits = embedded_digits()
    X, Y = digits.X.astype(float), digits.Y.astype(float)
    net = nnlib.Network([784, 30, 10], rng=0)
    house = net.backprop(X[:10], Y[:10])[1][-1]
    assert np.array(RECORD["PyTorch"]["digits"]) / house == pytest.approx(np.full(10, 0.2))
    ours = page("epoch", X=X, Y=Y)["ours"]
    assert ours == pytest.approx(RECORD["PyTorch"]["costs"], abs=1e-12)
    assert ours == pytest.approx(RECORD["Keras"]["costs"], abs=1e-5)
    assert 1 < ours[0] < 1.5 and 0.1 < np.mean(ours[-10:]) < 0.2  # as figure 10.3 is described


# -- 10.3 ------------------------------------------------------------------------------------------


def test_the_convolution_by_hand():
    convolution = page("ours-convolve")["convolution"]
    x = np.array([[0, 0, 3, 3], [0, 0, 3, 3], [0, 3, 3, 3], [3, 3, 3, 3]])
    z = convolution(x, np.array([[-1, 1], [-1, 1]]), -1)
    assert z.tolist() == [[-1, 5, -1], [2, 2, -1], [2, -1, -1]]


def test_counts_of_a_convolutional_layer():
    convolution = page("ours-convolve")["convolution"]
    outputs = 20 * convolution(np.zeros((28, 28)), np.zeros((5, 5))).size
    assert (outputs, 20 * (25 + 1), outputs * (784 + 1)) == (11520, 520, 9043200)


@pytest.mark.parametrize("edit, right", [
    (("", ""), True), (("(1 - h[t + 1]**2)", "(1 - h[t]**2)"), False),
    (("U.T @ delta", "U @ delta"), False), (("np.outer(delta, h[t])", "np.outer(delta, h[t + 1])"),
                                            False), (("gW += ", "gW = "), False),
])
def test_backpropagation_through_time(edit, right):
    m = page("recurrent", "through-time", edit=edit)
    rng = np.random.default_rng(1)
    W, U, b = (rng.standard_normal(s) for s in ((3, 2), (3, 3), 3))
    x, target = rng.standard_normal((5, 2)), rng.standard_normal(3)

    def cost(_):
        return ((m["recurrent"](x, W, U, b)[-1] - target) ** 2).sum() / 2

    errors = [nnlib.relative_error(g, nnlib.numerical_gradient(cost, p))
              for g, p in zip(m["through_time"](x, W, U, b, target), (W, U, b))]
    assert (max(errors) < 1e-7) == right


def test_the_fading_state():
    m = page("recurrent")
    states = m["recurrent"]([[1], [0], [0], [0]], np.ones((1, 1)), np.full((1, 1), 0.5),
                            np.zeros(1))
    assert np.ravel(states) == pytest.approx([0, 0.7616, 0.3634, 0.1797, 0.0896], abs=5e-5)


def test_gradients_through_fifty_steps():
    m = page("recurrent", "sizes-back")
    last = {size: np.median([m["sizes_back"](size, seed)[-1] for seed in range(20)])
            for size in (0.5, 1.0, 3.0)}
    assert last[0.5] < 1e-14 and 1e-5 < last[1.0] < 1e-2 and last[3.0] > 1000


# -- 10.4 ------------------------------------------------------------------------------------------


def test_momentum_and_adam_by_hand():
    m = page("optimisers", "adam")
    step = m["momentum"](0.1)
    steps = [step(0, 1.0) for _ in range(100)]
    assert steps[:3] == pytest.approx([-0.1, -0.19, -0.271], abs=1e-12)
    assert sum(steps[:3]) == pytest.approx(-0.561) and steps[-1] == pytest.approx(-1, abs=1e-4)
    for g in (1, 1000, 0.001, -2):
        step = m["adam"](0.1)
        assert [step(0, g) for _ in range(3)] == pytest.approx([-0.1 * np.sign(g)] * 3, rel=1e-4)


def test_who_wins_in_the_valley_and_in_the_bowl():
    m = page("optimisers", "adam", "steps-needed")
    best = {(kappa, name): min(m["steps_needed"](m[name](eta), kappa)
                               for eta in np.geomspace(0.003, 3, 25))
            for kappa in (50, 1) for name in ("plain", "momentum", "adam")}
    assert max(best[50, "momentum"], best[50, "adam"]) < 0.75 * best[50, "plain"]
    assert 10 * best[1, "plain"] < min(best[1, "momentum"], best[1, "adam"])


def test_who_is_last_at_equal_rates():
    m = page("optimisers", "adam", "circle")
    cost = {(name, eta): np.median([m["circle"](m[name](eta), seed) for seed in range(3)])
            for name, rates in (("plain", (0.3, 1, 3)), ("momentum", (0.3, 1, 3)),
                                ("adam", (0.3, 1))) for eta in rates}
    for eta, last in ((0.3, "plain"), (1, "adam"), (3, "momentum")):
        others = [c for (name, e), c in cost.items() if e == eta and name != last]
        assert cost[last, eta] > 5 * max(others)


KAN = ["bumps", "kan"]


@pytest.mark.parametrize("edit, right", [
    (("", ""), True), (("bump_slopes(H))", "bumps(H))"), False),
    (("-2 * (x", "2 * (x"), False), (("bumps(X)) / m", "bumps(X))"), False),
])
def test_the_gradient_of_the_kan(edit, right):
    m = page(*KAN, edit=edit)
    rng = np.random.default_rng(1)
    C1, C2, b = rng.standard_normal((3, 2, 8)), rng.standard_normal((1, 3, 8)), np.zeros(1)
    X, Y = rng.uniform(-1, 1, (6, 2)), rng.standard_normal((6, 1))

    def cost(_):
        return ((m["kan"](C1, C2, b, X)[1] - Y) ** 2).sum() / 2 / len(X)

    errors = [nnlib.relative_error(g, nnlib.numerical_gradient(cost, p))
              for g, p in zip(m["kan_gradients"](C1, C2, b, X, Y), (C1, C2, b))]
    assert (max(errors) < 1e-6) == right


def test_each_wins_on_its_own_shape():
    m = page("adam", *KAN, "fair", "fit", "duel")
    for target, winner in (("waves", 0), ("rings", 0), ("slanted_step", 1)):
        errors = np.median([m["both_errors"](m[target], seed) for seed in range(2)], axis=0)
        assert errors[winner] < errors[1 - winner] / 1.5


# -- 10.5, 10.6 ------------------------------------------------------------------------------------


def test_the_repaired_links_stand_in_the_table():
    m = page("printed", "repaired")
    assert [len(m["printed"][f"{name} video"]) for name in ("Welch Labs", "StatQuest")] == [10, 11]
    text = "\n".join(CELLS.values())
    for id in (*m["repaired"].values(), m["printed"]["Karpathy list"], "bxe2T-V8XRs"):
        assert f"={id})" in text or f"={id}&" in text
    for name in m["repaired"]:
        assert f"list={m['printed'][name]}" not in text
        assert len(m["printed"][name]) == len(m["repaired"][name]) == 34
    assert "victorzhou.com/blog" in text and "](https://victorzhou.com/nlog" not in text
