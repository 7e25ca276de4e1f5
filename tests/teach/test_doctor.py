"""The doctor finds each thing that is broken here on purpose, and says what to do."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nnlib import doctor

ROOT = Path(__file__).parents[2]


def only(findings):
    assert len(findings) == 1, findings
    return findings[0]


def run(folder, *options, **environment):
    """`python -m nnlib.doctor` in a folder with a copy of nnlib; exit code and text."""
    shutil.copytree(ROOT / "nnlib", folder / "nnlib",
                    ignore=shutil.ignore_patterns("__pycache__", "models"))
    shutil.copy(ROOT / "requirements.txt", folder)
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    process = subprocess.run([sys.executable, *options, "-m", "nnlib.doctor"], cwd=folder,
                             env={**clean, **environment}, capture_output=True, text=True)
    assert "Traceback" not in process.stdout + process.stderr
    return process.returncode, process.stdout


def test_this_computer_gets_a_line_for_everything_and_the_exit_code_fits(tmp_path):
    code, text = run(tmp_path, NNLIB_DATA="", XDG_CACHE_HOME=str(tmp_path))
    for part in ("Python 3", "packages within", "front end of the widgets", "notebooks run in this",
                 "jupyter lab", "write access", "a port", "on the disk", "the packages start",
                 "of memory", "python -m nnlib.data"):
        assert part in text
    assert code == int("[fix]" in text)
    assert text.splitlines()[-1].startswith("nnlib doctor: ")


def test_without_any_package_it_names_them_all(tmp_path):
    code, text = run(tmp_path, "-S")
    assert code == 1
    missing = re.search(r"\[fix\] missing: (.*): in the course folder", text)[1].split(", ")
    assert missing == [name for name, _ in doctor.requirements()]


def test_a_package_that_cannot_be_imported(tmp_path):
    (tmp_path / "numpy.py").write_text("raise ImportError('DLL load failed')")
    code, text = run(tmp_path)
    assert code == 1
    assert "[fix] numpy does not start: ImportError: DLL load failed" in text


def trial(code):
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)


def test_a_package_that_crashes():
    code = "print('trying numpy', flush=True)\nimport os; os._exit(139)"
    finding = only(doctor.outcome(trial(code)))
    assert finding[:2] == ("fix", "numpy does not start")
    assert "code 139" in finding.todo


def test_a_package_that_never_starts(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "PATIENCE", 0.2)
    begun = tmp_path / "begun"
    process = trial("print('trying matplotlib.pyplot', flush=True)\n"
                    f"import time; open({str(begun)!r}, 'w').close(); time.sleep(600)")
    while not begun.exists():
        time.sleep(0.05)
    finding = only(doctor.outcome(process))
    assert finding[:2] == ("fix", "matplotlib does not start")


@pytest.mark.parametrize("data, kind", [("MNIST", "ok"), ("embedded", "note")])
def test_which_digits_are_there(data, kind):
    assert doctor.outcome(trial(f"print('data {data}')"))[-1].kind == kind


def test_too_little_memory():
    assert doctor.outcome(trial("print('memory 300000000\\ndata MNIST')"))[1] == doctor.Finding(
        "fix", "0.3 GB of memory free", "close other programs: 1.0 GB are needed")


def test_the_python_is_too_old(monkeypatch):
    monkeypatch.setattr(doctor, "PYTHON", ((9, 1), (9, 4)))
    finding = only(doctor.python())
    assert finding.kind == "fix" and "Python 9.1 to 9.4" in finding.todo
    assert all("packages" not in finding.what for finding in doctor.examine())


def test_the_versions_of_python_are_those_of_the_project():
    first, last = ("{}.{}".format(*version) for version in doctor.PYTHON)
    assert f'requires-python = ">={first}"' in (ROOT / "pyproject.toml").read_text()
    assert f"Python {first} to {last}" in (ROOT / "requirements.lock").read_text()[:200]


def test_any_old_python_3_can_read_it():
    for name in ("doctor.py", "__init__.py"):
        ast.parse((ROOT / "nnlib" / name).read_text("utf8"), feature_version=(3, 7))


def test_every_line_of_requirements_is_read():
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert ["".join(pair) for pair in doctor.requirements()] == wanted


@pytest.mark.parametrize("version, bound, fits", [
    ("2.0", ">=2.0", True), ("2", ">=2.0", True), ("1.26.4", ">=2.0", False),
    ("2.10.1", ">=2.9", True), ("3.0.0", "<3", False), ("2.99", "<3", True),
    ("1.0.4.post1", ">=1.0.4", True), ("0.0.2", "==0.0.2", True), ("0.0.20", "==0.0.2", False),
])  # fmt: skip
def test_bounds(version, bound, fits):
    assert doctor.within(version, bound) is fits


def test_a_package_of_a_wrong_version(monkeypatch, tmp_path):
    (tmp_path / "requirements.txt").write_text("# why\nnumpy>=99,<100\n")
    monkeypatch.setattr(doctor, "REQUIREMENTS", tmp_path / "requirements.txt")
    finding = only(doctor.packages())
    assert finding.kind == "fix" and "(needed: >=99,<100)" in finding.what


def test_no_requirements(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "REQUIREMENTS", tmp_path / "requirements.txt")
    assert only(doctor.packages()).kind == "fix"


def labextension(folder, name, version):
    (folder / name).mkdir(parents=True)
    (folder / name / "package.json").write_text(json.dumps({"version": version}))
    return folder


@pytest.mark.parametrize("name, package", doctor.EXTENSIONS.items())
def test_the_front_end_of_a_package(tmp_path, name, package):
    right = labextension(tmp_path / "right", name, "2.0")
    old = labextension(tmp_path / "old", name, "1.0")
    assert doctor.front_end(name, package, [tmp_path / "none", right]).kind == "ok"
    assert "--force-reinstall" in doctor.front_end(name, package, [tmp_path / "none"]).todo
    hidden = doctor.front_end(name, package, [old, right])
    assert hidden.kind == "fix" and str(old) in hidden.todo


def test_the_kernel_of_another_python(tmp_path):
    spec = tmp_path / "python3"
    spec.mkdir()
    for program, kind in (("/elsewhere/bin/python", "fix"), (sys.executable, "ok"),
                          ("python", "ok")):
        (spec / "kernel.json").write_text(json.dumps({"argv": [program]}))
        assert doctor.kernel([tmp_path / "none", tmp_path]).kind == kind


def test_a_file_that_is_no_json_is_a_finding(monkeypatch, tmp_path):
    from jupyter_core import paths

    (labextension(tmp_path, "anywidget", "1") / "anywidget/package.json").write_text("{")
    monkeypatch.setattr(paths, "jupyter_path", lambda *names: [str(tmp_path)])
    assert only(doctor.look(doctor.in_jupyter)).kind == "fix"


def test_another_jupyter_lab_comes_first(monkeypatch, tmp_path):
    monkeypatch.setattr(doctor.shutil, "which", lambda name: str(tmp_path / name))
    assert doctor.command().kind == "note"


@pytest.mark.parametrize("variable, name", [("JUPYTER_DATA_DIR", "Jupyter's data"),
                                            ("JUPYTER_RUNTIME_DIR", "Jupyter's runtime"),
                                            ("MPLCONFIGDIR", "matplotlib's cache")])
def test_a_folder_that_cannot_be_made(monkeypatch, tmp_path, variable, name):
    (tmp_path / "file").touch()
    monkeypatch.setenv(variable, str(tmp_path / "file/folder"))
    broken = {finding.what: finding.todo for finding in doctor.write_access()
              if finding.kind == "fix"}
    assert str(tmp_path) in broken[f"no write access: {name}"]


def test_notebooks_that_cannot_be_saved(monkeypatch, tmp_path):
    def temporary_file(dir):
        if dir == str(tmp_path):
            raise PermissionError

        return open(os.devnull, "wb")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", temporary_file)
    assert only(doctor.write_access()).what == "no write access: the notebooks"


def test_no_port(monkeypatch):
    def forbidden(*given, **options):
        raise PermissionError("the firewall")

    assert only(doctor.port()).kind == "ok"
    monkeypatch.setattr(doctor.socket, "create_connection", forbidden)
    assert only(doctor.port()).kind == "fix"


def test_a_full_disk(monkeypatch):
    full = shutil.disk_usage("/")._replace(free=2e8)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: full)
    assert only(doctor.disk())[:2] == ("fix", "0.2 GB free on the disk")


def test_no_path_and_no_name_reaches_the_teacher(monkeypatch):
    monkeypatch.setattr(doctor.Path, "home", lambda: Path("/home/anna"))
    todo = "rename the folder /home/anna/.local/share"
    text = doctor.report([doctor.Finding("fix", "an old front end", todo)])
    assert "rename the folder ~/.local/share" in text and "anna" not in text
    assert "an old front end" in text.splitlines()[-1] and "/" not in text.splitlines()[-1]
