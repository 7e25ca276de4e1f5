"""Starts the servers of a class before it begins, a few at a time:

    HUB_TOKEN=... python3 prespawn.py https://hub.example.org names.txt

names.txt holds one user name a line. The token comes from the hub's page /hub/token of somebody
who may start servers of others (an admin). Servers that run already are left alone.
"""

import argparse
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

LOOK_EVERY = 1.0  # seconds between two looks at a server that is starting


class Problem(Exception):
    """One sentence that says what was wrong and what is needed."""


class Hub:
    """The part of a JupyterHub's REST API that starts servers."""

    def __init__(self, url, token, patience):
        self.api = url.rstrip("/") + "/hub/api"
        self.token = token
        self.patience = patience

    def ask(self, method, path):
        """Status and JSON of one request; Problem where the answer is the same for everybody."""
        try:
            request = Request(self.api + path, method=method,
                              headers={"Authorization": f"token {self.token}"})
            with urlopen(request, timeout=60) as answer:
                status, text = answer.status, answer.read()
        except HTTPError as error:
            status, text = error.code, error.read()
        except (URLError, OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise Problem(f"No hub answers at {self.api}: {reason}.") from None
        if status in (401, 403):
            raise Problem("The hub does not take the token in HUB_TOKEN: it needs one of an admin, "
                          "made on the page /hub/token and not yet expired.")
        try:
            return status, json.loads(text or b"{}")
        except ValueError:
            raise Problem(f"{self.api} is no JupyterHub: it answers with something that is not "
                          f"JSON (status {status}).") from None

    def check(self):
        """Problem unless a hub is there and takes the token."""
        self.ask("GET", "/user")

    def start(self, name):
        """Start one server and wait for it: "started" or "was running", else Problem."""
        status, answer = self.ask("POST", f"/users/{quote(name)}/server")
        message = answer.get("message", "")
        if status == 404:
            raise Problem(f"{name}: the hub does not know this user; add the name on /hub/admin.")
        if status == 400 and "already running" in message:
            return "was running"
        if status == 429:
            raise Problem(f"{name}: the hub starts as many servers as it may; run this again.")
        if status not in (201, 202):
            raise Problem(f"{name}: the server did not start: {message or status}. The reason is "
                          "in the hub's log.")
        end = time.monotonic() + self.patience
        while status == 202:
            server = self.ask("GET", f"/users/{quote(name)}")[1].get("servers", {}).get("")
            if server and server["ready"]:
                break
            if not server or not server["pending"]:
                raise Problem(f"{name}: the server stopped while starting; the reason is in the "
                              "hub's log.")
            if time.monotonic() > end:
                raise Problem(f"{name}: the server was not ready after {self.patience} seconds.")
            time.sleep(LOOK_EVERY)
        return "started"


def prespawn(hub, names, batch):
    """Start all servers, at most `batch` at a time; the outcomes, and the sentences of failures."""
    def one(name):
        try:
            return hub.start(name)
        except Problem as problem:
            return problem

    hub.check()
    with ThreadPoolExecutor(batch) as pool:
        outcomes = list(pool.map(one, names))
    return outcomes, [str(outcome) for outcome in outcomes if isinstance(outcome, Problem)]


def read_names(path):
    """The user names of a file, one a line; empty lines and lines with # are left out."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise Problem(f"The list of names {path} cannot be read: {error}.") from None
    names = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not names:
        raise Problem(f"The list of names {path} is empty: it needs one user name a line.")
    return list(dict.fromkeys(names))


def main(arguments=None):
    """Exit code 0 when every server is ready."""
    parser = argparse.ArgumentParser(description="Start the servers of a class.")
    parser.add_argument("hub", help="address of the hub, such as https://hub.example.org")
    parser.add_argument("names", help="file with one user name a line")
    parser.add_argument("--batch", type=int, default=4, help="servers that start at a time (4)")
    parser.add_argument("--patience", type=int, default=300, help="seconds for one server (300)")
    given = parser.parse_args(arguments)
    begin = time.monotonic()
    try:
        if not os.environ.get("HUB_TOKEN"):
            raise Problem("HUB_TOKEN is not set: it needs a token from the hub's page /hub/token.")
        if given.batch < 1:
            raise Problem(f"--batch must be 1 or more, not {given.batch}.")
        names = read_names(given.names)
        hub = Hub(given.hub, os.environ["HUB_TOKEN"], given.patience)
        outcomes, failures = prespawn(hub, names, given.batch)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    print(*failures, sep="\n", end="\n" if failures else "", file=sys.stderr)
    print(f"{len(names) - len(failures)} of {len(names)} servers are ready "
          f"({outcomes.count('started')} started, {outcomes.count('was running')} were running), "
          f"after {time.monotonic() - begin:.0f} seconds.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
