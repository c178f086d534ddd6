"""Takes from a model's vocabulary the pieces that training says least: a smaller file for a few tokens more.

Usage: python3 training/fewer_words.py NAME --size N
Changes .cache/training/NAME/, as unpack.py or more_words.py left it. What loses its piece is cut into others.
"""

import argparse
import json
import random
from collections import Counter

import torch

from checkpoint import read_config
from contrasts import Contrasts
from examples import read_examples
from paths import EXAMPLES, WORK
from train import draw_group
from wordpiece import SPECIAL, WordPiece, split_words

GROUPS = 40_000
"""About half as many as a training of 6,500 steps draws."""


def said(contrasts: Contrasts, pieces: WordPiece, groups: int) -> Counter[int]:
    """How often each piece is in prompts and answers that training draws."""
    rng, words = random.Random(5), Counter[str]()
    for _ in range(groups):
        group = draw_group(contrasts, rng)
        for text in (group.prompt, *(answer.response for answer in group.answers)):
            words.update(split_words(text))
    found: Counter[int] = Counter()
    for word, count in words.items():
        for token in pieces.encode_word(word):
            found[token] += count
    return found


def kept(pieces: WordPiece, counts: Counter[int], size: int) -> list[int]:
    """In their order. Characters stay, or there would be words that no pieces make."""
    needed = [i for piece, i in pieces.ids.items() if piece in SPECIAL or len(piece.removeprefix("##")) == 1]
    others = sorted(set(pieces.ids.values()) - set(needed), key=lambda i: (-counts[i], i))
    return sorted([*needed, *others[: size - len(needed)]])


def drop_words(name: str, size: int) -> None:
    folder = WORK / name
    pieces = WordPiece.read(folder / "vocab.txt")
    ids = kept(pieces, said(Contrasts(read_examples(EXAMPLES), "train"), pieces, GROUPS), size)
    state = torch.load(folder / "reward" / "state.pt", weights_only=False)["model"]
    state["words.weight"] = state["words.weight"][ids]
    torch.save({"model": state}, folder / "reward" / "state.pt")
    (folder / "config.json").write_text(json.dumps(vars(read_config(folder)) | {"vocab_size": len(ids)}) + "\n")
    names = list(pieces.ids)
    (folder / "vocab.txt").write_text("".join(f"{names[i]}\n" for i in ids))
    print(len(names) - len(ids), "pieces less")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--size", type=int, required=True, help="of the vocabulary in the end")
    args = parser.parse_args()
    drop_words(args.name, args.size)
