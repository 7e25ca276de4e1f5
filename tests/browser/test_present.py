"""`make present`: in JupyterLab a deck begins with its title, advances, and its widget is alive."""

import sys
from pathlib import Path

import nbformat
import pytest
from lab_server import jupyterlab, wait_for_kernel
from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Start JupyterLab as `make present` does, on the first slides of chapter 1."""
    sys.path.append(str(ROOT / "teach"))
    import slides

    folder = tmp_path_factory.mktemp("present")
    slides.BUILD = folder
    slides.write_present(["01"])
    path = folder / "present/01_one_neuron.ipynb"
    deck = nbformat.read(path, 4)
    second = [cell.source[:3] for cell in deck.cells].index("## ", 3)
    deck.cells[second:-1] = []
    nbformat.write(deck, path)
    with jupyterlab(path.parent, path.parent / ".jupyter", "--LabApp.custom_css=True") as address:
        yield address


def test_deck_in_jupyterlab(browser, lab):
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(lab % "lab/tree/01_one_neuron.ipynb")
    page.locator(".jp-Notebook").wait_for(timeout=90_000)
    wait_for_kernel(page, lab % "api/sessions")
    page.get_by_text("Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    slider = page.locator("input[data-slider=w1]")
    slider.wait_for(timeout=90_000)
    title = page.locator(".jp-Notebook .jp-Cell", has_text="What can you decide")
    title.click()
    page.locator("[data-command='deck:toggle']").first.click()
    expect(title).to_be_in_viewport(timeout=30_000)
    expect(slider).not_to_be_in_viewport()
    page.keyboard.press("ArrowRight")
    expect(slider).to_be_in_viewport(timeout=30_000)
    box = slider.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    assert float(slider.input_value()) > 2
    value = float(slider.input_value())
    page.keyboard.press("ArrowLeft")  # belongs to the slider, not to the slideshow
    expect(slider).to_be_in_viewport()
    assert float(slider.input_value()) < value
    page.close()
