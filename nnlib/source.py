"""Show the library's own source: what a chapter built is compared with what it imports."""

import inspect
import textwrap


class _Source(str):
    """Source text; a notebook shows it as coloured Python."""

    def __repr__(self):
        return str(self)

    def _repr_markdown_(self):
        return f"```python\n{self}```"


def show(*things):
    """The source of functions, methods or classes of nnlib, one after the other."""
    sources = (inspect.getsource(getattr(t, "f", t)) for t in things)
    return _Source("\n".join(textwrap.dedent(source) for source in sources))
