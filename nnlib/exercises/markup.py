"""Markdown with $TeX$ -> HTML with MathML for the page, or one plain line for the terminal.

The converters are imported on first use: `check` and `hint` need none of them.
"""

import re
from functools import cache

SYMBOLS = {
    "sigma": "σ", "varphi": "φ", "phi": "φ", "eta": "η", "lambda": "λ", "delta": "δ", "Delta": "Δ",
    "cdot": "·", "times": "×", "odot": "⊙", "le": "≤", "ge": "≥", "ne": "≠", "approx": "≈",
    "infty": "∞", "to": "→", "sum": "Σ", "dots": "…", "cdots": "…", "ldots": "…", "pm": "±",
    "qquad": "  ", "quad": " ", "in": "∈", "partial": "∂", "Rightarrow": "⇒", "sqrt": "√",
}  # fmt: skip
BRACED = r"\{((?:[^{}]|\{[^{}]*\})*)\}"

# What latex2mathml leaves to be done: drop needless markup; a prime is raised by itself; functions
# by name are upright, with a thin space before their argument; a minus or plus may be a sign.
REPAIRS = [
    (r' xmlns="http://www.w3.org/1998/Math/MathML"| display="inline"', ""),
    (r"<mrow>(<m[ino]>[^<]*</m[ino]>)</mrow>", r"\1"),
    (r"<mo>([a-z]{2,})</mo>", r"<mi>\1</mi>"),
    (r"<msup>(<mi>[^<]*</mi>)<mi>′</mi></msup>", r"\1<mo>′</mo>"),
    (r"(?<!<msup>)(<mi>[a-z]{2,}</mi>)(?=<m[in]>)", r'\1<mspace width="0.17em"/>'),
    (r"(<mrow>|<mtd>|<mo[^>]*>[^)\]|'′]</mo>)<mo>([−+±])</mo>", r'\1<mo form="prefix">\2</mo>'),
]


def _mathml(tokens, index, options=None, env=None):
    """The render rule for all formulas."""
    from latex2mathml.converter import convert

    token = tokens[index]
    display = "inline" if token.type == "math_inline" else "block"
    mathml = convert(token.content.strip(), display=display)
    mathml = re.sub(r"&#x0*([0-9A-F]+);", _character, mathml)
    for pattern, new in REPAIRS:
        mathml = re.sub(pattern, new, mathml)
    return mathml


def _character(match):
    """The character of a numeric reference, unless HTML would misread it."""
    char = chr(int(match[1], 16))
    return match[0] if char in "<>&" else char


@cache
def _markdown():
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    md = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin, double_inline=True)
    for kind in ("math_inline", "math_inline_double", "math_block"):
        md.renderer.rules[kind] = _mathml
    return md


def html(text):
    """HTML of a Markdown text; formulas become MathML."""
    return _glued(_markdown().render(text))


def inline(text):
    """HTML of one line of Markdown, without a paragraph around it."""
    return _glued(_markdown().renderInline(text))


def _glued(page):
    """No line may break between a formula and the comma or full stop after it."""
    return re.sub(r"</math>(?=[.,;:!?)])", "</math>\u2060", page).strip()


def plain(text):
    """One line without Markdown or TeX, for `print`."""
    text = re.sub(r"\$\$(.+?)\$\$|\$(.+?)\$", _plain_tex, text, flags=re.S)
    text = re.sub(r"\*\*(.+?)\*\*|(?<!\w)\*(\w[^*]*)\*", lambda m: m[1] or m[2], text)
    return " ".join(text.replace("`", "").split())


def _plain_tex(match):
    tex = re.sub(r"\\[dt]?frac(\d)(\d)", r"\1/\2", match[1] or match[2])
    while (new := re.sub(r"\\[dt]?frac" + BRACED + BRACED, _quotient, tex)) != tex:
        tex = new
    tex = re.sub(r"\\(?:text|mathrm|operatorname|mathbf|hat|bar)" + BRACED, r"\1", tex)
    tex = re.sub(r"\\([A-Za-z]+) ?", lambda m: SYMBOLS.get(m[1], m[1]), tex)
    tex = re.sub(r"\\[,;:!]", "", tex)
    tex = re.sub(r"([\^_])" + BRACED, lambda m: m[1] + _bracketed(m[2], r"."), tex)
    return re.sub(r"[{}]", "", tex).replace("-", "−")


def _quotient(match):
    return "/".join(_bracketed(part, r"[\w.]+") for part in match.groups())


def _bracketed(part, simple):
    return part if re.fullmatch(simple, part) else f"({part})"
