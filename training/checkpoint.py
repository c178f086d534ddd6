"""A model as a folder in the Hub's layout: config.json, vocab.txt, tokenizer_config.json, model.safetensors."""

import json
import shutil
import struct
from pathlib import Path

import torch
from torch import Tensor

from model import Config, RewardModel

TOKENIZER = {
    "do_lower_case": False,
    "strip_accents": None,
    "tokenize_chinese_chars": True,
    "model_max_length": 512,
    "tokenizer_class": "BertTokenizer",
    "cls_token": "[CLS]",
    "sep_token": "[SEP]",
    "unk_token": "[UNK]",
    "pad_token": "[PAD]",
    "mask_token": "[MASK]",
}
PARTS = {
    "words": "bert.embeddings.word_embeddings",
    "positions": "bert.embeddings.position_embeddings",
    "types": "bert.embeddings.token_type_embeddings",
    "norm": "bert.embeddings.LayerNorm",
    "pooler": "bert.pooler.dense",
}
LAYER_PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm": "output.LayerNorm",
}


def hub_name(name: str) -> str:
    """`layers.0.up.weight` is `bert.encoder.layer.0.intermediate.dense.weight` on the Hub; the head's names are the same."""
    first, *rest = name.split(".")
    if first == "layers":
        number, part, kind = rest
        return f"bert.encoder.layer.{number}.{LAYER_PARTS[part]}.{kind}"
    return ".".join([PARTS.get(first, first), *rest])


def write_safetensors(tensors: dict[str, Tensor], path: Path) -> None:
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    data = b""
    for name in sorted(tensors):
        content = tensors[name].detach().float().contiguous().numpy().astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensors[name].shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """Its fp32 tensors; others (position ids) are no weights."""
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    data = bytearray(content[8 + length :])
    return {
        name: torch.frombuffer(data, dtype=torch.float32)[tensor["data_offsets"][0] // 4 : tensor["data_offsets"][1] // 4].reshape(
            tensor["shape"]
        )
        for name, tensor in header.items()
        if tensor.get("dtype") == "F32"
    }


def save_checkpoint(model: RewardModel, vocabulary: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(model.config.to_hub(), indent=2) + "\n")
    (folder / "tokenizer_config.json").write_text(json.dumps(TOKENIZER, indent=2) + "\n")
    shutil.copyfile(vocabulary, folder / "vocab.txt")
    write_safetensors({hub_name(name): tensor for name, tensor in model.state_dict().items()}, folder / "model.safetensors")


def read_config(folder: Path) -> Config:
    fields = json.loads((folder / "config.json").read_text())
    return Config(**{name: fields[name] for name in Config.__dataclass_fields__ if name in fields})


def load_checkpoint(folder: Path) -> RewardModel:
    model = RewardModel(read_config(folder))
    tensors = read_safetensors(folder / "model.safetensors")
    model.load_state_dict({name: tensors[hub_name(name)] for name in model.state_dict()})
    return model
