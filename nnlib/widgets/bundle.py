"""Join the ES modules of ``widgets/js`` into one text, with the standard library alone.

The modules keep to a small dialect that a browser, Node and this file all read, each statement
starting its own line: ``import { a, b as c } from "./x.js";`` (it may span lines),
``import x from "./x.js";``, ``export function``, ``export async function``, ``export const NAME``,
``export class`` and ``export default name;``. Anything else is refused by name.
"""

import functools
import re
from pathlib import Path

JS = Path(__file__).parent / "js"
IMPORT = re.compile(r'^import\s+(?:(\w+)|\{([^}]*)\})\s+from\s+"\./(\w+)\.js";[ \t]*$', re.M)
EXPORT = re.compile(
    r"^export\s+(?=(?:async\s+function\*?|function\*?|const|class)\s+([A-Za-z_$][\w$]*))", re.M
)
DEFAULT = re.compile(r"^export\s+default\s+([A-Za-z_$][\w$]*);[ \t]*$", re.M)
UNKNOWN = re.compile(r"^[ \t]*(?:import|export)\b|\bimport\s*\(|\bimport\.meta\b")


def _collect(name, folder, done, open_):
    """Fill ``done`` with the texts of ``name`` and what it imports, each after its needs."""
    if name in open_:
        raise ValueError(f"import cycle: {' -> '.join([*open_, name])}")
    if name in done:
        return
    path = folder / f"{name}.js"
    if not path.is_file():
        who = open_[-1] if open_ else "bundle"
        raise ValueError(f"{who} imports {name}.js, which does not exist")
    text = path.read_text("utf-8")
    for _, _, other in IMPORT.findall(text):
        _collect(other, folder, done, [*open_, name])
    done[name] = text


def _binding(match):
    default, names, module = match.groups()
    inner = f"default: {default}" if default else re.sub(r"(\w+)\s+as\s+(\w+)", r"\1: \2", names)
    return f"const {{ {' '.join(inner.split())} }} = ${module};"


@functools.cache
def _wrap(name, text):
    """One module as a constant: a function called at once that returns its exports."""
    names = EXPORT.findall(text)
    default = DEFAULT.search(text)
    body = DEFAULT.sub("", EXPORT.sub("", IMPORT.sub(_binding, text)))
    for line in body.splitlines():
        if UNKNOWN.search(line):
            raise ValueError(f"{name}.js: the bundler does not know this line: {line.strip()}")
    fields = names + ([f"default: {default[1]}"] if default else [])
    return f"const ${name} = (() => {{\n{body.strip()}\nreturn {{ {', '.join(fields)} }};\n}})();"


def styles():
    """The styles of all widgets in one text."""
    return "\n".join(path.read_text("utf-8") for path in sorted(JS.parent.glob("*.css")))


def bundle(entry, esm=True, folder=JS):
    """Join ``entry`` and all it imports: one ES module, or (``esm=False``) one classic script.

    The ES module is what anywidget wants, with the entry's default export as ``render``.
    Raises ValueError for a cycle, a missing module or a line outside the dialect.
    """
    texts = {}
    _collect(entry, Path(folder), texts, [])
    body = "\n".join(_wrap(name, text) for name, text in texts.items())
    if esm:
        return f"{body}\nexport default {{ render: ${entry}.default }};\n"
    return f'(() => {{\n"use strict";\n{body}\n}})();\n'
