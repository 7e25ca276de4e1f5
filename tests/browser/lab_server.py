"""A JupyterLab for tests: on a port of its own, with settings of its own."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

JUPYTER = Path(sys.executable).with_name("jupyter")


@contextmanager
def jupyterlab(folder, config, *options):
    """Start it on a folder; gives its addresses as a text with %s for the path."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex()
    options = [f"--port={port}", f"--IdentityProvider.token={token}", f"--notebook-dir={folder}",
               "--ip=127.0.0.1", "--no-browser", "--allow-root", "--LabApp.news_url=", *options]
    with open(folder / "log", "w") as log:
        settings = {"JUPYTER_CONFIG_DIR": str(config)}  # nothing from or into one's own
        server = subprocess.Popen([JUPYTER, "lab", *options], stdout=log, stderr=log,
                                  env=os.environ | settings)
    address = f"http://127.0.0.1:{port}/%s?token={token}"
    try:
        wait_for(address % "api", server)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def wait_for(url, server):
    """Return when the server answers; fail when it has ended or a minute has passed."""
    for _ in range(240):
        assert server.poll() is None, "JupyterLab did not start"
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.25)
    raise AssertionError("JupyterLab did not answer within a minute")


def wait_for_kernel(page, sessions):
    """Return when Lab is connected to an idle kernel: a cell run earlier would draw no widget."""
    for _ in range(240):
        for session in page.request.get(sessions).json():
            kernel = session["kernel"]
            if kernel["execution_state"] == "idle" and kernel["connections"]:
                return
        page.wait_for_timeout(250)
    raise AssertionError("no kernel was ready within a minute")
