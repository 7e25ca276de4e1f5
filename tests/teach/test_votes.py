"""Vote questions: every file is well-formed, each fault is named, and exports can be read back."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "teach"))
import votes  # noqa: E402

FILES = sorted(votes.FOLDER.glob("*.yml"))
ALL = [vote for path in FILES for vote in votes.read(path)]
GOOD = """- id: v9-1
  section: "9.1"
  ask: What is $1 + 1$?
  options:
    - text: "1"
      reveals: one
    - text: "2"
      right: true
      reveals: two
    - text: "$|x| < 3$ & more"
      reveals: three
"""


def test_ids_are_unique_and_name_their_chapter():
    assert len(ALL) == len({vote.id for vote in ALL})
    for path in FILES:
        if path.stem != "inventory":
            assert all(vote.id.startswith(f"v{path.stem.removeprefix('0') or '0'}-")
                       for vote in votes.read(path)), path.name


def test_options_differ():
    for vote in ALL:
        assert len({option.text.strip() for option in vote.options}) == len(vote.options), vote.id


def test_letters_of_right_answers_vary():
    letters = Counter(vote.right for vote in ALL)
    assert len(letters) >= 3 if len(ALL) < 12 else set(letters) == set(votes.LETTERS)
    assert max(letters.values()) <= 0.45 * len(ALL), letters


def test_formulas_can_be_set():
    from nnlib.exercises import markup

    for vote in ALL:
        for text in (vote.ask, *(t for o in vote.options for t in (o.text, o.reveals))):
            assert text.replace("\\$", "").count("$") % 2 == 0, f"{vote.id}: {text}"
            assert "$" not in markup.html(text).replace("\\$", ""), f"{vote.id}: {text}"


@pytest.mark.parametrize("old, new, words", [
    ("      right: true\n", "", "exactly one option is right; here 0 are"),
    ("      reveals: three", "      right: true\n      reveals: three", "here 2 are"),
    ("right: true", "right: yes please", "'right' is 'true' or left out"),
    ("right: true", "right: false", "'right' is 'true' or left out"),
    ("      reveals: two\n", "", "option B: 'reveals' needs a text"),
    ('text: "2"', "text: 2", "option B: 'text' needs a text; a number stands in quotes"),
    ('section: "9.1"', "section: 9.1", "'section' needs a text"),
    ("  ask: What is $1 + 1$?\n", "", "'ask' needs a text"),
    ("ask: What", "ask: What: ", "no valid YAML in line 3"),
    ("  ask:", "  hint: no\n  ask:", "'hint' is not known"),
    ("id: v9-1", "id: v 9", "letters, digits and hyphens"),
    ('    - text: "1"\n      reveals: one\n', "", "three or four options"),
    (GOOD, GOOD + GOOD, "the id v9-1 stands there twice"),
    (GOOD, "", "a list of questions is needed"),
])  # fmt: skip
def test_each_fault_is_named(tmp_path, old, new, words):
    path = tmp_path / "09.yml"
    path.write_text(GOOD.replace(old, new), "utf8")
    with pytest.raises(ValueError) as caught:
        votes.read(path)
    message = str(caught.value)
    assert message.startswith("09.yml: ") and words in message and "\n" not in message


def test_a_missing_file_is_one_sentence():
    run = subprocess.run([sys.executable, ROOT / "teach/votes.py", "99"], capture_output=True,
                         text=True)
    assert run.returncode == 1 and not run.stderr
    assert run.stdout == "teach/votes/99.yml: cannot be read (No such file or directory).\n"


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_moodle_file_says_the_same(path):
    questions = votes.read(path)
    quiz = ET.fromstring(votes.moodle(questions, "Votes"))
    found = quiz.findall("question[@type='multichoice']")
    assert [q.findtext("name/text") for q in found] == [vote.id for vote in questions]
    for question, vote in zip(found, questions):
        answers = question.findall("answer")
        assert [a.get("fraction") for a in answers] == [
            "100" if o.right else "0" for o in vote.options]
        assert all(a.findtext("text") and a.findtext("feedback/text") for a in answers)
        assert question.findtext("shuffleanswers") == "false"
        ET.fromstring(f"<p>{question.findtext('questiontext/text')}</p>".replace("&nbsp;", " "))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_canvas_package_says_the_same(path, tmp_path, monkeypatch):
    (tmp_path / "teach").mkdir()
    (tmp_path / "teach/votes").symlink_to(votes.FOLDER)
    monkeypatch.setattr(votes, "FOLDER", tmp_path / "teach/votes")
    space = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}
    with zipfile.ZipFile(votes.export(path.stem, "canvas")) as package:
        manifest = package.read("imsmanifest.xml").decode()
        items = ET.fromstring(package.read("votes.xml")).findall(".//q:item", space)
    assert 'href="votes.xml"' in manifest
    for item, vote in zip(items, votes.read(path), strict=True):
        right = [c.findtext(".//q:varequal", namespaces=space)
                 for c in item.findall(".//q:respcondition", space)
                 if c.find("q:setvar", space) is not None]
        assert item.get("ident") == vote.id and right == [vote.right]
        labels = item.findall(".//q:response_label", space)
        assert len(labels) == len(vote.options) == len(item.findall(".//q:itemfeedback", space))


def test_a_sheet_for_paper_has_every_option_and_no_answer(tmp_path, monkeypatch):
    (tmp_path / "teach/votes").mkdir(parents=True)
    monkeypatch.setattr(votes, "FOLDER", tmp_path / "teach/votes")
    (votes.FOLDER / "09.yml").write_text(GOOD)
    (votes.FOLDER / "09.md").write_text("A **slope** is a rate.")
    sheet = votes.export("09", "print").read_text("utf8")
    assert "<strong>slope</strong>" in sheet and sheet.count("<li>") == 4
    assert not re.search("one|two|three|right", sheet)
