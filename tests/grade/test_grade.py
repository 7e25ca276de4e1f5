"""The grader as a whole: a part of the trial, whose 60 submissions `python trial.py` grades."""

import csv
import json
import re

import pytest
from trial import ALL, answers, faults, notebook, run, submissions

from nnlib.grade.__main__ import main

QUICK = """right, Ada Lovelace, gausscarl, eulerleonhard, wrong in way 3, bare, old format,
backwards, no checks, no stubs, cut short, a list, Grace Hopper, another chapter, endless loop,
stubborn loop, untouched copies below, memory, many processes, many more, reads outside, lists
outside, writes outside, calls somebody, finds the bank, prints lines, sends garbage, reaches
into frames, leaves early, kills its parent, script in words""".replace("\n", " ").split(", ")


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """(found, escaped) of the quick submissions, and the folder of the results."""
    folder = tmp_path_factory.mktemp("trial")
    quick = re.compile(rf"({'|'.join(QUICK)})[_.]")
    found, escaped, _ = run(folder, lambda one: quick.match(one.path), seconds=8)
    assert len(found) == len(QUICK)
    return found, escaped, folder / "out"


def test_there_are_sixty_submissions(tmp_path):
    assert len(list(submissions(tmp_path, 1))) >= 60


def test_each_gets_what_it_deserves(trial):
    assert list(faults(trial[0])) == []


def test_nothing_escapes(trial):
    assert trial[1] == []


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_moodle_gets_an_offline_grading_worksheet(trial):
    head, *students = rows(trial[2] / "moodle.csv")
    # what mod/assign/feedback/offline looks for, and how it tells students apart
    assert {"Identifier", "Grade", "Last modified (grade)"} <= set(head)
    assert [row[:3] for row in students] == [
        ["Participant 4711", "Ada Lovelace", f"{ALL}"], ["Participant 4713", "Grace Hopper", "0"]]
    # the folder of a feedback file: fullname_id_plugintype_pluginname_
    assert (trial[2] / "feedback/Ada Lovelace_4711_assignsubmission_file_/feedback.html").is_file()


def test_canvas_gets_a_gradebook(trial):
    head, possible, *students = rows(trial[2] / "canvas.csv")
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Chapter 1"]
    assert "Points Possible" in possible[0] and possible[-1] == f"{ALL}"
    assert {(row[0], row[1], row[5]) for row in students} == {
        ("gausscarl", "31", f"{ALL}"), ("eulerleonhard", "32", f"{ALL // 2}")}


def test_a_feedback_page_needs_nothing_else_and_shows_no_markup_of_students(trial):
    outside = re.compile(r"<(script|img|link|a)\b|<\w[^>]* (src|href|onerror)=|url\(")
    for path in (trial[2] / "feedback").rglob("*.html"):
        page = path.read_text("utf-8")
        assert not outside.search(page), path.name
        assert "\x1b" not in page and 'name="viewport"' in page


def test_points_and_exercises_can_be_given(tmp_path, capsys):
    inbox, points = tmp_path / "in", tmp_path / "points.txt"
    inbox.mkdir()
    filled = {id: answer for id, answer in answers().items() if id != "1.1-2"}
    (inbox / "ada.ipynb").write_text(json.dumps(notebook(filled)))
    points.write_text("# homework\n1.1-1 2.5\n1.1-2\n1.3-5 3 # code\n")
    assert main([str(inbox), "--exercises", str(points), "--title", "Homework (7)"]) == 0
    head, row = rows(tmp_path / "in-grades" / "grades.csv")
    assert row[:4] == ["ada", "", "5.5", "6.5"] and head[4:7] == ["1.1-1", "1.1-2", "1.3-5"]
    assert "Homework (7): 1 student" in capsys.readouterr().out


@pytest.mark.parametrize("text, said", [
    ("1.1-1\n1.1-1 2", "line 2: 1.1-1 appears twice"), ("9.9-9", "there is no exercise 9.9-9"),
    ("1.1-1 many", "a number of points is needed"), ("1.1-1 -1", "a number of points is needed"),
    ("1.1-1 1 2", "a number of points is needed"), ("# nothing", "names no exercise"),
])  # fmt: skip
def test_a_wrong_file_of_exercises_is_one_clear_sentence(tmp_path, capsys, text, said):
    (tmp_path / "a.ipynb").write_text(json.dumps(notebook({})))
    (tmp_path / "points").write_text(text)
    assert main([str(tmp_path), "--exercises", str(tmp_path / "points")]) == 1
    out, err = capsys.readouterr()
    assert said in err and err.count("\n") == 1 and not out


@pytest.mark.parametrize("files, said", [
    ({}, "no notebook"), ({"a.txt": "x"}, "no notebook"),
    ({"a.ipynb": "{"}, "No exercise is in more than half"),
    ({"a.ipynb": '{"cells": []}'}, "No exercise is in more than half"),
])  # fmt: skip
def test_a_folder_without_work_is_one_clear_sentence(tmp_path, capsys, files, said):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert main([str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert said in err and err.count("\n") == 1 and not out


def test_no_folder_is_one_clear_sentence(tmp_path, capsys):
    assert main([str(tmp_path / "nowhere")]) == 1
    assert "is no folder" in capsys.readouterr().err
