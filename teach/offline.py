"""The offline zip: book, slides and student notebooks, to be unpacked and opened by a double click.

    python teach/offline.py          takes the public book, _build/html, which contains solutions
    python teach/offline.py --gated  takes _build/handout/book, which contains none, and the slides
                                     without the teacher's notes, which name right answers

Writes _build/from-one-neuron-to-digits.zip.
"""

import argparse
import re
import sys
import zipfile
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

HERE = Path(__file__).parent
BUILD = HERE.parent / "_build"
NAME = "from-one-neuron-to-digits"
NOTES = re.compile(r'<(aside|span) class="notes">.*?</\1>', re.S)
NEEDED = {"book": "index.html", "slides": "index.html", "student": ""}  # to be opened first


def sources(gated):
    """The folder of each part; raises ValueError for what has not been built."""
    found = {
        "book": BUILD / ("handout/book" if gated else "html"),
        "slides": BUILD / "slides",
        "student": BUILD / "handout/student",
    }
    for part, folder in found.items():
        if not (folder / NEEDED[part]).exists():
            raise ValueError(f"{folder.relative_to(BUILD.parent)} is not there: "
                             f"`make zip{' GATED=1' * gated}` builds it first.")
    return found


def write(gated):
    """Write the zip; return its path."""
    path = BUILD / f"{NAME}.zip"
    folders = sources(gated)
    pages = Environment(loader=FileSystemLoader(HERE / "deck"), autoescape=True)
    start = pages.get_template("start.html").render(gated=gated)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(f"{NAME}/index.html", start)
        for part, folder in folders.items():
            for file in sorted(folder.rglob("*")):
                if not file.is_file() or "_sources" in file.parts:
                    continue
                name = f"{NAME}/{part}/{file.relative_to(folder)}"
                if gated and part == "slides" and file.suffix == ".html":
                    package.writestr(name, NOTES.sub("", file.read_text("utf8")))
                else:
                    package.write(file, name)
    return path


def main():
    """Read the command line."""
    parser = argparse.ArgumentParser(description="The offline zip of book, slides and notebooks.")
    parser.add_argument("--gated", action="store_true", help="the book without solutions")
    try:
        path = write(parser.parse_args().gated)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"The zip is ready: {path} ({path.stat().st_size / 1e6:.0f} MB)")


if __name__ == "__main__":
    sys.exit(main())
