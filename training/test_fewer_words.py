"""Which pieces a vocabulary keeps."""

import json
import tempfile
import unittest
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import torch

from fewer_words import keep_words, kept
from model import Config
from replace_words import read_embeddings, replace_words
from wordpiece import SPECIAL, WordPiece

PIECES = WordPiece([*SPECIAL, "h", "hat", "##at", "##t", "hot", "a", "##o", "##a"])


class Kept(unittest.TestCase):
    def names(self, said: dict[str, int], size: int) -> list[str]:
        names = list(PIECES.ids)
        counts = Counter({PIECES.ids[piece]: count for piece, count in said.items()})
        return [names[i] for i in kept(PIECES, counts, len(SPECIAL) + size)][len(SPECIAL) :]

    def test_are_those_said_most_in_their_order(self) -> None:
        self.assertEqual(self.names({"hot": 9, "##at": 5, "hat": 2}, 7), ["h", "##at", "##t", "hot", "a", "##o", "##a"])
        self.assertEqual(self.names({"hat": 1}, 6), ["h", "hat", "##t", "a", "##o", "##a"])

    def test_every_word_is_cut_as_before_or_into_its_characters(self) -> None:
        fewer = WordPiece([*SPECIAL, *self.names({}, 5)])
        names = list(fewer.ids)
        self.assertEqual([names[i] for i in fewer.encode_word("hat")], ["h", "##a", "##t"])

    def test_keep_their_embeddings(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder, ids = Path(name), [0, 2, 3]
            (folder / "reward").mkdir()
            (folder / "config.json").write_text(json.dumps(asdict(Config(vocab_size=4))))
            torch.save({"model": {"words.weight": torch.zeros(4, 2), "other": 1}}, folder / "reward" / "state.pt")
            replace_words(folder, ["a", "b", "c", "d"], torch.arange(8.0).view(4, 2))
            keep_words(folder, ids)
            self.assertEqual((folder / "vocab.txt").read_text(), "a\nc\nd\n")
            self.assertEqual(read_embeddings(folder).tolist(), [[0, 1], [4, 5], [6, 7]])
            self.assertEqual(json.loads((folder / "config.json").read_text())["vocab_size"], 3)
            self.assertEqual(torch.load(folder / "reward" / "state.pt")["model"]["other"], 1)


if __name__ == "__main__":
    unittest.main()
