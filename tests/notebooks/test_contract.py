"""Every chapter keeps the page contract (contract.py), and every rule can be broken."""

import re
from types import SimpleNamespace

import contract
import pytest
from nb import APPENDICES, CHAPTERS, PAGES, Cell, Section, chapter, read, read_page

from nnlib.grade import child

BOOKS = [read(path) for path in CHAPTERS]


@pytest.mark.parametrize("rule", contract.RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
def test_page_contract(book, rule):
    assert list(rule(book)) == []


def test_the_grader_begins_as_a_chapter_does():
    assert child.IMPORTS.strip() == contract.IMPORTS


@pytest.mark.parametrize("rule", contract.APPENDIX_RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", APPENDICES, ids=lambda path: path.name)
def test_appendices(path, rule):
    assert list(rule(read(path))) == []


@pytest.mark.parametrize("rule", contract.PAGE_RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_other_pages(path, rule):
    assert list(rule(read_page(path))) == []


def test_widget_names_are_unique_in_the_book():
    everything = chapter("01_all.ipynb", [cell for book in BOOKS for cell in book.cells])
    assert [p for p in contract.widget_names(everything) if p.startswith("two widgets")] == []


@pytest.mark.parametrize("number", sorted({book.number for book in BOOKS}))
def test_figures_are_counted_on_in_the_second_notebook_of_a_chapter(number):
    books = [book for book in BOOKS if book.number == number]
    found = [caption for book in books
             for caption in re.findall(r"^\*\*Figure \d+\.(\d+)\.\*\*", book.prose, re.M)]
    assert found == [str(i + 1) for i in range(len(found))]


def test_a_second_notebook_has_sections_and_figures_of_its_own(monkeypatch):
    sections = [Section("1.1", 2, "A line"), Section("1.2", 0, "Another", "b")]
    monkeypatch.setattr(contract, "SECTIONS", sections)
    second = [Cell("s1-2", "markdown", "## 1.2 Another\n\n**Figure 1.4.** A curve.", {}),
              Cell("fig-1-4", "code", SMALL["fig-1-1"], META["fig-1-1"])]
    for name, wrong in (("01b_second.ipynb", False), ("01_second.ipynb", True)):
        for rule in (contract.sections, contract.figures):
            assert bool(problems(rule, chapter(name, second))) == wrong
    assert problems(contract.exercises, chapter("01b_second.ipynb", second)) == []
    assert problems(contract.sections, small()) == []


# A small chapter that keeps all rules, and for each rule some ways to break it.

BANK = {"1.1-1": SimpleNamespace(kind="number"), "1.1-2": SimpleNamespace(kind="code")}
SMALL = {
    "title": "# 1 One neuron\n\n*What is it?*",
    "contract": "**What you will do.** Take one apart.\n\n"
                "**You will be able to**\n\n- a;\n- b;\n- c.\n\n"
                "**You need** school.\n\n**Time.** 5 minutes to read, 10 minutes to do.",
    "imports": contract.IMPORTS,
    "s1-1": "## 1.1 A line\n\nA [link](../index.md), $x$ and\n\n$$ y = x $$ (line)",
    "widget": 'widgets.Neuron(w=[1], name="1.1-line")',
    "fig-1-1": "plotting.slopes([nnlib.tanh])",
    "caption": "**Figure 1.1.** A curve.",
    "draw": "rng = np.random.default_rng(0)\nrng.normal()",
    "lab": "# For JupyterLab: a page has no Python.\nlink((a, 'w'), (b, 'w'))",
    "q1": 'question("1.1-1")',
    "q2": 'question("1.1-2")',
    "stub": "def f(z):\n    ...",
    "check": 'check("1.1-2", f)',
    "end": "## Key points\n\n- One.\n- Two.\n\n"
           "## Where the documents say it differently\n\nNowhere.",
}
PROSE = {"title", "contract", "s1-1", "s1", "caption", "end"}
META = {
    "fig-1-1": {"mystnb": {"image": {"alt": "An S-shaped curve from -1 to 1"}}},
    "lab": {"tags": ["lab-only"]},
    "q1": {"exercise": "1.1-1"},
    "q2": {"exercise": "1.1-2"},
    "stub": {"tags": ["exercise"], "exercise": "1.1-2"},
    "check": {"tags": ["check"], "exercise": "1.1-2"},
}


def small(sources=None, meta=None):
    sources, meta = SMALL | (sources or {}), META | (meta or {})
    return chapter("01_small.ipynb", [
        Cell(id, "markdown" if id in PROSE else "code", source, meta.get(id, {}))
        for id, source in sources.items() if source is not None
    ])


@pytest.fixture
def one_section(monkeypatch):
    monkeypatch.setattr(contract, "SECTIONS", [Section("1.1", 2, "A line")])


def problems(rule, book):
    return list(rule(book, BANK) if rule is contract.exercises else rule(book))


def test_the_small_chapter_is_right(one_section):
    assert {rule.__name__: problems(rule, small()) for rule in contract.RULES} == {
        rule.__name__: [] for rule in contract.RULES}


def changed(cell, old, new):
    assert old in SMALL[cell]
    return {cell: SMALL[cell].replace(old, new)}


BROKEN = [
    ("title", changed("title", "?", "."), {}),
    ("title", changed("title", "# 1", "# 2"), {}),
    ("opening", changed("contract", "apart.", "apart. And more."), {}),
    ("opening", changed("contract", "- a;\n", ""), {}),
    ("opening", changed("contract", "**You need**", "You need"), {}),
    ("opening", changed("contract", "10 minutes to do", "10 to do"), {}),
    ("closing", changed("end", "Key points", "Summary"), {}),
    ("closing", changed("end", "- One.\n- Two.", "One."), {}),
    ("imports", changed("imports", "numpy as np", "numpy"), {}),
    ("sections", changed("s1-1", "A line", "Lines"), {}),
    ("sections", {"s1-1": None, "s1": SMALL["s1-1"]}, {}),
    ("short_cells", {"draw": "x = 1\n" * 16}, {}),
    ("short_cells", {"draw": "x = " + "1" * 75}, {}),
    ("short_cells", {}, {"draw": {"tags": ["hide-input"]}}),
    ("figures", {}, {"fig-1-1": {}}),
    ("figures", {}, {"fig-1-1": {"mystnb": {"image": {"alt": "Figure that shows a curve"}}}}),
    ("figures", changed("caption", "1.1", "1.2"), {}),
    ("figures", {"draw": "plt.plot([1, 2])"}, {}),
    ("widget_names", changed("widget", ', name="1.1-line"', ""), {}),
    ("widget_names", changed("widget", "1.1-line", "1.2-line"), {}),
    ("widget_names", {"draw": SMALL["widget"]}, {}),
    ("exercises", changed("q1", "1.1-1", "1.1-9"), {}),
    ("exercises", {"q1": None}, {}),
    ("exercises", {"check": None}, {}),
    ("exercises", {}, {"check": {"exercise": "1.1-2"}}),
    ("exercises", {}, {"stub": {}}),
    ("exercises", {}, {"q1": {}}),
    ("lab_only", {}, {"lab": {}}),
    ("lab_only", changed("lab", "# For JupyterLab: a page has no Python.\n", ""), {}),
    ("lab_only", {"draw": "VBox([a, b])"}, {}),
    ("links", changed("s1-1", "../index.md", "02_missing.ipynb"), {}),
    ("links", changed("s1-1", "../index.md", "/index.md"), {}),
    ("links", changed("s1-1", "../index.md", "01_one_neuron.ipynb#cell-id=s2-1"), {}),
    ("links", changed("s1-1", "../index.md", "01_one_neuron.ipynb#the-bias"), {}),
    ("markdown", changed("s1-1", "$x$", "{cite}`x`"), {}),
    ("markdown", changed("s1-1", "$x$", "\n```{glue} x\n```\n"), {}),
    ("markdown", changed("s1-1", "$x$", r"\(x\)"), {}),
    ("markdown", changed("s1-1", " $$ (line)", ""), {}),
    ("plain_words", changed("s1-1", "A [", "In this section we will see a ["), {}),
    ("plain_words", changed("end", "Nowhere", "S2 has a slip"), {}),
    ("randomness", changed("draw", "rng(0)", "rng(7)"), {}),
    ("randomness", changed("draw", "rng.normal", "np.random.normal"), {}),
]


@pytest.mark.parametrize("rule_name, sources, meta", BROKEN)
def test_a_broken_rule_is_seen(one_section, rule_name, sources, meta):
    assert problems(getattr(contract, rule_name), small(sources, meta))


def test_every_rule_is_broken_somewhere():
    assert {name for name, *_ in BROKEN} == {rule.__name__ for rule in contract.RULES}
