"""`python -m nnlib.grade FOLDER`: grades all its notebooks; see book/teaching/grading.md."""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from nnlib.exercises import all_exercises
from nnlib.exercises.kit import NOT_YET, PASSED, TODO, Verdict

from . import report
from .judge import Limits, grade, library
from .submissions import Student, students


class Grade(NamedTuple):
    """What a student gets: verdicts by id, what was given, points, cells that stopped, problems."""

    student: Student
    verdicts: dict
    given: dict
    points: float
    of: float
    stopped: list
    problems: list
    lacking: list


def main(arguments=None):
    """Exit code 0, or 1 after one sentence that says what is wrong."""
    options = _options(arguments)
    start = time.monotonic()
    try:
        found = students(options.folder)
        worth = _read_points(options.exercises) if options.exercises else _common(found)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    seed = random.SystemRandom().randrange(1 << 32)  # inputs that nobody knows beforehand
    limits = Limits(options.seconds, int(options.memory * (1 << 30)))
    grades = []
    with tempfile.TemporaryDirectory() as folder:
        where = library(Path(folder))
        one = partial(grade_student, worth=worth, library=where, limits=limits, seed=seed)
        with ProcessPoolExecutor(options.jobs) as pool:
            for result in pool.map(one, found):
                grades.append(result)
                _progress(len(grades), len(found))
    bank = all_exercises()
    exercises = {id: (bank[id].title, worth[id]) for id in worth}
    title = options.title or _title(worth)
    folder = options.folder.resolve()
    out = options.out or folder.with_name(f"{folder.name}-grades")
    report.write(out, title, grades, exercises)
    _say(grades, exercises, title, out, time.monotonic() - start)
    return 0


def _options(arguments):
    parser = argparse.ArgumentParser("python -m nnlib.grade", description=__doc__.split(": ")[1])
    parser.add_argument("folder", type=Path, help="the submitted notebooks, unpacked")
    parser.add_argument("--exercises", type=Path, metavar="FILE",
                        help="what counts: lines such as `1.2-2 3`, an exercise and its points; "
                        "without it 1 point each for what most of the notebooks hold")
    parser.add_argument("--title", help="the assignment, as Canvas calls it; such as `Chapter 1`")
    parser.add_argument("--out", type=Path, help="where to write; FOLDER-grades if not given")
    parser.add_argument("--seconds", type=_positive(int), default=300,
                        help="computing time for a notebook (300)")
    parser.add_argument("--memory", type=_positive(float), default=4, help="GB for a notebook (4)")
    parser.add_argument("--jobs", type=_positive(int), default=os.cpu_count(),
                        help="notebooks at once (as many as processors)")
    return parser.parse_args(arguments)


def _positive(kind):
    def number(text):
        if not (value := kind(text)) > 0:
            raise ValueError
        return value

    number.__name__ = "number above 0"  # argparse says: invalid number above 0 value
    return number


def _common(found):
    """1 point for each exercise that more than half of the readable notebooks hold."""
    bank, sets = all_exercises(), []
    for student in found:
        ids = set().union(*(notebook.exercises for notebook in student.notebooks))
        sets += [ids & set(bank)] if ids else []
    count = Counter(id for ids in sets for id in ids)
    common = [id for id in count if count[id] > len(sets) / 2]
    if not common:
        raise ValueError("No exercise is in more than half of the notebooks: say with --exercises "
                         "FILE which count.")
    return dict.fromkeys(sorted(common, key=_order), 1.0)


def _order(id):
    return [int(number) for number in id.replace("-", ".").split(".")]


def _read_points(path):
    """The file of --exercises as a dict id -> points; ValueError in one sentence."""
    worth = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        id, *value = line.split("#")[0].split() or [""]
        if not id:
            continue
        try:
            score = float(" ".join(value) or 1)
        except ValueError:
            score = 0
        if id not in all_exercises():
            raise ValueError(f"{path}, line {number}: there is no exercise {id}.")
        if id in worth:
            raise ValueError(f"{path}, line {number}: {id} appears twice.")
        if not 0 < score < float("inf"):
            raise ValueError(f"{path}, line {number}: after {id} a number of points is needed.")
        worth[id] = score
    if not worth:
        raise ValueError(f"{path} names no exercise: write one a line, such as 1.2-2 or 1.2-2 3.")
    return worth


def grade_student(student, worth, library, limits, seed):
    """All notebooks of a student; with several, the best answer to each exercise counts."""
    verdicts, given = dict.fromkeys(worth, Verdict(TODO)), {}
    stopped, problems, lacking = [], [], []
    readable = [notebook for notebook in student.notebooks if not notebook.problem]
    problems += [notebook.problem for notebook in student.notebooks if notebook.problem]
    if not student.notebooks:
        problems.append(f"No notebook was handed in, but {', '.join(student.others)}.")
    if len(readable) > 1:
        names = ", ".join(notebook.file for notebook in readable)
        problems.append(f"{len(readable)} notebooks ({names}): the best answer of each counts.")
    for notebook in readable:
        if not notebook.exercises & set(worth):
            problems.append(f"{notebook.file} holds none of the exercises that are graded.")
            continue
        try:
            result = grade(notebook, list(worth), library, limits, seed)
        except Exception as error:  # the others are graded all the same
            problems.append(f"{notebook.file} could not be graded: {error!r}")
            continue
        for id, verdict in result.verdicts.items():
            if _rank(verdict) > _rank(verdicts[id]):
                verdicts[id], given[id] = verdict, result.given.get(id)
        stopped += result.stopped
        problems += [result.problem] if result.problem else []
        lacking = result.lacking
    got = sum(worth[id] for id, verdict in verdicts.items() if verdict.state == PASSED)
    of = sum(worth.values())
    return Grade(student, verdicts, given, got, of, stopped, problems, lacking)


def _rank(verdict):
    return (TODO, NOT_YET, PASSED).index(verdict.state)


def _title(worth):
    chapters = list(dict.fromkeys(id.split(".")[0] for id in worth))
    return f"Chapter{'s' * (len(chapters) > 1)} {', '.join(chapters)}"


def _progress(done, of):
    if sys.stderr.isatty():
        print(f"\r{done} of {of}", end="" if done < of else "\n", file=sys.stderr, flush=True)


def _say(grades, exercises, title, out, seconds):
    """The summary on the terminal."""
    for words in sorted({words for g in grades for words in g.lacking}):
        print(f"This system lacks {words}; what Python itself can refuse is refused.")
    width = max(shutil.get_terminal_size().columns, 60)
    students = f"{len(grades)} student{'s' * (len(grades) > 1)}"
    print(f"{title}: {students}, {len(exercises)} exercises, {seconds:.0f} s\n")
    print(*report.summary(grades, exercises, width), sep="\n")
    mean = sum(g.points for g in grades) / len(grades)
    print(f"\nOn average {mean:.1f} of {report.points(grades[0].of)} points.")
    for g in grades:
        for problem in g.problems:
            print(f"{g.student.name}: {problem}")
    print(f"Written to {out}: {', '.join(sorted(path.name for path in out.iterdir()))}")


if __name__ == "__main__":
    sys.exit(main())
