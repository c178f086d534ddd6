"""Puts another vocabulary, with its embeddings, where unpack.py left one."""

import json
from pathlib import Path

import torch
from torch import Tensor

from checkpoint import read_config


def read_embeddings(folder: Path) -> Tensor:
    """`[vocabulary, hidden]`"""
    return torch.load(folder / "reward" / "state.pt", weights_only=False)["model"]["words.weight"]


def replace_words(folder: Path, pieces: list[str], embeddings: Tensor) -> None:
    """A row of the embeddings for each piece, in their order."""
    path = folder / "reward" / "state.pt"
    model = torch.load(path, weights_only=False)["model"]
    torch.save({"model": model | {"words.weight": embeddings}}, path)
    config = vars(read_config(folder)) | {"vocab_size": len(pieces)}
    (folder / "config.json").write_text(json.dumps(config) + "\n")
    (folder / "vocab.txt").write_text("".join(f"{piece}\n" for piece in pieces))
