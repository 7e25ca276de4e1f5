"""The ladder's runs as they were recorded: one small JSON file a run, made by `make records`."""

import json
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "models" / "records"
TRIED = "tried.json"


class Record(NamedTuple):
    """One training run: what was set, and what each epoch brought.

    place: the rung's place on the ladder, from 1; settings and the data set in words and numbers;
    seconds: since the start, after each epoch, for making images and updates, not for measuring;
    training: share of the training images (as given) that is right; right: how many of the
    `of` test images; wrong: pairs (test image, answer) of the mistakes after the last epoch.
    """

    rung: str
    place: int
    seed: int
    settings: dict
    chosen: str
    data: dict
    versions: dict
    seconds: list
    training: list
    right: list
    of: int
    wrong: list

    @property
    def accuracy(self):
        """The share of the test images that is right after the last epoch."""
        return self.right[-1] / self.of

    def reached(self, share):
        """Seconds until this share of the test images was right for the first time, or None."""
        return next((s for s, n in zip(self.seconds, self.right) if n / self.of >= share), None)

    def save(self, folder=FOLDER):
        """Write the file; it is there whole or not at all."""
        path = Path(folder) / f"{self.rung}-{self.seed}.json"
        lines = (f"{json.dumps(k)}: {json.dumps(v)}" for k, v in self._asdict().items())
        whole = path.with_suffix(".part")
        whole.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf8")
        whole.replace(path)


def records(folder=FOLDER):
    """The recorded runs as a dict rung -> list of Record, from the lowest rung to the highest."""
    files = (path for path in Path(folder).glob("*.json") if path.name != TRIED)
    runs = sorted((Record(**json.loads(path.read_text("utf8"))) for path in files),
                  key=lambda run: (run.place, run.seed))
    return {name: [run for run in runs if run.rung == name] for name in (r.rung for r in runs)}


def tried(folder=FOLDER):
    """What was tried on validation images before the ladder was run: a list of dicts."""
    return json.loads((Path(folder) / TRIED).read_text("utf8"))
