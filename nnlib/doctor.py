"""`python -m nnlib.doctor`: is this computer ready for the course? One line for each finding.

It runs on any Python 3 and with a broken installation: nothing that it examines is imported here.
The packages are tried in a process of their own, so that even a crash of theirs is only a finding.
"""

import json
import os
import platform
import re
import shutil
import socket
import struct
import subprocess
import sys
import sysconfig
import tempfile
from collections import namedtuple
from pathlib import Path

PYTHON = (3, 11), (3, 14)  # the first and the last that requirements.lock holds versions for
REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements.txt"
INSTALL = "python -m pip install -r requirements.txt"
if REQUIREMENTS.with_name("requirements.lock").is_file():
    INSTALL += " -c requirements.lock"
EXTENSIONS = {  # what JupyterLab needs to show widgets and formulas: folder, package
    "anywidget": "anywidget",
    "@jupyter-widgets/jupyterlab-manager": "jupyterlab_widgets",
    "jupyterlab-myst": "jupyterlab-myst",
}
MEMORY, DISK = 1.0, 0.5  # GB: Jupyter, a kernel that trains on MNIST and a browser; saved work
PATIENCE = 60  # seconds for the imports

TRIAL = """
import importlib
for name in "numpy", "matplotlib.pyplot", "zmq", "anywidget":
    print("trying", name, flush=True)
    importlib.import_module(name)
import psutil
print("memory", psutil.virtual_memory().available, flush=True)
print("trying nnlib.data", flush=True)
from nnlib import data
print("data", data.data_found())
"""

# kind is "ok", "note" or "fix"; what goes to the teacher, so it never holds a path; todo may
Finding = namedtuple("Finding", "kind what todo")


def ok(what):
    return Finding("ok", what, "")


def examine():
    """All findings in the order of the report; what stands on something broken is left out."""
    findings = look(python)
    if sound(findings):
        findings += look(packages)
    trial = sound(findings) and subprocess.Popen(
        [sys.executable, "-c", TRIAL], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        universal_newlines=True)  # it works while the rest is looked at
    if trial:
        findings += look(in_jupyter)
    findings += look(write_access) + look(port) + look(disk)
    return findings + (look(outcome, trial) if trial else [])


def look(check, *given):
    """The findings of one check; one that fails itself is a finding, too."""
    try:
        return check(*given)
    except Exception as error:
        name = check.__name__.replace("_", " ")
        return [Finding("fix", f"{name}: something is broken", f"{error}. Show your teacher")]


def sound(findings):
    return all(finding.kind != "fix" for finding in findings)


def python():
    """The version of Python, and whether it is one that NumPy is made for."""
    name = "Python " + platform.python_version()
    if not PYTHON[0] <= sys.version_info[:2] <= PYTHON[1]:
        first, last = ("{}.{}".format(*version) for version in PYTHON)
        return [Finding("fix", name, f"install Python {first} to {last}, make the environment "
                        "again with it, and start the doctor there")]
    if struct.calcsize("P") < 8:
        return [Finding("fix", name + ", 32 bit", "install a 64-bit Python, for the packages")]
    return [ok(name)]


def packages():
    """Whether all packages of requirements.txt are there, in versions within its bounds."""
    from importlib import metadata

    if not REQUIREMENTS.is_file():
        return [Finding("fix", "no requirements.txt", "get the course folder again: the file must "
                        "lie in it, beside the folder nnlib")]
    missing, wrong, count = [], [], 0
    for name, bounds in requirements():
        count += 1
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
            continue
        if not all(within(version, bound) for bound in bounds.split(",")):
            wrong.append(f"{name} {version} (needed: {bounds})")
    where = "in the course folder: " + INSTALL
    findings = [Finding("fix", "missing: " + ", ".join(missing), where)] if missing else []
    findings += [Finding("fix", "wrong version: " + ", ".join(wrong), where)] if wrong else []
    return findings or [ok(f"{count} packages within the bounds of requirements.txt")]


def requirements():
    """Pairs (package, bounds) of requirements.txt, such as ("numpy", ">=2.0,<3")."""
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    return re.findall(r"^([\w.-]+)([<>=][^#\s]*)", "\n".join(lines), re.MULTILINE)


def within(version, bound):
    """Whether a version, such as 2.3.1, keeps one bound, such as >=2.0."""
    sign, limit = re.match(r"(>=|<|==)(.*)", bound).groups()
    have, limit = (numbers(text) for text in (version, limit))
    return {">=": have >= limit, "<": have < limit, "==": have == limit}[sign]


def numbers(version):
    """1.0.4.post1 -> [1, 0, 4]; zeros at the end do not count."""
    found = [int(part) for part in re.match(r"[\d.]*", version).group().split(".") if part]
    while found and found[-1] == 0:
        found.pop()
    return found


def in_jupyter():
    """The front end of the widgets, the kernel and the command, where this Python's Lab looks."""
    try:
        from jupyter_core.paths import jupyter_path
    except Exception:
        return [Finding("fix", "no JupyterLab", "in the course folder: " + INSTALL)]
    folders = [Path(folder) for folder in jupyter_path("labextensions")]
    findings = [front_end(name, package, folders) for name, package in EXTENSIONS.items()]
    if sound(findings):
        findings = [ok("JupyterLab finds the front end of the widgets")]
    return findings + [kernel(jupyter_path("kernels")), command()]


def front_end(name, package, folders):
    """One extension of JupyterLab; the first folder that has it is the one that counts."""
    found = [folder / name for folder in folders if (folder / name / "package.json").is_file()]
    if not found:
        return Finding("fix", f"no front end of {package} in JupyterLab",
                       f"python -m pip install --force-reinstall --no-deps {package}, "
                       "then start JupyterLab again")
    versions = [json.loads((folder / "package.json").read_text(encoding="utf-8")).get("version")
                for folder in found]
    if versions[0] != versions[-1]:
        return Finding("fix", f"an old front end of {package} hides the right one",
                       f"rename the folder {found[0]}, then start JupyterLab again")
    return ok(package)


def kernel(folders):
    """Whether notebooks run in this Python: another one's kernel may stand before it."""
    for folder in folders:
        spec = Path(folder, "python3", "kernel.json")
        if spec.is_file():
            program = json.loads(spec.read_text(encoding="utf-8"))["argv"][0]
            here = os.path.dirname(os.path.abspath(sys.executable))
            if os.path.isabs(program) and os.path.dirname(os.path.abspath(program)) != here:
                return Finding("fix", "notebooks run in another Python",
                               f"rename the folder {spec.parent}, then start JupyterLab again")
            break
    return ok("notebooks run in this Python")


def command():
    """Whether `jupyter lab` is the JupyterLab of this Python."""
    found = shutil.which("jupyter-lab")
    own = [sysconfig.get_path("scripts"), sysconfig.get_path("scripts", os.name + "_user")]
    if found and os.path.normcase(os.path.dirname(found)) in map(os.path.normcase, own):
        return ok("the command jupyter lab is this Python's")
    return Finding("note", "the command jupyter lab is not this Python's",
                   "start JupyterLab with: python -m jupyterlab")


def write_access():
    """The folders in which the student, Jupyter and matplotlib must be able to write."""
    here = Path.cwd()
    home = Path.home()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache", "matplotlib")
    if not sys.platform.startswith("linux"):
        cache = home / ".matplotlib"
    places = {
        "the notebooks": here / "book" if (here / "book").is_dir() else here,
        "matplotlib's cache": Path(os.environ.get("MPLCONFIGDIR") or cache),
    }
    try:
        from jupyter_core.paths import jupyter_data_dir, jupyter_runtime_dir

        places["Jupyter's data"] = Path(jupyter_data_dir())
        places["Jupyter's runtime"] = Path(jupyter_runtime_dir())
    except Exception:
        pass  # the packages are a finding of their own
    wrong = [(name, folder) for name, folder in places.items() if not writable(folder)]
    return [Finding("fix", "no write access: " + name,
                    f"make the folder {folder} yours and writable, or take the course to another")
            for name, folder in wrong] or [ok("write access to " + ", ".join(sorted(places)))]


def writable(folder):
    """Whether a file can be made in the folder or, as long as it is not there, above it."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=str(folder)) as file:
            file.write(b"1")
        return True
    except OSError:
        return False


def port():
    """Browser and Jupyter talk through a port of this computer: one message there."""
    try:
        with socket.socket() as server:
            server.settimeout(2)
            server.bind(("localhost", 0))
            server.listen(1)
            with socket.create_connection(server.getsockname(), timeout=2) as browser:
                jupyter, _ = server.accept()
                with jupyter:
                    browser.sendall(b"1")
                    jupyter.settimeout(2)
                    if jupyter.recv(1) == b"1":
                        return [ok("a port for Jupyter")]
    except OSError:
        pass
    return [Finding("fix", "no port for Jupyter", "let the firewall or virus scanner allow Python "
                    "on localhost (127.0.0.1), and switch a VPN off for a test")]


def disk():
    """Room for saved notebooks and MNIST."""
    free = shutil.disk_usage(str(Path.cwd())).free / 1e9
    what = f"{free:.1f} GB free on the disk"
    return [ok(what) if free > DISK else Finding("fix", what, f"make room for {DISK} GB")]


def outcome(trial):
    """What the imports of TRIAL showed: a broken package, memory, data."""
    try:
        said, error = trial.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        trial.kill()
        said, error = trial.communicate()
        error = f"it took more than {PATIENCE} seconds"
    tried = re.findall(r"^trying (.*)", said, re.MULTILINE)
    found = dict(re.findall(r"^(memory|data) (.*)", said, re.MULTILINE))
    findings = [] if "data" not in found else [ok("the packages start")]
    if "memory" in found:
        free = int(found["memory"]) / 1e9
        what = f"{free:.1f} GB of memory free"
        findings += [ok(what) if free > MEMORY else
                     Finding("fix", what, f"close other programs: {MEMORY} GB are needed")]
    if "data" not in found:
        why = (error.strip().splitlines() or [f"it ended with code {trial.returncode}"])[-1]
        name = tried[-1].split(".")[0] if tried else "Python"
        findings += [Finding("fix", f"{name} does not start", f"{why.rstrip('.')}. "
                             f"In the course folder: {INSTALL} --force-reinstall")]
    elif found["data"] == "MNIST":
        findings += [ok("MNIST is there")]
    else:
        findings += [Finding("note", "MNIST is not there, so the chapters take 1,797 smaller "
                             "digits", "to download it (12 MB): python -m nnlib.data")]
    return findings


def report(findings):
    """The text: a line for each finding, what is to do, and the line for the teacher."""
    home = str(Path.home())
    lines = [f"[{kind}] {what}: {todo}".replace(home, "~") if todo else f"[{kind}] {what}"
             for kind, what, todo in findings]
    broken = [what for kind, what, _ in findings if kind == "fix"]
    if broken:
        last = "Do what the lines with [fix] say, from the first on, and start the doctor again."
    else:
        last = "This computer is ready."
    environment = "environment" if sys.prefix != sys.base_prefix else "no environment"
    facts = ["Python " + platform.python_version(), platform.system(), platform.machine(),
             environment]
    facts += [what for kind, what, _ in findings if kind == "note" or " free" in what]
    teacher = "ready" if not broken else "; ".join(broken)
    return "\n".join(lines + ["", last, "Does it not help? Send this line to your teacher:",
                              f"nnlib doctor: {teacher} [{', '.join(facts)}]"])


def main():
    """Exit code 0 when nothing is to be fixed, else 1."""
    findings = examine()
    print(report(findings))
    return int(not sound(findings))


if __name__ == "__main__":
    sys.exit(main())
