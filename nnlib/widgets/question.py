"""The Question: a stem, parts to answer, feedback on each slip, hints one by one, the worked
solution."""

import html

import traitlets as t

from .base import Widget


class Question(Widget):
    """An exercise in the page. Texts come as HTML and parts as data: `nnlib.exercises.question`
    makes them."""

    kind = t.Unicode("question", read_only=True).tag(sync=True)
    number = t.Unicode(help="the exercise's id, such as '1.2-2'").tag(sync=True)
    title = t.Unicode().tag(sync=True)
    stem = t.Unicode().tag(sync=True)
    call = t.Unicode(help="for code: the line that checks the answer").tag(sync=True)
    parts = t.List(t.Dict()).tag(sync=True)
    slips = t.List(help="[factor, text] for slips that any number can show").tag(sync=True)
    messages = t.Dict().tag(sync=True)
    hints = t.List(t.Unicode()).tag(sync=True)
    solution = t.Unicode(help="empty where the teacher keeps it").tag(sync=True)

    def caption(self):
        return f"Exercise {self.number}"

    def fallback(self):
        parts = "".join(map(_part, self.parts))
        call = (
            f"<p>Check it in the notebook: <code>{html.escape(self.call)}</code></p>"
            if self.call
            else ""
        )
        worked = (
            f"<details><summary>Worked solution</summary>{self.solution}</details>"
            if self.solution
            else ""
        )
        return (
            f'<div class="nnb nnb-question"><p><strong>Exercise {self.number}. '
            f"{self.title}</strong></p>"
            f"{self.stem}{parts}{call}{worked}</div>"
        )


def _part(part):
    options = "".join(f"<li>{option['text']}</li>" for option in part.get("options", []))
    return f"<p>{part['label']}:</p>" + (f'<ol type="A">{options}</ol>' if options else "")
