"""Notebooks are kept without outputs, counts and noise, so that a change shows as what it is."""

import copy
import json
import re

import nbformat
import pytest
from nb import NOTEBOOKS

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
ALWAYS_RUN = METADATA | {"mystnb": {"execution_mode": "force"}}  # it reads other notebooks
CELL_METADATA = {"tags", "covers", "exercise", "jupyter", "mystnb"}


def noise(book):
    """What is in a notebook (as JSON) that should not be there."""
    if (book["nbformat"], book["nbformat_minor"]) != (4, 5):
        yield "the format is not 4.5"
    if book["metadata"] not in (METADATA, ALWAYS_RUN):
        yield f"the metadata is {book['metadata']}"
    ids = [cell.get("id", "") for cell in book["cells"]]
    for cell, id in zip(book["cells"], ids, strict=True):
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,63}", id) or re.fullmatch(r"[0-9a-f]{8,}", id):
            yield f"{id!r} is not a readable id"
        if ids.count(id) > 1:
            yield f"{id} stands twice"
        if cell.get("outputs"):
            yield f"{id} has an output"
        if cell.get("execution_count") is not None:
            yield f"{id} has an execution count"
        for key in set(cell["metadata"]) - CELL_METADATA:
            yield f"{id} has the metadata {key}"
        if cell.get("attachments"):
            yield f"{id} has an attachment"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_clean(path):
    book = json.loads(path.read_text("utf8"))
    nbformat.validate(book)
    assert list(noise(book)) == []


GOOD = {
    "cells": [
        {"cell_type": "markdown", "id": "title", "metadata": {}, "source": ["# 1 One"]},
        {"cell_type": "code", "id": "sum", "metadata": {"tags": ["exercise"]}, "source": ["1 + 1"],
         "outputs": [], "execution_count": None},
    ],
    "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5,
}
DIRT = {
    "has an output": lambda book: book["cells"][1].update(
        outputs=[{"output_type": "stream", "name": "stdout", "text": ["2"]}]),
    "has an execution count": lambda book: book["cells"][1].update(execution_count=1),
    "has the metadata ExecuteTime": lambda book: book["cells"][1]["metadata"].update(ExecuteTime=1),
    "stands twice": lambda book: book["cells"][1].update(id="title"),
    "not a readable id": lambda book: book["cells"][1].update(id="3f2a9c01"),
    "the metadata is": lambda book: book.update(metadata=METADATA | {"widgets": {}}),
    "not 4.5": lambda book: book.update(nbformat_minor=4),
    "has an attachment": lambda book: book["cells"][0].update(attachments={"a.png": {}}),
}


@pytest.mark.parametrize("said", DIRT)
def test_dirt_is_seen(said):
    book = copy.deepcopy(GOOD)
    assert list(noise(book)) == []
    DIRT[said](book)
    assert said in "; ".join(noise(book))
