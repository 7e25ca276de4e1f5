"""What every widget shares: number traits with clear errors, one script, and its text for a page.

In JupyterLab a widget is an anywidget. In the built book the same widget is a piece of HTML with
its state as JSON beside it; ``js/page.js`` finds it there and draws it without a kernel.
"""

import base64
import html
import json
import numbers
from collections.abc import Iterable

import anywidget
import numpy as np
import traitlets as t

from .bundle import bundle, styles

LIMIT = 1e6  # larger numbers would only make pictures that show nothing


def _plain_number(value):
    """Return ``value`` as a float, or None if it is not one number of at most LIMIT in size."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return None
    return float(value) if abs(value) <= LIMIT else None


class Number(t.TraitType):
    """One number (int, float or NumPy scalar) from ``min`` to ``max``."""

    def __init__(self, default, min=-LIMIT, max=LIMIT, **kwargs):
        self.min, self.max = min, max
        super().__init__(default, **kwargs)

    def validate(self, obj, value):
        number = _plain_number(value)
        if number is None or not self.min <= number <= self.max:
            raise t.TraitError(
                f"{self.name} must be one number from {self.min:g} to {self.max:g}; got {value!r}."
            )
        return number


class Whole(Number):
    """One whole number from ``min`` to ``max``."""

    def validate(self, obj, value):
        number = super().validate(obj, value)
        if number != int(number):
            raise t.TraitError(f"{self.name} must be a whole number; got {value!r}.")
        return int(number)


class Numbers(t.TraitType):
    """A list of ``least`` to ``most`` numbers; any flat sequence or array is taken."""

    def __init__(self, default, least=1, most=3, **kwargs):
        self.least, self.most = least, most
        super().__init__(list(default), **kwargs)

    def make_dynamic_default(self):
        return list(self.default_value)

    def validate(self, obj, value):
        values = list(value) if isinstance(value, Iterable) and not isinstance(value, str) else []
        values = [_plain_number(v) for v in values]
        if None in values or not self.least <= len(values) <= self.most:
            many = f"{self.least} to {self.most}" if self.least < self.most else f"{self.least}"
            raise t.TraitError(
                f"{self.name} must be a list of {many} numbers "
                f"from {-LIMIT:g} to {LIMIT:g}; got {value!r}."
            )
        return values


class Column(Numbers):
    """A list of numbers; a column of shape (n, 1) is taken as well."""

    def validate(self, obj, value):
        column = np.ndim(value) == 2 and np.shape(value)[1] == 1
        return super().validate(obj, np.ravel(value) if column else value)


class Choice(t.TraitType):
    """One of the given words."""

    def __init__(self, options, default, **kwargs):
        self.options = list(options)
        super().__init__(default, **kwargs)

    def validate(self, obj, value):
        if not isinstance(value, str) or value not in self.options:
            known = ", ".join(self.options)
            raise t.TraitError(f"{self.name} must be one of: {known}; got {value!r}.")
        return value


def to_json(state):
    """``state`` as JSON for a page; bytes become base64, which ``js/page.js`` turns back."""

    def plain(value):
        if isinstance(value, bytes | bytearray | memoryview):
            return {"$bytes": base64.b64encode(value).decode("ascii")}
        raise TypeError(f"a {type(value).__name__} cannot stand in the page")

    return json.dumps(state, default=plain, allow_nan=False).replace("<", "\\u003c")


class Widget(anywidget.AnyWidget):
    """A live figure: traits synced with its picture, in JupyterLab and in the built page.

    A subclass gives ``kind`` (its JavaScript module in ``js/``, with - for _), its traits, and
    ``caption()`` and ``table()``, which a page without JavaScript shows.
    """

    _css = styles()

    kind = t.Unicode(read_only=True).tag(sync=True)
    name = t.Unicode(help="unique in the book, such as '1.2-neuron'").tag(sync=True)

    def __init_subclass__(cls, **options):
        if "kind" in vars(cls):  # not in the class that traitlets makes for each instance
            cls._esm = bundle(cls.kind.default_value.replace("-", "_"))
        super().__init_subclass__(**options)

    def __init__(self, **traits):
        unknown = [key for key in traits if not self.has_trait(key)]
        if unknown:
            known = ", ".join(self._own_traits())
            raise TypeError(f"{type(self).__name__} has no {unknown[0]!r}; it knows: {known}.")
        super().__init__(**traits)

    @classmethod
    def _own_traits(cls):
        """Names of the synced traits that are not ipywidgets' or anywidget's own."""
        inherited = anywidget.AnyWidget.class_trait_names(sync=True)
        return [key for key in cls.class_trait_names(sync=True)
                if key not in inherited and not key.startswith("_")]

    def set(self, **traits):
        """Set several traits at once, checked together: ``n.set(w=[1, 2, 3], x=[0, 1, 0])``."""
        with self.hold_sync(), self.hold_trait_notifications():
            for key, value in traits.items():
                setattr(self, key, value)

    def state(self):
        """The values that the picture is drawn from, as a dict ready for JSON."""
        return {key: getattr(self, key) for key in self._own_traits()}

    def caption(self):
        """One sentence on what the figure shows now."""
        raise NotImplementedError

    def table(self):
        """Rows (symbol, meaning, value) of what the figure shows now."""
        return []

    def fallback(self):
        """What a page shows where no script runs, as HTML: caption and table."""
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>"
            for row in self.table()
        )
        head = "<thead><tr><th>symbol</th><th>meaning</th><th>value</th></tr></thead>"
        table = f"<table>{head}<tbody>{rows}</tbody></table>" if rows else ""
        return f"<p>{html.escape(self.caption())}</p>{table}"

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        name = f' id="{html.escape(self.name)}"' if self.name else ""
        data["text/html"] = (
            f'<div class="nnb-host" data-nnb-widget="{self.kind}" '
            f'data-nnb-model="{self.model_id}"{name}>'
            f'<script type="application/json">{to_json(self.state())}</script>'
            f'<div class="nnb-fallback">{self.fallback()}</div></div>'
        )
        data["text/plain"] = f"[Live figure {self.name or self.kind}: {self.caption()}]"
        return data, metadata
