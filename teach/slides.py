"""Slides: from a plan, teach/slides/NN.md, and the chapter's notebook to a page for the lecture.

    python teach/slides.py --lint [NN ...]       checks the plans; one line a fault
"""

import argparse
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import votes

HERE = Path(__file__).parent
ROOT = HERE.parent
SLIDES = 12, 25  # in a deck, the title among them
LINES = 12  # of text on a slide, and of code in a cell
WIDTH = 100  # characters of a line, formulas counted without their TeX commands
DIRECTIVE = re.compile(r"\{(cell|code|vote) ([\w-]+)\}\s*")


@dataclass
class Slide:
    """A heading, the blocks (kind, text or id, line) under it in their order, and the note."""

    heading: str
    line: int
    blocks: list = field(default_factory=list)
    note: str = ""

    def ids(self, *kinds):
        """The (id, line) of the blocks of some kinds."""
        return [(text, line) for kind, text, line in self.blocks if kind in kinds]


@dataclass
class Plan:
    """What a file teach/slides/NN.md says; ``stray`` are lines that stand outside a slide."""

    path: Path
    title: str
    subtitle: str
    slides: list
    stray: list


def read_plan(path):
    """Read a plan; what is wrong with it `faults` will say."""
    title = subtitle = ""
    slides, stray, fenced, in_note = [], [], False, False
    for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
        fenced ^= line.startswith("```")
        if fenced or not line.startswith("## "):
            if not slides:
                if line.startswith("# ") and not title:
                    title = line[2:].strip()
                elif line.strip() and title and not subtitle:
                    subtitle = line.strip()
                elif line.strip():
                    stray.append(number)
                continue
        else:
            slides.append(Slide(line[3:].strip(), number))
            in_note = False
            continue
        slide = slides[-1]
        if in_note or line.startswith("Note:"):
            slide.note += line.removeprefix("" if in_note else "Note:") + "\n"
            in_note = True
        elif not fenced and (match := DIRECTIVE.fullmatch(line)):
            slide.blocks.append((match[1], match[2], number))
        elif slide.blocks and slide.blocks[-1][0] == "text":
            kind, text, first = slide.blocks[-1]
            slide.blocks[-1] = kind, f"{text}\n{line}", first
        elif line.strip():
            slide.blocks.append(("text", line, number))
    for slide in slides:
        slide.note = slide.note.strip()
    return Plan(path, title, subtitle, slides, stray)


def plans(chapters=()):
    """The paths of all plans, or of some chapters."""
    folder = ROOT / "teach/slides"
    if not chapters:
        return sorted(folder.glob("*.md"))
    return [folder / f"{chapter}.md" for chapter in chapters]


def read_notebook(plan):
    """The notebook of a plan's chapter."""
    (path,) = (ROOT / "book").glob(f"{plan.path.stem}_*.ipynb")
    return nbformat.read(path, 4)


def known_votes(plan):
    """The chapter's vote questions and those of the concept inventory, by id."""
    paths = [ROOT / f"teach/votes/{name}.yml" for name in (plan.path.stem, "inventory")]
    return {vote.id: vote for path in paths if path.is_file() for vote in votes.read(path)}


def faults(plan, notebook, questions):
    """List what is wrong with a plan: (line, sentence)."""
    found = [(line, "this stands before the first slide; a heading '## ...' begins a slide")
             for line in plan.stray]
    if not plan.title or not plan.subtitle:
        found.append((1, "the file begins with '# Title' and a line for the subtitle"))
    least, most = SLIDES
    if not least <= len(plan.slides) + 1 <= most:
        found.append((1, f"{len(plan.slides) + 1} slides with the title; "
                         f"{least} to {most} are needed"))
    cells = {cell.id: cell for cell in notebook.cells}
    order, last = list(cells), None
    for slide in plan.slides:
        found += slide_faults(slide, questions)
        for name, line in slide.ids("cell", "code"):
            if name not in cells or cells[name].cell_type != "code":
                found.append((line, f"the chapter's notebook has no code cell {name}"))
                continue
            if "lab-only" in cells[name].metadata.get("tags", []):
                found.append((line, f"the cell {name} shows something in JupyterLab only"))
            if last and order.index(name) <= order.index(last):
                found.append((line, f"the cell {name} comes before {last} in the notebook, or is "
                                    "shown twice; slides keep the notebook's order"))
            last = name
        for name, line in slide.ids("code"):
            length = len(cells[name].source.splitlines()) if name in cells else 0
            if length > LINES:
                found.append((line, f"the code of {name} has {length} lines; at most {LINES} fit"))
    return found


def slide_faults(slide, questions):
    """What can be seen on the slide alone, and its votes."""
    found = []
    where = f"the slide '{slide.heading}'"
    if not slide.note:
        found.append((slide.line, f"{where} has no note; 'Note: ...' says what the teacher does"))
    if not slide.blocks:
        found.append((slide.line, f"{where} is empty"))
    if len(slide.ids("cell", "code")) > 1:
        found.append((slide.line, f"{where} shows more than one cell; give each its own slide"))
    if len(slide.ids("vote")) > 1:
        found.append((slide.line, f"{where} has more than one vote"))
    number = 0
    for kind, text, line in slide.blocks:
        if kind == "vote" and text in questions:
            number += 1 + len(questions[text].options)
        elif kind == "vote":
            found.append((line, f"no vote question has the id {text}"))
        elif kind == "text":
            rows = text.splitlines()
            number += sum(not re.fullmatch(r"[\s$|:`-]*", row) for row in rows)
            found += [(line + i, f"no directive: {row}; known are {{cell ID}}, {{code ID}} and "
                                 "{vote ID}, each on a line of its own")
                      for i, row in enumerate(rows) if re.match(r"\{\w+[ }]", row)]
            found += [(line + i, f"a line has at most {WIDTH} characters; the note takes the rest")
                      for i, row in enumerate(rows)
                      if len(re.sub(r"\\[A-Za-z]+|[{}$*`]", "", row)) > WIDTH]
    if number > LINES:
        found.append((slide.line, f"{where} has {number} lines of text; at most {LINES} fit"))
    return found


def lint(chapters):
    """Print one line a fault; return whether there was one."""
    lines = []
    for path in plans(chapters):
        name = f"teach/slides/{path.name}"
        if not path.is_file() or not list((ROOT / "book").glob(f"{path.stem}_*.ipynb")):
            lines.append(f"{name}: there is no such plan, or no chapter of that number.")
            continue
        plan = read_plan(path)
        try:
            found = faults(plan, read_notebook(plan), known_votes(plan))
        except ValueError as error:  # of a file with votes
            lines.append(f"teach/votes/{error}")
            continue
        lines += [f"{name}:{line}: {sentence}." for line, sentence in sorted(found)]
    print("\n".join(lines) or f"{len(plans(chapters))} plans: no fault.")
    return bool(lines)


def main():
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Slides for the lecture, from teach/slides/NN.md.")
    parser.add_argument("chapters", nargs="*", metavar="NN", help="such as 01 or 06b; default: all")
    parser.add_argument("--lint", action="store_true", help="check the plans only")
    options = parser.parse_args()
    if options.lint:
        return lint(options.chapters)


if __name__ == "__main__":
    sys.exit(main())
