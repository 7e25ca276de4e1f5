"""prespawn.py against a small hub of our own: every student's fate, one sentence for each."""

import importlib.util
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

PATH = Path(__file__).parents[2] / "teach/hub/prespawn.py"
TOKEN = "secret"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("prespawn", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.LOOK_EVERY = 0.01
    return module


class FakeHub(BaseHTTPRequestHandler):
    """Answers like JupyterHub's REST API; what happens to a student is in the student's name."""

    def answer(self, status, **content):
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def allowed(self):
        if self.headers["Authorization"] == f"token {TOKEN}":
            return True
        self.answer(403, message="Forbidden")

    def do_POST(self):
        name, hub = self.path.split("/")[4], self.server
        if not self.allowed():
            return
        assert self.path == f"/hub/api/users/{name}/server"
        with hub.lock:
            hub.starting.add(name)
            hub.most = max(hub.most, len(hub.starting))
        if "slow" in name or "never" in name or "dies" in name:
            return self.answer(202)
        with hub.lock:
            hub.starting.discard(name)
        if "runs" in name:
            return self.answer(400, message=f"{name} is already running")
        if "unknown" in name:
            return self.answer(404, message="Not Found")
        if "many" in name:
            return self.answer(429, message="Too many users trying to log in")
        if "fails" in name:
            return self.answer(500, message="the disk is full")
        self.answer(201)

    def do_GET(self):
        if self.path.startswith("/other"):
            self.send_response(200)
            self.end_headers()
            return self.wfile.write(b"<html>a page</html>")
        if not self.allowed() or self.path == "/hub/api/user":
            return self.answer(200)
        name, hub = self.path.split("/")[4], self.server
        with hub.lock:
            hub.looks[name] = hub.looks.get(name, 0) + 1
            ready = "slow" in name and hub.looks[name] > 3
            if ready:
                hub.starting.discard(name)
        if "dies" in name:
            return self.answer(200, servers={})
        self.answer(200, servers={"": {"ready": ready, "pending": None if ready else "spawn"}})

    def log_message(self, *arguments):
        pass


@pytest.fixture
def hub():
    server = ThreadingHTTPServer(("127.0.0.1", 0), FakeHub)
    server.lock, server.starting, server.most, server.looks = threading.Lock(), set(), 0, {}
    server.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def start(script, hub, tmp_path, monkeypatch, capsys):
    """Run the script for some names; exit code, what it printed, what it complained about."""
    def start(*names, token=TOKEN, url=hub.url, options=()):
        monkeypatch.setenv("HUB_TOKEN", token)
        path = tmp_path / "names.txt"
        path.write_text("\n".join(names), encoding="utf-8")
        code = script.main([url, str(path), *options])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return start


def test_everybody_gets_a_server_in_batches(start, hub):
    names = [f"slow{number}" for number in range(9)] + ["runs1", "quick1", "", "# a comment"]
    code, out, err = start(*names, options=["--batch", "3"])
    assert (code, err) == (0, "")
    assert out.startswith("11 of 11 servers are ready (10 started, 1 were running)")
    assert hub.most == 3


@pytest.mark.parametrize("name, sentence", [
    ("unknown", "unknown: the hub does not know this user"),
    ("many", "many: the hub starts as many servers as it may"),
    ("fails", "fails: the server did not start: the disk is full"),
    ("dies", "dies: the server stopped while starting"),
])  # fmt: skip
def test_one_failure_is_one_sentence_and_the_others_start(start, name, sentence):
    code, out, err = start("quick1", name, "quick2")
    assert code == 1
    assert err.startswith(sentence) and err.count("\n") == 1
    assert out.startswith("2 of 3 servers are ready")


def test_a_server_that_is_never_ready(start):
    code, _, err = start("never", options=["--patience", "0"])
    assert code == 1 and err == "never: the server was not ready after 0 seconds.\n"


@pytest.mark.parametrize("change, sentence", [
    ({"token": ""}, "HUB_TOKEN is not set"),
    ({"token": "wrong"}, "The hub does not take the token"),
    ({"url": "http://127.0.0.1:1"}, "No hub answers at http://127.0.0.1:1/hub/api"),
    ({"url": "hub.example.org"}, "No hub answers at hub.example.org/hub/api: unknown url type"),
    ({"options": ["--batch", "0"]}, "--batch must be 1 or more, not 0"),
])  # fmt: skip
def test_what_is_wrong_for_all_is_said_once(start, change, sentence):
    code, out, err = start("quick1", "quick2", **change)
    assert (code, out) == (1, "")
    assert err.startswith(sentence) and err.count("\n") == 1


def test_an_address_that_is_no_hub(start, hub):
    code, _, err = start("quick1", url=hub.url + "/other")
    assert code == 1 and "is no JupyterHub" in err


def test_lists_of_names(script, start, tmp_path):
    assert "is empty" in start("", "# nobody")[2]
    with pytest.raises(script.Problem, match="cannot be read"):
        script.read_names(tmp_path / "missing.txt")
