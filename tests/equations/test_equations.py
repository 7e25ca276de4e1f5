"""Every display equation of chapters 4 to 10 holds, and breaking it anywhere is noticed."""

import ast
import copy
import importlib
import inspect
import json
import re
import textwrap
from pathlib import Path

import numpy as np
import pytest
from equations.table import TABLE

BOOK = Path(__file__).parents[2] / "book"

for path in sorted(Path(__file__).parent.glob("ch*.py")):
    importlib.import_module(f"equations.{path.stem}")

pytestmark = pytest.mark.filterwarnings("ignore")  # a broken formula may divide by 0
SWAPS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.Pow: ast.Mult, ast.MatMult: ast.Mult, ast.USub: ast.UAdd, ast.UAdd: ast.USub,
}  # fmt: skip


def displays():
    """Yield (notebook, label or None, formula) of every display equation in chapters 4 to 10."""
    for path in sorted([*BOOK.glob("0[4-9]*.ipynb"), *BOOK.glob("10*.ipynb")]):
        for cell in json.loads(path.read_text("utf8"))["cells"]:
            if cell["cell_type"] == "markdown":
                text = re.sub(r"`[^`]*`", "", "".join(cell["source"]))
                for formula, label in re.findall(r"\$\$(.+?)\$\$(?: \((eq-[\w-]+)\))?", text, re.S):
                    yield path.stem, label or None, formula.strip()


def test_every_display_equation_is_in_the_table():
    shown = list(displays())
    unnamed = [(page, formula) for page, label, formula in shown if not label]
    assert not unnamed, "a label is needed, $$...$$ (eq-4-2-update)"
    labels = [label for _, label, _ in shown]
    assert len(labels) == len(set(labels)), "a label stands twice"
    wrong = [(page, label) for page, label, _ in shown if int(label.split("-")[1]) != int(page[:2])]
    assert not wrong, "a label begins with its chapter"
    assert set(labels) == set(TABLE), "pages and table differ"


def agree(sides, rtol):
    """Whether both sides have the same shapes and values; each may be a tuple."""
    left, right = (side if isinstance(side, tuple) else (side,) for side in sides)
    return len(left) == len(right) and all(
        np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=rtol, atol=rtol * 1e-3)
        for a, b in zip(left, right, strict=True)
    )


@pytest.mark.parametrize("label", TABLE)
def test_both_sides_agree(label):
    compute, rtol = TABLE[label]
    for seed in range(5):
        left, right = compute(np.random.default_rng(seed))
        assert agree((left, right), rtol), f"{label}, seed {seed}: {left} is not {right}"


def places(tree):
    """Yield a function for each place of the assignments to `right`, which breaks it there."""
    formulas = [
        node for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "right"
    ]
    for formula in formulas:
        for node in ast.walk(formula.value):
            if isinstance(node, (ast.BinOp, ast.UnaryOp)) and type(node.op) in SWAPS:
                yield lambda node=node: setattr(node, "op", SWAPS[type(node.op)]())
            elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
                yield lambda node=node: setattr(node, "value", node.value + 1)
            elif isinstance(node, ast.Attribute) and node.attr in ("T", "df"):
                yield lambda node=node: setattr(node, "attr", {"T": "real", "df": "f"}[node.attr])


def mutants(compute):
    """Yield (source, function) for every way of breaking one place of the formula."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(compute)))
    tree.body[0].decorator_list = []
    for i in range(len(list(places(tree)))):
        broken = copy.deepcopy(tree)
        list(places(broken))[i]()
        names = dict(vars(inspect.getmodule(compute)))
        exec(compile(broken, f"<{compute.__name__}, broken>", "exec"), names)
        yield ast.unparse(broken), names[compute.__name__]


@pytest.mark.parametrize("label", TABLE)
def test_a_broken_formula_is_noticed(label):
    compute, rtol = TABLE[label]
    tried = 0
    for source, mutant in mutants(compute):
        tried += 1
        try:
            same = all(agree(mutant(np.random.default_rng(seed)), rtol) for seed in range(3))
        except Exception:
            same = False  # a mutant that cannot even run is noticed
        assert not same, f"{label}: this formula passes too\n{source}"
    assert tried, f"{label}: nothing in it can be broken; assign the formula to `right`"
