"""The README's example prints what the README says."""

import contextlib
import io
import re
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"


def test_the_example_prints_what_the_readme_says():
    text = README.read_text("utf8")
    code = re.search(r"```python\n(.*?)```", text, re.S)[1]
    promised = re.search(r"prints\n\n```\n(.*?)```", text, re.S)[1]
    assert len(code.splitlines()) <= 25
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, {"__name__": "readme"})
    assert printed.getvalue() == promised
