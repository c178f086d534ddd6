"""The mean of the weights with which several rounded trainings ended, all from the same beginning.

Usage: python3 training/average.py NAME OTHER...
Writes .cache/training/NAME/rounded/ from that of the others, and the first one's settings and other logs; export.py NAME goes on from there.
"""

import json
import shutil
import sys

import torch

from paths import WORK


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


def one_after_another(log: list[dict]) -> list[dict]:
    """Steps and minutes counted on where the next training begins."""
    steps, minutes, last = 0, 0.0, {"step": 0, "cpuMinutes": 0.0}
    counted = []
    for entry in log:
        if entry["step"] < last["step"]:
            steps, minutes = steps + last["step"], minutes + last["cpuMinutes"]
        counted.append(entry | {"step": steps + entry["step"], "cpuMinutes": round(minutes + entry["cpuMinutes"], 1)})
        last = entry
    return counted


if __name__ == "__main__":
    average(sys.argv[1], sys.argv[2:])
