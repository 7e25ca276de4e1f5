"""The teacher's guide: each page has its parts, its minutes add up, and what it names exists."""

import re
from pathlib import Path

import numpy as np
import pytest
import yaml

import nnlib
from nnlib.exercises import all_exercises

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "book/teaching").glob("[0-9]*.md"))
PARTS = ["Goal", "50 minutes", "90 minutes", "On the board", "Widget settings", "Errors to expect",
         "Vote questions", "Exit ticket", "What to cut when late"]


def part(text, heading):
    return text.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def votes_named(text):
    return re.findall(r"\bv(\d+b?)-(\d)\b", text)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_has_its_parts_and_its_minutes_add_up(path):
    text = path.read_text("utf8")
    assert re.findall(r"^## (.+)$", text, re.M) == PARTS
    assert f"```{{votes}} {path.stem}\n```" in part(text, "Vote questions")
    for minutes in (50, 90):
        rows = re.findall(r"^\| (\d+)–(\d+) \|", part(text, f"{minutes} minutes"), re.M)
        ends = [int(end) for _, end in rows]
        assert [int(start) for start, _ in rows] == [0, *ends[:-1]]
        assert ends[-1] == minutes
    assert "**Break.**" in part(text, "90 minutes")


@pytest.mark.parametrize("path", sorted((ROOT / "book/teaching").glob("*.md")),
                         ids=lambda path: path.stem)
def test_exercises_and_figures_that_are_named_exist(path):
    text = path.read_text("utf8")
    known = set(all_exercises())
    named = set(re.findall(r"(?<![\d.v-])\d+\.\d+-\d+(?![\d.])", text))
    assert named <= known
    chapters = "".join(p.read_text("utf8") for p in (ROOT / "book").glob("[0-9]*.ipynb"))
    for number in re.findall(r"Figures? (\d+\.\d+)", text):
        assert f"**Figure {number}.**" in chapters, number


@pytest.mark.parametrize("path", sorted((ROOT / "book/teaching").glob("*.md")),
                         ids=lambda path: path.stem)
def test_votes_that_are_named_exist(path):
    for chapter, number in votes_named(path.read_text("utf8")):
        file = ROOT / f"teach/votes/{chapter.zfill(3 if 'b' in chapter else 2)}.yml"
        assert f"id: v{chapter}-{number}\n" in file.read_text("utf8")


def test_old_votes_come_back_when_the_plan_says():
    plan = (ROOT / "book/teaching/plan.md").read_text("utf8")
    taught = {}
    for row in re.findall(r"^\| (\d+) \| (.*)$", part(plan, "Week by week"), re.M):
        taught |= {vote: int(row[0]) for vote in votes_named(row[1])}
    rows = re.findall(r"^\| (\d+) \|([^|]*)\|([^|]*)\|([^|]*)\|$",
                      part(plan, "Old questions come back"), re.M)
    assert len(rows) == 9
    for week, *asked in rows:
        for votes, ago in zip(asked, (1, 2, 4), strict=True):
            for vote in votes_named(votes):
                # v0-3 is in no week: it is asked as if it had been in the first
                assert taught.get(vote, 1) == int(week) - ago, (week, vote)


def test_right_answers_of_chapters_0_to_3_are_computed():
    right = {}
    for chapter in ("00", "01", "02", "03"):
        for vote in yaml.safe_load((ROOT / f"teach/votes/{chapter}.yml").read_text("utf8")):
            right[vote["id"]] = next(o["text"] for o in vote["options"] if "right" in o)
    t = np.array([1, 0, 0, 0])
    assert right["v0-1"] == f"{((t - t[:, None]) ** 2).mean():g}"
    tables = {"X": np.ones((5, 2)), "W": np.ones((3, 2))}
    assert eval(right["v0-2"].strip("`"), tables).shape == (5, 3)
    slope = nnlib.numerical_gradient(lambda p: (p[0] ** 2 + 1) ** 3, np.array([1.0]))
    assert right["v0-3"] == f"{slope[0]:.0f}"
    assert right["v1-1"].startswith(f"{count([5, 1])},")
    rises = {z: nnlib.sigmoid(z + 0.1) - nnlib.sigmoid(z) for z in (0.0, 10.0, -10.0)}
    assert right["v1-3"] == f"The one with $z = {max(rises, key=rises.get):.0f}$"
    net = nnlib.Network([3, 4, 2], rng=0)
    before = net.forward([[1, 2, 3]])[0][1]
    layer, to, by = map(int, re.search(r"\((\d)\)\}_\{(\d)(\d)\}", right["v2-2"]).groups())
    net.weights[layer - 1][to - 1, by - 1] += 1
    assert np.flatnonzero(net.forward([[1, 2, 3]])[0][1] - before).tolist() == [0] and by == 4
    mass = nnlib.FOUR_PEOPLE.raw[:, 0]
    frank = nnlib.NEW_PEOPLE.raw[1, 0]
    assert right["v3-1"] == f"{(frank - mass.mean()) / mass.std():.2f}"
    assert right["v3-3"] == f"{count([784, 16, 16, 10]):,}"


def count(sizes):
    net = nnlib.Network(sizes)
    return sum(p.size for p in net.weights + net.biases)
