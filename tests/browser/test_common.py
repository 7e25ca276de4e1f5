"""What live figures have in common, tried on each Sample: it says how to work the figure."""

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pytest
from playwright.sync_api import expect
from screen import (
    assert_accessible,
    assert_fits,
    assert_good_guest,
    assert_keys_stay,
    assert_numbers,
    assert_room_for_fingers,
    button,
    copied,
    drawn,
    go_to,
    more,
    say,
    still,
    touch_drag,
)

import nnlib
from nnlib import widgets
from nnlib.models import hidden
from nnlib.widgets.digits import ten_digits
from nnlib.widgets.feedforward import params_of

DATA = re.compile(r'"\$bytes": "[^"]*"|base64,[^"]*')  # images and weights in a page


class Sample(NamedTuple):
    """A widget and what the tests need to know about it."""

    make: Callable  # the class
    key: str  # a number of the formula with a slider, to change by hand
    other: dict  # another state, reached by a link
    ask: str  # what "Predict first" asks for
    result: str  # the number that is guessed
    needed: set  # numbers that stand in the formula
    guest: tuple  # in Lab: a slider, another number and a value for it
    expected: Callable  # widget -> every number that it can show, computed by nnlib
    again: bool = True  # a change of the key asks for a new guess


def formula(page, name):
    return page.locator(f"math [data-name={name}]").first


def value(page, name):
    return float(formula(page, name).get_attribute("data-value"))


def quotient_numbers(n):
    above, below = n.values
    return {"x": n.x, "h": n.h, "above": above, "below": below, "rise": above - below,
            "q": n.quotient, "exact": n.exact, "error": n.error}


def costs_at(n, places):
    """The cost of CostByHand's examples at rows of w and b."""
    w, b = np.transpose(places)
    z = (np.outer(w, n.X) + b[:, None]).reshape(-1, 1)
    y = np.tile(n.Y, len(w))[:, None]
    loss = nnlib.COSTS[n.cost].loss(z, nnlib.sigmoid(z), y, nnlib.sigmoid)
    return loss.reshape(len(w), -1).mean(axis=1)


def way(n):
    """The places of the trace and those between them, at most 0.1 apart."""
    stops = np.reshape(n.trace, (-1, 2))
    parts = [stops[:1]]
    for start, end in zip(stops[:-1], stops[1:], strict=True):
        steps = max(1, int(np.ceil(np.hypot(*(end - start)) / 0.1 - 1e-9)))
        parts.append(start + (end - start) * np.arange(1, steps + 1)[:, None] / steps)
    return np.concatenate(parts)


def cost_numbers(n):
    dw, db = n.gradient
    grid = np.stack(np.meshgrid(np.arange(-40, 41) / 10, np.arange(-40, 41) / 10), -1)
    points = {f"x{i}": x for i, x in enumerate(n.X)} | {f"y{i}": y for i, y in enumerate(n.Y)}
    return {
        "w": n.w, "b": n.b, "C": n.C, "dw": dw, "db": db, **points,
        "total": n.C * len(n.X) * (2 if n.cost == "quadratic" else 1),
        "best": costs_at(n, way(n)).min(),
        "lowest": costs_at(n, grid.reshape(-1, 2)).min() if n.reveal else None,
    }


def descent1d_numbers(n):
    glide, cliff = n.thresholds
    parts = {"slope": n.slopes, "C": n.costs, "w": n.path}
    along = {f"{key}{i}": v for key, values in parts.items() for i, v in enumerate(values)}
    return along | {"w": n.w, "k": n.k, "eta": n.eta, "steps": n.steps, "glide": glide,
                    "cliff": cliff}


def descent2d_numbers(n):
    names = "w1 w2 g1 g2 n1 n2 e1 e2 low high best cliff".split()
    pairs = [n.w, n.gradient, n.path[1], n.path[-1], n.eigenvalues, n.thresholds]
    return dict(zip(names, np.ravel(pairs), strict=True)) | {
        "eta": n.eta, "beta": n.beta, "kappa": n.kappa, "steps": n.steps, "CT": n.costs[-1]}


def sgd_numbers(n):
    rows = dict(zip("1mf", n.now().values(), strict=True))
    shown = {f"{name}{key}": v for key, row in rows.items() for name, v in zip("ues", row)}
    return shown | {"w": n.w, "b": n.b, "eta": n.eta, "m": n.m, "seen": n.seen, "seed": n.seed,
                    "epochs": n.epochs}


def chain_numbers(n):
    z = n.w * n.x + n.b
    a = nnlib.sigmoid(z)
    z2 = n.v * a + n.c
    a2 = nnlib.sigmoid(z2)
    values = {"x": n.x, "w": n.w, "b": n.b, "v": n.v, "c": n.c, "z": z, "a": a, "z2": z2, "a2": a2,
              "y": n.y, "C": ((a, a2)[n.links - 1] - n.y) ** 2 / 2, "size": abs(n.nudge)}
    along = {"new": n.after, "d": n.changes, "r": n.ratios, "s": n.derivatives}
    return values | {f"{kind}_{key}": v for kind, all in along.items() for key, v in all.items()} \
        | {"ratio": n.ratio, "product": n.product}


def hidden_numbers(n):
    (W, V), b, x, j = n.net.weights, n.net.biases[0], n.mean, n.unit - 1
    products = W[j] * x
    z = products.sum() + b[j]
    like = [np.corrcoef(w, x)[0, 1] for w in W]
    ink = np.unpackbits(np.frombuffer(n.ink, np.uint8)).astype(bool)
    values = {
        "top": n.top, "unit": n.unit, "digit": n.digit, "b": b[j], "z": z, "a": nnlib.sigmoid(z),
        "plus": products[products > 0].sum(), "minus": products[products < 0].sum(),
        "given": nnlib.sigmoid(z) * V[n.digit, j], "like": like[j], "best": max(like),
        "who": 1 + np.argmax(like), "largest": abs(W).max(),
        "beyond": 100 * (abs(W) > n.top).mean(),
        "rim": 100 * (W[:, ~ink] ** 2).sum() / (W**2).sum()}
    values |= {f"o{k}": v for k, v in enumerate(V[:, j])}
    values |= {f"v{i + 1}": v for i, v in enumerate(V[n.digit])}
    for i, lam in enumerate(sorted({r["lam"] for r in n.snapshots} - {None}) or [0.0]):
        other = hidden.load() if n.snapshots[0].get("accuracy") else n._kept
        at = other.find(n.size, lam, n.epoch)
        I = other.network(at).weights[0].reshape(-1, 28, 28)
        rows, columns = (np.stack([I[:, 1:], I[:, :-1]]), np.stack([I[..., 1:], I[..., :-1]]))
        change = (np.diff(rows, axis=0) ** 2).sum() + (np.diff(columns, axis=0) ** 2).sum()
        values |= {f"rough{i}": change / ((rows**2).sum() + (columns**2).sum()),
                   f"large{i}": abs(I).max(),
                   f"right{i}": 100 * other.records[at].get("accuracy", 0)}
    return values


def train_digits(**traits):
    """TrainDigits a little after its first epoch."""
    return widgets.TrainDigits(**{"updates": 150} | traits)


def scores(n, u):
    """What TrainDigits measures after u of its updates, by the last letter of its numbers."""
    before = [part for part in n.stretches if part[0] < u]
    _, eta, m = next((part for part in n.stretches if part[0] >= u), (0, n.eta, n.m))
    cut = widgets.TrainDigits(seed=n.seed, updates=u, past=np.ravel(before), eta=eta, m=m)
    return dict(zip("uCDrt", [u, *(cut.now()[key] for key in (
        "cost", "test_cost", "right", "test_right"))], strict=True))


def train_numbers(n):
    epoch = -(-1437 // (n.stretches or [(0, 1, n.m)])[0][2])
    at = {"": n.updates, "0": 0, "h": 100, "e": epoch}
    rows = {f"{key}{name}": v for name, u in at.items() if u <= n.updates
            for key, v in scores(n, u).items()}
    return rows | {"eta": n.eta, "m": n.m, "seed": n.seed, "w": abs(n.net().weights[0]).max()}


def drawing(**traits):
    """DrawDigit with a digit on its pad, and a unit that is not among the first."""
    return widgets.DrawDigit(**{"image": ten_digits()[3] / 255, "unit": 25} | traits)


def drawing_numbers(n):
    (Z, _), (x, A, out) = n.net.forward(n.image)
    j, order = n.unit - 1, np.argsort(-out[0], kind="stable")
    values = {"unit": n.unit, "b": n.net.biases[0][j], "sum": n.net.weights[0][j] @ x[0],
              "z": Z[0, j], "a": A[0, j], "answer": order[0], "second": order[1]}
    return values | {f"o{k}": v for k, v in enumerate(out[0])}


def playground_numbers(n):
    net, rows = n.trained(), n.train_rows
    learned, held = ([nnlib.evaluate(net, n.X[part], n.Y[part], n.loss) if part.any() else (0, 0)]
                     for part in (rows, ~rows))
    A = net.forward([n.x])[1]
    units = {f"a{l}_{j}": v for l, a in enumerate(A) if l for j, v in enumerate(a[0], 1)}
    weights = {f"w{l}_{j + 1}_{k + 1}": v for l, W in enumerate(net.weights, 1)
               for (j, k), v in np.ndenumerate(W)}
    biases = {f"b{l}_{j}": v for l, b in enumerate(net.biases, 1) for j, v in enumerate(b, 1)}
    last = net.sizes[-2]
    across, up = (min(last, max(1, j)) for j in n.pair)
    if across == up:
        up = up % last + 1
    state = {key: getattr(n, key) for key in ("eta", "m", "lam", "noise", "n", "test", "sample",
                                              "seed", "g", "pace")}
    return {
        **units, **weights, **biases, **state, "C": learned[0][0], "R": 100 * learned[0][1],
        "T": held[0][0], "Q": 100 * held[0][1], "x1": n.x[0], "x2": n.x[1],
        "p1": across, "p2": up, "chosen": params_of(net)[max(0, n.weight)],
        "epochs": sum(row[0] for row in np.reshape(n.record, (-1, 4))),
    }


def racing(**traits):
    """LossShowdown after a race that both neurons have finished."""
    return widgets.LossShowdown(**{"steps": 320} | traits)


def shares(**traits):
    """LossShowdown with softmax."""
    return widgets.LossShowdown(**{"view": "softmax"} | traits)


def race_numbers(n):
    x, y, shown = np.ones((1, 1)), np.zeros((1, 1)), {}
    for key, cost in (("q", nnlib.quadratic), ("c", nnlib.cross_entropy)):
        net = nnlib.Network([1, 1])
        net.weights[0][:], net.biases[0][:] = n.w, n.b
        runs, arrival = [], None
        while arrival is None or len(runs) <= max(1, n.steps):
            (z,), (_, a) = net.forward(x)
            gW, gb = net.backprop(x, y, cost)
            runs.append([net.weights[0][0, 0], z[0, 0], a[0, 0],
                         nnlib.evaluate(net, x, y, cost)[0], gb[0][0]])
            arrival = len(runs) - 1 if arrival is None and a[0, 0] < 0.1 else arrival
            net.weights[0] -= n.eta * gW[0]
            net.biases[0] -= n.eta * gb[0]
        shown |= dict(zip(("z0", "a0", f"d0{key}"), np.take(runs[0], [1, 2, 4]), strict=True))
        shown |= dict(zip([f"{name}{key}" for name in "aCd"], runs[n.steps][2:], strict=True))
        shown |= {f"n{key}": arrival, f"w1{key}": runs[1][0], f"v{key}": shown[f"a{key}"]}
    shown |= {"s0": nnlib.sigmoid.df(np.array(n.w + n.b)), "ratio": shown["d0c"] / shown["d0q"]}
    return shown | {"w": n.w, "b": n.b, "eta": n.eta, "n": n.steps}


def share_numbers(n):
    z, y = np.array(n.z), nnlib.one_hot(np.array([n.y]), len(n.z))
    u, cost = z[None] / n.T, nnlib.softmax_cross_entropy
    q = nnlib.softmax(u)
    g = cost.output_error(u, q, y, nnlib.softmax)[0]
    each = {f"{name}{k}": v for name, values in zip("sqg", (z, q[0], g), strict=True)
            for k, v in enumerate(values)}
    each |= {"loss": cost.loss(u, q, y, nnlib.softmax)[0], "next": z[n.y] - n.eta * g[n.y] / n.T}
    return each | {"T": n.T, "K": len(z), "eta": n.eta, "zy": z[n.y], "qy": q[0, n.y], "gy": g[n.y]}


def showdown_numbers(n):
    return race_numbers(n) if n.view == "race" else share_numbers(n)


def diagnosis(n, start, g):
    """What InitLab measures, as chapter 8 does: spread, sizes of a and of slopes, flat, ratio."""
    spread = g * {"N(0, 1)": 1, "0.01": 0.01, "1/sqrt(n)": n.width**-0.5,
                  "sqrt(2/n)": (2 / n.width) ** 0.5}[start]
    rng, act = np.random.default_rng(n.seed), nnlib.ACTIVATIONS[n.activation]
    net = nnlib.Network([n.width] * (n.depth + 1), act, act, spread=spread, rng=rng)
    X, Y = rng.standard_normal((n.m, n.width)), rng.uniform(size=(n.m, n.width))
    Z, A = net.forward(X)
    a, g = ([np.sqrt((v**2).mean()) for v in values] for values in (A, net.backprop(X, Y)[0]))
    flat = {"relu": lambda z: z <= 0, "linear": lambda z: z != z}.get(
        n.activation, lambda z: abs(z) > 5)
    return spread, a, g, np.mean([flat(z) for z in Z[:-1]] or [0]), g[-1] / g[0] if g[0] else 0


def init_numbers(n):
    spread, a, g, flat, ratio = diagnosis(n, n.start, n.g)
    shown = {"g": n.g, "depth": n.depth, "width": n.width, "seed": n.seed, "spread": spread,
             "a0": a[0], "aL": a[-1], "g1": g[0], "gL": g[-1], "flat": 100 * flat, "ratio": ratio}
    for i, start in enumerate(("N(0, 1)", "0.01", "1/sqrt(n)", "sqrt(2/n)")):
        _, _, _, flat, ratio = diagnosis(n, start, 1)
        shown |= {f"f{i}": 100 * flat, f"r{i}": ratio}
    return shown


def stepper(**traits):
    """BackpropStepper where eta stands in the formula: at a line of the update."""
    return widgets.BackpropStepper(**{"step": 13} | traits)


def stepper_numbers(n):
    return n.numbers() | n.differences() | {"step": n.step}


SAMPLES = [
    Sample(widgets.DifferenceQuotient, "h", {"f": "exp", "x": -0.5, "h": 1e-6, "central": True},
           "What will the quotient be?", "q", {"above", "below", "q", "exact", "error", "h"},
           ("x", "h", 0.25), quotient_numbers),
    Sample(widgets.CostByHand, "w", {"w": 0.5, "b": -1.5, "trace": [0.5, 1, 0.5, -1.5]},
           "What will C be?", "C", {"w", "b", "C", "total", "best"},
           ("w", "b", 1), cost_numbers),
    Sample(widgets.Descent1D, "eta",
           {"C": "double well", "k": 2, "w": 2.5, "eta": 0.7, "steps": 30},
           "What will w be after the first step?", "w1",
           {"w", "k", "eta", "slope0", "w1", "slope3", "w4", "glide", "cliff"},
           ("w", "eta", 0.25), descent1d_numbers),
    Sample(widgets.Descent2D, "eta",
           {"C": "Rosenbrock", "w": [-1.5, 2], "eta": 0.01, "beta": 0.8, "kappa": 20, "steps": 90},
           "What will w₂ be after the first step?", "n2",
           {"w1", "w2", "eta", "g1", "g2", "n1", "n2", "e1", "e2", "CT", "best", "cliff"},
           ("beta", "eta", 0.25), descent2d_numbers),
    Sample(widgets.SGDPaths, "eta",
           {"w": 3, "b": -3.5, "eta": 0.05, "m": 10, "seed": 7, "epochs": 3, "reshuffle": False,
            "axis": "updates", "zoom": True, "seen": 150},
           "How far above the lowest cost does the single-example path end?", "e1",
           {"eta", "m", "u1", "um", "uf", "e1", "em", "ef", "s1", "sm", "sf"},
           ("m", "eta", 0.25), sgd_numbers),
    Sample(widgets.ChainNudge, "w", {"links": 2, "of": "b", "nudge": -0.02, "v": -1.5, "c": 0.3},
           "what will the measured ratio be?", "ratio",
           {"w", "x", "b", "y", "z", "a", "C", "size", "r_C", "s_C", "ratio", "product"},
           ("w", "x", 0.25), chain_numbers),
    Sample(widgets.HiddenWeights, "top",
           {"size": 16, "lam": 1e-5, "scale": "each", "top": 0.5, "digit": 8, "sort": True,
            "unit": 4},
           "What will a be", "a",
           {"top", "beyond", "largest", "rim", "plus", "minus", "b", "z", "a", "given", "like",
            "rough0", "rough1", "rough2", "large2", "right0", "right2"},
           ("unit", "top", 0.25), hidden_numbers, False),
    Sample(train_digits, "eta",
           {"eta": 0.5, "m": 20, "seed": 3, "updates": 45, "past": [20, 3, 10, 30, 1, 10],
            "ghost": [1, 30, 3, 10], "axis": "epochs"},
           "How many of the 360 test digits will be right", "t",
           {"eta", "m", "u", "C", "D", "r", "t"}, ("m", "eta", 0.25), train_numbers),
    Sample(drawing, "unit", {"image": ten_digits()[8] / 255, "framing": False, "unit": 3},
           "Which digit will it be read as?", "answer",
           {"unit", "sum", "b", "z", "a", "answer"}, ("unit", "unit", 7), drawing_numbers, False),
    Sample(widgets.Playground, "eta",
           {"data": "three arms", "layers": [3, 2], "activations": ["relu", "tanh"], "eta": 0.1,
            "record": [20, 0.03, 10, 0, 0, 5, 1.5, 0, 5, 0.1, 16, 0.001], "m": 16, "lam": 0.001,
            "seed": 3, "sample": 1, "x": [-1, 0.5], "unit": [1, 2], "weight": 5, "log": True},
           "How many per cent of the test points are right?", "Q",
           {"eta", "m", "lam", "C", "R", "T", "Q"}, ("m", "eta", 0.25), playground_numbers),
    Sample(racing, "eta", {"w": -1.5, "b": 3, "eta": 0.5, "steps": 7},
           "After how many steps will the squared cost's output be below 0.1?", "nq", {"eta"},
           ("w", "b", 1), showdown_numbers),
    Sample(shares, "T", {"z": [3, -6, 6, 0.5, 1, 0, 0, -1, 2, 2.5], "y": 8, "T": 0.3, "eta": 1},
           "What will the loss of the true class be?", "loss", {"eta"},
           ("K", "T", 2), showdown_numbers),
    Sample(widgets.InitLab, "g",
           {"depth": 12, "width": 40, "activation": "tanh", "start": "N(0, 1)", "g": 0.3,
            "seed": 4},
           "How many times as large as the first layer's are the last layer's slopes?", "ratio",
           {"g", "spread", "a0", "aL", "g1", "gL", "flat", "ratio", "f0", "f3", "r0", "r3"},
           ("depth", "g", 0.25), init_numbers),
    Sample(stepper, "eta", {"eta": 0.2, "x": [-1.0], "view": "network", "cost": "mse",
                            "numerical": True, "update_biases": False},
           "What will new w₁₁⁽¹⁾ be?", "nw1_1_1", {"eta"}, ("step", "eta", 0.3), stepper_numbers),
]


@pytest.fixture(params=SAMPLES, ids=lambda sample: sample.make.__name__)
def sample(request):
    return request.param


def assert_right(page, n, sample, root=".nnb"):
    """All numbers are nnlib's, and nothing undefined has been drawn."""
    shown = assert_numbers(page, sample.expected(n), root)
    in_formula = {number["name"] for number in shown if number["where"] == "MathML"}
    assert in_formula >= sample.needed
    drawn = DATA.sub("", page.locator("main").inner_html())
    assert not [word for word in ("NaN", "Infinity", "undefined") if word in drawn]
    assert page.problems == []


def test_it_shows_the_numbers_of_nnlib(widget_page, sample):
    n = sample.make(name="figure")
    html = n._repr_mimebundle_()[0]["text/html"]
    assert len(DATA.sub("", html)) < 10_000
    page = widget_page(n)
    assert_right(page, n, sample)
    assert page.locator(".nnb-fallback").is_hidden()
    assert page.locator(".nnb-controls").locator(".nnb-control, .nnb-toggle").count() <= 6


def test_each_preset_says_what_to_look_for(widget_page, sample):
    page = widget_page(sample.make())
    presets = page.locator(".nnb-presets button")
    assert 3 <= presets.count() <= 4
    for preset in presets.all():
        preset.click()
        assert preset.get_attribute("aria-pressed") == "true"
        assert page.locator(".nnb-look").first.inner_text().startswith("Look for: ")
        assert_right(page, copied(page), sample)
    formula(page, sample.key).press("ArrowRight")
    assert page.locator(".nnb-look").first.is_hidden()


def test_keys_change_undo_and_reset(widget_page, sample):
    page = widget_page(sample.make())
    still(page)  # a run of keys is one change, however slow they come
    first = value(page, sample.key)
    assert button(page, "Undo").is_disabled() and button(page, "Reset").is_disabled()
    for where in (f"math [data-name={sample.key}]", f"[data-slider={sample.key}]"):
        node = page.locator(where).first
        before = value(page, sample.key)
        for key in ("ArrowLeft", "ArrowLeft", "Shift+ArrowLeft", "ArrowRight"):
            node.press(key)
        assert value(page, sample.key) < before
        assert " = " in node.get_attribute("aria-valuetext")
        assert_right(page, copied(page), sample)
        page.clock.run_for(450)
    formula(page, sample.key).press("Control+z")
    assert value(page, sample.key) == before
    button(page, "Undo").click()
    assert value(page, sample.key) == first
    formula(page, sample.key).press("End")
    formula(page, sample.key).press("r")
    assert value(page, sample.key) == first
    assert button(page, "Reset").is_disabled()


def test_predict_first_hides_the_result_until_guessed(widget_page, sample):
    n = sample.make()
    page = widget_page(n)
    live = page.locator(".nnb > .nnb-sr[role=status]")
    page.get_by_label("Predict first").check()
    hidden = page.locator(f".nnb [data-name={sample.result}]")
    assert set(hidden.all_text_contents()) == {"?"}
    assert hidden.evaluate_all("list => list.every(e => !e.hasAttribute('data-value'))")
    seen = page.locator(".nnb canvas, .nnb-result").evaluate_all(
        "list => list.filter(e => getComputedStyle(e).visibility != 'hidden').length")
    assert seen == 0
    page.get_by_label(sample.ask).fill("0,5")
    button(page, "Show").click()
    assert "You said 0.5; it is" in page.locator(".nnb-guess + p").inner_text()
    assert_right(page, n, sample)
    formula(page, sample.key).press("ArrowLeft")
    assert (set(hidden.all_text_contents()) == {"?"}) == sample.again
    if sample.again:
        expect(live).to_have_text("The result is hidden until you guess it.")


def test_steps_walk_through_the_calculation(widget_page, sample):
    page = widget_page(sample.make(), reduced_motion="reduce")
    first = say(page)
    page.wait_for_timeout(300)
    assert say(page) == first  # nothing plays by itself
    start = page.get_by_role("button", name="Back to the start")
    if start.is_enabled():
        start.click()
    assert say(page).startswith("Follow")
    step, texts = page.get_by_role("button", name="One step on"), []
    while step.is_enabled():
        step.click()
        texts.append(say(page))
    assert len(texts) >= 4 and len(set(texts)) == len(texts)
    assert page.locator("math [data-lit]").count() \
        or page.locator(f"math [data-name={sample.result}]").first.text_content() in texts[-1]
    page.locator(f"[data-slider={sample.key}]").press(",")
    assert say(page) == texts[-2]
    page.get_by_role("button", name="Back to the start").click()
    formula(page, sample.key).press(" ")
    page.wait_for_timeout(300)
    assert say(page) == texts[0]  # where motion is unwelcome, play is one step


def test_copy_python_makes_the_same_widget(widget_page, sample):
    n = sample.make(**sample.other)
    page = widget_page(n, permissions=["clipboard-read", "clipboard-write"])
    assert copied(page).state() == n.state()
    page.get_by_text("Python copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("pre").text_content()


def test_link_carries_the_state(widget_page, sample):
    n, other = sample.make(name="figure"), sample.make(name="figure", **sample.other)
    page = widget_page(other)
    more(page)
    button(page, "Copy link").click()
    link = page.locator(".nnb pre").inner_text()
    page = widget_page(n, hash=link[link.index("#"):])
    assert_right(page, other, sample)
    button(page, "Reset").click()
    assert_right(page, n, sample)
    assert "#" not in page.url
    for damaged in (f"{sample.key}=a", f"{sample.key}=1e99", "rm=1", "%E0%A4%A=1"):
        go_to(page, f"figure:{damaged}")
        assert_right(page, n, sample)


def test_live_region_tells_the_result(widget_page, sample):
    page = widget_page(sample.make())
    live = page.locator(".nnb > .nnb-sr[role=status]")
    assert live.text_content() == ""
    formula(page, sample.key).press("ArrowLeft")
    expect(live).not_to_be_empty()
    assert f"{value(page, sample.result):.3g}".replace("-", "−") in live.text_content()
    label = page.locator("svg[role=group]").first.get_attribute("aria-label")
    assert label.endswith(live.text_content())


def test_no_serious_violation_of_axe(widget_page, sample):
    page = widget_page(sample.make(**sample.other))
    more(page)
    assert_accessible(page)


@pytest.mark.parametrize("theme, ground", [("light", 255), ("dark", 27)])
def test_light_and_dark(widget_page, sample, theme, ground):
    page = widget_page(sample.make(), theme=theme)
    colour = page.locator(".nnb").evaluate("e => getComputedStyle(e).backgroundColor")
    assert colour.startswith(f"rgb({ground}, {ground}, ")


def test_what_takes_focus_shows_it_and_keeps_its_keys_in_lab(widget_page, sample):
    page = widget_page(sample.make(predict=True))
    assert_keys_stay(page)
    for _ in range(14):
        page.keyboard.press("Tab")
        width, style = page.evaluate("""() => { const s = getComputedStyle(document.activeElement);
          return [parseFloat(s.outlineWidth), s.outlineStyle]; }""")
        assert width >= 2 and style != "none"


def test_it_fits_from_phone_to_desk(widget_page, sample):
    page = widget_page(sample.make(**sample.other))
    more(page)
    assert_fits(page)


@pytest.mark.parametrize("where", ["math [data-name={}]", "[data-slider={}]"])
def test_touch_changes_a_number(widget_page, sample, where):
    page = widget_page(sample.make(), width=390, has_touch=True, is_mobile=True)
    before = value(page, sample.key)
    touch_drag(page, page.locator(where.format(sample.key)).first, -80)
    assert value(page, sample.key) < before
    assert_room_for_fingers(page)
    assert_right(page, copied(page), sample)


def test_two_views_of_one_model_stay_in_step(widget_page, sample):
    n = sample.make()
    page = widget_page(n, n, sample.make())
    page.locator(f"math [data-name={sample.key}]").nth(0).press("Home")
    drawn(page)
    read = f"""() => [...document.querySelectorAll('.nnb')].map(e =>
      +e.querySelector('math [data-name={sample.key}]').dataset.value)"""
    first, second, alone = page.evaluate(read)
    assert first == second != alone
    ids = page.locator("[id]").evaluate_all("list => list.map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_without_javascript_caption_and_table_are_read(widget_page, sample):
    n = sample.make()
    page = widget_page(n, script=False)
    text = page.locator(".nnb-fallback").inner_text()
    assert n.caption() in text
    assert page.locator(".nnb-fallback tbody tr").count() == len(n.table()) >= 4


def test_it_is_a_good_guest_in_lab(widget_page, sample):
    assert_good_guest(widget_page(), sample.make(name="lab"), *sample.guest)
