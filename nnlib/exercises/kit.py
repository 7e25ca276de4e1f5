"""The kit of exercises: what all share, and questions of numbers and choices. Code: code.py.

A question is a list of parts. A part is plain data for the page (see `Number.data`), and
`judge_part` here and `judgePart` in widgets/js/question.js read that data by the same few rules.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

TODO, PASSED, NOT_YET = "To do", "Passed", "Not yet"

# Slips that any number can show: answer times factor. The page gets this table, too.
SLIPS = [
    (-1, "Right size, wrong sign."),
    (2, "Twice too large: look for a factor 2."),
    (0.5, "Half of what is needed: look for a factor 2."),
    (10, "Ten times too large: count the places after the point."),
    (0.1, "Ten times too small: count the places after the point."),
    (100, "A hundred times too large: percent, or the point in the wrong place?"),
    (0.01, "A hundred times too small: percent, or the point in the wrong place?"),
    (1000, "A thousand times too large: count the zeros."),
    (0.001, "A thousand times too small. Write thousands without a comma: 2000."),
]
MESSAGES = {
    "empty": "Nothing entered yet.",
    "unread": "That is not a number I can read. Write it like 0.25, 1/4 or -1e-3.",
    "near": "Close, but not exact enough: give one or two more digits.",
    "other": "Not this number. A hint may help.",
    "unpicked": "Nothing chosen yet.",
}
_DECIMAL = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_NUMBER = re.compile(rf"({_DECIMAL})(?:/({_DECIMAL}))?(%)?", re.ASCII)


class Verdict(NamedTuple):
    """What the judge says: state is TODO, PASSED or NOT_YET; text is Markdown and may be empty."""

    state: str
    text: str = ""


def read_number(text):
    """The value of "0.25", "1/4", ".25", "-1e-3", "0,25" or "25 %"; None if unreadable."""
    text = re.sub(r"\s", "", text).replace("\u2212", "-")
    if "." not in text and text.count(",") == 1:
        text = text.replace(",", ".")
    if not (match := _NUMBER.fullmatch(text)):
        return None
    top, bottom = float(match[1]), float(match[2] or 1)
    value = (top / bottom if bottom else math.inf) / (100 if match[3] else 1)
    return value if math.isfinite(value) else None


def _tolerance(value):
    """Whole numbers must be exact; others need three significant digits."""
    if value == round(value):
        return 1e-9 * max(1.0, abs(value))
    return 0.505 * 10.0 ** (math.floor(math.log10(abs(value))) - 2)


@dataclass(frozen=True)
class Number:
    """One number to give. `wrong` maps typical wrong values to what probably happened."""

    answer: float
    wrong: dict[float, str]
    label: str = "Your answer"
    right: str = ""
    also: Sequence[float] = ()
    tol: float | None = None

    def data(self):
        """The part as the judges read it: accept, wrong and near hold values with tolerances."""
        tol = _tolerance(self.answer) if self.tol is None else self.tol
        whole = self.answer == round(self.answer)
        wrong = [[float(v), _tolerance(v), text] for v, text in self.wrong.items()]
        return {
            "kind": "number",
            "label": self.label,
            "accept": [[float(self.answer), tol], *([float(v), _tolerance(v)] for v in self.also)],
            "wrong": sorted(wrong, key=lambda slip: slip[1]),
            "near": 0.0 if whole else max(0.02 * abs(self.answer), 2 * tol),
            "right": self.right,
        }


@dataclass(frozen=True)
class Choice:
    """One of several statements, lettered A, B, ...; `options` maps each to why, or why not."""

    options: dict[str, str]
    answer: str
    label: str = "Choose one"

    def data(self):
        """The part as the judges read it."""
        letters = [chr(65 + i) for i in range(len(self.options))]
        options = [
            {"letter": letter, "text": text, "why": why, "ok": letter == self.answer}
            for letter, (text, why) in zip(letters, self.options.items(), strict=True)
        ]
        return {"kind": "choice", "label": self.label, "options": options}


def judge_part(part, text):
    """Judge what was typed (or the chosen letter) against the data of one part."""
    text = text.strip()
    if part["kind"] == "choice":
        if not text:
            return Verdict(TODO, MESSAGES["unpicked"])
        for option in part["options"]:
            if option["letter"] == text.upper():
                return Verdict(PASSED if option["ok"] else NOT_YET, option["why"])
        letters = ", ".join(option["letter"] for option in part["options"])
        return Verdict(NOT_YET, f"Answer with one of the letters {letters}; you gave {text!r}.")
    if not text:
        return Verdict(TODO, MESSAGES["empty"])
    x = read_number(text)
    if x is None:
        return Verdict(NOT_YET, MESSAGES["unread"])
    if any(abs(x - value) <= tol for value, tol in part["accept"]):
        return Verdict(PASSED, part["right"])
    for value, tol, why in part["wrong"]:
        if abs(x - value) <= tol:
            return Verdict(NOT_YET, why)
    value, tol = part["accept"][0]
    for factor, why in SLIPS:
        if abs(x - factor * value) <= abs(factor) * tol:
            return Verdict(NOT_YET, why)
    return Verdict(NOT_YET, MESSAGES["near" if abs(x - value) <= part["near"] else "other"])


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """What every exercise has. Texts are Markdown with $TeX$; hints begin with a nudge."""

    id: str
    title: str
    stem: str
    hints: Sequence[str]
    solution: str

    def worked(self):
        """The worked solution as Markdown."""
        return self.solution


@dataclass(frozen=True, kw_only=True)
class Question(Exercise):
    """Answered in the page: one or several numbers or choices."""

    parts: Sequence[Number | Choice]

    @property
    def kind(self):
        """number, numbers, choice, or steps (several choices, or both)."""
        if all(isinstance(part, Number) for part in self.parts):
            return "number" if len(self.parts) == 1 else "numbers"
        return "choice" if len(self.parts) == 1 else "steps"

    def judge(self, answer, seed=0):
        """Judge one value, or one value per part."""
        if answer is None or answer is ...:
            return Verdict(TODO)
        parts = [part.data() for part in self.parts]
        answers = [answer] if len(parts) == 1 else _as_list(answer)
        if len(answers) != len(parts):
            labels = "; ".join(part["label"] for part in parts)
            need = f"{len(parts)} answers are needed ({labels})"
            return Verdict(NOT_YET, f"{need}; you gave {len(answers)}.")
        verdicts = []
        for part, one in zip(parts, answers, strict=True):
            text = _as_text(one)
            if text is None:
                return Verdict(NOT_YET, f"A number or a letter is needed; you gave {a(one)}.")
            verdicts.append(judge_part(part, text))
        if len(parts) == 1:
            return verdicts[0]
        return _together(parts, verdicts)


def _together(parts, verdicts):
    states = [verdict.state for verdict in verdicts]
    if all(state == TODO for state in states):
        return Verdict(TODO, "")
    if all(state == PASSED for state in states):
        return Verdict(PASSED, f"all {len(parts)} right.")
    i = next(i for i, state in enumerate(states) if state != PASSED)
    first = f"{parts[i]['label']}: {verdicts[i].text}"
    return Verdict(NOT_YET, f"{states.count(PASSED)} of {len(parts)} right. {first}")


def _as_list(answer):
    several = isinstance(answer, list | tuple) or getattr(answer, "ndim", 0)
    return list(answer) if several else [answer]


def _as_text(answer):
    """What a student would have typed; None if it is neither a number nor a text."""
    if isinstance(answer, str):
        return answer
    if answer is None or answer is ...:
        return ""
    try:
        return repr(float(np.asarray(answer).item()))
    except (TypeError, ValueError):
        return None


def a(value):
    """What a value is, in words: a function, an int, a list."""
    kind = "function" if callable(value) else type(value).__name__
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
