"""Sphinx extension of the book: widgets, formulas and style without network, and an honest cache.

* writes the widgets' script and style, and puts them on the pages that show a widget;
* ships one MathJax file, so that formulas need no network;
* names the language of Chinese words;
* makes "**Figure 1.3.** ..." below a picture its caption, with the address #fig-1-3;
* gives the execution cache a new folder whenever the code or data behind the outputs changes;
* lets a link lead to a section, 01_one_neuron.ipynb#cell-id=s1-2, as JupyterLab does;
* reads the concordance again when a chapter has changed;
* shows vote questions in the teacher's guide (teaching.py);
* prints version and licences below every page.
"""

import hashlib
import importlib.util
import re
import tomllib
from pathlib import Path

from docutils import nodes
from myst_parser.mdit_to_docutils.base import default_slugify

from nnlib.data import data_found
from nnlib.widgets.bundle import bundle, styles

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MATHJAX = "static/mathjax/tex-svg-full.js"  # every TeX extension, no fonts: nothing is fetched
MATHJAX_SHA256 = "a4354ff94fd868aea0cc6eaaa79a57fda0588646fc46ee3700a349ee0a11cbe6"
FIGURE = re.compile(r"Figure (\d+)\.(\d+)\.")
HAN = re.compile(r"([\u4e00-\u9fff]+)")
FOOTER = """<p>Version {version}. Code:
<a href="https://opensource.org/license/bsd-3-clause">BSD-3-Clause</a>. Text and figures:
<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>.</p>"""


def sha256(*parts):
    """Return the SHA-256 of some bytes, as hexadecimal digits."""
    return hashlib.sha256(b"".join(parts)).hexdigest()


def mathjax():
    """Return the text of the one MathJax file the book ships, checked by its hash."""
    package = importlib.util.find_spec("sphinx-mathjax-offline")
    content = (Path(package.origin).parent / MATHJAX).read_bytes()
    if sha256(content) != MATHJAX_SHA256:
        raise ValueError(f"{MATHJAX} of sphinx-mathjax-offline is not the file the book expects.")
    return content


def add_assets(app, config):
    """Put the script, the styles and MathJax into a folder that Sphinx copies to _static."""
    assets = {
        "nnlib.js": bundle("page", esm=False).encode(),
        "nnlib.css": styles().encode(),
        "book.css": (HERE / "book.css").read_bytes(),
        "book.js": (HERE / "book.js").read_bytes(),
        "mathjax.js": mathjax(),
    }
    folder = Path(app.doctreedir) / "assets"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in assets.items():
        (folder / name).write_bytes(content)
    config.html_static_path.append(str(folder))
    config.html_css_files.append("book.css")
    config.html_js_files.append(("book.js", {"defer": "defer"}))
    config.mathjax_path = "mathjax.js"
    config.nnbook_assets = sha256(*assets.values())  # a new value: Sphinx writes all pages


def cache_folder(build):
    """The cache in a build folder, named after all that outputs depend on.

    Jupyter-cache itself sees only the code cells.
    """
    sources = [ROOT / "requirements.lock"]
    sources += [path for kind in ("py", "sealed") for path in (ROOT / "nnlib").rglob(f"*.{kind}")]
    sources += [path for path in (ROOT / "nnlib/models").rglob("*") if path.is_file()]
    parts = [part for path in sorted(sources) for part in (path.name.encode(), path.read_bytes())]
    return Path(build) / ".jupyter_cache" / sha256(*parts, data_found().encode())[:16]


def choose_cache(app, config):
    """Let a build take its outputs from the cache that fits."""
    config.nb_execution_cache_path = str(cache_folder(Path(app.outdir).parent))


def add_footer(app, config):
    """Show the version, which stands in pyproject.toml alone, and the licences."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    config.html_theme_options["extra_footer"] = FOOTER.format(version=project["version"])


def section_slug(title):
    """The name of a heading in links. Sections have the one that JupyterLab knows: their cell."""
    number = re.match(r"(\d+)\.(\d+) ", title)
    return f"cell-id=s{number[1]}-{number[2]}" if number else default_slugify(title)


def note_sources(app, docname, source):
    """The concordance is made from the chapters: it is out of date when one of them has changed."""
    if docname == "book/concordance":
        for path in [*(ROOT / "book").glob("[0-9]*.ipynb"), ROOT / "book/checklist.csv"]:
            app.env.note_dependency(str(path))


def mark_captions(app, doctree):
    """Give the paragraph of a bold figure number its class and its id."""
    for strong in doctree.findall(nodes.strong):
        if number := FIGURE.fullmatch(strong.astext()):
            strong.parent["classes"].append("figure-caption")
            strong.parent["ids"].append(f"fig-{number[1]}-{number[2]}")


def mark_chinese(app, doctree):
    """Say of Chinese words in paragraphs that they are Chinese: voices and fonts go by it."""
    for text in list(doctree.findall(nodes.Text)):
        if HAN.search(text) and isinstance(text.parent, nodes.paragraph | nodes.strong):
            text.parent.replace(text, [
                nodes.inline(part, part, classes=["language-zh"]) if HAN.match(part)
                else nodes.Text(part) for part in HAN.split(text) if part
            ])


def drop_widget_state(app, env):
    """Leave out the kernel's widget state, 10 kB a widget that no script in the book reads."""
    for data in env.nb_metadata.values():
        files = data.get("js_files", {})
        for key in [key for key in files if key.startswith("ipywidgets_")]:
            del files[key]


def add_widget_files(app, pagename, templatename, context, doctree):
    """Load the widgets' script, before the larger MathJax, where a page shows a widget."""
    if doctree and any("data-nnb-widget" in raw.astext() for raw in doctree.findall(nodes.raw)):
        app.add_js_file("nnlib.js", loading_method="defer", priority=300)
        app.add_css_file("nnlib.css")


def setup(app):
    """Connect the functions above to Sphinx's events."""
    app.setup_extension("teaching")
    app.add_config_value("nnbook_assets", "", "html", str)
    for connect in (add_assets, choose_cache, add_footer):
        app.connect("config-inited", connect)
    app.connect("source-read", note_sources)
    app.connect("doctree-read", mark_captions)
    app.connect("doctree-read", mark_chinese)
    app.connect("env-updated", drop_widget_state)
    app.connect("html-page-context", add_widget_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
