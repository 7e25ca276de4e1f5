"""BackpropStepper in a page of its own: every number of every step against nnlib, every feature."""

import re

import numpy as np
import pytest
import traitlets
from screen import (
    NUMBERS,
    SMALL_TEXT,
    assert_accessible,
    assert_agree,
    button,
    copied,
    drag,
    say,
    touch_drag,
)

import nnlib
from nnlib import widgets

NETS = ["1-1-1", "2-2-1", "2-2-2", "2-3-1"]
VIEWS = ["Network", "Graph", "Matrices"]
LINE = {"Bp1": "BP1", "Bp2": "BP2", "Bp3": "BP3", "Bp4": "BP4", "Forward again": "Again",
        "Cost again": "Again"}
STEPPER = widgets.BackpropStepper

# From step 0 to the last and back, in one view: the numbers of the whole figure, the names in the
# picture, and which line of the algorithm is highlighted.
WALK = """([numbers, view]) => { const root = document.querySelector('.nnb');
  [...root.querySelectorAll('.nnb-tabs button')].find(b => b.textContent == view).click();
  const read = eval(numbers), press = (key) => root.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true }));
  const look = () => ({ numbers: read(root), bad: /NaN|Infinity|undefined/.test(root.innerHTML),
    picture: [...root.querySelectorAll('.nnb-bp-picture [data-name]')].map(e => e.dataset.name),
    line: [...root.querySelectorAll('[aria-current=step]')].map(e => e.ariaLabel) });
  const last = +root.querySelector('[data-slider=step]').max, there = [look()], back = [];
  for (let i = 0; i < last; i++) { press('.'); there.push(look()); }
  back.unshift(look());
  for (let i = 0; i < last; i++) { press(','); back.unshift(look()); }
  return [there, back]; }"""

# At each step the sides of the formula's equations that hold numbers only, worked out as printed.
SIDES = """() => { const root = document.querySelector('.nnb'), sig = (z) => 1 / (1 + Math.exp(-z));
  const write = (node) => {
    const parts = [...node.children].map(write), [base, raised] = parts;
    if (node.dataset.value) return `(${node.dataset.value})`;
    if (node.localName === 'msup') return raised === '2' ? `${base}**2` : 'x';
    if (node.localName === 'mfrac') return `((${base})/(${raised}))`;
    if (parts.length) return parts.join('');
    if (getComputedStyle(node).display === 'none') return '';
    if (node.localName === 'mtext') return node.textContent.trim() === 'ln' ? 'Math.log' : '';
    return { '−': '-', '·': '*', 'σ': 'sig' }[node.textContent.trim()]
      ?? node.textContent.trim(); };
  const number = (side) => {
    if (!side) return null;
    if (/[^-+*/().\\de]/.test(side.replaceAll('Math.log', '').replaceAll('sig', ''))) return null;
    return eval(side.replace(/([)\\d])(?=\\(|Math)/g, '$1*')); };
  const last = +root.querySelector('[data-slider=step]').max, seen = [];
  for (let i = 0; i < last; i++) {
    root.dispatchEvent(new KeyboardEvent('keydown', { key: '.', bubbles: true }));
    const lines = [];
    for (const row of root.querySelectorAll('.nnb-bp-line mtr')) {
      const [left, ...cells] = [...row.children].map(write);
      if (row.firstElementChild.textContent) lines.push('');
      lines[lines.length - 1] += left + cells.join(''); }
    seen.push(lines.map(line => line.split('=').slice(1).map(number).filter(v => v !== null))); }
  return seen; }"""

# 200 random edits and steps from a seed; after each what Copy Python gives, and the numbers.
MONKEY = """async ([numbers, seed]) => {
  const root = document.querySelector('.nnb'), read = eval(numbers);
  const all = (query) => [...root.querySelectorAll(query)]
    .filter(e => !e.disabled && !e.closest('[hidden]'));
  const random = (n) => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor(seed / 2 ** 32 * n); };
  const some = (list) => list[random(list.length)];
  const named = (text) => all('button').filter(b => b.textContent == text);
  const key = (node, key, shiftKey = false) => node.dispatchEvent(
    new KeyboardEvent('keydown', { key, shiftKey, bubbles: true }));
  const pick = (select) => { select.value = some([...select.options]).value;
    select.dispatchEvent(new Event('change', { bubbles: true })); };
  const slide = (input) => {
    input.value = +input.min + random(1001) / 1000 * (input.max - input.min);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true })); };
  const click = (list) => some(list)?.click();
  const acts = [
    ...Array(8).fill(() => key(some(all('[data-scrub][tabindex]')),
      some(['ArrowUp', 'ArrowDown', 'Home', 'End']), random(2))),
    ...Array(4).fill(() => key(root, '.')), () => key(root, ','),
    ...Array(2).fill(() => click(all('.nnb-algo-row'))), () => click(all('.nnb-tabs button')),
    () => slide(some(all('input[type=range]'))),
    () => slide(root.querySelector('[data-slider=step]')),
    () => pick(some(all('.nnb-control select'))),
    () => click(all('[data-link=update_biases] input')),
    () => click(named('Check with finite differences')),
    () => click(named('Next round from the new weights')),
    () => click(all('.nnb-presets button')), () => click(named('Undo')),
  ];
  const copy = [...root.querySelectorAll('button')].find(b => b.textContent == 'Copy Python');
  root.querySelector('.nnb-more').open = true;
  const drawn = () => root.querySelector('.nnb-bp-picture svg').hasAttribute('viewBox'), seen = [];
  for (let i = 0; i < 200; i++) {
    const act = some(acts);
    act();
    while (!drawn()) await new Promise(requestAnimationFrame); // a new network has a new picture
    copy.click();
    seen.push({ act: String(act), code: root.querySelector('pre').textContent, numbers: read(root),
      bad: /NaN|Infinity|undefined/.test(root.innerHTML) });
  }
  return seen; }"""


def expected(n):
    """Every number that the figure may show at its step."""
    return n.numbers() | (n.differences() if n.numerical else {}) | {"step": n.step}


def in_picture(n, step, view):
    """The names that the picture shows after `step` lines: what is known, and not out of date."""
    made = {name for _, names in n.lines[:step] for name in names}
    again = step > 0 and n.lines[step - 1][0].endswith("again")
    moved = {name for name in made if re.match("n[wb]", name)}
    names = set(n.numbers(0)) - {"eta"} - {name[1:] for name in moved} | moved
    kinds = {"Network": "z a d gw gb C", "Graph": "z a d e p gw gb C", "Matrices": "z a s d gw gb"}
    kinds = [kind for kind in kinds[view].split() if not again or kind in "z a p C".split()]
    kind = re.compile(rf"{'n' if again else ''}({'|'.join(kinds)})(\d[\d_]*)?")
    names |= {name for name in made if kind.fullmatch(name)}
    if again and "nC" in made and view == "Network":
        names.add("C")
    if n.numerical and not again:
        names |= {"q" + name[1:] for name in names if name.startswith("g")}
    return names


def shown(page, name):
    return float(page.locator(f"[data-name={name}]").first.get_attribute("data-value"))


def scrub_to(page, step):
    page.locator("[data-slider=step]").evaluate("""(node, v) => { node.value = v;
      node.dispatchEvent(new Event('input', { bubbles: true }));
      node.dispatchEvent(new Event('change', { bubbles: true })); }""", step)


# ---- the numbers ----

@pytest.mark.parametrize("net", NETS)
def test_each_step_shows_the_numbers_of_nnlib_there_and_back(widget_page, net):
    n = STEPPER(net, numerical=net == "2-2-1")
    page = widget_page(n)
    wanted = []
    for n.step in range(len(n.lines) + 1):
        wanted.append(expected(n))
    for view in VIEWS:
        pictures = [in_picture(n, step, view) for step in range(len(wanted))]
        there, back = page.evaluate(WALK, [NUMBERS, view])
        assert back == there
        for step, (seen, want) in enumerate(zip(there, wanted, strict=True)):
            assert_agree(seen["numbers"], want)
            assert set(seen["picture"]) == pictures[step], (view, step)
            assert not seen["bad"]
            part = n.lines[step - 1][0].capitalize() if step else ""
            assert seen["line"] == ([f"go to {LINE.get(part, part)}"] if step else [])
    assert page.problems == []


@pytest.mark.parametrize("net, traits, width", [
    ("2-2-2", {"cost": "quadratic"}, 704), ("2-2-2", {"cost": "cross-entropy"}, 704),
    ("2-2-2", {"cost": "mse", "update_biases": True}, 390), ("2-3-1", {}, 390),
    ("2-2-1", {"cost": "cross-entropy"}, 704), ("1-1-1", {}, 704)])
def test_the_arithmetic_is_right_as_it_is_printed(widget_page, net, traits, width):
    n = STEPPER(net, **traits)
    page = widget_page(n, width=width)
    for (part, makes), lines in zip(n.lines, page.evaluate(SIDES), strict=True):
        assert len(lines[0]) >= (1 if part == "BP3" else 2), makes
        for sides in filter(None, lines):
            assert sides == pytest.approx([sides[0]] * len(sides), rel=1e-9, abs=1e-12), makes
        assert lines[0][-1] == pytest.approx(n.numbers(len(n.lines))[makes[0]], rel=1e-9)


def test_the_presets_of_the_page_are_the_nets_of_python(widget_page):
    page = widget_page(STEPPER())
    for preset, net in zip(page.locator(".nnb-presets button").all(), NETS, strict=True):
        preset.click()
        assert copied(page).state() == STEPPER(net).state()
        scrub_to(page, 5)
        assert preset.get_attribute("aria-pressed") == "true"  # steps leave it chosen
        assert page.locator(".nnb-look").first.inner_text().startswith("Look for: ")


def test_the_worked_examples(widget_page):
    n = STEPPER("2-2-2", step=42)
    page = widget_page(n)
    for name, value in {"C": 0.298371109, "nC": 0.291027774, "nw2_1_1": 0.35891648,
                        "nw1_1_1": 0.14978072}.items():
        assert shown(page, name) == pytest.approx(value, abs=5e-10 if "C" in name else 5e-9)
    n = STEPPER("2-2-1", step=16)
    page = widget_page(n)
    for name, value in {"gw1_1_1": 0.0214695353, "gb2_1": -0.2376175595, "C": 0.226866}.items():
        assert shown(page, name) == pytest.approx(value, abs=5e-7 if name == "C" else 5e-11)
    scrub_to(page, len(n.lines))
    assert shown(page, "nC") == pytest.approx(0.221097, abs=5e-7)


def test_200_random_edits_and_steps_leave_it_consistent(widget_page):
    page = widget_page(STEPPER("2-2-2"))
    for seen in page.evaluate(MONKEY, [NUMBERS, 1]):
        names = {}
        exec(seen["code"], names)
        assert_agree(seen["numbers"], expected(names["n"]))
        assert not seen["bad"], seen["act"]
    assert page.problems == []


OTHERS = [
    (nnlib.Network([3, 4, 4, 2], hidden=nnlib.tanh, rng=3), {"cost": "mse", "step": 60}),
    (nnlib.Network([2, 1], output=nnlib.linear, rng=1), {"x": [3, -2], "y": [-5], "step": 13}),
    (nnlib.Network([4, 4, 4, 4], hidden=nnlib.relu, rng=4), {"cost": "cross-entropy", "step": 182}),
    (nnlib.Network([1, 2, 1, 2], hidden=nnlib.step, rng=5), {"step": 25, "numerical": True}),
]


@pytest.mark.parametrize("net, rest", OTHERS)
def test_any_small_network_from_python(widget_page, net, rest):
    n = STEPPER(net, **rest)
    assert len(n._repr_mimebundle_()[0]["text/html"].encode()) < 10_000
    page = widget_page(n)
    for view in VIEWS:
        button(page, view).click()
        assert_agree(page.locator(".nnb").evaluate(NUMBERS), expected(n))
    again = copied(page)
    assert again.numbers() == pytest.approx(n.numbers())
    assert page.problems == []


def test_saturated_numbers_stay_finite(widget_page):
    n = STEPPER("1-1-1", params=[1000, 0, 1000, 0], y=[0], cost="cross-entropy")
    page = widget_page(n)
    for n.step, seen in enumerate(page.evaluate(WALK, [NUMBERS, "Graph"])[0]):
        assert_agree(seen["numbers"], expected(n))
        assert not seen["bad"]
    assert page.problems == []


# ---- what the picture says ----

def test_the_sources_of_a_line_light_up(widget_page):
    page = widget_page(STEPPER("2-2-2", step=23))
    button_next = page.get_by_role("button", name="One step on")
    button_next.click()  # BP4 for w21 of layer 1: x1 times delta2
    page.mouse.move(0, 0)
    lit = set(page.locator("[data-lit]").evaluate_all(
        "l => l.flatMap(e => (e.dataset.name ?? e.dataset.link).split(' '))"))
    assert {"gw1_2_1", "a0_1", "d1_2"} <= lit
    assert not {"d1_1", "a0_2", "gw1_1_1", "d2_1"} & lit
    for where in ("math mn", "circle", "rect.nnb-grad", "line.nnb-edge"):
        assert page.locator(f"{where}[data-lit]").count() >= 1, where
    assert page.locator("rect.nnb-pick").count() == 1


def test_what_is_not_computed_is_empty(widget_page):
    page = widget_page(STEPPER("2-2-2"))
    assert page.locator("circle.nnb-empty").count() == 4
    assert page.locator("rect.nnb-empty").count() == 5  # four errors and the cost
    scrub_to(page, 2)
    assert page.locator("circle.nnb-empty").count() == 3
    button(page, "Matrices").click()
    empty = page.locator("rect.nnb-empty").count()
    scrub_to(page, 3)
    assert page.locator("rect.nnb-empty").count() == empty - 1


def test_a_padlock_stands_where_the_slope_is_small(widget_page):
    page = widget_page(STEPPER("2-2-1", step=8))
    for view, text in (("Network", True), ("Graph", True), ("Matrices", False)):
        button(page, view).click()
        assert page.locator("path.nnb-lock").count() == 2, view
        assert page.get_by_text("slope 0.045").count() == (2 if text else 0)
    below, above = ({"params": [w, 0, 1, 0], "x": [1], "step": 2} for w in (2.90, 2.87))
    page = widget_page(STEPPER(**below), STEPPER(**above))  # slopes .049 and .051
    assert [figure.locator(".nnb-lock").count() for figure in page.locator(".nnb").all()] == [1, 0]


def test_gradients_have_a_double_outline_in_the_colour_of_their_sign(widget_page):
    page = widget_page(STEPPER("2-2-2", step=28))
    for name, sign in (("gw2_1_1", "pos"), ("gw2_2_1", "neg"), ("d2_2", "neg"), ("gb1_1", "pos")):
        outlines = page.locator(f"rect.nnb-grad[data-link={name}]")
        assert outlines.count() == 2
        assert set(outlines.evaluate_all("l => l.map(e => e.dataset.sign)")) == {sign}


def test_the_algorithm_leads_to_its_lines(widget_page):
    n = STEPPER("2-2-2", view="matrices")
    page = widget_page(n)
    leads = {"BP4": "BP4", "Cost": "cost", "BP2": "BP2", "Again": "forward again"}
    for name, part in leads.items():
        page.get_by_role("button", name=f"go to {name}", exact=True).click()
        assert n.lines[copied(page).step - 1][0] == part
    shapes = page.locator(".nnb-bp-line math").text_content()
    assert re.search(r"\(1,\s*2\)", shapes)


def test_finite_differences_stand_beside_the_gradients(widget_page):
    n = STEPPER("2-3-1", step=26)
    page = widget_page(n)
    assert page.locator("[data-name^=qw]").count() == 0
    button(page, "Check with finite differences").click()
    want, known = n.differences(), [q for q in n.differences() if "g" + q[1:] in n.numbers()]
    assert len(known) == 13
    for view in VIEWS:
        button(page, view).click()
        for q in known:
            assert shown(page, q) == pytest.approx(want[q], abs=1e-9)
            assert shown(page, q) == pytest.approx(n.numbers()["g" + q[1:]], abs=1e-9)
    said = page.locator(".nnb-bp-picture + .nnb-caption").inner_text()
    assert "13 gradients measured" in said and "10⁻" in said.split("largest difference")[1]


# ---- changing things ----

def test_numbers_can_be_dragged_and_keyed_in_every_view(widget_page):
    page = widget_page(STEPPER("2-2-2", step=12))
    for view in VIEWS:
        button(page, view).click()
        picture = page.locator(".nnb-bp-picture")
        for name in ("w2_2_1", "b1_2", "a0_1", "y2"):
            node, before = picture.locator(f"text[data-name={name}]").first, shown(page, name)
            drag(page, node, 18)
            assert shown(page, name) > before
            page.mouse.move(0, 0)
            node.press("ArrowLeft")
            assert shown(page, name) < before + 0.5
            assert "= " in node.get_attribute("aria-valuetext")
            n = copied(page)
            assert n.step == 12
            assert_agree(page.locator(".nnb").evaluate(NUMBERS), expected(n))


def test_cost_output_biases_and_eta_are_chosen(widget_page):
    page = widget_page(STEPPER("2-2-1", step=35))
    page.get_by_label("update the biases too").uncheck()
    n = copied(page)
    assert not n.update_biases and n.step == len(n.lines) == 32
    assert n.updated.biases[1] == n.net.biases[1]
    page.get_by_label("cost", exact=True).select_option("cross-entropy")
    assert_agree(page.locator(".nnb").evaluate(NUMBERS), expected(copied(page)))
    page.get_by_label("φ output").select_option("tanh")
    assert (copied(page).output, copied(page).cost) == ("tanh", "quadratic")
    page.get_by_label("cost", exact=True).select_option("cross-entropy")
    assert copied(page).output == "sigmoid"
    page.get_by_label("φ hidden").select_option("relu")
    page.locator("[data-slider=eta]").press("End")
    n = copied(page)
    assert (n.hidden, n.eta) == ("relu", 5)
    assert_agree(page.locator(".nnb").evaluate(NUMBERS), expected(n))


def test_the_next_round_starts_from_the_new_weights(widget_page):
    n = STEPPER("2-2-2", update_biases=True, step=46)
    page = widget_page(n)
    net, rounds = n.net, button(page, "Next round from the new weights")
    for _ in range(3):
        rounds.click()
        assert copied(page).step == 0
        scrub_to(page, 46)
    data = np.array([n.x]), np.array([n.y])
    list(nnlib.train(net, data, epochs=3, batch_size=1, eta=0.5, rng=0))
    got = copied(page).net
    for ours, theirs in zip(got.weights + got.biases, net.weights + net.biases, strict=True):
        assert np.allclose(ours, theirs, rtol=0, atol=1e-12)
    scrub_to(page, 3)
    assert rounds.is_disabled()


def test_undo_and_reset(widget_page):
    page = widget_page(STEPPER("2-2-2", step=9))
    start = copied(page).state()
    drag(page, page.locator("text[data-name=w1_1_1]").first, 24)
    button(page, "Graph").click()
    button(page, "Undo").click()
    assert copied(page).view == "network" and copied(page).params != start["params"]
    button(page, "Undo").click()
    assert copied(page).state() == start and button(page, "Undo").is_disabled()
    button(page, "2-3-1 (study)").click()
    button(page, "Reset").click()
    assert copied(page).state() == start


def test_touch_changes_a_weight_and_the_wide_graph_follows(widget_page):
    page = widget_page(STEPPER("2-2-1", view="graph"), width=390, has_touch=True, is_mobile=True)
    before = shown(page, "w1_1_1")
    touch_drag(page, page.locator("svg text[data-name=w1_1_1]").first, -30)
    assert shown(page, "w1_1_1") < before
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for step in (7, 1, 11, 19):
        scrub_to(page, step)
        page.wait_for_timeout(50)
        inside = page.evaluate("""() => {
          const at = (q) => document.querySelector(q).getBoundingClientRect();
          const box = at('.nnb-bp-picture'), mark = at('.nnb-pick');
          return mark.left >= box.left - 1 && mark.right <= box.right + 1; }""")
        assert inside, step


def test_predict_first_asks_for_each_line(widget_page):
    page = widget_page(STEPPER("2-2-2", step=10, predict=True))
    n = STEPPER("2-2-2", step=10)
    ask = page.locator(".nnb-guess label")
    assert ask.inner_text() == "What will δ₁⁽²⁾ be? Your guess:"
    assert set(page.locator("[data-name=d2_1], [data-name=e2_1]").all_text_contents()) == {"?"}
    html = page.locator(".nnb").evaluate("e => e.outerHTML")
    assert str(n.numbers()["d2_1"]) not in html and "0.138" not in html
    page.locator(".nnb-guess input").fill("0.1")
    button(page, "Show").click()
    assert "it is δ₁⁽²⁾ = 0.138." in page.locator(".nnb-guess + p").inner_text()
    page.get_by_role("button", name="One step on").click()
    assert ask.inner_text() == "What will δ₂⁽²⁾ be? Your guess:"
    scrub_to(page, 0)
    assert ask.inner_text() == "What will C be after one round? Your guess:"


def test_play_goes_on_by_itself_and_stops_at_the_end(widget_page):
    page = widget_page(STEPPER("1-1-1", step=18))
    page.get_by_label("Speed").select_option("4")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("document.querySelector('[data-name=step]').dataset.value == 20")
    page.get_by_role("button", name="Play").wait_for()
    assert say(page).startswith("20 of 20")
    assert "fallen" in page.locator(".nnb-bp-line .nnb-caption").inner_text()


def test_damaged_links_change_nothing(widget_page):
    n = STEPPER("2-2-2", name="6.4-stepper", step=4)
    page = widget_page(n, hash="#6.4-stepper:step=9&view=graph")
    assert (copied(page).step, copied(page).view) == (9, "graph")
    for hash in ("sizes=2,2", "sizes=9,9,9", "step=43", "step=1.5", "view=tree", "cost=none",
                 "cost=softmax%20cross-entropy", "output=softmax", "eta=9", "x=1", "params=1",
                 "cost=cross-entropy&output=tanh", "hidden=toString", "sizes=2,2,2,2,2"):
        page.evaluate("hash => { location.hash = hash; }", f"6.4-stepper:{hash}")
        assert copied(page).step == 9, hash
    assert page.problems == []


# ---- for everyone ----

def test_each_view_fits_and_is_accessible(widget_page):
    page = widget_page(*(STEPPER("2-2-2", step=30, numerical=True, view=view)
                         for view in ("graph", "matrices")))
    for width in (320, 390, 704, 976):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(60)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for figure in page.locator(".nnb").all():
            assert figure.evaluate(SMALL_TEXT) == []
            ground = "e => getComputedStyle(e).backgroundColor"
            rows = [figure.locator(f"[aria-current={at}]").first for at in ("step", "false")]
            assert rows[0].evaluate(ground) != rows[1].evaluate(ground)
    assert_accessible(page)
    assert page.locator(".nnb text[tabindex]").count() > 20
    assert page.locator(".nnb [tabindex]:not([data-lm-suppress-shortcuts=true])").count() == 0


# ---- Python ----

def test_numbers_know_what_is_known_at_a_step():
    n = STEPPER("1-1-1", step=4)
    assert set(n.numbers(0)) == {"eta", "a0_1", "y1", "w1_1_1", "b1_1", "w2_1_1", "b2_1"}
    assert set(n.numbers()) - set(n.numbers(0)) == {
        "z1_1", "p1_1_1", "a1_1", "s1_1", "z2_1", "p2_1_1", "a2_1", "s2_1"}
    assert n.lines[4] == ("cost", ["C"]) and len(n.lines) == 20
    full = STEPPER("2-2-2").numbers(42)
    gW, gb = STEPPER("2-2-2").net.backprop([[0.05, 0.1]], [[0.01, 0.99]])
    assert full["gw2_1_1"] == gW[1][0, 0] and full["d1_2"] == gb[0][1]


def test_show_replaces_the_network():
    n = STEPPER("2-2-2", step=42, cost="mse")
    n.show(nnlib.Network([1, 1], rng=0), [2], [0])
    assert (n.sizes, n.x, n.y, n.step) == ([1, 1], [2], [0], 0)


@pytest.mark.parametrize("make, complaint", [
    (lambda: STEPPER("3-3"), "net must be one of 1-1-1, 2-2-1, 2-2-2, 2-3-1 or an nnlib.Network"),
    (lambda: STEPPER(nnlib.Network([5, 1])), "at most 3 layers of at most 4 neurons"),
    (lambda: STEPPER(nnlib.Network([1] * 5)), "at most 3 layers of at most 4 neurons"),
    (lambda: STEPPER(nnlib.Network([2, 2], output=nnlib.softmax)), "output must be one of"),
    (lambda: STEPPER("2-2-1", x=[1]), "x holds 1 numbers: a 2-2-1 network needs 2 there"),
    (lambda: STEPPER("2-2-1", y=[1, 2]), "y holds 2 numbers: a 2-2-1 network needs 1 there"),
    (lambda: STEPPER("2-2-1", step=36), "a 2-2-1 network has 35 lines; got step=36"),
    (lambda: STEPPER(output="tanh", cost="cross-entropy"), "needs output='sigmoid'; got 'tanh'"),
    (lambda: STEPPER(eta=0), "eta must be one number from 0.01 to 5; got 0"),
    (lambda: STEPPER(cost="L1"), "cost must be one of: quadratic, mse, cross-entropy; got 'L1'"),
    (lambda: STEPPER(view="tree"), "view must be one of: network, graph, matrices; got 'tree'"),
])
def test_bad_values_get_one_sentence(make, complaint):
    with pytest.raises((traitlets.TraitError, TypeError, ValueError)) as error:
        make()
    assert complaint in str(error.value) and "\n" not in str(error.value)
