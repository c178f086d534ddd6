"""The checkpoint of a model folder, to train further what ships or to convert it anew: the weights that its 8 bits stand for.

Usage: python3 training/unpack.py public/models/demo NAME
Writes .cache/training/NAME/reward-scorer-demo/ as export.py would, and what `train.py NAME --rounded` starts from. Its vocabulary
is the model's, not prepare.py's, which new phrases change. What no reward depends on (the pooler, the biases of keys) is zero; token type
0 is in the places, the biases of values in those of the layer after attention.
"""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor

from checkpoint import hub_name, read_config, save_checkpoint
from export import fixture_texts, write_goldens
from model import RewardModel
from paths import WORK

DTYPES = {1: torch.float32, 2: torch.uint8, 3: torch.int8}
"""By the numbers of onnx.proto, as are the fields' numbers below."""
GRAPH, INITIALIZER = 7, 5
DIMS, DTYPE, NAME, EXTERNAL = 1, 2, 8, 13
VARINT, LENGTH_FIRST, FIXED_LENGTHS = 0, 2, {1: 8, 5: 4}
"""Wire types of protobuf."""
UINT8_ZERO = 128
UNREAD = ("pooler.", ".key.bias", ".value.bias", "types.")
"""What the graph leaves out, since no reward depends on it, or has in another place."""
FOLDED = ("+type0", "+value")
"""Ends of the names of what has another tensor in it."""


def varint(message: bytes, at: int) -> tuple[int, int]:
    """A number, and where the next thing begins."""
    value, shift = 0, 0
    while True:
        byte = message[at]
        at, value, shift = at + 1, value | (byte & 127) << shift, shift + 7
        if byte < 128:
            return value, at


def varints(packed: bytes) -> list[int]:
    found, at = [], 0
    while at < len(packed):
        value, at = varint(packed, at)
        found.append(value)
    return found


def fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Numbers and contents of a protobuf message."""
    at = 0
    while at < len(message):
        key, at = varint(message, at)
        number, kind = key >> 3, key & 7
        if kind == VARINT:
            value, at = varint(message, at)
            yield number, value
            continue
        length, at = varint(message, at) if kind == LENGTH_FIRST else (FIXED_LENGTHS[kind], at)
        yield number, message[at : at + length]
        at += length


def read_initializers(graph: Path) -> dict[str, Tensor]:
    """Those whose values lie in the file beside the graph."""
    (model,) = (content for number, content in fields(graph.read_bytes()) if number == GRAPH)
    found = {}
    for number, content in fields(model):
        if number != INITIALIZER:
            continue
        parts = list(fields(content))
        entries = [dict(fields(entry)) for number, entry in parts if number == EXTERNAL]
        if not entries:
            continue
        where = {entry[1].decode(): entry[2].decode() for entry in entries}
        one = dict(parts)
        start = int(where["offset"])
        data = bytearray((graph.parent / where["location"]).read_bytes()[start : start + int(where["length"])])
        found[one[NAME].decode()] = torch.frombuffer(data, dtype=DTYPES[one[DTYPE]]).reshape(varints(one[DIMS]))
    return found


def weight_of(name: str, stored: dict[str, Tensor]) -> Tensor | None:
    """A tensor of the checkpoint, `[out, in]` where it is a matrix."""
    if name in stored:
        return stored[name].T if stored[name].dim() > 1 else stored[name]
    for end in FOLDED:
        if f"{name}{end}" in stored:
            return stored[f"{name}{end}"]
    if f"{name}.values" in stored:
        return (stored[f"{name}.values"].float() * stored[f"{name}.scales"]).T
    columns = [key.removesuffix(".values") for key in stored if key.startswith(f"{name}[") and key.endswith(".values")]
    parts = [((stored[f"{at}.values"].float() - UINT8_ZERO) * stored[f"{at}.scales"]).flatten(1) for at in columns]
    return torch.cat(parts, 1) if parts else None


def read_model(folder: Path) -> RewardModel:
    stored = read_initializers(folder / "onnx" / "model_quantized.onnx")
    model = RewardModel(read_config(folder))
    state = {}
    for key, tensor in model.state_dict().items():
        found = weight_of(hub_name(key), stored)
        if found is None and not any(part in key for part in UNREAD):
            raise SystemExit(f"{folder}: expected {hub_name(key)} in the q8 graph, found {', '.join(stored)}")
        state[key] = torch.zeros_like(tensor) if found is None else found.reshape(tensor.shape).contiguous()
    model.load_state_dict(state)
    return model


def read_vocabulary(folder: Path) -> list[str]:
    ids = json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"]
    return sorted(ids, key=ids.__getitem__)


def unpack(folder: Path, name: str) -> None:
    model = read_model(folder)
    out = WORK / name
    (out / "reward").mkdir(parents=True)
    (out / "vocab.txt").write_text("".join(f"{piece}\n" for piece in read_vocabulary(folder)))
    (out / "config.json").write_text(json.dumps(vars(model.config)) + "\n")
    shutil.copy(folder / "training.json", out / "training.json")
    torch.save({"model": model.state_dict()}, out / "reward" / "state.pt")
    save_checkpoint(model, out / "vocab.txt", out / "reward-scorer-demo")
    write_goldens(out / "reward-scorer-demo", fixture_texts())


if __name__ == "__main__":
    unpack(Path(sys.argv[1]), sys.argv[2])
