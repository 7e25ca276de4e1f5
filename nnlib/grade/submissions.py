"""Finds who handed in what, in a folder as Moodle, Canvas, nbgrader or a teacher leaves it."""

import json
import re
from pathlib import Path
from typing import NamedTuple

# Ada Lovelace_123456_assignsubmission_file_/01.ipynb, or all in one name
MOODLE = re.compile(r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_file_?")
# lovelaceada_LATE_1234_5678_01.ipynb: user, attachment
CANVAS = re.compile(r"(?P<name>[^_]+(?:_[^_\d][^_]*)*?)(?:_LATE)?_(?P<id>\d+)_\d+_")
ID = r"\d+\.\d+-\d+"
NAMED = re.compile(rf"""\b(?:question|check)\(\s*["']({ID})["']""")


class Cell(NamedTuple):
    """A code cell: its number among all cells from 1 on, and the exercise it belongs to or ""."""

    number: int
    source: str
    exercise: str


class Notebook(NamedTuple):
    """The code cells of a file and the exercises they name; or a problem that says why not."""

    file: str
    cells: list
    exercises: set
    problem: str = ""


class Student(NamedTuple):
    """platform is "Moodle", "Canvas" or "" with no id; place is where the feedback page goes."""

    platform: str
    name: str
    id: str
    place: str
    notebooks: list
    others: list


def students(folder):
    """All students of a folder, by name; ValueError in one sentence if there are none."""
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(f"{folder} is no folder: give the one that holds the submitted notebooks.")
    files = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(p.startswith((".", "__MACOSX", "~")) for p in parts):
            who, place = _who(parts)
            files.setdefault(who, (place, []))[1].append(path)
    found = [_student(who, *files, folder) for who, files in files.items()]
    found = [one for one in found if one.notebooks or one.platform]
    if not any(one.notebooks for one in found):
        raise ValueError(f"There is no notebook (.ipynb) in {folder}; unpack a zip first.")
    return sorted(found, key=lambda one: (one.name.lower(), one.id))


def _who(parts):
    """((platform, name, id), where feedback belongs), from the path below the folder."""
    first = parts[0]
    if match := MOODLE.match(first):
        return ("Moodle", match["name"], match["id"]), f"{match[0].rstrip('_')}_/feedback.html"
    if len(parts) > 1:
        return ("", first, ""), f"{first}.html"
    name = Path(first).stem
    if match := CANVAS.match(first):
        return ("Canvas", match["name"], match["id"]), f"{name}.html"
    return ("", name, ""), f"{name}.html"


def _student(who, place, paths, folder):
    notebooks = [read(path, folder) for path in paths if path.suffix.lower() == ".ipynb"]
    others = [path.name for path in paths if path.suffix.lower() != ".ipynb"]
    return Student(*who, place, notebooks, others)


def read(path, folder):
    """A Notebook of whatever a file holds; outputs, kernel and most metadata do not matter."""
    name = str(path.relative_to(folder))
    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig"))
        cells = data["cells"] if "cells" in data else data["worksheets"][0]["cells"]
        found = [_cell(number, cell) for number, cell in enumerate(cells, 1)]
    except OSError as error:
        return Notebook(name, [], set(), f"{name} cannot be read ({error.strerror}).")
    except (ValueError, RecursionError):
        return Notebook(name, [], set(), f"{name} is no notebook: it is cut short or not JSON.")
    except (AttributeError, IndexError, KeyError, TypeError):
        return Notebook(name, [], set(), f"{name} is JSON, but has not the form of a notebook.")
    cells = [cell for cell in found if cell]
    ids = {id for cell in cells for id in (cell.exercise, *NAMED.findall(cell.source)) if id}
    return Notebook(name, cells, ids)


def _cell(number, cell):
    if cell.get("cell_type") != "code":
        return None
    source = cell.get("source", cell.get("input", ""))  # input: notebooks of format 3
    source = source if isinstance(source, str) else "".join(map(str, source))
    exercise = (cell.get("metadata") or {}).get("exercise")
    good = isinstance(exercise, str) and re.fullmatch(ID, exercise)
    return Cell(number, source, exercise if good else "")
