"""The mean of the weights with which several rounded trainings ended, all from the same beginning; an unpacked model counts as one.

Usage: python3 training/average.py NAME OTHER[=WEIGHT]...
A weight is 1 where none is given. Writes .cache/training/NAME/rounded/ from those of the others, and the first one's settings, vocabulary
and other logs; export.py NAME goes on from it.
"""

import json
import shutil
import sys
from pathlib import Path

import torch

from paths import WORK
from progress import one_after_another


def average(name: str, weights: dict[str, float]) -> None:
    folder, others = WORK / name, list(weights)
    for part in ("pretrain", "reward", "rounded"):
        (folder / part).mkdir(parents=True)
    for path in ("config.json", "vocab.txt", "training.json", "pretrain/log.json", "reward/log.json"):
        if (WORK / others[0] / path).exists():
            shutil.copy(WORK / others[0] / path, folder / path)
    ends = [torch.load(end_of(WORK / other), weights_only=False)["model"] for other in others]
    total = sum(weights.values())
    mean = {
        key: sum(end[key] * weight for end, weight in zip(ends, weights.values())) / total for key in ends[0]
    }
    torch.save({"model": mean}, folder / "rounded" / "state.pt")
    logs = [WORK / other / "rounded" / "log.json" for other in others]
    log = [entry for path in logs if path.exists() for entry in json.loads(path.read_text())]
    (folder / "rounded" / "log.json").write_text(json.dumps(one_after_another(log), indent=1) + "\n")


def end_of(folder: Path) -> Path:
    rounded = folder / "rounded" / "state.pt"
    return rounded if rounded.exists() else folder / "reward" / "state.pt"


if __name__ == "__main__":
    parts = [argument.partition("=") for argument in sys.argv[2:]]
    average(sys.argv[1], {other: float(weight or 1) for other, _, weight in parts})
