"""The Question widget in Python: its state, and what a page shows without JavaScript."""

import json
import re

import pytest

from nnlib.exercises import all_exercises, question
from nnlib.exercises.code import Code

BANK = all_exercises()


@pytest.mark.parametrize("id", BANK)
def test_without_a_script_the_page_shows_stem_and_solution(id):
    widget = question(id)
    data, _ = widget._repr_mimebundle_()
    page = data["text/html"]
    fallback = page[page.index('class="nnb-fallback"') :]
    assert page.startswith('<div class="nnb-host" data-nnb-widget="question"')
    assert f'id="ex-{id}"' in page
    assert BANK[id].title.split("$")[0] in fallback
    assert widget.stem in fallback
    assert re.search(r"<details><summary>[^<]+</summary>.+</details>", fallback, re.S)
    assert widget.solution in fallback
    assert id in data["text/plain"]


@pytest.mark.parametrize("id", BANK)
def test_the_state_is_plain_json_and_complete(id):
    state = json.loads(json.dumps(question(id).state(), allow_nan=False))
    exercise = BANK[id]
    assert state["kind"] == "question" and state["number"] == id
    assert len(state["hints"]) == len(exercise.hints)
    if isinstance(exercise, Code):
        assert state["call"] == f'check("{id}", {exercise.answer.__name__})' and not state["parts"]
    else:
        assert len(state["parts"]) == len(exercise.parts) and not state["call"]


def test_two_questions_do_not_share_their_data():
    one, two = question("1.3-4"), question("1.3-4")
    one.parts[0]["options"][0]["text"] = "changed"
    assert two.parts[0]["options"][0]["text"] != "changed"
