"""Gives a model whole words for those that its vocabulary cuts, to train it further: fewer tokens, and a word's meaning in one place.

Usage: python3 training/more_words.py NAME [--size 24000]
Changes .cache/training/NAME/ as unpack.py left it.
"""

import argparse
import json
from collections import Counter

import torch

from associations import TOPICS, Topic
from checkpoint import read_config
from examples import Example, read_examples
from paths import EXAMPLES, WORK
from wordpiece import UNK, WordPiece, split_words

SIZE = 24_000
LEAST_TEXTS, LONGEST = 6, 25
DRAWN = 3
"""As so many texts an association counts, since it is drawn more often."""


def cut_words(examples: list[Example], topics: list[dict[str, Topic]], pieces: WordPiece, most: int) -> list[str]:
    """Those that cost most tokens in the examples and associations, a word counted once in each; both languages weigh the same."""
    counts = {language: Counter[str]() for language in ("en", "pt")}
    for example in examples:
        counts[example.language].update(set(split_words(f"{example.prompt} {example.response} {example.worse}")))
    for both in topics:
        for language, topic in both.items():
            counts[language].update({word: DRAWN for text in (topic.word, *topic.about) for word in split_words(text)})
    total = {language: sum(found.values()) for language, found in counts.items()}
    saved: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    for language, found in counts.items():
        for word, count in found.items():
            cut = pieces.encode_word(word)
            if len(cut) > 1 and UNK not in cut and word.isalpha() and len(word) <= LONGEST:
                saved[word] += round(count * (len(cut) - 1) * max(total.values()) / total[language])
                texts[word] += count
    common = [word for word in saved if texts[word] >= LEAST_TEXTS]
    return sorted(common, key=lambda word: (-saved[word], word))[:most]


def add_words(name: str, size: int) -> None:
    """A new word begins as the mean of its pieces."""
    folder = WORK / name
    pieces = WordPiece.read(folder / "vocab.txt")
    trained = [example for example in read_examples(EXAMPLES) if example.group.startswith("train")]
    added = cut_words(trained, TOPICS, pieces, size - len(pieces.ids))
    state = torch.load(folder / "reward" / "state.pt", weights_only=False)["model"]
    rows = state["words.weight"]
    state["words.weight"] = torch.cat([rows, torch.stack([rows[pieces.encode_word(word)].mean(0) for word in added])])
    config = vars(read_config(folder)) | {"vocab_size": len(pieces.ids) + len(added)}
    torch.save({"model": state}, folder / "reward" / "state.pt")
    (folder / "config.json").write_text(json.dumps(config) + "\n")
    (folder / "vocab.txt").write_text("".join(f"{piece}\n" for piece in [*pieces.ids, *added]))
    print(len(added), "words, the last of them", added[-3:])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--size", type=int, default=SIZE, help="of the vocabulary in the end")
    args = parser.parse_args()
    add_words(args.name, args.size)
