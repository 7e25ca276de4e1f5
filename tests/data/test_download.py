"""python -m nnlib.data, against a local server: good, web page, cut short, silent, absent."""

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from nnlib import data
from nnlib.data import __main__ as download


@pytest.fixture
def server(tiny, nowhere, monkeypatch):
    """Two mirrors on 127.0.0.1; server.mirrors("good", "page") says how each behaves."""
    released = threading.Event()

    class Answer(BaseHTTPRequestHandler):
        def do_HEAD(self):
            if "silent" in self.path and not released.wait(3):
                self.server.kept_waiting.append(self.path)
            self.send_response(200)
            self.end_headers()

        def do_GET(self):
            how, name = self.path.strip("/").split("/")
            body = (tiny / name).read_bytes()
            self.server.asked.append((how, name))
            if how == "stuck":
                if not released.wait(3):
                    self.server.kept_waiting.append(name)
                return
            if how == "absent":
                self.send_error(404)
                return
            self.send_response(200)
            if how == "cut":
                self.send_header("Content-Length", str(len(body)))
                body = body[:-30]
            if how == "short":
                body = body[:-30]
            if how == "page":
                body = b"<!doctype html><p>Please log in"
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.asked, server.kept_waiting = [], []
    root = f"http://127.0.0.1:{server.server_port}"
    server.mirrors = lambda *how: monkeypatch.setattr(
        download, "MIRRORS", [f"{root}/{h}/" for h in how])
    monkeypatch.setattr(download, "SECONDS", 0.2)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    released.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("first", ["good", "page", "cut", "short", "stuck", "absent"])
def test_the_second_mirror_helps_out(server, nowhere, capsys, monkeypatch, first):
    server.mirrors(first, "good")
    monkeypatch.setattr(download, "first_to_answer", lambda: download.MIRRORS)
    assert download.main() == 0
    assert capsys.readouterr().out.count("\n") == 1
    assert sorted(p.name for p in nowhere.iterdir()) == sorted(data.FILES)
    assert data.load_mnist().name == "MNIST"
    assert {how for how, _ in server.asked} == {first, "good"}


@pytest.mark.parametrize("how, said", [
    ("page", "not the file"), ("cut", "broke off"), ("short", "not the file"),
    ("stuck", "silent for 0.2 s"), ("absent", "404"),
])
def test_no_mirror_helps(server, nowhere, capsys, how, said):
    server.mirrors(how, how)
    assert download.main() == 1
    out = capsys.readouterr().out
    assert out.count("\n") == 1 and said in out and "Everything works without it" in out
    assert not nowhere.exists() or not any(nowhere.iterdir()), "something half-written stayed"
    assert len(server.asked) == 2, "it gives up after the first file"
    assert server.kept_waiting == [], "it waits no longer than SECONDS"
    assert data.data_found() == "embedded"


def test_the_mirror_that_answers_first_is_asked_first(server, nowhere):
    server.mirrors("silent", "good")
    assert download.main() == 0
    assert {how for how, _ in server.asked} == {"good"}


def test_silent_mirrors_are_one_line(server, nowhere, capsys):
    server.mirrors("silent", "silent")
    assert download.main() == 1
    out = capsys.readouterr().out
    assert out.count("\n") == 1 and "no mirror answers" in out
    assert server.asked == server.kept_waiting == []


def test_mirrors_out_of_reach_are_one_line(server, nowhere, capsys, monkeypatch):
    monkeypatch.setattr(download, "MIRRORS", ["http://127.0.0.1:9/", "http://127.0.0.1:9/"])
    monkeypatch.setattr(download, "SECONDS", 60)  # it does not wait for what has failed already
    assert download.main() == 1
    assert capsys.readouterr().out.count("\n") == 1


def test_what_is_there_is_not_fetched_again(server, tiny, nowhere, capsys, monkeypatch):
    server.mirrors("good", "good")
    download.main()
    server.asked.clear()
    assert download.main() == 0
    assert "MNIST: 5 training and 3 test digits" in capsys.readouterr().out
    monkeypatch.setenv("NNLIB_DATA", str(tiny))
    assert download.main() == 0
    assert capsys.readouterr().out.endswith(f" in {tiny}\n")
    assert server.asked == []


def test_a_damaged_file_in_the_cache_is_replaced(server, nowhere):
    server.mirrors("good", "good")
    download.main()
    server.asked.clear()
    name = "train-labels-idx1-ubyte.gz"
    (nowhere / name).write_bytes(b"half")
    assert download.main() == 0
    assert server.asked == [("good", name)]
    assert data.load_mnist().name == "MNIST"


def test_a_cache_that_cannot_be_made_is_one_line(server, nowhere, capsys):
    server.mirrors("good", "good")
    nowhere.write_text("a file where the folder should be")
    assert download.main() == 1
    assert str(nowhere) in capsys.readouterr().out


def test_the_command_itself(mnist):
    run = subprocess.run([sys.executable, "-W", "error", "-m", "nnlib.data"],
                         capture_output=True, text=True, env=os.environ)
    assert run.returncode == 0 and run.stderr == ""
    assert run.stdout.startswith("MNIST: 60000 training")
