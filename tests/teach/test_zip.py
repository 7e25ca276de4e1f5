"""The offline zip holds the three parts, and every link of its start page leads to a file."""

import re
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "teach"))
FILES = ("html/index.html", "html/_sources/solved.ipynb", "handout/book/index.html",
         "handout/student/README.md", "handout/student/01_one_neuron.ipynb",
         "slides/index.html", "slides/assets/deck.css")


@pytest.fixture
def offline(tmp_path, monkeypatch):
    import offline

    for name in FILES:
        (tmp_path / "_build" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "_build" / name).write_text(name, "utf8")
    monkeypatch.setattr(offline, "BUILD", tmp_path / "_build")
    return offline


@pytest.mark.parametrize("gated, book, words", [
    (False, "html/index.html", "contains the worked solutions"),
    (True, "handout/book/index.html", "no worked solutions"),
])
def test_links_of_the_start_page(offline, gated, book, words):
    with zipfile.ZipFile(offline.write(gated)) as package:
        names = package.namelist()
        start = package.read(f"{offline.NAME}/index.html").decode()
        assert package.read(f"{offline.NAME}/book/index.html").decode() == book
    assert words in " ".join(start.split())
    for link in re.findall(r'(?:href|src)="([^"]+)"', start):
        assert any(name.startswith(f"{offline.NAME}/{link}") for name in names), link
    assert not any("_sources" in name for name in names)


def test_notes_are_for_the_teacher_only(offline):
    page = '<p>Vote</p><aside class="notes"><p>B is right.</p>\n</aside>'
    for template in ("page.html", "index.html"):
        text = (ROOT / "teach/deck" / template).read_text("utf8")
        assert offline.NOTES.search(text)
        assert not re.search(r"\bnotes\b", re.sub("<[^>]*>", "", offline.NOTES.sub("", text)))
    (offline.BUILD / "slides/01_one_neuron.html").write_text(page, "utf8")
    for gated, shown in ((False, page), (True, "<p>Vote</p>")):
        with zipfile.ZipFile(offline.write(gated)) as package:
            assert package.read(f"{offline.NAME}/slides/01_one_neuron.html").decode() == shown


def test_what_is_missing_is_named(offline):
    (offline.BUILD / "handout/book/index.html").unlink()
    with pytest.raises(ValueError, match="_build/handout/book is not there: `make zip GATED=1`"):
        offline.sources(gated=True)
