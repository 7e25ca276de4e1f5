"""What the grader writes: grades for the teacher, for Moodle and for Canvas, a page a student."""

import csv
import html
from collections import Counter

from nnlib.exercises.kit import NOT_YET, PASSED, TODO
from nnlib.exercises.markup import inline

STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1f; --soft: #5a5854; --line: #dcd8d0;
  --paper: #fffefc; --yes: #1a6b2f; --no: #9a3412 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e3dd; --soft: #aba79f; --line: #45444a;
  --paper: #1b1b1f; --yes: #7fd28f; --no: #ffb077 } }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 42rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.4rem; line-height: 1.25; overflow-wrap: anywhere }
ul { list-style: none; padding: 0 }
li { border-top: 1px solid var(--line); padding: .6rem 0 }
p { margin: .2rem 0; overflow-wrap: anywhere }
.state { font-weight: 600; white-space: nowrap }
.passed { color: var(--yes) }
.not { color: var(--no) }
.soft { color: var(--soft) }
"""


def points(value):
    """A number of points without needless zeros."""
    return f"{value:g}"


def write(out, title, grades, exercises):
    """All files into the folder `out`: grades.csv, moodle.csv and canvas.csv where they apply, and
    feedback/. `grades` are the grades of all students, `exercises` maps id to (title, points)."""
    out.mkdir(parents=True, exist_ok=True)
    head = ["name", "id", "points", "of", *exercises, "problem"]
    rows = [[_harmless(g.student.name), g.student.id, points(g.points), points(g.of),
             *(g.verdicts[id].state for id in exercises), _harmless(" ".join(g.problems))]
            for g in grades]  # fmt: skip
    _csv(out / "grades.csv", [head, *rows])
    if any(g.student.platform == "Moodle" for g in grades):
        _csv(out / "moodle.csv", _moodle(grades))
    if any(g.student.platform == "Canvas" for g in grades):
        _csv(out / "canvas.csv", _canvas(title, grades))
    for grade in grades:
        path = out / "feedback" / grade.student.place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(title, grade, exercises), "utf-8", "replace")


def _csv(path, rows):
    with open(path, "w", encoding="utf-8", errors="replace", newline="") as file:
        csv.writer(file).writerows(rows)


def _harmless(text):
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def _moodle(grades):
    """The offline grading worksheet of an assignment: it knows students by their Identifier."""
    yield ["Identifier", "Full name", "Grade", "Last modified (grade)", "Feedback comments"]
    for g in grades:
        if g.student.platform == "Moodle":
            yield [f"Participant {g.student.id}", g.student.name, points(g.points), "-", _line(g)]


def _canvas(title, grades):
    """A gradebook with one assignment: Canvas knows students by their ID."""
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", title]
    yield ["    Points Possible", "", "", "", "", points(grades[0].of)]
    for g in grades:
        if g.student.platform == "Canvas":
            yield [g.student.name, g.student.id, "", "", "", points(g.points)]


def _line(grade):
    """A grade in one sentence."""
    count = Counter(verdict.state for verdict in grade.verdicts.values())
    parts = [f"{count[state]} {state.lower()}" for state in (PASSED, NOT_YET, TODO) if count[state]]
    return f"{points(grade.points)} of {points(grade.of)} points: {', '.join(parts)}."


def page(title, grade, exercises):
    """The feedback page of one student: one file, no script, nothing from the network."""
    items = "\n".join(_item(grade, id, *exercises[id]) for id in exercises)
    notes = "".join(f"<p>{html.escape(note)}</p>\n" for note in grade.problems)
    stopped = "".join(
        f"<li>Cell {number}: {html.escape(words)}</li>\n" for number, words in grade.stopped[:10]
    )
    if stopped:
        stopped = f"<h2>Cells that stopped</h2>\n<ul>\n{stopped}</ul>\n"
    name = html.escape(grade.student.name)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}: {name}</title>
<style>{STYLE}</style>
</head>
<body>
<h1>{html.escape(title)}: {name}</h1>
<p><strong>{_line(grade)}</strong></p>
{notes}<ul>
{items}
</ul>
{stopped}</body>
</html>
"""


def _item(grade, id, title, worth):
    state, text = grade.verdicts[id]
    kind = {PASSED: "passed", NOT_YET: "not"}.get(state, "soft")
    got = points(worth if state == PASSED else 0)
    given = grade.given.get(id)
    given = f'<p class="soft">You gave {html.escape(given)}</p>\n' if given else ""
    text = f"<p>{html.escape(text)}</p>\n" if text else ""
    return f"""<li><p>{id} {inline(title)}</p>
<p><span class="state {kind}">[{state}]</span> {got} of {points(worth)}</p>
{text}{given}</li>"""


def summary(grades, exercises, width):
    """Who is stuck where, as lines: per exercise how many passed, and the commonest mistake."""
    yield f"{'exercise':<9}{'passed':>7}{'not yet':>9}{'to do':>7}  the commonest mistake"
    for id in exercises:
        verdicts = [g.verdicts[id] for g in grades]
        count = Counter(verdict.state for verdict in verdicts)
        wrong = Counter(verdict.text for verdict in verdicts if verdict.state == NOT_YET)
        text, times = wrong.most_common(1)[0] if wrong else ("", 0)
        line = f"{id:<9}{count[PASSED]:>7}{count[NOT_YET]:>9}{count[TODO]:>7}"
        line += f"  {times}x {text}" if times else ""
        yield line if len(line) <= width else line[: width - 1] + "\N{HORIZONTAL ELLIPSIS}"
