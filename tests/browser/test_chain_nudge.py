"""ChainNudge: every number, the limit, the lenses to scale, the nudge by hand and by button."""

import re
from math import prod

import numpy as np
import pytest
import traitlets
from playwright.sync_api import expect
from screen import assert_numbers, button, copied, drag, read
from test_common import chain_numbers, formula, value

import nnlib
from nnlib import widgets

RNG = np.random.default_rng(0)
ALL = ["w", "b", "x", "v", "c"]


def random_chain(of, links, nudge):
    numbers = dict(zip("xwbvc", RNG.uniform(-3, 3, 5), strict=True))
    return {**numbers, "y": RNG.uniform(), "of": of, "links": links, "nudge": nudge}


CHAINS = [random_chain(of, links, RNG.choice([-1, 1]) * 10.0 ** RNG.uniform(-5, 0))
          for links in (1, 2) for of in ALL[:3 if links == 1 else 5]]
EDGES = [
    {"x": 0}, {"x": 0, "links": 2}, {"links": 2, "v": 0}, {"links": 2, "of": "x", "w": 0},
    {"x": 10, "w": 10, "b": 10, "y": 1}, {"x": -10, "w": 10, "links": 2, "v": 10, "nudge": -1},
    {"x": 1, "w": 1, "b": -1, "y": 0.5, "nudge": 1e-5}, {"x": 10, "w": -10, "nudge": 1},
]


# ---- the numbers ----

def test_every_number_is_pythons(widget_page):
    chains = [widgets.ChainNudge(**case) for case in CHAINS + EDGES]
    page = widget_page(*chains)
    for n in chains:
        shown = assert_numbers(page, chain_numbers(n), f"[data-nnb-model='{n.model_id}'] .nnb")
        alive = {f"r_{far}" for far, ratio in n.ratios.items() if not np.isnan(ratio)}
        assert alive == {number["name"] for number in shown if number["name"].startswith("r_")}
    drawn = page.locator("main").inner_html()
    assert not [word for word in ("NaN", "Infinity", "undefined", "null") if word in drawn]
    assert page.problems == []


@pytest.mark.parametrize("case", CHAINS)
def test_product_is_the_gradient_of_backprop(case):
    n = widgets.ChainNudge(**case)
    net = nnlib.Network([1] * (n.links + 1))
    for i, (w, b) in enumerate([(n.w, n.b), (n.v, n.c)][:n.links]):
        net.weights[i][:], net.biases[i][:] = w, b
    gW, gb = net.backprop(np.array([[n.x]]), np.array([[n.y]]))
    found = {"w": gW[0][0, 0], "b": gb[0][0], "x": gb[0][0] * n.w}
    if n.links == 2:
        found |= {"v": gW[1][0, 0], "c": gb[1][0]}
    assert n.product == pytest.approx(found[n.of], rel=1e-12)


def cost(n, long=np.longdouble):
    x, w, b, v, c, y = (long(getattr(n, key)) for key in "xwbvcy")
    a = 1 / (1 + np.exp(-(w * x + b)))
    return ((a if n.links == 1 else 1 / (1 + np.exp(-(v * a + c)))) - y) ** 2 / 2


@pytest.mark.parametrize("case", CHAINS)
def test_ratio_is_what_one_measures(case):
    """The cost, computed afresh before and after, gives the same ratio."""
    n = widgets.ChainNudge(**case)
    moved = widgets.ChainNudge(**{**case, n.of: getattr(n, n.of) + n.nudge})
    rough = float((cost(moved) - cost(n)) / n.nudge)
    assert n.ratio == pytest.approx(rough, rel=1e-9, abs=3e-16 / abs(n.nudge))
    assert sum(n.changes.values()) == pytest.approx(
        sum(n.after[key] - n.before[key] for key in n.path))


def test_known_numbers():
    """w = 0.8, x = 1.5, b = -0.2: the neuron with z = 1 of chapter 1."""
    n = widgets.ChainNudge()
    assert n.path == ["w", "z", "a", "C"]
    assert n.derivatives == pytest.approx({"z": 1.5, "a": 0.196612, "C": 0.731059}, abs=1e-6)
    assert n.after["a"] == pytest.approx(1 / (1 + np.exp(-1.75)))
    assert n.ratio == pytest.approx(0.191377, abs=1e-6)


@pytest.mark.parametrize("case", CHAINS)
def test_the_insight_holds_ratios_become_derivatives_and_always_telescope(case):
    off = []
    for nudge in (0.5, 0.05, 0.005, 5e-4, 1e-5):
        n = widgets.ChainNudge(**{**case, "nudge": nudge})
        assert prod(n.ratios.values()) == pytest.approx(n.ratio, rel=1e-12)
        off.append([abs(n.ratios[far] - n.derivatives[far]) for far in n.path[1:]])
    for before, after in zip(off, off[1:], strict=False):
        assert all(b <= 0.2 * a + 1e-12 for a, b in zip(before, after, strict=True))
    assert max(off[-1]) < 1e-4


# ---- the picture ----

PLACES = """root => Object.fromEntries([...root.querySelectorAll('circle')].filter(c =>
  c.dataset.link).map(c => [`${c.dataset.link} ${c.getAttribute('r')}`, +c.getAttribute('cx')]))"""
MARKS = """root => [...root.querySelectorAll('path.nnb-mark.nnb-result')]
  .map(m => +m.getAttribute('d').match(/M([-.\\d]+)/)[1])"""
LENSES = """root => [...root.querySelectorAll('.nnb-tick')].map(t => t.textContent)
  .filter(t => t.includes('×')).map(t => +t.split('×')[1].replace(',', ''))"""


def places(page, n, root="main"):
    """Pixels of each line from the value before to the one after, and to its mark; the lenses."""
    picture = page.locator(f"{root} .nnb-picture").first
    at = picture.evaluate(PLACES)
    zero = at[f"{n.of} 5"]
    ends = [at["size 8"], *(at[f"new_{key} d_{key} 4"] for key in n.path[1:])]
    return (np.array(ends) - zero, np.array(picture.evaluate(MARKS)) - zero,
            np.array(picture.evaluate(LENSES)))


def test_all_is_to_scale(widget_page):
    """Changes and marks under the lens that is said; each link stretches by its measured ratio."""
    chains = [widgets.ChainNudge(**case) for case in (
        {}, {"nudge": 0.05}, {"nudge": 0.001}, {"links": 2, "nudge": -0.3, "v": -3, "y": 1},
        {"links": 2, "of": "v", "nudge": 0.001}, {"of": "b", "w": 4}, {"x": 10, "w": 0.1})]
    page = widget_page(*chains, width=1000)
    gaps = []
    for n in chains:
        root = f"[data-nnb-model='{n.model_id}']"
        ends, marks, lenses = places(page, n, root)
        unit = ends[0] / n.nudge / lenses[0]  # pixels of 1 without a lens
        assert lenses[0] == pytest.approx(0.5 / abs(n.nudge), rel=0.01)
        changes, slopes = np.array(list(n.changes.values())), list(n.derivatives.values())
        assert ends == pytest.approx(changes * lenses * unit, rel=0.01, abs=0.01)
        promised = n.nudge * np.cumprod(slopes)
        assert marks == pytest.approx(promised * lenses[1:] * unit, rel=0.01, abs=0.01)
        assert np.abs(ends).max() < 130 and np.abs(ends).min() > 20
        for far, ratio in n.ratios.items():
            d = page.locator(f"{root} path.nnb-stretch[data-link='r_{far} s_{far}']")
            points = re.findall(r"[-.\d]+", d.get_attribute("d"))
            zero, start, end = np.array(points, float).reshape(-1, 2)[:3, 0]
            assert (end - zero) / (start - zero) == pytest.approx(ratio, abs=2e-3)
        gaps.append(np.abs(ends[2:] - marks[1:]).max())
    assert gaps[0] > 5 > gaps[1] > 0.1 > gaps[2]  # as the nudge shrinks, the points meet the marks


def test_a_nudge_that_is_stopped_says_so(widget_page):
    page = widget_page(widgets.ChainNudge(x=0, links=2))
    assert page.locator(".nnb-picture").first.locator("text", has_text="0/0").count() == 4
    assert "stops on its way" in page.locator(".nnb-caption").last.inner_text()
    assert value(page, "ratio") == value(page, "product") == 0
    step = page.get_by_role("button", name="One step on")
    while step.is_enabled():
        step.click()
    expect(page.locator(".nnb-say")).to_contain_text("nothing reaches C")


# ---- changing it ----

def test_the_nudge_can_be_dragged_to_both_sides(widget_page):
    n = widgets.ChainNudge()
    page = widget_page(n)
    dot = page.locator("circle.nnb-push")
    ends, _, lenses = places(page, n)
    box = dot.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 30, y)
    ends2, _, lenses2 = places(page, n)
    assert list(lenses2) == list(lenses)  # all lines slide under the lenses they had
    assert ends2[0] == pytest.approx(ends[0] - 30, abs=1)
    assert all(abs(ends2) < abs(ends))
    page.mouse.up()
    _, _, lenses3 = places(page, n)
    assert lenses3[0] > lenses[0]  # let go: what is small now is magnified
    drag(page, dot, -120)
    assert copied(page).nudge < 0
    assert_numbers(page, chain_numbers(copied(page)))
    before = value(page, "size")
    dot.press("ArrowLeft")
    assert value(page, "size") < before
    button(page, "Turn it round (±)").click()
    assert copied(page).nudge > 0


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_apply_lets_all_lines_slide(widget_page, motion):
    n = widgets.ChainNudge(links=2)
    page = widget_page(n, reduced_motion=motion)
    before, _, _ = places(page, n)
    page.evaluate("""() => { window.seen = []; const dots = () => [...document.querySelectorAll(
      '.nnb-push, .nnb-landed.nnb-result')].map(c => +c.getAttribute('cx'));
      new MutationObserver(() => seen.push(dots())).observe(document.querySelector(
      '.nnb-picture svg'), { subtree: true, attributes: true, attributeFilter: ['cx'] }); }""")
    button(page, "Apply the nudge").click()
    page.wait_for_function("""want => seen.length > 1
      && Math.abs(seen.at(-1)[0] - seen[0][0] - want) < 1e-6""", arg=before[0])
    seen = np.array(page.evaluate("seen"))
    assert np.ptp(seen[0]) < 1e-6 and (np.diff(seen, axis=0) >= 0).all()  # together, and only on
    if motion == "reduce":
        assert len(seen) == 2  # there and back, no motion between
    after, _, _ = places(page, n)
    assert list(after) == list(before)


def test_what_is_nudged_and_how_long_the_chain_is(widget_page):
    page = widget_page(widgets.ChainNudge())
    choose, chain = page.get_by_label("nudge", exact=True), page.get_by_label("chain", exact=True)
    for of, links in (("b", 1), ("x", 1), ("v", 2), ("c", 2), ("w", 2)):
        choose.select_option(of)
        n = copied(page)
        assert (n.of, n.links) == (of, links)
        assert_numbers(page, chain_numbers(n))
    choose.select_option("v")
    chain.select_option("1")
    n = copied(page)
    assert (n.of, n.links) == ("w", 1)  # without a second neuron there is no v
    assert_numbers(page, chain_numbers(n))
    assert page.problems == []


def test_sources_light_up(widget_page):
    page = widget_page(widgets.ChainNudge())
    formula(page, "r_a").hover()
    lit = page.locator("[data-lit]")
    expect(lit.and_(page.locator("path.nnb-stretch"))).to_have_count(1)
    page.locator("mrow[data-link=x]").last.hover()  # the derivative of z by w is x
    expect(lit.and_(page.locator("math [data-name=x]"))).to_have_count(1)
    expect(lit.and_(page.locator(".nnb-control[data-link=x]"))).to_have_count(1)


def test_formulas_say_where_the_numbers_come_from(widget_page):
    page = widget_page(widgets.ChainNudge(links=2, nudge=-0.5), width=1000)

    def rows():
        texts = page.locator("math mtr").all_text_contents()
        return {re.sub("[()]", "", text).replace("\u2002", " ") for text in texts}
    assert {"z=wx+b=0.8·1.5+−0.2=1.00", "a=σz=0.731", "z2=va+c=2.0·0.731+−1.0=0.462",
            "a2=σz2=0.614", "C=12a2−y2=120.614−0.002=0.188", "Δw=−0.50"} <= rows()
    assert "ΔzΔw=−0.750−0.500=1.500 ∂z∂w=x=1.500" in rows()
    assert "Δa2Δz2=−0.0825−0.338=0.2442 ∂a2∂z2=σ′z2=0.2371" in rows()
    assert "ΔCΔa2=−0.0472−0.0825=0.5723 ∂C∂a2=a2−y=0.6135" in rows()
    page.get_by_label("chain", exact=True).select_option("1")
    assert "ΔaΔz=−0.169−0.750=0.2252 ∂a∂z=a1−a=0.1966" in rows()
    product = "∂C∂w=1.500·0.1966·0.7311=0.2156"
    assert product in rows()
    for of, rule in (("x", "∂z∂x=w=0.8000"), ("v", "∂z2∂v=a=0.7311"), ("c", "∂z2∂c=1.000")):
        page.get_by_label("nudge", exact=True).select_option(of)
        assert any(row.endswith(rule) for row in rows())


def test_derivatives_stay_in_sight_while_one_predicts(widget_page):
    page = widget_page(widgets.ChainNudge(predict=True))
    assert formula(page, "s_a").text_content() == "0.1966"
    for name in ("r_a", "d_a", "new_C", "ratio", "product"):
        assert set(page.locator(f".nnb [data-name={name}]").all_text_contents()) == {"?"}
    page.get_by_label("what will").fill("0.2156")
    button(page, "Show").click()
    expect(page.locator(".nnb-guess + p")).to_contain_text("it is ΔC/Δw = 0.1914")


def test_presets_say_the_truth(widget_page):
    page = widget_page(widgets.ChainNudge())

    def chosen(name):
        button(page, name).click()
        return copied(page)
    n = chosen("Shrink the nudge")
    assert 0.05 < abs(n.ratio / n.product - 1) < 0.2
    n.nudge = 0.001
    assert abs(n.ratio / n.product - 1) < 1e-3
    n = chosen("A saturated neuron")
    assert n.before["z"] == 8 and n.changes["z"] > n.nudge and n.changes["a"] < 1e-4
    n = chosen("A longer chain")
    assert len(n.ratios) == 5 and max(n.derivatives["a"], n.derivatives["a2"]) <= 0.25
    first = n.product
    n.of = "v"
    assert len(n.ratios) == 3 and n.product > first
    n = chosen("The exact answer")
    assert n.before["a"] == n.y and n.product == 0
    whole, n.nudge = n.ratio, n.nudge / 2
    assert n.ratio == pytest.approx(whole / 2, rel=0.1)


def test_digits_tell_before_from_after(widget_page):
    page = widget_page(widgets.ChainNudge(links=2, nudge=1e-5), width=390)
    for key in ("w", "z", "a", "z2", "a2", "C"):
        texts = [page.locator(f"svg [data-name={name}]").first.text_content()
                 for name in (key, f"new_{key}")]
        assert read(texts[0])[0] != read(texts[1])[0]


# ---- bad input ----

def test_a_link_to_nowhere_changes_nothing(widget_page):
    page = widget_page(widgets.ChainNudge(name="nudge"))
    for part in ("nudge=0", "nudge=2", "w=11", "y=2", "of=v", "of=y", "links=3", "links=1.5"):
        page.evaluate("""hash => new Promise(done => { location.hash = hash;
          addEventListener('hashchange', () => done(), { once: true }); })""", f"nudge:{part}")
        assert copied(page).state() == {**widgets.ChainNudge().state(), "name": ""}
    assert page.problems == []


@pytest.mark.parametrize("change, complaint", [
    ({"nudge": 0}, "nudge must be 1e-5 or more in size"),
    ({"nudge": -2}, "nudge must be one number from -1 to 1; got -2."),
    ({"w": 11}, "w must be one number from -10 to 10; got 11."),
    ({"y": 1.5}, "y must be one number from 0 to 1; got 1.5."),
    ({"of": "y"}, "of must be one of: w, b, x, v, c; got 'y'."),
    ({"of": "v"}, "of='v' belongs to a second neuron and links is 1."),
    ({"links": 3}, "links must be one number from 1 to 2; got 3."),
])
def test_bad_values_get_one_sentence(change, complaint):
    n = widgets.ChainNudge()
    with pytest.raises(traitlets.TraitError) as error:
        n.set(**change)
    assert complaint in str(error.value)
    assert "\n" not in str(error.value)
    with pytest.raises(traitlets.TraitError):
        widgets.ChainNudge(**change)


def test_links_and_of_are_set_together():
    n = widgets.ChainNudge()
    n.set(of="v", links=2)
    assert n.path == ["v", "z2", "a2", "C"]
    n.set(links=1, of="b")
    assert n.path == ["b", "z", "a", "C"]
    assert widgets.ChainNudge(of="c", links=2).path == ["c", "z2", "a2", "C"]
