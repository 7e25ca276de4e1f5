"""Vote questions: reads and checks teach/votes/*.yml, and writes them for learning platforms.

    python teach/votes.py            checks every file
"""

import re
import sys
from pathlib import Path
from typing import NamedTuple

import yaml

FOLDER = Path(__file__).parent / "votes"
LETTERS = "ABCD"


class Option(NamedTuple):
    """One answer: its text, what choosing it reveals, and whether it is right."""

    text: str
    reveals: str
    right: bool = False


class Vote(NamedTuple):
    """One question: id, section of the book, stem in Markdown, three or four options."""

    id: str
    section: str
    ask: str
    options: list

    @property
    def right(self):
        """The letter of the right option."""
        return next(a for a, option in zip(LETTERS, self.options) if option.right)


def read(path):
    """Return the votes of a file; ValueError says in one sentence what is wrong with it."""
    path = Path(path)
    try:
        entries = yaml.safe_load(path.read_text("utf8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name}: cannot be read ({error}).") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark else ""
        raise ValueError(f"{path.name}: no valid YAML{line}; a text with a colon and a space, or "
                         "one that begins with a quote, needs quotes around it.") from None
    if not isinstance(entries, list) or not entries:
        raise ValueError(f"{path.name}: a list of questions is needed, each begins with '- id:'.")
    votes = [_vote(path.name, number, entry) for number, entry in enumerate(entries, 1)]
    double = sorted({vote.id for vote in votes if [v.id for v in votes].count(vote.id) > 1})
    if double:
        raise ValueError(f"{path.name}: the id {double[0]} stands there twice.")
    return votes


def _vote(name, number, entry):
    where = f"{name}: question {number}"
    _texts(where, entry, required=("id", "section", "ask"), known=("options",))
    where = f"{name}: {entry['id']}"
    if not re.fullmatch(r"[A-Za-z0-9-]+", entry["id"]):
        raise ValueError(f"{where}: an id has letters, digits and hyphens only.")
    options = entry.get("options")
    if not isinstance(options, list) or not 3 <= len(options) <= 4:
        raise ValueError(f"{where}: three or four options are needed.")
    for letter, option in zip(LETTERS, options):
        _texts(f"{where}, option {letter}", option, ("text", "reveals"), ("right",))
        if option.get("right", True) is not True:
            raise ValueError(f"{where}, option {letter}: 'right' is 'true' or left out.")
    right = sum("right" in option for option in options)
    if right != 1:
        raise ValueError(f"{where}: exactly one option is right; here {right} are.")
    return Vote(*(entry[key].strip() for key in ("id", "section", "ask")),
                [Option(**option) for option in options])


def _texts(where, entry, required, known):
    """Every required key has a text, and there is no other key than these and the known ones."""
    if not isinstance(entry, dict):
        raise ValueError(f"{where}: needs the keys {', '.join(required)}.")
    for key in required:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise ValueError(f"{where}: '{key}' needs a text; a number stands in quotes.")
    for key in set(entry) - {*required, *known}:
        raise ValueError(f"{where}: '{key}' is not known; known are {', '.join(required + known)}.")


def main():
    """Check every file; one line a fault."""
    faults = []
    for path in sorted(FOLDER.glob("*.yml")):
        try:
            read(path)
        except ValueError as error:
            faults.append(str(error))
    print("\n".join(faults) or "All vote questions are well-formed.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
