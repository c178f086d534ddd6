"""The mean of the weights with which several rounded trainings ended, all from the same beginning.

Usage: python3 training/average.py NAME OTHER...
Writes .cache/training/NAME/rounded/ from that of the others, and the first one's settings and other logs; export.py NAME goes on from there.
"""

import json
import shutil
import sys

import torch

from paths import WORK
from progress import one_after_another


def average(name: str, others: list[str]) -> None:
    folder = WORK / name
    for part in ("pretrain", "reward", "rounded"):
        (folder / part).mkdir(parents=True)
    for path in ("config.json", "pretrain/log.json", "reward/log.json"):
        shutil.copy(WORK / others[0] / path, folder / path)
    ends = [torch.load(WORK / other / "rounded" / "state.pt", weights_only=False)["model"] for other in others]
    mean = {key: sum(end[key] for end in ends) / len(ends) for key in ends[0]}
    torch.save({"model": mean}, folder / "rounded" / "state.pt")
    log = [entry for other in others for entry in json.loads((WORK / other / "rounded" / "log.json").read_text())]
    (folder / "rounded" / "log.json").write_text(json.dumps(one_after_another(log), indent=1) + "\n")


if __name__ == "__main__":
    average(sys.argv[1], sys.argv[2:])
