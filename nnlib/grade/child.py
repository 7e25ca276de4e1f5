"""The process of one submitted notebook: runs its cells, and calls its functions when asked.

It knows no exercise. `check` here only hands over what it is given, as plain data, and the grader
judges. Messages are lines of JSON: on what was standard input and output.
"""

import contextlib
import json
import os
import signal
import sys
import time
import types
import warnings

from nnlib.grade.lock import lock
from nnlib.grade.wire import decode, encode

IMPORTS = """
import matplotlib.pyplot as plt
import numpy as np

import nnlib
from nnlib import plotting, widgets
from nnlib.exercises import check, hint, question, solution

plotting.use_style()
"""  # the import cell of every chapter, in case it is missing


class OutOfTime(BaseException):
    """No Exception, so that a cell does not catch it by accident."""


class Grader:
    """The other end of the pipes."""

    def __init__(self):
        self._in = os.fdopen(os.dup(0), "rb")
        self._out = os.fdopen(os.dup(1), "wb")
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nothing, standard)

    def tell(self, **message):
        self._out.write(json.dumps(message).encode() + b"\n")
        self._out.flush()

    def hear(self):
        return json.loads(self._in.readline())


class Clock:
    """Shares out the computing time: nobody gets more than half of what is left.

    Time in which nothing is computed, on a busy machine or asleep, may be three times as long.
    """

    def __init__(self, seconds):
        self._end = time.process_time() + seconds
        self._alarms = []
        if hasattr(signal, "setitimer"):  # Windows has none: there the grader ends the process
            self._alarms = [(signal.ITIMER_PROF, 1), (signal.ITIMER_REAL, 3)]
            for number in (signal.SIGPROF, signal.SIGALRM):
                signal.signal(number, self._ring)

    def _ring(self, number, frame):
        raise OutOfTime("it takes too long")

    @contextlib.contextmanager
    def share(self):
        """The body is stopped by OutOfTime."""
        left = max((self._end - time.process_time()) / 2, 0.05)
        for alarm, factor in self._alarms:
            signal.setitimer(alarm, factor * left)
        try:
            yield
        finally:
            self._set([0, 0])

    @contextlib.contextmanager
    def pause(self):
        """The alarms of a share rest while the body runs."""
        left = [signal.getitimer(alarm)[0] for alarm, _ in self._alarms]
        self._set([0, 0])
        try:
            yield
        finally:
            self._set(left)

    def _set(self, seconds):
        for (alarm, _), after in zip(self._alarms, seconds):
            signal.setitimer(alarm, after)


class Notebook:
    """A shell without a kernel, in which `check` hands over what it is given."""

    def __init__(self, grader, clock):
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        self._grader, self._clock, self._busy = grader, clock, False
        nothing = lambda *args, **kwargs: None  # noqa: E731
        exercises = types.ModuleType("nnlib.exercises")
        exercises.check = self._check
        exercises.hint = exercises.question = exercises.solution = exercises.answers = nothing
        sys.modules["nnlib.exercises"] = exercises
        config = Config()
        config.HistoryManager.enabled = False
        self._shell = InteractiveShell.instance(user_ns={}, config=config)
        self._shell.showtraceback = self._shell.showsyntaxerror = nothing
        self._shell.run_cell(IMPORTS, silent=True)

    def run(self, cells):
        """Run every cell, also after one that fails. A cell is its number, its source, and the
        functions to hand over, id -> name, should no check do so."""
        space = self._shell.user_ns
        for number, source, names in cells:
            space["check"] = self._check
            before = dict(space)
            error = self._run(source)
            if error:
                words = f"{type(error).__name__}: {_text(error)}".split("\n")[0]
                self._grader.tell(cell=number, problem=words[:200])
            if isinstance(error, MemoryError):  # free what it has filled
                for name in set(space) - set(before):
                    del space[name]
            for id, name in names.items():
                if callable(space.get(name)) and space[name] is not before.get(name):
                    self._hand_over(id, space[name], checked=False)

    def _run(self, source):
        """What stopped the cell, or None."""
        try:
            with self._clock.share():
                result = self._shell.run_cell(source, silent=True)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as stopped:
            error = stopped
        if pyplot := sys.modules.get("matplotlib.pyplot"):
            pyplot.close("all")
        return error

    def _check(self, id, answer=...):
        if isinstance(id, str) and not self._busy:
            with self._clock.pause():
                self._hand_over(id, answer, checked=True)

    def _hand_over(self, id, answer, checked):
        """Hand over an answer and, if it is a function, call it as often as the grader asks: now,
        since a later cell may change what it uses."""
        try:
            value = encode(answer)
        except Exception:  # a list that holds itself, say
            value = {"other": type(answer).__name__}
        self._grader.tell(check=id, value=value, checked=checked)
        self._busy = True
        try:
            while args := self._grader.hear().get("args"):
                self._grader.tell(**self._call(answer, args))
        finally:
            self._busy = False

    def _call(self, function, args):
        """The function's value for these arguments, or its error, and what else it did."""
        given = [decode(one, self._callback) for one in args]
        plain = [one for one in given if not callable(one)]
        before = json.dumps(encode(plain))
        try:
            with warnings.catch_warnings(record=True) as caught, self._clock.share():
                warnings.simplefilter("always")
                value = encode(function(*given))
        except NotImplementedError:
            return {"missing": True}
        except OutOfTime as late:
            return {"error": ["TimeoutError", str(late)], "late": True}
        except BaseException as error:
            return {"error": [type(error).__name__, _text(error)]}
        return {
            "value": value,
            "warned": [str(w.message) for w in caught if issubclass(w.category, RuntimeWarning)],
            "changed": json.dumps(encode(plain)) != before,
        }

    def _callback(self, name):
        """A function that the grader has computed, such as the gradient to go down."""

        def function(*args):
            self._grader.tell(function=name, args=[encode(one) for one in args])
            reply = self._grader.hear()
            if "error" in reply:
                raise ValueError(reply["error"])
            return decode(reply["value"])

        function.__name__ = name
        return function


def _text(error):
    try:
        return str(error)
    except Exception:
        return "it cannot be put into words"


def main():
    grader = Grader()
    job = grader.hear()
    notebook = Notebook(grader, Clock(job["seconds"]))
    grader.tell(lacking=lock(**job["lock"]))
    notebook.run(job["cells"])
    grader.tell(done=True)


if __name__ == "__main__":
    main()
