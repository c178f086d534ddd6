"""The starting weights do what they are said to, seen in the model that begins with them."""

import unittest

import torch
from torch import Tensor

from model import Config, Layer, RewardModel
from starting_weights import FOUND, SIDE, set_starting_weights
from wordpiece import CLS, SEP

FIRST = list(range(300, 340))
SECOND = [*range(400, 430), 305, 317, *range(430, 448)]
"""Two of the first part's tokens are in the second."""
IDS = [CLS, *FIRST, SEP, *SECOND, SEP]
AGAIN = [i for i, token in enumerate(IDS) if token in (305, 317)]

AROUND = 5
"""Places around the first [SEP] where a token's side may be mistaken."""


def attention(layer: Layer, x: Tensor) -> Tensor:
    """`[heads, sequence, sequence]`, for a state of `[sequence, hidden]`."""
    query, key = (part(x).view(len(x), layer.heads, -1).transpose(0, 1) for part in (layer.query, layer.key))
    return (query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5).softmax(-1)


class StartingWeights(unittest.TestCase):
    @classmethod
    @torch.no_grad()
    def setUpClass(cls) -> None:
        torch.manual_seed(3)
        model = RewardModel(Config(vocab_size=1000))
        set_starting_weights(model)
        x = model.norm(model.words(torch.tensor(IDS)) + model.positions.weight[: len(IDS)] + model.types.weight[0])
        cls.first = attention(model.layers[0], x)
        x = model.layers[0](x[None], None)[0]
        cls.side = x[:, SIDE]
        cls.second = attention(model.layers[1], x)
        cls.found = model.layers[1](x[None], None)[0, :, FOUND]

    def test_two_heads_look_beside(self) -> None:
        inside = range(1, len(IDS) - 1)
        self.assertTrue(all(self.first[0, i].argmax() == i - 1 for i in inside))
        self.assertTrue(all(self.first[1, i].argmax() == i + 1 for i in inside))
        self.assertGreater(self.first[0, 1:].diagonal().mean(), 0.8)

    def test_each_token_knows_its_side(self) -> None:
        separator = IDS.index(SEP)
        before, behind = self.side[1 : separator - AROUND], self.side[separator + AROUND : -1]
        self.assertGreater(behind.min() - before.max(), 1)

    def test_a_token_finds_its_other_place(self) -> None:
        for head in (0, 1):
            for i, j in zip(AGAIN, AGAIN[2:] + AGAIN[:2]):
                self.assertEqual(set(self.second[head, i].topk(2).indices.tolist()), {i, j})

    def test_what_is_on_both_sides_stands_out(self) -> None:
        separator = IDS.index(SEP)
        others = [i for i in range(1, len(IDS) - 1) if i not in AGAIN and abs(i - separator) > 2]
        self.assertGreater(self.found[AGAIN].mean(), self.found[others].quantile(0.9))


if __name__ == "__main__":
    unittest.main()
