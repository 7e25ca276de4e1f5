"""`python -m nnlib.data`: download MNIST's four files (11.6 MB) into the cache, checked by SHA-256.

A file is moved into the cache only after its SHA-256 is found right: nothing half-written stays.
"""

import queue
import sys
import threading
import time

from nnlib import data

MIRRORS = [
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
]
SECONDS = 10  # without an answer, and it gives up


def main():
    """Exit code 0 with MNIST in place, 1 with one line that says why not."""
    cache = data.cache_folder()
    folder = data._find() or cache
    try:
        if folder == cache and not intact(cache):
            mirrors = first_to_answer()
            for name in data.FILES:
                download(name, mirrors, cache)
        print(f"{data.load_mnist(folder)!r} in {folder}")
    except (OSError, ValueError) as problem:
        print(problem)
        return 1
    return 0


def intact(folder):
    """Whether the folder holds the four original files."""
    try:
        data.load_mnist(folder)
    except (OSError, ValueError):
        return False
    return True


def first_to_answer():
    """MIRRORS, beginning with the one that answers first; ConnectionError if none does in time.

    They are asked in threads because looking up a name can hang longer than any timeout.
    """
    import requests

    answers = queue.SimpleQueue()

    def ask(mirror):
        try:
            requests.head(mirror + next(iter(data.FILES)), timeout=SECONDS)
            answers.put(mirror)
        except requests.RequestException:
            answers.put(None)

    for mirror in MIRRORS:
        threading.Thread(target=ask, args=(mirror,), daemon=True).start()
    end = time.monotonic() + SECONDS
    try:
        for _ in MIRRORS:
            if first := answers.get(timeout=max(0, end - time.monotonic())):
                return sorted(MIRRORS, key=lambda mirror: mirror != first)
    except queue.Empty:
        pass
    raise _failure("no mirror answers")


def download(name, mirrors, folder):
    """One file from the first mirror that has it, unless the folder has it already."""
    import pooch
    import requests
    from tqdm import tqdm

    pooch.get_logger().setLevel("ERROR")
    for mirror in mirrors:
        bar = tqdm(desc=name, total=1, unit="B", unit_scale=True, leave=False, delay=0.1)
        try:
            pooch.retrieve(mirror + name, f"sha256:{data.FILES[name][0]}", name, folder,
                           downloader=pooch.HTTPDownloader(progressbar=bar, timeout=SECONDS))
            return
        except requests.HTTPError as error:
            problem = f"{mirror + name}: {error.response.status_code} {error.response.reason}"
        except requests.RequestException:
            problem = f"{mirror + name}: the connection broke off or was silent for {SECONDS} s"
        except ValueError:
            problem = f"{mirror + name}: what came is not the file (its SHA-256 differs)"
        finally:
            bar.close()
    raise _failure(problem)


def _failure(problem):
    return ConnectionError(f"MNIST could not be downloaded ({problem}). "
                           "Everything works without it, on scikit-learn's digits.")


if __name__ == "__main__":
    sys.exit(main())
