"""JupyterLab: a slider reaches Python, Python reaches the slider, and every widget is drawn."""

import nbformat
import pytest
from lab_server import jupyterlab, wait_for_kernel
from playwright.sync_api import expect

SLIDER = "input[data-slider=w1]"
CELLS = (
    'from nnlib import widgets\nn = widgets.Neuron(w=[1.0, -2.0], name="lab")\nn',
    'print("Python reads", n.w[0])',
    'n.w = [-3.0, 0.5]\nprint("Python has set", n.w)',
    """
import nnlib
from IPython.display import display
from nnlib.exercises import question

display(
    widgets.FeedForward(nnlib.Network([784, 30, 10], rng=0), name="large"),
    widgets.EdgePatch(name="patch"),
    widgets.BackpropStepper(name="steps"),
    widgets.ChainNudge(name="chain"),
    widgets.CostByHand(name="cost"),
    widgets.Descent1D(name="curve"),
    widgets.Descent2D(name="map"),
    widgets.DifferenceQuotient(name="quotient"),
    widgets.DrawDigit(name="draw"),
    widgets.HiddenWeights(name="hidden"),
    widgets.InitLab(name="start"),
    widgets.LossShowdown(name="race"),
    widgets.SGDPaths(name="paths"),
    widgets.TrainDigits(name="train"),
    widgets.Playground(name="play"),
    question("1.1-1"),
)
""",
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Start JupyterLab on a folder with one notebook."""
    folder = tmp_path_factory.mktemp("lab")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in CELLS],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, folder / "neuron.ipynb")
    with jupyterlab(folder, folder / "config") as address:
        yield address


@pytest.fixture(scope="module")
def page(browser, lab):
    """The notebook in Lab, with its first cell run and the widget drawn."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.problems = []
    page.on("console", lambda m: m.type == "error" and page.problems.append(m.text))
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.goto(lab % "lab/tree/neuron.ipynb")
    wait_for_kernel(page, lab % "api/sessions")
    run_cell(page, 0)
    page.locator(SLIDER).wait_for(timeout=60_000)
    yield page
    page.close()


def run_cell(page, index):
    page.locator(".jp-Notebook .jp-CodeCell .cm-content").nth(index).click(timeout=60_000)
    page.keyboard.press("Control+Enter")


def output(page, index, begin):
    """Return the line that a cell printed after the words ``begin``."""
    line = page.locator(".jp-CodeCell").nth(index).locator(".jp-OutputArea pre", has_text=begin)
    line.wait_for(timeout=30_000)
    return line.inner_text().removeprefix(begin)


def test_slider_moved_by_keyboard_is_read_in_python(page):
    for key in ["ArrowRight"] * 4 + ["ArrowUp"] * 2 + ["ArrowDown"]:
        page.locator(SLIDER).press(key)  # when a cell has run, Lab may take the focus any time
    expect(page.locator('[data-name="w1"]').first).to_have_attribute("data-value", "1.5")
    for _ in range(20):  # the value crosses to the kernel
        run_cell(page, 1)
        if float(output(page, 1, "Python reads")) == 1.5:
            return
        page.wait_for_timeout(500)
    raise AssertionError("Python did not read 1.5 within 10 seconds")


def test_a_letter_typed_on_a_slider_is_no_command_for_lab(page):
    page.locator(SLIDER).focus()
    page.keyboard.press("b")  # in Lab: insert a cell below
    page.wait_for_timeout(500)
    expect(page.locator(".jp-Notebook .jp-CodeCell")).to_have_count(len(CELLS))


def test_value_set_in_python_moves_the_slider(page):
    run_cell(page, 2)
    output(page, 2, "Python has set")
    expect(page.locator(SLIDER)).to_have_value("-3")
    expect(page.locator('[data-name="w2"]').first).to_have_attribute("data-value", "0.5")


def test_every_other_widget_is_drawn(page):
    run_cell(page, 3)
    drawn = page.locator(".jp-CodeCell").nth(3).locator("section.nnb, form.nnb")
    expect(drawn).to_have_count(16, timeout=60_000)


def test_lab_has_no_error(page):
    assert page.problems == []
