"""The page's judge against Python's, on typical, odd and random answers (needs Node)."""

import json
import random
import subprocess
from pathlib import Path

import pytest

from nnlib.exercises import _as_html, _sealed, all_exercises
from nnlib.exercises.code import Code
from nnlib.exercises.kit import MESSAGES, SLIPS, judge_part, read_number

JS = Path(__file__).parents[2] / "nnlib/widgets/js/question.js"
SCRIPT = """
import { readFileSync } from "node:fs";
import { judgePart, readNumber } from %s;
const { texts, cases, slips, messages } = JSON.parse(readFileSync(0, "utf8"));
const verdicts = cases.map(([part, text]) => {
  const { state, text: why } = judgePart(part, text, slips, messages);
  return [state, why];
});
console.log(JSON.stringify({ numbers: texts.map(readNumber), verdicts }));
"""
ODD = [
    "",
    " ",
    "x",
    "1/0",
    "1e999",
    "1,5",
    "1,000",
    "1.5e",
    "+.5",
    "3/-4",
    "25 %",
    "\u22121",
    "0/7",
    "1 2",
    "--1",
    "1.",
    ".",
    "e",
    "1e-400",
    "%",
    "1/2/3",
    "0x10",
    "NaN",
    "Infinity",
    "1_000",
]


def answers(part, rng):
    """Right and wrong answers of one part, exact and slightly off, with every slip."""
    if part["kind"] == "choice":
        return ["", "Z", *(option["letter"] for option in part["options"])]
    known = part["accept"] + [wrong[:2] for wrong in part["wrong"]]
    known += [
        [factor * part["accept"][0][0], abs(factor) * part["accept"][0][1]] for factor, _ in SLIPS
    ]
    near = [
        v + tol * f for v, tol in known for f in (0, 0.99, -0.99, 1.01, -1.01, rng.uniform(-3, 3))
    ]
    return [repr(x) for x in near] + [f"{x:.3g}" for x in near] + ODD


@pytest.mark.parametrize("form", [dict, _sealed], ids=["open", "sealed"])
def test_python_and_javascript_judge_alike(form):
    rng = random.Random(0)
    parts = [
        part.data() for e in all_exercises().values() if not isinstance(e, Code) for part in e.parts
    ]
    cases = [(_as_html(part), text) for part in parts for text in answers(part, rng)]
    shown = {id(part): form(part) for part, _ in cases}
    asked = [(shown[id(part)], text) for part, text in cases]
    alphabet = "0123456789.,-+eE/% \u2212"
    texts = ["".join(rng.choices(alphabet, k=rng.randint(1, 7))) for _ in range(3000)] + ODD
    given = {"texts": texts, "cases": asked, "slips": SLIPS, "messages": MESSAGES}
    run = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT % json.dumps(JS.as_uri())],
        input=json.dumps(given), capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout)
    assert seen["numbers"] == [read_number(text) for text in texts]
    assert sum(number is not None for number in seen["numbers"]) > 300
    assert len(cases) > 5000
    for (part, text), verdict in zip(cases, seen["verdicts"], strict=True):
        if (part["kind"], text) != ("choice", "Z"):  # the page has no other letters to choose
            assert verdict == list(judge_part(part, text)), (part["label"], text)
