"""The book's notebooks as the tests read them, and which sections are finished."""

import csv
import json
import re
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BOOK = ROOT / "book"
NOTEBOOKS = sorted(BOOK.glob("*.ipynb"))
CHAPTERS = [path for path in NOTEBOOKS if path.name[0].isdigit()]
APPENDICES = [path for path in NOTEBOOKS if path not in CHAPTERS]
PAGES = [ROOT / "index.md", *sorted(BOOK.glob("*.md"))]

# Sections in final form. A checklist row is due as soon as one of its sections is here.
FINISHED = {
    "0.1", "0.2", "0.3",
    "1.1", "1.2", "1.3", "1.4", "1.5",
    "2.1", "2.2", "2.3", "2.4", "2.5", "2.6",
    "3.1", "3.2", "3.3", "3.4",
    "4.1", "4.2", "4.3", "4.4",
    "5.1", "5.2", "5.3", "5.4",
    "6.1", "6.2", "6.3", "6.4", "6.5", "6.6", "6.7", "6.8", "6.9", "6.10",
    "7.1", "7.2", "7.3", "7.4", "7.5", "7.6",
    "8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "8.7",
    "9.1", "9.2", "9.3",
    "10.1", "10.2", "10.3", "10.4", "10.5", "10.6",
}  # fmt: skip


class Section(NamedTuple):
    """A section of the book: number, how many exercises it must have at least, title, and the
    part of its chapter: "b" where it stands in the second notebook, such as 06b."""

    number: str
    exercises: int
    title: str
    part: str = ""


def _read_csv(path):
    with open(path, encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


SECTIONS = [
    Section(r["section"], int(r["exercises"]), r["title"], r["part"] or "")
    for r in _read_csv(HERE / "sections.csv")
]
CHECKLIST = {r["id"]: r["sections"].split() for r in _read_csv(BOOK / "checklist.csv")}


class Cell(NamedTuple):
    """A cell; section is "1.2" below the heading of that section, "" before and after them all."""

    id: str
    kind: str
    source: str
    meta: dict
    section: str = ""

    @property
    def tags(self):
        return self.meta.get("tags", [])


class Chapter(NamedTuple):
    """A notebook (or a page, as one cell): its file name, its cells, and where it lies."""

    name: str
    cells: list
    folder: Path = BOOK

    @property
    def number(self):
        return str(int(self.name[:2]))

    @property
    def part(self):
        """The letter of the second notebook of a chapter, "" otherwise."""
        return self.name[2].strip("_")

    @property
    def code(self):
        return [cell for cell in self.cells if cell.kind == "code"]

    @property
    def prose(self):
        """All Markdown of the chapter."""
        return "\n\n".join(cell.source for cell in self.cells if cell.kind == "markdown")


def chapter(name, cells):
    """A Chapter of cells that know their section."""
    section, placed = "", []
    for cell in cells:
        prose = cell.source if cell.kind == "markdown" else ""
        for heading in re.findall(r"^## (.*)", prose, re.M):
            numbered = re.match(r"\d+\.\d+", heading)
            section = numbered[0] if numbered else ""
        placed.append(cell._replace(section=section))
    return Chapter(name, placed)


def read(path):
    """The chapter in a notebook file."""
    cells = json.loads(path.read_text("utf8"))["cells"]
    return chapter(path.name, [
        Cell(c["id"], c["cell_type"], "".join(c["source"]), c["metadata"]) for c in cells
    ])


def read_page(path):
    """A Markdown page as a chapter of one cell."""
    cell = Cell(path.stem, "markdown", path.read_text("utf8"), {})
    return Chapter(path.name, [cell], path.parent)
