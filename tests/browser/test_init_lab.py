"""InitLab: NumPy's network in the page, two diseases told apart, nothing that is not a number."""

import re

import numpy as np
import pytest
import traitlets
from screen import SUPER, assert_numbers, button, copied, go_to, ready, ticks
from test_common import diagnosis, formula, init_numbers, value

import nnlib
from nnlib import widgets

CASES = [
    {"activation": "sigmoid", "depth": 20, "width": 128},
    {"activation": "relu", "start": "N(0, 1)", "depth": 20, "width": 128, "g": 5, "seed": 9999},
    {"activation": "linear", "start": "0.01", "g": 0.01, "depth": 20, "width": 8},
    {"activation": "tanh", "start": "sqrt(2/n)", "depth": 1, "width": 13},
]


def read(page, name, n):
    shown = page.locator(f"[data-nnb-model='{n.model_id}'] math [data-name={name}]").first
    return float(shown.get_attribute("data-value"))


def test_every_number_is_nnlibs_however_small(widget_page):
    labs = [widgets.InitLab(**case) for case in CASES]
    page = widget_page(*labs)
    for n in labs:
        want = init_numbers(n)
        assert_numbers(page, want, f"[data-nnb-model='{n.model_id}'] .nnb")
        for name in ("aL", "g1", "gL", "ratio", "r1"):  # relative to themselves
            assert read(page, name, n) == pytest.approx(want[name], rel=1e-9, abs=0), (n, name)
    drawn = page.locator("main").inner_html()
    assert not [word for word in ("NaN", "Infinity", "undefined") if word in drawn]
    assert page.problems == []


def diagnose(act, spread, seed):  # as chapter 8 computes it
    rng = np.random.default_rng(seed)
    net = nnlib.Network([64] * 9, act, act, spread=spread, rng=rng)
    X, Y = rng.standard_normal((100, 64)), rng.uniform(size=(100, 64))
    Z, A = net.forward(X)
    gW, gb = net.backprop(X, Y)
    flat = np.mean([abs(z) > 5 for z in Z[:-1]])
    return flat, np.sqrt((gW[-1] ** 2).mean() / (gW[0] ** 2).mean())


@pytest.mark.parametrize("name, start, spread", [
    ("sigmoid", "N(0, 1)", 1), ("sigmoid", "1/sqrt(n)", 1 / 8), ("tanh", "1/sqrt(n)", 1 / 8)])
def test_the_page_and_chapter_8_agree_for_every_seed(widget_page, name, start, spread):
    labs = [widgets.InitLab(activation=name, start=start, seed=seed) for seed in range(10)]
    page = widget_page(*labs)
    found = []
    for n in labs:
        want = diagnose(nnlib.ACTIVATIONS[name], spread, n.seed)
        got = read(page, "flat", n) / 100, read(page, "ratio", n)
        assert got == pytest.approx(want, rel=1e-9)
        assert n.diagnose() == pytest.approx(want, rel=1e-12)
        found.append(got)
    flat, ratio = np.median(found, axis=0)
    assert {"sigmoid N(0, 1)": flat > 0.3 and ratio < 30,
            "sigmoid 1/sqrt(n)": flat == 0 and ratio > 3000,
            "tanh 1/sqrt(n)": flat == 0 and 0.5 < ratio < 2}[f"{name} {start}"]


def test_what_python_tells_is_what_was_drawn():
    n = widgets.InitLab(activation="tanh", start="N(0, 1)", g=0.3, depth=5, width=24, seed=3)
    spread, a, g, flat, ratio = diagnosis(n, n.start, n.g)
    assert n.spread == spread and n.m == 100
    assert n.signal == pytest.approx(a) and n.gradients == pytest.approx(g)
    assert n.diagnose() == pytest.approx((flat, ratio))
    X, Y = n.data()
    assert np.sqrt((n.network().backprop(X, Y)[0][0] ** 2).mean()) == pytest.approx(g[0])
    assert n.starts()["N(0, 1)"] == pytest.approx(diagnosis(n, "N(0, 1)", 1)[3:])
    assert widgets.InitLab(depth=20, width=128).m == 20


@pytest.mark.parametrize("name, words, fact", [
    ("Vanishing", "Vanishing, and nothing is flat",
     lambda n, flat, ratio: flat == 0 and ratio > 1000),
    ("Saturated", "Saturated, not vanishing", lambda n, flat, ratio: flat > 0.35 and ratio < 20),
    ("Exploding", "The signal explodes", lambda n, flat, ratio: n.signal[-1] > 1e6),
    ("Level", "Neither ladder runs away", lambda n, flat, ratio: flat == 0 and 0.5 < ratio < 2),
])
def test_presets_say_the_truth(widget_page, name, words, fact):
    page = widget_page(widgets.InitLab(g=3))
    button(page, name).click()
    n = copied(page)
    assert fact(n, *n.diagnose())
    assert page.locator(".nnb-verdict-line").inner_text().startswith(words)
    if name == "Exploding":
        page.get_by_label("start", exact=True).select_option("sqrt(2/n)")
        n = copied(page)
        assert 0.5 < n.signal[-1] < 2 and 0.2 < n.diagnose()[1] < 5


def test_a_dead_network_has_no_slope_and_no_nonsense(widget_page):
    dead = next(n for n in (widgets.InitLab(depth=20, width=8, seed=seed) for seed in range(200))
                if n.signal[-1] == 0)
    assert dead.diagnose()[1] == 0 and "nan" not in dead.caption()
    page = widget_page(dead)
    assert "has died" in page.locator(".nnb-verdict-line").inner_text()
    drawn = page.locator("main").inner_html()
    assert not [word for word in ("NaN", "Infinity", "undefined") if word in drawn]
    assert_numbers(page, init_numbers(dead))


def test_the_pictures_show_every_layer(widget_page):
    n = widgets.InitLab(depth=6, width=32)
    page = widget_page(n)
    for index, sizes in ((0, n.signal[1:]), (1, n.gradients)):
        picture = page.locator(".nnb-picture").nth(index)
        assert picture.locator("path.nnb-violin").count() == 6
        at = ticks(picture)
        # 1 is the tick of 10 to the 0; the shares have ticks 0 and 100 %
        marks = sorted((int(t[2:].translate(SUPER) or 0), y) for (t, side), (_, y) in at.items()
                       if side == "end" and t not in ("0", "100 %"))
        (p, low), (q, high) = marks[:2]
        dots = picture.locator("circle.nnb-lane-end").evaluate_all(
            "list => list.map(e => +e.getAttribute('cy'))")
        want = low + (np.log10(sizes) - p) / (q - p) * (high - low)
        assert dots == pytest.approx(want, abs=0.01)
    shares = page.locator("rect.nnb-bar").evaluate_all(
        "list => list.map(e => +e.getAttribute('height'))")
    assert shares == pytest.approx(34 * n.flat, abs=1e-6)
    lanes = page.locator(".nnb-picture").nth(2).locator("path.nnb-lane").evaluate_all(
        "list => list.map(e => e.getAttribute('d'))")
    assert [len(re.findall("[ML]", d)) for d in lanes] == [7, 6]


def test_a_seed_gives_its_network_again(widget_page):
    page = widget_page(widgets.InitLab(activation="sigmoid"))
    first = value(page, "ratio")
    button(page, "New seed").click()
    n = copied(page)
    assert n.seed == 1 and value(page, "ratio") != first
    assert_numbers(page, init_numbers(n))
    button(page, "Reset").click()
    assert value(page, "ratio") == first


def test_the_largest_network_follows_the_keys(widget_page):
    page = widget_page(widgets.InitLab(depth=20, width=128))
    for _ in range(3):
        formula(page, "g").press("ArrowRight")
    ready(page)
    assert "20 examples" in page.locator(".nnb-caption").last.inner_text()
    assert_numbers(page, init_numbers(copied(page)))


def test_a_link_to_nowhere_changes_nothing(widget_page):
    page = widget_page(widgets.InitLab(name="lab", depth=3, width=16))
    for part in ("depth=0", "depth=2.5", "width=4", "g=0", "g=9", "start=he", "activation=step",
                 "seed=-1"):
        go_to(page, f"lab:{part}")
        assert copied(page).state() == widgets.InitLab(depth=3, width=16).state()
    assert page.problems == []


@pytest.mark.parametrize("change, complaint", [
    ({"depth": 21}, "depth must be one number from 1 to 20; got 21."),
    ({"width": 12.5}, "width must be a whole number; got 12.5."),
    ({"g": 0}, "g must be one number from 0.01 to 5; got 0."),
    ({"start": "he"}, "start must be one of: N(0, 1), 0.01, 1/sqrt(n), sqrt(2/n); got 'he'."),
    ({"activation": "step"}, "activation must be one of: sigmoid, tanh, relu, linear; got 'step'."),
])
def test_bad_values_get_one_sentence(change, complaint):
    with pytest.raises(traitlets.TraitError) as error:
        widgets.InitLab(**change)
    assert complaint in str(error.value) and "\n" not in str(error.value)
