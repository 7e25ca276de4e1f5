"""Exercises: `check`, `hint`, `question` and `solution` by id, such as "1.2-2"; all `answers`.

Each chapter's exercises stand once, in chapterN.py beside this file, as a list EXERCISES. What a
class gets has all of them in one sealed file instead, and no worked solutions (`make handout`).
"""

import difflib
import importlib
import os
import pkgutil
import re
import sys
from functools import cache
from pathlib import Path

from .code import Code
from .kit import MESSAGES, NOT_YET, PASSED, SLIPS, Verdict
from .markup import html, inline, plain
from .seal import BANK, seal, unpack

__all__ = ["all_exercises", "answers", "check", "hint", "question", "solution"]

_hints_seen = {}


@cache
def all_exercises():
    """Every exercise of every chapter, as a dict id -> Exercise."""
    bank = {}
    for chapter in _chapters():
        for exercise in chapter.EXERCISES:
            if exercise.id in bank:
                raise ValueError(f"Two exercises have the id {exercise.id}.")
            bank[exercise.id] = exercise
    return bank


def _chapters():
    sealed = Path(__file__).with_name(BANK)
    if sealed.is_file():
        return unpack(sealed.read_bytes(), __name__)
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    return (importlib.import_module(f".{n}", __name__) for n in names if n.startswith("chapter"))


def _find(id):
    return all_exercises().get(id) if isinstance(id, str) else None


def _unknown(id):
    near = difflib.get_close_matches(str(id), all_exercises(), n=3, cutoff=0) or ["none"]
    return f"There is no exercise {id!r}. The nearest are {', '.join(near)}."


def _worked(exercise):
    """The worked solution; empty where the teacher keeps it."""
    return exercise.solution and exercise.worked()


def check(id, answer=..., *, strict=False):
    """Print one line: [To do], [Passed] or [Not yet] and why. With strict=True or NNLIB_STRICT=1
    what has not passed raises AssertionError instead."""
    exercise = _find(id)
    if exercise is None:
        verdict, label = Verdict(NOT_YET, _unknown(id)), ""
    else:
        verdict, label = exercise.judge(answer), f" {id}"
    text = plain(verdict.text)
    line = f"[{verdict.state}]{label}{': ' if label and text else ' ' if text else ''}{text}"
    strict = strict or os.environ.get("NNLIB_STRICT") == "1"
    if strict and verdict.state != PASSED:
        raise AssertionError(line)
    print(line)


def hint(id):
    """Show the next hint, then say that there are no more."""
    exercise = _find(id)
    if exercise is None:
        return print(_unknown(id))
    seen = _hints_seen.get(id, 0)
    if seen == len(exercise.hints):
        where = f'solution("{id}") shows' if exercise.solution else "Your teacher has"
        return print(f"That was the last hint. {where} the worked solution.")
    _hints_seen[id] = seen + 1
    _show(f"**Hint {seen + 1} of {len(exercise.hints)}.** {exercise.hints[seen]}", plain)


def solution(id):
    """Show the worked solution: typeset in a notebook, as text elsewhere."""
    exercise = _find(id)
    if exercise is None:
        return print(_unknown(id))
    if not exercise.solution:
        return print(f"Your teacher has the worked solution of {id}.")
    _show(f"**{id} {exercise.title}**\n\n{exercise.worked()}", str)


def answers(chapter):
    """All worked solutions of a chapter as HTML, each folded; ValueError if it has none."""
    from IPython.display import HTML

    own = [e for e in all_exercises().values() if e.id.split(".")[0] == str(chapter)]
    if not own:
        raise ValueError(f"There are no exercises of a chapter {chapter!r}: needed is its number.")
    if not any(e.solution for e in own):
        raise ValueError(f"Your teacher has the worked solutions of chapter {chapter}.")
    own.sort(key=lambda e: [int(n) for n in re.findall(r"\d+", e.id)])
    return HTML("\n".join(
        f'<details class="answer"><summary>{e.id} {inline(e.title)}</summary>\n'
        f"{html(e.worked())}\n</details>" for e in own
    ))


def question(id):
    """The question as a widget for the notebook and the page; ValueError if there is no such id."""
    exercise = _find(id)
    if exercise is None:
        raise ValueError(_unknown(id))
    from nnlib.widgets import Question

    return Question(**page_state(exercise))


def page_state(exercise):
    """The traits of the widget: texts as HTML, parts as data for the judge in the page."""
    code = isinstance(exercise, Code)
    parts = [] if code else [_as_html(part.data()) for part in exercise.parts]
    numbers = any(part["kind"] == "number" for part in parts)
    return {
        "name": f"ex-{exercise.id}",
        "number": exercise.id,
        "title": inline(exercise.title),
        "stem": html(exercise.stem),
        "call": f'check("{exercise.id}", {exercise.answer.__name__})' if code else "",
        "parts": parts if exercise.solution else [_sealed(part) for part in parts],
        "slips": [list(slip) for slip in SLIPS] if numbers else [],
        "messages": MESSAGES if parts else {},
        "hints": [inline(text) for text in exercise.hints],
        "solution": html(_worked(exercise)),
    }


def _as_html(part):
    part["label"] = inline(part["label"])
    if part["kind"] == "choice":
        part["options"] = [
            o | {"text": inline(o["text"]), "why": inline(o["why"])} for o in part["options"]
        ]
    else:
        part["right"] = inline(part["right"])
        part["wrong"] = [[value, tol, inline(text)] for value, tol, text in part["wrong"]]
    return part


def _sealed(part):
    """What is drawn of a part, with all of it under a seal, which the page opens on Check."""
    drawn = {"kind": part["kind"], "label": part["label"], "sealed": seal(part)}
    if part["kind"] == "choice":
        drawn["options"] = [{key: o[key] for key in ("letter", "text")} for o in part["options"]]
    return drawn


def _show(markdown, as_text):
    """Markdown in a notebook (or any IPython), `as_text` of it elsewhere."""
    ipython = sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:
        return print(as_text(markdown))
    ipython.display.display({"text/markdown": markdown, "text/plain": as_text(markdown)}, raw=True)
