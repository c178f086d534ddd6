"""A training that can be stopped at any moment and goes on where it was: progress is counted in steps."""

import json
import math
import random
import time
from pathlib import Path

import torch
from torch import nn


class Progress:
    """The state of one training, in a folder."""

    def __init__(self, folder: Path, model: nn.Module, steps: int, rate: float, seed: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path, self.log_path = folder / "state.pt", folder / "log.json"
        self.model, self.steps, self.rate, self.seed = model, steps, rate, seed
        self.step, self.seconds = 0, 0.0
        self.log: list[dict[str, float]] = []
        matrices = [p for p in model.parameters() if p.dim() > 1]
        others = [p for p in model.parameters() if p.dim() < 2]
        groups = [{"params": matrices, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
        self.optimizer = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98))
        if self.path.exists():
            state = torch.load(self.path, weights_only=False)
            model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.step, self.seconds, self.log = state["step"], state["seconds"], state["log"]
        self.since = time.process_time()

    def rng(self, part: int) -> random.Random:
        """The random numbers of a part of the training: the same ones after it was stopped."""
        return random.Random(f"{self.seed} {part}")

    def update(self, loss: torch.Tensor) -> None:
        warm = min(1.0, (self.step + 1) / 200)
        rate = self.rate * warm * (0.02 + 0.98 * (0.5 + 0.5 * math.cos(math.pi * self.step / self.steps)))
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1

    def save(self, **figures: float) -> None:
        now = time.process_time()
        self.seconds, self.since = self.seconds + now - self.since, now
        self.log.append({"step": self.step, "cpuMinutes": round(self.seconds / 60, 1)} | {k: round(v, 4) for k, v in figures.items()})
        print(self.log[-1], flush=True)
        state = {"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict()}
        partial = self.path.with_suffix(".partial")
        torch.save(state | {"step": self.step, "seconds": self.seconds, "log": self.log}, partial)
        partial.rename(self.path)
        self.log_path.write_text(json.dumps(self.log, indent=1) + "\n")


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
