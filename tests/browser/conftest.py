"""The built book, and Chromium without a network to open its pages in."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from tools import chromium

from nnlib.widgets.base import Widget
from nnlib.widgets.bundle import bundle

pytest.register_assert_rewrite("screen")  # its asserts say what they compared

ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
JUPYTER_BOOK = Path(sys.executable).with_name("jupyter-book")
BUILD = [JUPYTER_BOOK, "build", ".", "-W", "-n", "--keep-going", "--quiet"]

# a page with nothing but widgets
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Widgets</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="nnlib.css"><script defer src="nnlib.js"></script></head>
<body><main><h1>Widgets</h1>{html}</main></body></html>"""


@pytest.fixture(scope="session")
def build():
    """Return a function that runs a command which builds; tests in other processes wait for it."""
    def build(*command, **options):
        (ROOT / "_build").mkdir(exist_ok=True)
        with open(ROOT / "_build/lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            subprocess.run(command, cwd=ROOT, check=True, **options)

    return build


@pytest.fixture(scope="session")
def built_book(build):
    """Return the folder of the built pages; NNLIB_BOOK names one that exists already."""
    if "NNLIB_BOOK" in os.environ:
        return Path(os.environ["NNLIB_BOOK"])
    build(*BUILD)
    return ROOT / "_build/html"


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def open_page(browser, built_book):
    """Return a function that opens a page of the book from file:// and waits for its formulas.

    What goes wrong on the page is listed in `page.problems`: requests that leave the folder or
    fail, console errors and uncaught exceptions.
    """

    def open_page(name, theme="light", width=1280, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, **options
        )
        page = context.new_page()
        page.problems = watch(page)
        page.goto((built_book / f"{name}.html").as_uri())
        page.evaluate("window.MathJax?.startup?.promise")
        return page

    return open_page


def watch(page):
    """Return a list that fills with what goes wrong on a page; block all but files."""
    problems = []
    page.route("http*://**", lambda route: route.abort())
    page.on("request", lambda r: r.url.startswith("http") and problems.append(f"asks for {r.url}"))
    page.on("requestfailed", lambda r: problems.append(f"failed: {r.url}"))
    page.on("console", lambda m: m.type == "error" and problems.append(f"console: {m.text}"))
    page.on("pageerror", lambda error: problems.append(f"error: {error}"))
    return problems


@pytest.fixture
def widget_page(browser, tmp_path):
    """Return a function that puts widgets into a page of their own and opens it from file://.

    It takes widgets, theme, width, `script=False` (no JavaScript), a `hash` for the address, and
    options of Playwright's new_context; `page.problems` lists what goes wrong, as in open_page.
    """
    from screen import drawn  # not above: pytest rewrites its asserts first

    contexts = []

    def widget_page(*widgets, theme="light", width=740, script=True, hash="", **options):
        html = "".join(widget._repr_mimebundle_()[0]["text/html"] for widget in widgets)
        (tmp_path / "nnlib.js").write_text(bundle("page", esm=False), "utf8")
        (tmp_path / "nnlib.css").write_text(Widget._css, "utf8")
        (tmp_path / "page.html").write_text(PAGE.format(html=html), "utf8")
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme,
            java_script_enabled=script, **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.problems = watch(page)
        page.goto((tmp_path / "page.html").as_uri() + hash)
        if script:
            drawn(page)
        return page

    yield widget_page
    for context in contexts:
        context.close()
