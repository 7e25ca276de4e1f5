"""Every page of the built book, opened from file:// with no network, in light and in dark."""

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import axe_playwright_python
import pytest
import yaml

ROOT = Path(__file__).parents[2]
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf8")
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text("utf8"))
CHAPTERS = [c for part in TOC["parts"] for c in part["chapters"]]
PAGES = [TOC["root"]] + [c["file"] for one in CHAPTERS for c in [one, *one.get("sections", [])]]
SOURCES = {name: next(ROOT.glob(f"{name}.*")) for name in PAGES}
NOTEBOOKS = [name for name, path in SOURCES.items() if path.suffix == ".ipynb"]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]["version"]
PHONE = {"width": 390, "height": 844}

# what a reader sees as text, outside code and typeset formulas
VISIBLE_TEXT = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const skip = "pre, code, script, style, noscript, mjx-container, annotation";
  let text = "";
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest(skip)) text += walker.currentNode.data + "\\n";
  return text;
}"""
WIDER_THAN_PAGE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > width + 1)
    .map(e => `${e.tagName}.${e.className}`.slice(0, 80)).slice(0, 5).concat("the page scrolls");
}"""
# colour contrast, the slow rule, is asked in both themes; the other rules once, on a phone
SERIOUS = """async ([context, options]) => {
  const found = await axe.run(context, {resultTypes: ["violations"], preload: false, ...options});
  return found.violations.filter(v => v.impact == "serious" || v.impact == "critical")
    .map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).slice(0, 3).join(" | ")}`);
}"""
CONTRAST = [{"exclude": ["mjx-container"]}, {"runOnly": ["color-contrast"]}]
OTHER_RULES = [{"include": ["html"]}, {"rules": {"color-contrast": {"enabled": False}}}]
VIEWS = [(name, theme) for name in PAGES for theme in ("light", "dark")]


@pytest.fixture(scope="module", params=VIEWS, ids="-".join)
def page(request, open_page):
    name, theme = request.param
    page = open_page(name, theme)
    page.name, page.theme = name, theme
    yield page
    page.context.close()


def test_page_needs_no_network_and_has_no_error(page):
    page.wait_for_timeout(300)
    assert page.problems == []


def test_formulas_are_typeset(page):
    bare = page.locator(".math:not(:has(mjx-container))").all_inner_texts()
    assert bare == []
    assert page.locator("[data-mml-node=merror]").count() == 0
    assert re.findall(r".*(?:\$|\\[a-zA-Z(\[]).*", page.evaluate(VISIBLE_TEXT)) == []
    if "$" in SOURCES[page.name].read_text("utf8"):
        assert page.locator("mjx-container").count() > 0


def test_page_is_accessible(page):
    page.evaluate(AXE)
    assert page.evaluate(SERIOUS, CONTRAST) == []
    if page.theme == "light":
        page.set_viewport_size(PHONE)
        page.wait_for_timeout(1000)  # the theme marks what scrolls a moment after the resize
        assert page.evaluate(SERIOUS, OTHER_RULES) == []


def test_footer_has_the_version(page):
    assert f"Version {VERSION}." in page.locator(".bd-footer-content").inner_text()


def test_phone_does_not_scroll_sideways(page):
    page.set_viewport_size(PHONE)
    page.wait_for_timeout(200)
    assert page.evaluate(WIDER_THAN_PAGE) == []


def test_citation_has_the_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf8"))
    assert str(citation["version"]) == VERSION


class Links(HTMLParser):
    """The ids of a page and what it points to."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.targets = set(), []
        self.feed(path.read_text("utf8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids.add(attributes.get("id"))
        self.targets += [attributes[name] for name in ("href", "src") if attributes.get(name)]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_cell_failed_or_warned(built_book, name):
    page = (built_book / f"{name}.html").read_text("utf8")
    assert "cell_output" in page
    assert re.findall(r'<div class="output (?:stderr|traceback)\b.*?</div>', page, re.S) == []


def test_links_lead_somewhere(built_book):
    paths = [path for path in built_book.rglob("*.html") if "_static" not in path.parts]
    pages = {path: Links(path) for path in paths}
    assert len(pages) >= len(PAGES)
    broken = []
    for path, links in pages.items():
        for target in links.targets:
            url = urlsplit(target)
            if url.scheme or url.netloc:
                continue
            goal = (path.parent / unquote(url.path)).resolve() if url.path else path
            known = pages[goal].ids if goal in pages else None
            if not goal.exists() or (url.fragment and known and unquote(url.fragment) not in known):
                broken.append(f"{path.relative_to(built_book)}: {target}")
    assert broken == []
