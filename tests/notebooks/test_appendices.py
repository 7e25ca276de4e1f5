"""The appendices say what is true: their notebooks run, their tables read, their links followed.

What the chapters must keep is in contract.py; test_run.py runs these notebooks as well.
"""

import ast
import re
import sys
from functools import cache
from pathlib import Path

import pytest
from contract import links
from nb import BOOK, CHAPTERS, CHECKLIST, Cell, Chapter, read

from nnlib.exercises import all_exercises, answers


def run(name):
    """The names that an appendix defines, and the last value of each of its code cells by id."""
    space, values = {}, {}
    for cell in read(BOOK / name).code:
        tree = ast.parse(cell.source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, cell.id, "exec"), space)
        if last:
            values[cell.id] = eval(compile(ast.Expression(last.value), cell.id, "eval"), space)
    return space, values


@pytest.fixture(autouse=True)
def in_the_book(monkeypatch):
    monkeypatch.chdir(BOOK)


def broken_links(text):
    return list(links(Chapter("page", [Cell("page", "markdown", text, {})])))


# -- concordance -----------------------------------------------------------------------------------


def test_the_concordance_has_every_fact_once_with_links_that_lead_to_it():
    space, values = run("concordance.ipynb")
    tables = "\n".join(value.data for id, value in values.items() if id.endswith("-table"))
    rows = [line for line in tables.splitlines() if re.search(r"\]\([\w.]+\.ipynb", line)]
    assert len(rows) == len(CHECKLIST) == 376
    assert sorted(rows) == sorted(set(rows))
    assert broken_links(tables) == []
    for id, sections in CHECKLIST.items():
        labels = {re.match(r"\[(.+?)\]", link)[1] for link in space["places"][id]}
        assert labels, f"{id} stands in no cell"
        assert labels <= {*sections, *(f"end of {s.split('.')[0]}" for s in sections)}, id


def test_the_concordance_shows_no_keys_and_keeps_the_order_of_the_documents():
    _, values = run("concordance.ipynb")
    tables = "\n".join(value.data for id, value in values.items() if id.endswith("-table"))
    assert re.findall(r"\b(?:S[0-4]-\d+|[VEF]-\d+)\b", tables) == []
    assert tables.index("is renamed weight") < tables.index("second abstraction")
    assert tables.index("Nielsen, Neural Networks") < tables.index("fire only above")


def test_a_fact_that_no_cell_covers_is_seen(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for path in [*CHAPTERS, BOOK / "checklist.csv"]:
        (tmp_path / path.name).write_text(path.read_text("utf8").replace('"S0-02"', '"S0-03"'))
    assert run("concordance.ipynb")[0]["places"]["S0-02"] == []


# -- glossary and errata ---------------------------------------------------------------------------

ENTRY = re.compile(r"^\| \*\*(.+?)\*\* ([^|]+) \| ([^|]+) \| \[(\d+\.\d+)\]\((.+?)\) \|$", re.M)
TERMS = ENTRY.findall((BOOK / "glossary.md").read_text("utf8"))
DOCUMENTS_WORDS = (  # what the documents have in two languages
    "权重 偏置 神经元 激活函数 隐藏层 前馈 正向传播 前向传播 损失 代价函数 均方误差 差距 "
    "梯度下降 随机 批量 学习率 学习效率 偏导数 链式法则 残差 正则化 过拟合 梯度消失 梯度扩散 "
    "收敛 抽象 启发式 净输入 循环"
).split()


@cache
def section_text(number):
    """The prose of a section."""
    cells = [cell for path in CHAPTERS for cell in read(path).cells if cell.section == number]
    return "\n".join(cell.source for cell in cells if cell.kind == "markdown").lower()


@pytest.mark.parametrize("term, chinese, meaning, number, link", TERMS, ids=[t for t, *_ in TERMS])
def test_a_term_occurs_in_its_section(term, chinese, meaning, number, link):
    assert term.lower() in section_text(number)
    assert link.endswith(f"#cell-id=s{number.replace('.', '-')}")
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert re.fullmatch(r"[A-Z0-9$\"].*[.]", meaning), "one sentence"


def test_the_glossary_is_whole_and_in_the_order_of_the_book():
    text = (BOOK / "glossary.md").read_text("utf8")
    assert len(TERMS) == text.count("| [") >= 80
    assert len({term for term, *_ in TERMS}) == len(TERMS)
    places = [[int(n) for n in number.split(".")] for *_, number, _ in TERMS]
    assert places == sorted(places)
    assert [word for word in DOCUMENTS_WORDS if word not in text] == []


def test_a_term_that_does_not_occur_is_seen():
    assert "perceptron" not in section_text("4.2") and section_text("4.2")


def test_every_error_names_the_section_that_has_it_right():
    text = (BOOK / "errata.md").read_text("utf8")
    assert len(re.findall(r"^## The ", text, re.M)) == 5
    for kind, count in (("Wrong", 13), ("Misleading", 26)):
        parts = re.findall(rf"^### {kind}\n\n((?:- .+\n)+)", text, re.M)
        entries = "".join(parts).splitlines()
        assert len(entries) == count
        assert [e for e in entries if not re.search(r"\]\(\d\w+\.ipynb[^)]*\)\)$", e)] == []


# -- golden numbers, conversion, checks ------------------------------------------------------------


def test_every_golden_number_is_within_its_tolerance():
    space, values = run("golden_numbers.ipynb")
    assert [row for row in space["rows"] if row[-1] != "✓"] == []
    assert len(space["rows"]) >= 33 and values["all-marks"].startswith("33 of 33")


def test_a_number_off_its_tolerance_gets_no_check_mark():
    space, _ = run("golden_numbers.ipynb")
    assert "✗" in space["table"]("a test", 1e-3, {"one": (1.002, 1)}).data
    assert "✗" in space["table"]("a test", 0, {"two": ([1, 2], [1, 3])}).data
    assert "✓" in space["table"]("a test", 1e-3, {"one": (1.0009, 1)}).data


def test_all_conversions_agree_and_wrong_ones_do_not():
    space, _ = run("conversion.ipynb")
    assert len(space["differences"]) == 5
    assert max(space["differences"].values()) < 1e-16
    errors = [space["nnlib"].relative_error(g, space["gW"][0]) for g in space["wrong"].values()]
    assert len(errors) == 5 and min(errors) > 1e-3


def test_the_recipe_finds_the_layer_and_misses_what_it_says_it_misses():
    space, _ = run("checking_gradients.ipynb")
    problem, passed = space["problem"], space["passed"]

    def layers(slip, seed):
        def routine(*args):
            return space["backprop"](*args, slip)
        return list(space["check"](routine, *problem(seed)) > 1e-7)

    for seed in range(5):  # the page shows one of them
        assert layers(None, seed) == [False] * 3
        assert layers("bias gradient of layer 2 summed", seed) == [False, True, False]
        assert layers("BP2 without the slope, into layer 1", seed) == [True, False, False]
        assert layers("BP1 without the slope", seed) == [True] * 3
        net, X, Y = problem(seed)
        assert float(passed("sums for means", net, X[:1], Y[:1])) < 1e-7
        assert float(passed("sums for means", net, X, Y)) > 0.1


# -- answers ---------------------------------------------------------------------------------------


def test_every_answer_stands_once_and_nothing_else_needs_the_page():
    _, values = run("answers.ipynb")
    page = "\n".join(value.data for id, value in values.items() if id.startswith("answers-"))
    shown = re.findall(r'<details class="answer"><summary>(\d+\.\d+-\d+) ', page)
    assert sorted(shown) == sorted(all_exercises())
    assert len(page) < 400_000
    pages = [path.read_text("utf8") for path in BOOK.glob("*.*") if path.stem != "answers"]
    assert not any("answers.ipynb" in text for text in pages), "a gated build leaves it out"
    with pytest.raises(ValueError, match="needed is its number"):
        answers(99)


def test_the_answers_have_the_titles_of_the_chapters():
    titles = re.findall(r"^## (.*)", read(BOOK / "answers.ipynb").prose, re.M)
    first = {read(path).number: read(path).cells[0].source for path in reversed(CHAPTERS)}
    assert titles == [first[str(n)].splitlines()[0][2:] for n in range(len(first))]


# -- links to sections -----------------------------------------------------------------------------


def test_the_book_finds_a_section_by_the_address_that_jupyterlab_knows():
    sys.path.append(str(Path(BOOK, "_ext")))
    from nnbook import section_slug

    assert section_slug("1.2 The bias as a threshold") == "cell-id=s1-2"
    assert section_slug("6.10 The big picture: paths and graphs") == "cell-id=s6-10"
    assert section_slug("Key points") == "key-points"
