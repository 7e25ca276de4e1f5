"""The directive ```{votes} 01```: the vote questions of teach/votes/01.yml in the teacher's guide.

Each question shows its stem and lettered options; a fold says which is right and what each wrong
answer reveals, so that the page can be shown to a class.
"""

import sys
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

TEACH = Path(__file__).parents[2] / "teach"
sys.path.append(str(TEACH))


def as_markdown(vote, letters):
    """A question as the book's Markdown."""
    lines = [f"**{vote.id}**, section {vote.section}. {vote.ask}", ""]
    lines += [_item(letter, option.text) for letter, option in zip(letters, vote.options)]
    lines += ["", ":::{admonition} Answer", ":class: dropdown", "", f"{vote.right} is right.", ""]
    lines += [_item(letter, option.reveals) for letter, option in zip(letters, vote.options)]
    return "\n".join([*lines, "", ":::"])


def _item(letter, text):
    return f"- **{letter}.** " + text.strip().replace("\n", "\n  ")


class Votes(SphinxDirective):
    """Show the questions of one file; its argument is the file's name without .yml."""

    required_arguments = 1

    def run(self):
        import votes

        path = TEACH / f"votes/{self.arguments[0]}.yml"
        self.env.note_dependency(str(path))
        try:
            questions = votes.read(path)
        except ValueError as error:
            raise self.error(f"teach/votes/{error}") from None
        found = nodes.container(classes=["votes"])
        for vote in questions:
            lines = as_markdown(vote, votes.LETTERS).splitlines()
            self.state.nested_parse(StringList(lines, source=str(path)), 0, found)
        return [found]


def setup(app):
    """Make the directive known."""
    app.add_directive("votes", Votes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
