"""Grades one notebook: its process computes, the checks of nnlib.exercises judge here."""

import compileall
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import warnings
from pathlib import Path
from typing import NamedTuple

import matplotlib
import matplotlib.font_manager
import numpy as np

import nnlib
from nnlib.data import data_found
from nnlib.exercises import all_exercises
from nnlib.exercises.code import Code
from nnlib.exercises.kit import NOT_YET, TODO, Verdict
from nnlib.exercises.markup import plain

from .wire import decode, encode

LONGEST = 100 << 20  # bytes of one message: 10,000 images, there and back
HOME = Path(nnlib.__file__).parent


class Limits(NamedTuple):
    """Seconds of computing (three times as long by the clock) and bytes of memory."""

    seconds: int
    memory: int


class Result(NamedTuple):
    """Verdicts by id, what was handed over in words, cells that stopped, what went wrong."""

    verdicts: dict
    given: dict
    stopped: list
    problem: str
    lacking: list


def library(folder):
    """A copy of nnlib without exercises, for notebooks to import; gives the folder it is in."""
    left_out = shutil.ignore_patterns("exercises", "__pycache__")
    shutil.copytree(HOME, folder / "nnlib", ignore=left_out)
    compileall.compile_dir(folder, quiet=2)
    for fonts in Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
        shutil.copy(fonts, folder)  # or each process would look for all fonts anew
    return folder


def grade(notebook, exercises, library, limits, seed):
    """Run a notebook in a process of its own and judge its answers to these exercises."""
    bank = all_exercises()
    names = {id: bank[id].answer.__name__ for id in exercises if isinstance(bank[id], Code)}
    verdicts, given, checked_ones = dict.fromkeys(exercises, Verdict(TODO)), {}, set()

    def hear(id, answer, checked):
        """Judge an answer. The last check counts; an untouched `...` takes no answer back."""
        untouched = answer is ... or answer is None
        if id not in verdicts or untouched or (id in checked_ones and not checked):
            return
        verdicts[id] = _judge(bank[id], answer, seed)
        checked_ones.update([id] if checked else [])
        if not isinstance(bank[id], Code):
            given[id] = _given(answer)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = Process(folder, library, limits)
        try:
            process.run(notebook, names, hear)
        finally:
            process.end()
    return Result(verdicts, given, process.stopped, process.problem, process.lacking)


def _judge(exercise, answer, seed):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            verdict = exercise.judge(answer, seed)
    except Exception as error:
        verdict = Verdict(NOT_YET, f"It could not be judged: {type(error).__name__}: {error}")
    return Verdict(verdict.state, _printable(plain(verdict.text)))


def _given(answer):
    text = "" if answer is ... else repr(answer)
    return _printable(text if len(text) < 80 else text[:77] + "...")


def _printable(text):
    """Without what could steer a terminal or break a page: texts may hold a student's words."""
    return re.sub(r"[^\x20-\x7e\xa0-\ud7ff\ue000-\U0010ffff]", "?", text)[:1000]


class Process:
    """The process of one notebook, from outside."""

    def __init__(self, folder, library, limits):
        self.stopped, self.lacking, self.problem = [], [], ""
        data = os.environ.get("NNLIB_DATA", "") if data_found() == "MNIST" else ""
        self._limits = limits
        self._lock = {
            "own": folder, "hidden": str(HOME), "readable": _readable(library, data),
            "seconds": 2 * limits.seconds, "memory": limits.memory,
        }  # fmt: skip
        threads = ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM", "NUMEXPR")
        environment = {f"{name}_NUM_THREADS": "1" for name in threads} | {
            "PYTHONPATH": str(library), "HOME": folder, "IPYTHONDIR": folder, "TMPDIR": folder,
            "MPLBACKEND": "agg", "MPLCONFIGDIR": str(library), "PATH": os.defpath,
            "NNLIB_DATA": data, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1",
        }  # fmt: skip
        if "SYSTEMROOT" in os.environ:  # Windows starts nothing without it
            environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
        self._popen = subprocess.Popen(
            [sys.executable, "-P", "-m", "nnlib.grade.child"], cwd=folder, env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        self._late = False
        self._timer = threading.Timer(3 * limits.seconds + 30, self._too_late)
        self._timer.start()

    def run(self, notebook, names, hear):
        """Let it run all cells; `hear(id, answer, checked)` is told what is handed over, while it
        can be called."""
        marked = any(cell.exercise for cell in notebook.cells)
        cells = [
            (cell.number, cell.source,
             {id: name for id, name in names.items() if id == cell.exercise} if marked else names)
            for cell in notebook.cells
        ]  # fmt: skip
        self._say({"seconds": self._limits.seconds, "lock": self._lock, "cells": cells})
        while message := self._hear():
            match message:
                case {"check": str(id), "value": value, "checked": checked}:
                    with contextlib.suppress(Exception):  # what is no value is no answer
                        hear(id, decode(value, lambda name: Function(self)), checked)
                    self._say({"args": None})
                case {"cell": int(number), "problem": str(words)} if len(self.stopped) < 99:
                    self.stopped.append((number, _printable(words)))
                case {"lacking": list(words)}:
                    self.lacking = [str(word) for word in words]
                case {"done": True}:
                    break

    def call(self, args):
        """Call the function just handed over; gives the message with its value or error."""
        functions, data = {}, []
        for arg in args:
            one = encode(arg)
            if isinstance(one, dict) and "function" in one:
                one["function"] += f" {len(functions)}"
                functions[one["function"]] = arg
            data.append(one)
        self._say({"args": data})
        while message := self._hear():
            if message.get("function") not in functions:
                return message
            try:
                inner = [decode(one) for one in message["args"]]
                reply = {"value": encode(functions[message["function"]](*inner))}
            except Exception as error:
                reply = {"error": str(error)}
            self._say(reply)
        return {"error": ["ProcessEnded", self.problem]}

    def end(self):
        """Kill it and all that it may have started."""
        self._timer.cancel()
        self._kill()
        self._popen.wait()
        self._popen.stdout.close()
        with contextlib.suppress(OSError):  # what it no longer took
            self._popen.stdin.close()

    def _say(self, message):
        with contextlib.suppress(OSError):  # it has ended: the next _hear says so
            self._popen.stdin.write(json.dumps(message).encode() + b"\n")
            self._popen.stdin.flush()

    def _hear(self):
        """The next message; None when there will be no more, and then self.problem says why."""
        line = self._popen.stdout.readline(LONGEST)
        try:
            if line.endswith(b"\n") and isinstance(message := json.loads(line), dict):
                return message
        except (ValueError, RecursionError):
            pass
        self._kill()
        code = self._popen.wait()
        if line:
            self.problem = "Its process sent something that is no message, and was ended."
        elif self._late or code == -getattr(signal, "SIGXCPU", 0):
            self.problem = "Its process took too long, and was ended."
        elif not self.problem:
            self.problem = f"Its process ended by itself ({_ending(code)})."
        return None

    def _too_late(self):
        self._late = True
        self._kill()

    def _kill(self):
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._popen.pid, signal.SIGKILL)
            self._popen.kill()


class Function:
    """A student's function, called in the process of the notebook."""

    def __init__(self, process):
        self._process, self._late = process, None

    def __call__(self, *args):
        reply = self._late or self._process.call(args)
        match reply:
            case {"missing": True}:
                raise NotImplementedError
            case {"error": [str(name), str(text)]}:
                self._late = reply if "late" in reply else None  # not once more
                raise type(_printable(name)[:60], (Exception,), {})(_printable(text)[:300])
        for text in reply.get("warned", [])[:1]:
            warnings.warn(_printable(str(text)), RuntimeWarning, stacklevel=2)
        if reply.get("changed"):
            any(map(_touch, args))
        return decode(reply.get("value"))


def _touch(value):
    """Change the first array or list, as the student's function did in its own process."""
    if isinstance(value, np.ndarray):
        value += 1
    elif isinstance(value, list):
        any(map(_touch, value)) or value.append(None)
    return isinstance(value, np.ndarray | list)


def _readable(library, data):
    """What a notebook may read: Python, its packages, this library, fonts, MNIST if it is here."""
    system = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts",
              "/System/Library", "/Library")  # fmt: skip
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix, os.path.realpath(sys.executable)}
    packages = {path for path in sys.path if path.endswith(("site-packages", "dist-packages"))}
    found = [str(library), *prefixes, *packages, *system, *([data] if data else [])]
    return [path for path in found if os.path.exists(path)]


def _ending(code):
    if code >= 0:
        return f"exit code {code}"
    words = {signal.SIGKILL: "killed by the system", signal.SIGSEGV: "it crashed"}
    return words.get(-code, f"signal {-code}")
