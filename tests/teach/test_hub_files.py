"""The files that hosts read: Binder, the devcontainer, Kubernetes; and nbgitpuller's promise."""

import json
import os
import re
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "book/teaching/hosting.md").read_text("utf8")
GITPULLER = ROOT / ".venv-hub/bin/gitpuller"


def test_binder_installs_what_is_tested():
    lines = (ROOT / "binder/requirements.txt").read_text().split("\n")
    files = [line.split(" ", 1)[1] for line in lines if line.startswith("-")]
    assert [(ROOT / "binder" / file).resolve() for file in files] == [
        ROOT / "requirements.txt", ROOT / "requirements.lock"]
    assert os.access(ROOT / "binder/postBuild", os.X_OK)


def test_hosts_use_a_python_that_the_lock_holds():
    first, last = map(int, re.search(r"Python 3\.(\d+) to 3\.(\d+)",
                                     (ROOT / "requirements.lock").read_text()).groups())
    image = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text())["image"]
    for text in ((ROOT / "binder/runtime.txt").read_text(), image):
        assert first <= int(re.search(r"3\.(\d+)", text)[1]) <= last


def test_the_devcontainer_calls_a_target_of_the_makefile():
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text())
    target = re.fullmatch(r"make (\w+)", container["postCreateCommand"])[1]
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_kubernetes_gives_a_student_what_was_measured():
    memory = yaml.safe_load((ROOT / "teach/hub/values.yaml").read_text())["singleuser"]["memory"]
    held, peak = map(int, re.search(r"\| memory in chapter 7[^|]*\| (\d+) MiB, for seconds (\d+)",
                                    PAGE).groups())
    guarantee, limit = (int(memory[name].removesuffix("M")) for name in ("guarantee", "limit"))
    assert 1.05 * held < guarantee and 1.05 * peak < limit  # 1 MiB is 1.05 MB


def test_tljh_and_kubernetes_have_the_same_limits():
    values = yaml.safe_load((ROOT / "teach/hub/values.yaml").read_text())
    assert f"limits.memory {values['singleuser']['memory']['limit']}\n" in PAGE
    assert f"limits.cpu {values['singleuser']['cpu']['limit']}\n" in PAGE
    assert f"services.cull.timeout {values['cull']['timeout']}\n" in PAGE


def test_the_link_that_the_page_makes(capsys):
    exec(re.search(r"```python\n(from urllib.*?)```", PAGE, re.DOTALL)[1], {})
    link = urlsplit(capsys.readouterr().out.strip())
    assert link.path == "/hub/user-redirect/git-pull"
    assert parse_qs(link.query) == {
        "repo": ["https://git.example.org/school/neurons"], "branch": ["main"],
        "urlpath": ["lab/tree/neurons/01_one_neuron.ipynb"]}


@pytest.fixture
def pull(tmp_path):
    """A course with one chapter, pulled by a student; gives both copies and a pulling function."""
    if not GITPULLER.exists():
        pytest.skip("nbgitpuller is not installed (make hub-load installs it)")
    teacher, student = tmp_path / "teacher", tmp_path / "student"
    teacher.mkdir()
    chapter = nbformat.read(ROOT / "book/01_one_neuron.ipynb", as_version=4)

    def git(*arguments):
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@localhost", *arguments],
                       cwd=teacher, check=True, capture_output=True)

    def pull():
        nbformat.write(chapter, teacher / "chapter.ipynb")
        git("add", "-A")
        git("commit", "-qm", "course")
        subprocess.run([GITPULLER, f"file://{teacher}", "main", student], check=True,
                       capture_output=True)
        return nbformat.read(student / "chapter.ipynb", as_version=4)

    git("init", "-q", "-b", "main")
    pull()
    return chapter, student / "chapter.ipynb", pull


def by_id(notebook):
    return {cell.id: cell for cell in notebook.cells}


def test_an_update_is_merged_into_an_edited_notebook_and_never_over_an_answer(pull):
    chapter, path, pull = pull
    mine = nbformat.read(path, as_version=4)
    by_id(mine)["ex-1-3-5"].source = "def piecewise_linear(z):\n    return 'mine'"
    by_id(mine)["basket-z"].outputs = [nbformat.v4.new_output("stream", text="6.0\n")]
    nbformat.write(mine, path)
    by_id(chapter)["s1-1"].source += "\n\nNew from the teacher."
    by_id(chapter)["ex-1-3-5"].source = "def piecewise_linear(z):\n    ...  # the teacher's"
    merged = pull()
    nbformat.validate(merged)
    cells = by_id(merged)
    assert cells["s1-1"].source.endswith("New from the teacher.")
    assert "'mine'" in cells["ex-1-3-5"].source
    assert "the teacher's" not in cells["ex-1-3-5"].source
    assert cells["basket-z"].outputs[0].text == "6.0\n"
