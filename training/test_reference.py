"""Holds tokenizer and model against what transformers 4.27.1 gave for the fixtures (test/fixtures/README.md)."""

import json
import unittest

import torch

from checkpoint import load_checkpoint
from paths import ROOT
from wordpiece import WordPiece

FIXTURE = ROOT / "test" / "fixtures" / "bert-reward"


class Reference(unittest.TestCase):
    def setUp(self) -> None:
        self.pairs = json.loads((FIXTURE / "goldens.json").read_text())["pairs"]

    def test_word_pieces_are_those_of_the_reference(self) -> None:
        pieces = WordPiece.read(FIXTURE / "vocab.txt")
        for pair in self.pairs:
            with self.subTest(pair["prompt"][:40]):
                self.assertEqual(pieces.encode_pair(pair["prompt"], pair["response"], 512), pair["ids"])

    def test_rewards_are_those_of_the_reference(self) -> None:
        model = load_checkpoint(FIXTURE)
        for pair in self.pairs:
            with self.subTest(pair["prompt"][:40]), torch.no_grad():
                self.assertAlmostEqual(model(torch.tensor([pair["ids"]])).item(), pair["score"], delta=1e-4)


if __name__ == "__main__":
    unittest.main()
