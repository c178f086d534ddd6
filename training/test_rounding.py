"""Rounding in training is what the 8-bit artifact does to weights."""

import unittest

import torch

from model import Config, RewardModel


class Rounding(unittest.TestCase):
    def test_kept_weights_are_whole_steps_of_their_rows_largest(self) -> None:
        torch.manual_seed(3)
        model = RewardModel(Config(vocab_size=200))
        before = model.layers[0].up.weight.clone()
        model.keep_rounded_weights()
        for weight in (model.layers[0].up.weight, model.layers[2].query.weight, model.words.weight):
            steps = weight / (weight.abs().amax(-1, keepdim=True) / 127)
            self.assertLess((steps - steps.round()).abs().max(), 1e-3)
        largest = before.abs().amax(-1, keepdim=True)
        self.assertLess(((model.layers[0].up.weight - before).abs() / largest).max(), 0.51 / 127)

    def test_gradients_pass(self) -> None:
        torch.manual_seed(3)
        model = RewardModel(Config(vocab_size=200))
        model.round_to_8_bits()
        model(torch.tensor([[2, 5, 3, 7, 9, 3]])).sum().backward()
        self.assertGreater(model.layers[1].value.weight.grad.abs().max(), 0)
        self.assertGreater(model.words.weight.grad[7].abs().max(), 0)


if __name__ == "__main__":
    unittest.main()
