"""The process of one submitted notebook: runs its cells, then calls its functions when asked.

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
        line = self._in.readline()
        return json.loads(line) if line else None


class Clock:
    """Shares out the computing time: nobody gets more than half of what is left."""

    def __init__(self, seconds):
        self._end = time.process_time() + seconds
        if hasattr(signal, "SIGPROF"):
            signal.signal(signal.SIGPROF, self._ring)

    def _ring(self, number, frame):
        raise OutOfTime("it computes too long")

    @contextlib.contextmanager
    def share(self):
        """The body is stopped by OutOfTime; Windows has no such alarm, there the grader ends it."""
        if not hasattr(signal, "SIGPROF"):
            yield
            return
        left = (self._end - time.process_time()) / 2
        signal.setitimer(signal.ITIMER_PROF, max(left, 0.05))
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)


class Notebook:
    """A shell without a kernel, and what the checks were given."""

    def __init__(self, grader, clock):
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        self._grader, self._clock = grader, clock
        self._answers, self._written = {}, {}
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

    def _check(self, id, answer=...):
        """The last answer counts; an untouched `...` takes no answer back."""
        if not isinstance(id, str) or answer is None or answer is ...:
            return
        self._answers[id] = answer
        self._grader.tell(check=id, value=encode(answer))

    def run(self, cells):
        """Run every cell, also after one that fails. A cell is its number, its source, and the
        functions to look for, id -> name, should no check hand them over."""
        space = self._shell.user_ns
        for number, source, names in cells:
            space["check"] = self._check
            before = dict(space)
            problem = self._run(source)
            if problem:
                self._grader.tell(cell=number, problem=problem)
            if problem.startswith("MemoryError"):  # free what it has filled
                for name in set(space) - set(before):
                    del space[name]
            for id, name in names.items():
                if callable(space.get(name)) and space[name] is not before.get(name):
                    self._written[id] = space[name]
                    self._grader.tell(written=id)

    def _run(self, source):
        """Why the cell stopped, or nothing."""
        try:
            with self._clock.share():
                result = self._shell.run_cell(source, silent=True)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as stopped:
            error = stopped
        if pyplot := sys.modules.get("matplotlib.pyplot"):
            pyplot.close("all")
        return _words(error) if error else ""

    def call(self, id, args):
        """The answer's value for these arguments, or its error, and what else it did."""
        function = self._answers.get(id, self._written.get(id))
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
            return {"error": [type(error).__name__, str(error)]}
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


def _words(error):
    """An error in one short line."""
    return f"{type(error).__name__}: {error}".split("\n")[0][:200]


def main():
    grader = Grader()
    job = grader.hear()
    clock = Clock(job["seconds"])
    notebook = Notebook(grader, clock)
    grader.tell(lacking=lock(**job["lock"]))
    notebook.run(job["cells"])
    grader.tell(done=True)
    while request := grader.hear():
        grader.tell(**notebook.call(request["id"], request["args"]))


if __name__ == "__main__":
    main()
