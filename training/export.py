"""The trained model as a checkpoint in the Hub's layout, with reference rewards.

Usage: python3 training/export.py NAME
Writes .cache/training/NAME/reward-scorer-demo/, which `reward-scorer convert` reads.
"""

import json
import sys
from pathlib import Path

import torch

from checkpoint import load_checkpoint, read_config, save_checkpoint
from model import RewardModel
from paths import GOLDEN_TEXTS, WORK
from progress import one_after_another
from wordpiece import WordPiece


def export(name: str) -> None:
    folder = WORK / name
    model = RewardModel(read_config(folder))
    model.load_state_dict(torch.load(folder / "rounded" / "state.pt", weights_only=False)["model"])
    model.keep_rounded_weights()
    out = folder / "reward-scorer-demo"
    save_checkpoint(model, folder / "vocab.txt", out)
    write_goldens(out, fixture_texts())
    (out / "training.json").write_text(json.dumps(read_log(folder), indent=1) + "\n")
    print(f"made {out}")


def read_log(folder: Path) -> dict[str, list[dict]]:
    """Of every part, after what the unpacked model had behind it."""
    before, parts = folder / "training.json", ("pretrain", "reward", "rounded")
    log = json.loads(before.read_text()) if before.exists() else {part: [] for part in parts}
    for part in parts:
        own = folder / part / "log.json"
        if own.exists():
            log[part] = one_after_another(log[part] + json.loads(own.read_text()))
    return log


def fixture_texts() -> list[tuple[str, str]]:
    """The texts that every fixture is held to, odd and overlong ones among them."""
    return [(pair["prompt"], pair["response"]) for pair in json.loads(GOLDEN_TEXTS.read_text())["pairs"]]


@torch.no_grad()
def write_goldens(folder: Path, texts: list[tuple[str, str]]) -> None:
    """Prompts and responses, with the ids and rewards of the model in the folder."""
    model, pieces = load_checkpoint(folder), WordPiece.read(folder / "vocab.txt")
    pairs = []
    for prompt, response in texts:
        ids = pieces.encode_pair(prompt, response, model.config.max_position_embeddings)
        whole = len(pieces.encode(prompt)) + len(pieces.encode(response)) + 3
        score = model(torch.tensor([ids])).item()
        pairs.append({"prompt": prompt, "response": response, "ids": ids, "untruncated_tokens": whole, "score": score})
    reference = f"training/model.py, torch {torch.__version__}, fp32, token types all zero"
    (folder / "goldens.json").write_text(json.dumps({"reference": reference, "pairs": pairs}, indent=1) + "\n")


if __name__ == "__main__":
    export(sys.argv[1])
