"""Slides: from a plan, teach/slides/NN.md, and the chapter's notebook to a page for the lecture.

    python teach/slides.py [NN ...]              writes _build/slides; index.html lists the decks
    python teach/slides.py --present [NN ...]    writes _build/present, for JupyterLab
    python teach/slides.py --lint [NN ...]       checks the plans; one line a fault

A plan becomes a deck: a notebook with the chapter's cells in their order, of which those that the
plan names are shown, with a heading and a note for each slide. The page is written from the deck.
"""

import argparse
import base64
import html
import re
import shutil
import sys
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import nbformat
import votes
from nbformat.v4 import new_markdown_cell, new_notebook

HERE = Path(__file__).parent
ROOT = HERE.parent
BUILD = ROOT / "_build"
SLIDES = 12, 25  # in a deck, the title among them
LINES = 12  # of text on a slide, and of code in a cell
WIDTH = 100  # characters of a line, formulas counted without their TeX commands
START = "*Everything has run. To begin, scroll up, click the title, and press the deck's button.*"
DIRECTIVE = re.compile(r"\{(cell|code|vote) ([\w-]+)\}\s*")


@dataclass
class Slide:
    """A heading, the blocks (kind, text or id, line) under it in their order, and the note."""

    heading: str
    line: int
    blocks: list = field(default_factory=list)
    note: str = ""

    def ids(self, *kinds):
        """The (id, line) of the blocks of some kinds."""
        return [(text, line) for kind, text, line in self.blocks if kind in kinds]


@dataclass
class Plan:
    """What a file teach/slides/NN.md says; ``stray`` are lines that stand outside a slide."""

    path: Path
    title: str
    subtitle: str
    slides: list
    stray: list


def read_plan(path):
    """Read a plan; what is wrong with it `faults` will say."""
    title = subtitle = ""
    slides, stray, fenced, in_note = [], [], False, False
    for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
        fenced ^= line.startswith("```")
        if fenced or not line.startswith("## "):
            if not slides:
                if line.startswith("# ") and not title:
                    title = line[2:].strip()
                elif line.strip() and title and not subtitle:
                    subtitle = line.strip()
                elif line.strip():
                    stray.append(number)
                continue
        else:
            slides.append(Slide(line[3:].strip(), number))
            in_note = False
            continue
        slide = slides[-1]
        if in_note or line.startswith("Note:"):
            slide.note += line.removeprefix("" if in_note else "Note:") + "\n"
            in_note = True
        elif not fenced and (match := DIRECTIVE.fullmatch(line)):
            slide.blocks.append((match[1], match[2], number))
        elif slide.blocks and slide.blocks[-1][0] == "text":
            kind, text, first = slide.blocks[-1]
            slide.blocks[-1] = kind, f"{text}\n{line}", first
        elif line.strip():
            slide.blocks.append(("text", line, number))
    for slide in slides:
        slide.note = slide.note.strip()
    return Plan(path, title, subtitle, slides, stray)


def plans(chapters=()):
    """The paths of all plans, or of some chapters."""
    folder = ROOT / "teach/slides"
    if not chapters:
        return sorted(folder.glob("*.md"))
    return [folder / f"{chapter}.md" for chapter in chapters]


def chapter_name(path):
    """The file name of a plan's chapter, such as 01_one_neuron."""
    (chapter,) = (ROOT / "book").glob(f"{path.stem}_*.ipynb")
    return chapter.stem


def chapter_number(path):
    """The number of a plan's chapter as the book writes it, such as 1 for 01."""
    return path.stem.removeprefix("0") or "0"


def read_notebook(plan):
    """The notebook of a plan's chapter."""
    return nbformat.read(ROOT / f"book/{chapter_name(plan.path)}.ipynb", 4)


def known_votes(plan):
    """The chapter's vote questions and those of the concept inventory, by id."""
    paths = [ROOT / f"teach/votes/{name}.yml" for name in (plan.path.stem, "inventory")]
    return {vote.id: vote for path in paths if path.is_file() for vote in votes.read(path)}


def faults(plan, notebook, questions):
    """List what is wrong with a plan: (line, sentence)."""
    found = [(line, "this stands before the first slide; a heading '## ...' begins a slide")
             for line in plan.stray]
    if not plan.title or not plan.subtitle:
        found.append((1, "the file begins with '# Title' and a line for the subtitle"))
    least, most = SLIDES
    if not least <= len(plan.slides) + 1 <= most:
        found.append((1, f"{len(plan.slides) + 1} slides with the title; "
                         f"{least} to {most} are needed"))
    cells = {cell.id: cell for cell in notebook.cells}
    order, last = list(cells), None
    for slide in plan.slides:
        found += slide_faults(slide, questions)
        for name, line in slide.ids("cell", "code"):
            if name not in cells or cells[name].cell_type != "code":
                found.append((line, f"the chapter's notebook has no code cell {name}"))
                continue
            if "lab-only" in cells[name].metadata.get("tags", []):
                found.append((line, f"the cell {name} shows something in JupyterLab only"))
            if last and order.index(name) <= order.index(last):
                found.append((line, f"the cell {name} comes before {last} in the notebook, or is "
                                    "shown twice; slides keep the notebook's order"))
            last = name
        for name, line in slide.ids("code"):
            length = len(cells[name].source.splitlines()) if name in cells else 0
            if length > LINES:
                found.append((line, f"the code of {name} has {length} lines; at most {LINES} fit"))
    return found


def slide_faults(slide, questions):
    """What can be seen on the slide alone, and its votes."""
    found = []
    where = f"the slide '{slide.heading}'"
    if not slide.note:
        found.append((slide.line, f"{where} has no note; 'Note: ...' says what the teacher does"))
    if not slide.blocks:
        found.append((slide.line, f"{where} is empty"))
    if len(slide.ids("cell", "code")) > 1:
        found.append((slide.line, f"{where} shows more than one cell; give each its own slide"))
    if len(slide.ids("vote")) > 1:
        found.append((slide.line, f"{where} has more than one vote"))
    number = 0
    for kind, text, line in slide.blocks:
        if kind == "vote" and text in questions:
            number += 1 + len(questions[text].options)
        elif kind == "vote":
            found.append((line, f"no vote question has the id {text}"))
        elif kind == "text":
            rows = text.splitlines()
            number += sum(not re.fullmatch(r"[\s$|:`-]*", row) for row in rows)
            found += [(line + i, f"no directive: {row}; known are {{cell ID}}, {{code ID}} and "
                                 "{vote ID}, each on a line of its own")
                      for i, row in enumerate(rows) if re.match(r"\{\w+[ }]", row)]
            found += [(line + i, f"a line has at most {WIDTH} characters; the note takes the rest")
                      for i, row in enumerate(rows)
                      if len(re.sub(r"\\[A-Za-z]+|[{}$*`]", "", row)) > WIDTH]
    if number > LINES:
        found.append((slide.line, f"{where} has {number} lines of text; at most {LINES} fit"))
    return found


def lint(chapters):
    """Print one line a fault; return whether there was one."""
    lines = []
    for path in plans(chapters):
        name = f"teach/slides/{path.name}"
        if not path.is_file() or not list((ROOT / "book").glob(f"{path.stem}_*.ipynb")):
            lines.append(f"{name}: there is no such plan, or no chapter of that number.")
            continue
        plan = read_plan(path)
        try:
            found = faults(plan, read_notebook(plan), known_votes(plan))
        except ValueError as error:  # of a file with votes
            lines.append(f"teach/votes/{error}")
            continue
        lines += [f"{name}:{line}: {sentence}." for line, sentence in sorted(found)]
    print("\n".join(lines) or f"{len(plans(chapters))} plans: no fault.")
    return bool(lines)


def make_deck(plan, notebook, questions):
    """The deck of a plan: the notebook's code cells in their order, and the slides' texts."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    shown = {name for slide in plan.slides for name, _ in slide.ids("cell", "code")}
    cells = [_text(f"# {plan.title}\n\n{plan.subtitle}", "slide")]
    for slide in plan.slides:
        while slide.ids("cell", "code") and code[0].id not in shown:
            cells.append(_code(code.pop(0), "skip"))
        cells.append(_text(f"## {slide.heading}", "slide"))
        for kind, text, _ in slide.blocks:
            if kind == "text":
                cells.append(_text(text.strip()))
            elif kind == "vote":
                cells.append(_text(vote_text(questions[text]), vote=text))
            else:
                cells.append(_code(code.pop(0), hidden=kind == "cell"))
        cells.append(_text(slide.note, "notes"))
    cells += [_code(cell, "skip") for cell in code]
    return new_notebook(cells=cells, metadata=notebook.metadata)


def _text(source, kind=None, **metadata):
    return _placed(new_markdown_cell(source, metadata=metadata), kind)


def _placed(cell, kind):
    """Say where a cell stands: slide, notes or skip; one that goes on with a slide says nothing."""
    if kind:
        cell.metadata["slideshow"] = {"slide_type": kind}
    return cell


def _code(cell, kind=None, hidden=True):
    """A code cell of the chapter with its place in the deck; ``hidden``: only its output shows."""
    cell = nbformat.from_dict(cell)
    cell.metadata["jupyter"] = {"source_hidden": hidden}
    return _placed(cell, kind)


def vote_text(vote):
    """A vote question as Markdown: no word about which option is right."""
    options = (f"- **{letter}** {option.text}"
               for letter, option in zip(votes.LETTERS, vote.options))
    return "\n".join([vote.ask, "", *options])


def run(notebook):
    """Give a chapter its outputs: from the book's cache where they are, else from a kernel."""
    from jupyter_cache import get_cache
    from nbclient import NotebookClient

    folder = nnbook().cache_folder(BUILD)
    try:
        if not folder.is_dir():
            raise KeyError
        return get_cache(folder).merge_match_into_notebook(notebook, cell_meta=())[1]
    except KeyError:
        return NotebookClient(notebook, timeout=600,
                              resources={"metadata": {"path": ROOT / "book"}}).execute()


@cache
def nnbook():
    """The book's extension: the slides share its cache and its MathJax."""
    sys.path.append(str(ROOT / "book/_ext"))
    import nnbook

    return nnbook


@cache
def markdown():
    """The function that makes HTML of Markdown: formulas wait for MathJax, Python is coloured."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    def formula(tex, options):
        left, right = ("\\[", "\\]") if options["display_mode"] else ("\\(", "\\)")
        return f"<span class='math'>{left}{html.escape(tex.strip())}{right}</span>"

    reader = MarkdownIt("commonmark", {"highlight": lambda code, *_: coloured(code)})
    reader.enable("table").use(dollarmath_plugin, renderer=formula, double_inline=True)
    # no line breaks between a formula and the comma or full stop after it
    comma = re.compile(r"(<span class='math'>[^<]*</span>[.,;:!?)]+)")
    return lambda text: comma.sub(r"<span class='glued'>\1</span>", reader.render(text))


def coloured(code):
    """Python as HTML, its words in spans for the colours of deck.css."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return highlight(code, PythonLexer(), HtmlFormatter(nowrap=True))


def output_html(output, alt):
    """One output of a cell as HTML: (its kind, the text)."""
    if output.output_type == "stream":
        return "text", f"<pre>{html.escape(output.text)}</pre>"
    data = output.get("data", {})
    if "text/html" in data:
        text = data["text/html"]
        if "data-nnb-widget" not in text:
            return "text", text
        # without a name a widget leaves the page's address alone: it holds the slide's number
        return "widget", re.sub(r'(data-nnb-model="\w*") id="[^"]*"', r"\1", text)
    for kind in ("image/svg+xml", "image/png"):
        if kind in data:
            content = data[kind]
            if kind == "image/svg+xml":
                content = base64.b64encode(content.encode()).decode()
            return "figure", f'<img src="data:{kind};base64,{content}" alt="{html.escape(alt)}">'
    if "text/markdown" in data:
        return "text", markdown()(data["text/markdown"])
    return "text", f"<pre>{html.escape(data.get('text/plain', ''))}</pre>"


def shown_question(cell):
    """The output of a question cell without its worked solution: a slide asks."""
    from nnlib.exercises import all_exercises, page_state
    from nnlib.widgets import Question

    exercise = replace(all_exercises()[cell.metadata["exercise"]], solution="")
    page = Question(**page_state(exercise))._repr_mimebundle_()[0]["text/html"]
    return nbformat.v4.new_output("display_data", {"text/html": page})


def parts(cell):
    """A cell of the deck as the parts (kind, HTML) of its slide; the kind is a CSS class."""
    if cell.cell_type == "markdown":
        return [("vote" if "vote" in cell.metadata else "text", markdown()(cell.source))]
    alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
    outputs = [shown_question(cell)] if cell.source.startswith("question(") else cell.outputs
    outputs = [output_html(output, alt) for output in outputs if output.get("name") != "stderr"]
    if any(kind != "text" for kind, _ in outputs):  # beside a picture its words have no room
        outputs = [output for output in outputs if output[0] != "text"]
    if not cell.metadata["jupyter"]["source_hidden"]:
        source = f'<pre class="source">{coloured(cell.source)}</pre>'
        outputs.insert(0, ("text", source))
    return outputs


def slides(deck):
    """The slides of a deck that has outputs, for the page: head, parts, note, and the layout."""
    found = []
    for cell in deck.cells:
        place = cell.metadata.get("slideshow", {}).get("slide_type")
        if place == "slide":
            slide = {"head": markdown()(cell.source), "parts": [], "note": "", "rows": 0}
            found.append(slide)
        elif place == "notes":
            slide["note"] = markdown()(cell.source)
        elif place is None:
            slide["parts"] += parts(cell)
            slide["rows"] += len(cell.source.split("\n")) if cell.cell_type == "markdown" else 0
    for slide in found:
        kinds = {kind for kind, _ in slide["parts"]}
        code = any('class="source"' in text for _, text in slide["parts"])  # wants the whole width
        slide["layout"] = ("stacked" if code else "beside" if "widget" in kinds else
                           "split" if "figure" in kinds and slide["rows"] > 3 else "stacked")
    return found


def write_page(name, page, **values):
    """Fill in a template of teach/deck and write it to _build/slides."""
    from jinja2 import Environment, FileSystemLoader

    template = Environment(loader=FileSystemLoader(HERE / "deck")).get_template(page)
    (BUILD / "slides" / name).write_text(template.render(**values), "utf8")


def write_assets():
    """Put everything that the pages load beside them: reveal.js, MathJax, widgets, own style."""
    from pygments.formatters import HtmlFormatter

    from nnlib.widgets.bundle import bundle, styles

    folder = BUILD / "slides/assets"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    reveal = Path(find_spec("sphinx_revealjs").origin).parent / "_static/revealjs"
    for path in ("dist/reveal.js", "dist/reveal.css", "plugin/notes/notes.js"):
        shutil.copy(reveal / path, folder)
    shutil.copy(reveal / "LICENSE", folder / "LICENSE-reveal.txt")
    shutil.copy(HERE / "deck/deck.js", folder)
    light, dark = (HtmlFormatter(style=f"a11y-{tone}").get_style_defs(".source")
                   for tone in ("light", "dark"))
    colours = f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n"
    (folder / "deck.css").write_text(colours + (HERE / "deck/deck.css").read_text("utf8"), "utf8")
    (folder / "mathjax.js").write_bytes(nnbook().mathjax())
    widgets = bundle("page", esm=False).replace('h("section"', 'h("article"')
    (folder / "nnlib.js").write_text(widgets, "utf8")  # to reveal.js every section is a slide
    (folder / "nnlib.css").write_text(styles(), "utf8")


def write_slides(chapters):
    """Write the pages of some chapters, or of all, and the list of all decks there are."""
    write_assets()
    for path in plans(chapters):
        plan = read_plan(path)
        deck = make_deck(plan, run(read_notebook(plan)), known_votes(plan))
        write_page(f"{chapter_name(path)}.html", "page.html",
                   title=plan.title, chapter=chapter_number(path), slides=slides(deck))
    decks = [(chapter_name(path), chapter_number(path), read_plan(path)) for path in plans()
             if (BUILD / f"slides/{chapter_name(path)}.html").is_file()]
    write_page("index.html", "index.html", decks=decks)
    print(f"The slides are ready: {BUILD / 'slides/index.html'}")


def write_present(chapters):
    """Write the decks as notebooks without outputs: in JupyterLab their widgets need a kernel."""
    folder = BUILD / "present"
    settings = folder / ".jupyter"  # of an earlier lecture, too: it may have ended in the slideshow
    shutil.rmtree(settings, ignore_errors=True)
    for name, place in (("custom.css", "custom"), ("default_setting_overrides.json", "labconfig")):
        (settings / place).mkdir(parents=True)
        shutil.copy(HERE / "deck" / name, settings / place)
    for path in plans(chapters):
        plan = read_plan(path)
        deck = make_deck(plan, read_notebook(plan), known_votes(plan))
        deck.cells.append(_text(START, "slide"))  # the cell at which "Run All Cells" stops
        nbformat.write(deck, folder / f"{chapter_name(path)}.ipynb")


def main():
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Slides for the lecture, from teach/slides/NN.md.")
    parser.add_argument("chapters", nargs="*", metavar="NN", help="such as 01 or 06b; default: all")
    parser.add_argument("--lint", action="store_true", help="check the plans only")
    parser.add_argument("--present", action="store_true", help="decks for JupyterLab")
    options = parser.parse_args()
    if options.lint:
        return lint(options.chapters)
    if failed := lint(options.chapters):
        return failed
    (write_present if options.present else write_slides)(options.chapters)


if __name__ == "__main__":
    sys.exit(main())
