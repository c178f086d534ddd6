"""Holds what is unpacked from the model that ships against the rewards of the checkpoint it was made from."""

import hashlib
import json
import tempfile
import unittest
from pathlib import Path

import torch

from paths import ROOT
from unpack import read_model, read_vocabulary, unpack
from wordpiece import WordPiece

MODEL = ROOT / "public" / "models" / "demo"
GOLDENS = ROOT / "test" / "fixtures" / "demo" / "goldens.json"


class Unpack(unittest.TestCase):
    @torch.no_grad()
    def test_gives_the_rewards_of_the_checkpoint(self) -> None:
        model = read_model(MODEL)
        for pair in json.loads(GOLDENS.read_text())["pairs"]:
            with self.subTest(pair["prompt"][:40]):
                self.assertAlmostEqual(model(torch.tensor([pair["ids"]])).item(), pair["score"], delta=1e-5)

    def test_gives_the_checkpoint_that_the_folder_names(self) -> None:
        (weights,) = json.loads((MODEL / "reward.json").read_text())["source"]["weights"]
        with tempfile.TemporaryDirectory() as name:
            unpack(MODEL, name)
            found = (Path(name) / "reward-scorer-demo" / weights["path"]).read_bytes()
        self.assertEqual(hashlib.sha256(found).hexdigest(), weights["sha256"])

    def test_has_a_piece_for_every_id(self) -> None:
        self.assertEqual(len(read_vocabulary(MODEL)), read_model(MODEL).config.vocab_size)

    def test_keeps_the_vocabulary_with_the_weights(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            unpack(MODEL, name)
            self.assertEqual(list(WordPiece.read(Path(name) / "vocab.txt").ids), read_vocabulary(MODEL))


if __name__ == "__main__":
    unittest.main()
