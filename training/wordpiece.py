"""Cased WordPiece as BERT has it: the vocabulary learned, and texts cut into it."""

import heapq
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

PAD, UNK, CLS, SEP, MASK = 0, 100, 101, 102, 103
SPECIAL = ["[PAD]", *(f"[unused{i}]" for i in range(1, 100)), "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
SPECIAL_TOKENS = re.compile(r"(\[(?:PAD|UNK|CLS|SEP|MASK)\])")
LONGEST_WORD = 100


def is_punctuation(char: str) -> bool:
    code = ord(char)
    ascii_sign = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return ascii_sign or unicodedata.category(char).startswith("P")


def is_cjk(code: int) -> bool:
    ranges = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
    return any(low <= code <= high for low, high in ranges)


def split_words(text: str) -> list[str]:
    """Words and signs: control characters dropped, cut at spaces and around punctuation."""
    found, word = [], ""
    for char in text:
        alone = is_punctuation(char) or is_cjk(ord(char))
        space = char in "\t\n\r" or unicodedata.category(char).startswith("Z")
        if not space and (char in "\0\ufffd" or unicodedata.category(char).startswith("C")):
            continue
        if space or alone:
            if word:
                found.append(word)
            word = ""
            if alone:
                found.append(char)
        else:
            word += char
    return [*found, word] if word else found


def learn_vocabulary(counts: Counter[str], size: int) -> list[str]:
    """Merges the most frequent neighbours, word by word, until the vocabulary has its size."""
    counts = Counter({w: c for w, c in counts.items() if c >= 3 and len(w) <= 40})
    pieces = {w: [w[0], *("##" + c for c in w[1:])] for w in counts}
    chars: Counter[str] = Counter()
    for word, split in pieces.items():
        for piece in split:
            chars[piece] += counts[word]
    alphabet = {p for p, c in chars.most_common(900) if c >= 8}
    words = [(split, counts[w]) for w, split in pieces.items() if alphabet.issuperset(split)]
    pairs: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], set[int]] = defaultdict(set)
    for i, (split, count) in enumerate(words):
        for pair in pairwise(split):
            pairs[pair] += count
            where[pair].add(i)
    vocabulary = dict.fromkeys([*SPECIAL, *sorted(alphabet)])
    heap = [(-count, pair) for pair, count in pairs.items()]
    heapq.heapify(heap)
    while len(vocabulary) < size and heap:
        negative, pair = heapq.heappop(heap)
        if -negative != pairs[pair]:
            if pairs[pair] >= 2:
                heapq.heappush(heap, (-pairs[pair], pair))
            continue
        merged = pair[0] + pair[1].removeprefix("##")
        vocabulary[merged] = None
        grown = set()
        for i in list(where[pair]):
            split, count = words[i]
            for old in pairwise(split):
                pairs[old] -= count
                where[old].discard(i)
            split = merge(split, pair, merged)
            words[i] = split, count
            for new in pairwise(split):
                pairs[new] += count
                where[new].add(i)
                grown.add(new)
        for new in grown:
            heapq.heappush(heap, (-pairs[new], new))
    return list(vocabulary)


def merge(split: list[str], pair: tuple[str, str], merged: str) -> list[str]:
    result, i = [], 0
    while i < len(split):
        if tuple(split[i : i + 2]) == pair:
            result.append(merged)
            i += 2
        else:
            result.append(split[i])
            i += 1
    return result


class WordPiece:
    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.ids = {token: i for i, token in enumerate(vocabulary)}
        self.cache: dict[str, list[int]] = {}

    @classmethod
    def read(cls, path: Path) -> "WordPiece":
        return cls(path.read_text().split("\n")[:-1])

    def encode(self, text: str) -> list[int]:
        """A special token that stands in the text is that token, as in BERT's own tokenizer."""
        return [i for part in SPECIAL_TOKENS.split(text) for i in self.encode_part(part)]

    def encode_part(self, part: str) -> list[int]:
        if SPECIAL_TOKENS.fullmatch(part):
            return [self.ids[part]]
        return [i for word in split_words(part) for i in self.encode_word(word)]

    def encode_word(self, word: str) -> list[int]:
        if word not in self.cache:
            self.cache[word] = self.cut(word)
        return self.cache[word]

    def cut(self, word: str) -> list[int]:
        """The longest known piece first; the whole word is unknown where one of its parts is."""
        if len(word) > LONGEST_WORD:
            return [UNK]
        found, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = word[start:end] if start == 0 else "##" + word[start:end]
                if piece in self.ids:
                    found.append(self.ids[piece])
                    start = end
                    break
            else:
                return [UNK]
        return found

    def encode_pair(self, prompt: str, response: str, most: int) -> list[int]:
        return join_pair(self.encode(prompt), self.encode(response), most)


def join_pair(prompt: list[int], response: list[int], most: int) -> list[int]:
    """`[CLS] prompt [SEP] response [SEP]`, the longer one cut to fit."""
    first, second = len(prompt), len(response)
    for _ in range(max(0, first + second + 3 - most)):
        if first > second:
            first -= 1
        else:
            second -= 1
    return [CLS, *prompt[:first], SEP, *response[:second], SEP]
