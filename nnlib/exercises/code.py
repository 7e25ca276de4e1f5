"""Code exercises: a student's function is run on inputs drawn at random, beside the right one.

A wrong answer is known by what it computes: it is compared with mutated functions, each of which
makes one typical mistake. Only if none fits does the judge describe the difference in general.
"""

import contextlib
import copy
import inspect
import io
import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from .kit import NOT_YET, PASSED, TODO, Exercise, Verdict, a

CHANGED = "One thing: your function changes the array that it was given. Work on a copy."


@dataclass(frozen=True, kw_only=True)
class Code(Exercise):
    """A function to write: `answer` is right, `also` are other right styles, `wrong` are mutants.

    `inputs(rng)` gives a list of argument tuples; `wrong` maps each mutant to its hint; `quiet`
    asks for no warnings.
    """

    answer: Callable
    inputs: Callable
    wrong: dict[Callable, str]
    also: Sequence[Callable] = ()
    quiet: bool = False
    tol: float = 1e-9
    kind: str = field(default="code", init=False)

    def worked(self):
        """The worked solution as Markdown: the text and the real source."""
        return f"{self.solution}\n\n```python\n{inspect.getsource(self.answer).strip()}\n```"

    def judge(self, answer, seed=0):
        """Judge a student's function on inputs drawn with `seed`."""
        if answer is None or answer is ...:
            return Verdict(TODO)
        if not callable(answer):
            call = f'`check("{self.id}", {self.answer.__name__})`'
            return Verdict(NOT_YET, f"Hand over the function itself, {call}; you gave {a(answer)}.")
        inputs = self.inputs(np.random.default_rng(seed))
        runs, wanted = run_all(answer, inputs), self._wanted(inputs)
        if all(run.not_started for run in runs):
            return Verdict(TODO)
        if all(map(self._agree, runs, wanted)):
            return Verdict(PASSED, CHANGED if any(run.changed for run in runs) else "")
        for mutant, hint in self.wrong.items():
            if all(map(self._agree, runs, run_all(mutant, inputs))):
                return Verdict(NOT_YET, hint)
        return Verdict(NOT_YET, self._describe(inputs, runs, wanted))

    def _wanted(self, inputs):
        """The runs that an answer is compared with."""
        return run_all(self.answer, inputs)

    def _agree(self, run, other):
        """Whether two runs did the same: the same error, or the same shape and numbers."""
        if self.quiet and run.warned != other.warned:
            return False
        if run.error or other.error:
            return run.error == other.error
        return self._close(run.array, other.array)

    def _close(self, got, need):
        if got is None or need is None or got.shape != need.shape:
            return False
        return np.allclose(got, need, rtol=self.tol, atol=self.tol, equal_nan=True)

    def _describe(self, inputs, runs, wanted):
        """What is wrong in general: error, type, shape, sign, factor, else the first difference."""
        rows = zip(inputs, runs, wanted, strict=True)
        args, run, want = next(row for row in rows if not self._agree(row[1], row[2]))
        where, got, need = _arguments(self.answer, args), run.array, want.array
        if run.error:
            return f"For {where} your function stops with {run.error}."
        if run.not_started:
            return f"For {where} your function returns nothing: is there a path without return?"
        if got is None:
            return f"For {where} your function gives {a(run.value)}, needed is {_shape(need)}."
        if got.shape != need.shape:
            turned = need.ndim == 2 and got.shape == need.T.shape
            start = "Transposed: your" if turned else "Your"
            return f"{start} function gives {_shape(got)}, needed is {_shape(need)}, for {where}."
        if self._close(got, need):
            return f"The values are right, but NumPy warns for {where}: {run.warned}."
        return _factor(inputs, runs, wanted) or _difference(got, need, where, self.tol)


class Run(NamedTuple):
    """One call of a function: its value or error, and what else it did."""

    value: object = None
    error: str = ""
    warned: str = ""
    changed: bool = False
    not_started: bool = False

    @property
    def array(self):
        """The value as an array of floats, or None if it is something else."""
        try:
            array = np.asarray(self.value)
        except (TypeError, ValueError):
            return None
        return array.astype(float) if array.dtype.kind in "biuf" else None


def run_all(function, inputs):
    """Call a function on copies of all inputs, quietly."""
    return [_run(function, args) for args in inputs]


def _run(function, args):
    given = copy.deepcopy(args)
    out = contextlib.redirect_stdout(io.StringIO())
    try:
        with out, warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            value = function(*given)
    except NotImplementedError:
        return Run(not_started=True)
    except (Exception, SystemExit) as error:
        return Run(error=f"{type(error).__name__}: {error}")
    warned = [str(w.message) for w in caught if issubclass(w.category, RuntimeWarning)]
    return Run(
        value=value,
        warned=warned[0] if warned else "",
        changed=not all(map(_same, given, args)),
        not_started=value is None or value is ...,
    )


def _same(one, other):
    """Whether an argument is still what it was; what holds no numbers is not looked into."""
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return not isinstance(one, np.ndarray | np.generic | float) or np.array_equal(one, other)


def _factor(inputs, runs, wanted):
    """A sentence if got = c * needed on all inputs: a sign, a constant, the number of rows m."""
    ratios, rows = [], []
    for args, run, want in zip(inputs, runs, wanted, strict=True):
        got, need = run.array, want.array
        if got is None or got.shape != need.shape or not np.isfinite(need).all():
            return ""
        if not np.any(need) and not np.any(got):
            continue
        ratio = float(np.vdot(got, need) / (np.vdot(need, need) or math.nan))
        if not np.allclose(got, ratio * need, rtol=1e-8, atol=1e-12):
            return ""
        ratios.append(ratio)
        rows.append(next((len(arg) for arg in args if isinstance(arg, np.ndarray) and arg.ndim), 1))
    if not ratios:
        return ""
    if np.allclose(ratios, -1):
        return "Right size, wrong sign."
    if np.ptp(rows) and np.allclose(ratios, rows):
        return "Summed where the mean is asked: divide by the number of rows m."
    if np.ptp(rows) and np.allclose(ratios, 1 / np.array(rows)):
        return "Divided by the number of rows m once too often."
    if np.allclose(ratios, ratios[0]) and ratios[0]:
        return f"All values are {_say(ratios[0])} times what is needed: look for a constant factor."
    return ""


def _difference(got, need, where, tol):
    index = tuple(np.argwhere(~np.isclose(got, need, rtol=tol, atol=tol))[0])
    place = f"entry {list(map(int, index))} is" if index else "your function gives"
    return f"For {where} {place} {_say(got[index])}, needed is {_say(need[index])}."


def _arguments(function, args):
    names = inspect.signature(function).parameters
    return ", ".join(f"{name} = {_show(arg)}" for name, arg in zip(names, args, strict=True))


def _show(value):
    """An argument in a few words: its numbers, its shape or shapes, or its name."""
    if callable(value):
        return _name(value)
    if isinstance(value, list | tuple) and any(np.ndim(v) for v in value):
        shapes = ", ".join(str(np.shape(v)) for v in value)
        return f"a list of {len(value)} array{'s'[: len(value) > 1]} of shape {shapes}"
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        return repr(value) if isinstance(value, str) else a(value)
    if array.ndim == 0:
        return _say(array)
    if array.size > 8:
        return f"an array of shape {array.shape}"
    return " ".join(np.array2string(array, precision=4, separator=", ").split())


def _name(function):
    """The name of a function, or what the maker of an object that can be called wants to show."""
    name = getattr(function, "__name__", None) or repr(function)
    return "a function" if name.startswith("<") else name


def _shape(array):
    return f"an array of shape {array.shape}" if array.ndim else "a single number"


def _say(value):
    return f"{float(value):.6g}"
