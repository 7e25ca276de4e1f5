"""Every row of book/checklist.csv that belongs to a finished section is claimed there.

A cell claims rows by its metadata, "covers": ["S0-02"]. A claim counts in one of the row's
sections, and in the closing parts of its chapter.
"""

import pytest
from nb import CHAPTERS, CHECKLIST, FINISHED, SECTIONS, Cell, chapter, read


def claims(chapters):
    """(row, section or chapter number, cell id) of every claim."""
    return [(row, cell.section or book.number, f"{book.name} {cell.id}")
            for book in chapters for cell in book.cells for row in cell.meta.get("covers", [])]


def unclaimed(chapters, finished, checklist):
    """The due rows that no cell in one of their places claims."""
    made = {(row, place) for row, place, _ in claims(chapters)}
    return [row for row, sections in checklist.items() if finished & set(sections)
            and not any((row, s) in made or (row, s.split(".")[0]) in made for s in sections)]


def test_every_due_row_is_claimed():
    assert unclaimed(map(read, CHAPTERS), FINISHED, CHECKLIST) == []


def test_every_claim_is_of_a_row_and_in_its_place():
    wrong = [(row, place, cell) for row, place, cell in claims(map(read, CHAPTERS))
             if not any(place in (s, s.split(".")[0]) for s in CHECKLIST.get(row, []))]
    assert wrong == []


def test_the_tables_fit_together():
    known = {section.number for section in SECTIONS}
    assert len(CHECKLIST) == 376 and len(SECTIONS) == 58
    assert {s for sections in CHECKLIST.values() for s in sections} <= known
    assert FINISHED <= known


@pytest.mark.parametrize("covers, place, left", [
    (["S0-02"], "## 1.1 A line", []),
    (["S0-02"], "## Key points", []),
    (["S0-02"], "## 1.2 A bias", ["S0-02"]),
    ([], "## 1.1 A line", ["S0-02"]),
])
def test_a_missing_claim_is_seen(covers, place, left):
    book = chapter("01_one.ipynb", [Cell("a", "markdown", place, {}),
                                    Cell("b", "code", "1", {"covers": covers})])
    assert unclaimed([book], {"1.1"}, {"S0-02": ["1.1"], "S1-01": ["2.1"]}) == left
