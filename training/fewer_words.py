"""Takes from a model's vocabulary the pieces that training says least: a smaller file for a few tokens more.

Usage: python3 training/fewer_words.py NAME --size N
Changes .cache/training/NAME/, as unpack.py or more_words.py left it. What loses its piece is cut into others.
"""

import argparse
import random
from collections import Counter
from pathlib import Path

from contrasts import Contrasts
from examples import read_examples
from paths import EXAMPLES, WORK
from replace_words import read_embeddings, replace_words
from train import draw_group
from wordpiece import SPECIAL, WordPiece, split_words

GROUPS = 40_000


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


def keep_words(folder: Path, ids: list[int]) -> None:
    names = list(WordPiece.read(folder / "vocab.txt").ids)
    replace_words(folder, [names[i] for i in ids], read_embeddings(folder)[ids])
    print(len(names) - len(ids), "pieces less")


def drop_words(folder: Path, size: int) -> None:
    pieces = WordPiece.read(folder / "vocab.txt")
    counts = said(Contrasts(read_examples(EXAMPLES), "train"), pieces, GROUPS)
    keep_words(folder, kept(pieces, counts, size))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--size", type=int, required=True, help="of the vocabulary in the end")
    args = parser.parse_args()
    drop_words(WORK / args.name, args.size)
