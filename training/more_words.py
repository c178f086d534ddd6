"""Gives a model whole words for those that its vocabulary cuts, to train it further: fewer tokens, and a word's meaning in one place.

Usage: python3 training/more_words.py NAME --size N
Changes .cache/training/NAME/ as unpack.py left it.
"""

import argparse
from collections import Counter

import torch

from associations import TOPICS, Topic
from examples import Example, read_examples
from paths import EXAMPLES, WORK
from replace_words import read_embeddings, replace_words
from wordpiece import UNK, WordPiece, split_words

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
    rows = read_embeddings(folder)
    means = [rows[pieces.encode_word(word)].mean(0) for word in added]
    replace_words(folder, [*pieces.ids, *added], torch.cat([rows, torch.stack(means)]))
    print(len(added), "words, the last of them", added[-3:])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--size", type=int, required=True, help="of the vocabulary in the end")
    args = parser.parse_args()
    add_words(args.name, args.size)
