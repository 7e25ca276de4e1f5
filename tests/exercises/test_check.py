"""What a student sees from `check`, `hint` and `solution`: one plain line, never a traceback."""

import subprocess
import sys

import numpy as np
import pytest

import nnlib
import nnlib.exercises as exercises
from nnlib.exercises import check, hint, question, solution
from nnlib.exercises.code import Code, _show
from nnlib.exercises.kit import read_number


@pytest.fixture
def line(capsys):
    """Return a function that checks an answer and returns the one line printed."""

    def line(id, *answer):
        check(id, *answer)
        out, err = capsys.readouterr()
        assert out.endswith("\n") and out.count("\n") == 1 and not err
        assert out.startswith(("[To do]", "[Passed]", "[Not yet]"))
        return out.rstrip("\n")

    return line


def sigmoid(z):
    return 1 / (1 + np.exp(-np.asarray(z)))


def test_the_three_states(line):
    assert line("1.5-4") == "[To do] 1.5-4"
    assert line("1.5-4", lambda x, w, b: sigmoid(np.dot(w, x) + b)) == "[Passed] 1.5-4"
    assert line("1.5-4", lambda x, w, b: np.dot(w, x) + b) == (
        "[Not yet] 1.5-4: That is z, the weighted input. The activation is missing: return σ(z)."
    )


@pytest.mark.parametrize("text", ["1.5", "3/2", " 1.50 ", "1,5", "15e-1", "+1.5", "150 %", "1.5e0"])
def test_numbers_may_be_written_in_many_ways(line, text):
    assert line("1.1-1", text).startswith("[Passed]")


def test_numbers_are_read_with_every_kind_of_minus_and_point():
    read = {
        "-1e-3": -1e-3,
        "\u22120.5": -0.5,
        ".25": 0.25,
        "-.5": -0.5,
        "1/4": 0.25,
        "-3/-4": 0.75,
        "2.": 2.0,
        "1 000": 1000.0,
        "25%": 0.25,
        "0,1192": 0.1192,
    }
    assert {text: read_number(text) for text in read} == read
    for text in (
        "",
        "a",
        "1/0",
        "1e999",
        "nan",
        "inf",
        "1.2.3",
        "1,2,3",
        "1/2/3",
        "--1",
        "1e",
        "e5",
    ):
        assert read_number(text) is None


@pytest.mark.parametrize("value", [1.5, np.float32(1.5), np.array(1.5), np.array([1.5]), 3 / 2])
def test_a_number_may_be_any_kind_of_number(line, value):
    assert line("1.1-1", value).startswith("[Passed]")


def test_slips_that_any_number_can_show(line):
    assert line("1.1-1", -1.5).endswith("Right size, wrong sign.")
    assert "factor 2" in line("1.1-1", 3)
    assert line("1.1-1", 15).endswith("count the places after the point.")
    assert "one or two more digits" in line("1.2-3", [0.5, 0.62])
    assert "cannot" not in line("1.1-1", "one and a half") and "0.25, 1/4" in line("1.1-1", "x")
    assert "thousands without a comma" in line("7.3-1", "2,000")


def test_what_is_no_answer_at_all(line):
    assert "a function" in line("1.1-1", sigmoid)
    assert "you gave a dict" in line("1.1-1", {})
    assert "4 answers are needed" in line("1.2-1", [-10, 0.5])
    assert "you gave 1." in line("1.2-1", -10)
    assert "letters A, B, C, D" in line("1.3-4", "sigmoid")
    assert 'check("1.5-4", neuron)' in line("1.5-4", 0.99909)


def test_several_answers_are_counted(line):
    assert line("1.2-1", [-10, 0.1192, 0.5, 0.8808]) == "[Passed] 1.2-1: all 4 right."
    assert line("1.2-1", [10, 0.1192, 0.5, 0.8808]).startswith(
        "[Not yet] 1.2-1: 3 of 4 right. Bias:"
    )
    assert line("1.2-1", [-10, None, None, None]).startswith("[Not yet] 1.2-1: 1 of 4 right.")


def test_an_unknown_id_names_the_nearest(line):
    assert line("1.5-9", 1).startswith(
        "[Not yet] There is no exercise '1.5-9'. The nearest are 1.5-"
    )
    assert "no exercise 15" in line(15, 1)
    with pytest.raises(ValueError, match="no exercise 'x'"):
        question("x")


def test_hints_and_solution_of_an_unknown_id(capsys):
    hint("9.9-9")
    solution("9.9-9")
    assert capsys.readouterr().out.count("There is no exercise '9.9-9'") == 2


def doubled(x, w, b):
    return 2 * sigmoid(np.dot(w, x) + b)


def broken(x, w, b):
    return w @ x + c  # noqa: F821


def sometimes(x, w, b):
    return sigmoid(np.dot(w, x) + b) if len(x) == 2 else None


@pytest.mark.parametrize(
    "answer, said",
    [
        (broken, "your function stops with NameError: name 'c' is not defined."),
        (lambda x, w: 0, "takes 2 positional arguments but 3 were given"),
        (doubled, "All values are 2 times what is needed"),
        (lambda x, w, b: -sigmoid(np.dot(w, x) + b), "Right size, wrong sign."),
        (
            lambda x, w, b: [sigmoid(np.dot(w, x) + b)],
            "gives an array of shape (1,), needed is a single",
        ),
        (lambda x, w, b: "0.5", "your function gives a str, needed is a single number"),
        (lambda x, w, b: [[1], [1, 2]], "your function gives a list"),
        (sometimes, "returns nothing: is there a path without return?"),
        (lambda x, w, b: exit(), "stops with SystemExit"),
        (lambda x, w, b: np.nan, "gives nan, needed is"),
    ],
)
def test_what_is_wrong_in_general(line, answer, said):
    assert said in line("1.5-4", answer)


def test_the_first_difference_names_input_and_both_values(line):
    said = line("1.5-4", lambda x, w, b: 0.25)
    assert "For x = [" in said and "b = " in said and "gives 0.25, needed is 0." in said


def test_rows_and_columns(line):
    assert "Transposed" in line("7.2-4", lambda labels, K: np.full((K, len(labels)), 2))
    right = exercises.all_exercises()["7.2-4"].answer
    assert "entry [" in line("7.2-4", lambda labels, K: right(labels, K) + np.eye(len(labels), K))


def mean_of_rows(X):
    return X.mean(axis=0)


def sum_of_rows(X):
    return X.sum(axis=0)


def twice_divided(X):
    return X.mean(axis=0) / len(X)


def test_summed_for_averaged_is_named_without_a_mutant():
    exercise = Code(
        id="0.0-0", title="", stem="", hints=[], solution="", answer=mean_of_rows, wrong={},
        inputs=lambda rng: [(rng.normal(size=(m, 3)),) for m in (2, 5, 4)],
    )  # fmt: skip
    assert exercise.judge(mean_of_rows).state == "Passed"
    assert exercise.judge(sum_of_rows).text.startswith("Summed where the mean is asked")
    assert exercise.judge(twice_divided).text.startswith("Divided by the number of rows m once too")


def test_a_function_may_print_return_floats_and_change_its_input(line):
    def chatty(x, w, b):
        print("z =", np.dot(w, x) + b)
        return float(sigmoid(np.dot(w, x) + b))

    def in_place(x, w, b):
        x *= w
        return sigmoid(x.sum() + b)

    assert line("1.5-4", chatty) == "[Passed] 1.5-4"
    assert line("1.5-4", in_place).startswith("[Passed] 1.5-4: One thing: your function changes")


def test_a_warning_is_named_where_the_exercise_asks_for_silence(line):
    def warns(z):
        np.log(np.zeros(1))
        return 0.5 * (1 + np.tanh(np.asarray(z) / 2))

    assert "NumPy warns" in line("1.4-5", warns)
    assert "e^(1000) overflows" in line("1.4-5", lambda z: 1 / (1 + np.exp(-z)))


def test_strict_raises_one_line(monkeypatch, capsys):
    monkeypatch.setenv("NNLIB_STRICT", "1")
    check("1.1-1", 1.5)
    assert capsys.readouterr().out.startswith("[Passed]")
    for id, answer in (("1.1-1", 2.5), ("1.1-1", ...), ("1.5-4", broken), ("nowhere", 1)):
        with pytest.raises(AssertionError, match=r"^\[(Not yet|To do)\][^\n]*$"):
            check(id, answer)


def test_hints_come_one_by_one(capsys):
    exercises._hints_seen.clear()
    said = []
    for _ in range(5):
        hint("1.1-1")
        said.append(capsys.readouterr().out)
    assert [text[:11] for text in said[:3]] == ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3"]
    assert said[3] == said[4] and 'solution("1.1-1")' in said[3]
    hint("1.1-2")
    assert capsys.readouterr().out.startswith("Hint 1 of 3")


def test_the_solution_shows_the_source(capsys):
    solution("1.5-4")
    assert "def neuron(x, w, b):" in capsys.readouterr().out


def test_in_a_notebook_hints_and_solutions_are_typeset():
    code = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "from IPython.utils.capture import capture_output\n"
        "InteractiveShell.instance()\n"
        "from nnlib.exercises import hint, solution\n"
        "with capture_output() as seen: hint('1.2-1'); solution('1.2-1')\n"
        "assert [sorted(o.data) for o in seen.outputs] == [['text/markdown', 'text/plain']] * 2\n"
        "assert '| weighted sum |' in seen.outputs[1].data['text/markdown']\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_check_needs_neither_widgets_nor_markdown():
    code = (
        "import sys; from nnlib.exercises import check, hint\n"
        "check('1.1-1', 1.5); hint('1.1-1')\n"
        "heavy = {'anywidget', 'markdown_it', 'latex2mathml', 'matplotlib', 'IPython'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


class Rule:
    """Something that can be called and says what it is."""

    def __call__(self, x):
        return x

    def __repr__(self):
        return "Rule(2)"


@pytest.mark.parametrize("value, shown", [
    (np.sin, "sin"), (sigmoid, "sigmoid"), (lambda x: x, "a function"), (Rule(), "Rule(2)"),
    (nnlib.Network([2, 3, 1]), "Network 2-3-1, 13 parameters"),
    ([np.ones((3, 2)), np.ones((1, 3))], "a list of 2 arrays of shape (3, 2), (1, 3)"),
    ([np.ones((3, 2))], "a list of 1 array of shape (3, 2)"),
    ([1, 2.5], "[1. , 2.5]"), ("mean", "'mean'"), (None, "a NoneType"), (3, "3"),
])  # fmt: skip
def test_every_kind_of_argument_is_shown_in_a_few_words(value, shown):
    assert _show(value) == shown


def test_arguments_that_are_functions_and_lists_of_arrays():
    def apply(f, weights):
        return f(weights[0].sum()) + weights[1].sum()

    exercise = Code(
        id="0.0-0", title="", stem="", hints=[], solution="", answer=apply, wrong={},
        inputs=lambda rng: [(np.sin, [rng.normal(size=(m, 2)), np.ones(3)]) for m in (1, 2)],
    )  # fmt: skip

    def in_place(f, weights):
        value = apply(f, weights)
        weights[1] *= 2
        return value

    assert exercise.judge(apply).text == ""
    assert exercise.judge(in_place).text.startswith("One thing: your function changes")
    said = exercise.judge(lambda f, weights: 0.5).text
    assert said.startswith("For f = sin, weights = a list of 2 arrays of shape (1, 2), (3,) your")
