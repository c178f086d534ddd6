"""Weights to begin with, by which the model knows a token's neighbours and finds an answer's words in its prompt. All of them are
trained on from there: a model of this size that begins at random is slow to come upon either by itself.

1. A token's place is given by waves. Two heads of the first layer look one place back and one place ahead.
2. A third head of that layer reads the first [SEP] from behind it, and the start from before it: on which side a token stands. Two units
   of the same layer that compare places were as good to begin with, but grow with the distance: eight bits lose them.
3. Half of the heads of the second layer look for the token that they stand on, and read the sides on which it was found.
4. Two units of the second layer say where that is not a token's own side alone.
"""

import torch

from model import PRETRAINED_POSITIONS, RewardModel
from wordpiece import SEP

PLACE, IS_SEPARATOR, SIDE, SIDES_FOUND, FOUND = -1, -2, -3, -4, -5
"""Numbers of a token's state that are kept free for this; before them stand the waves."""
WAVES = 16
SPREAD = 0.03
"""Of the embeddings."""
NEAR = 1.3
"""Queries and keys of places: at 16 waves the neighbour stands out among a hundred places."""
FULL_STEPS = PRETRAINED_POSITIONS
"""Places behind it lie closer together, or their number would drown the word in long texts."""
SEPARATOR = 0.1
READ_SEPARATOR, READ_START = 3.2, -1.7
"""That number of [SEP] and the place of [CLS], as the first layer reads them, normalized."""
REACH = 30
"""A neighbouring place is 1.5 of the score away."""
SAME = 1.2
"""Queries and keys of equal tokens: at 32 numbers a head, another place of the token stands out as one of a hundred."""


@torch.no_grad()
def set_starting_weights(model: RewardModel) -> None:
    """For models of two layers or more, four heads or more, 32 numbers a head."""
    kept = [PLACE, IS_SEPARATOR, SIDE, SIDES_FOUND, FOUND]
    places = torch.arange(model.config.max_position_embeddings)
    waves = wave_numbers(model)
    for table in (model.words, model.positions, model.types):
        table.weight[:, kept] = 0
    model.words.weight[:, waves] = 0
    model.types.weight[:] = 0
    model.positions.weight[:] = 0
    angles = places[:, None] * frequencies()
    model.positions.weight[:, waves] = SPREAD * 2**0.5 * torch.cat([angles.sin(), angles.cos()], 1)
    steps = places.clamp(max=FULL_STEPS) + (places - FULL_STEPS).clamp(min=0) / 4
    model.positions.weight[:, PLACE] = 0.1 * (steps / 64 - 0.5)
    model.words.weight[SEP, IS_SEPARATOR] = SEPARATOR
    for layer in model.layers[:2]:
        layer.output.weight[kept] = 0
        layer.down.weight[kept] = 0
    model.layers[0].output.weight.mul_(0.5)
    look_beside(model)
    tell_sides(model)
    find_the_same(model)


@torch.no_grad()
def spread_positions(model: RewardModel, seen: int) -> None:
    """Gives places behind the first `seen` ones, which training never saw, what the last seen have in common; waves and
    number they have."""
    own = [*wave_numbers(model), model.config.hidden_size + PLACE]
    others = [i for i in range(model.config.hidden_size) if i not in own]
    known = model.positions.weight[seen // 2 : seen]
    model.positions.weight[seen:, others] = known[:, others].mean(0)


def wave_numbers(model: RewardModel) -> list[int]:
    last = model.config.hidden_size + FOUND
    return list(range(last - 2 * WAVES, last))


def frequencies() -> torch.Tensor:
    """`[waves]`, in radians a place; not evenly spaced, or they would meet again after 65 places."""
    return 0.1 + 2.9 * torch.linspace(0, 1, WAVES) ** 1.5


def look_beside(model: RewardModel) -> None:
    layer, waves = model.layers[0], wave_numbers(model)
    for head, step in enumerate((-1, 1)):
        own = range(head * 2 * WAVES, (head + 1) * 2 * WAVES)
        turn = frequencies() * step
        cos, sin = torch.diag(turn.cos()), torch.diag(turn.sin())
        turned = torch.cat([torch.cat([cos, sin], 1), torch.cat([-sin, cos], 1)])
        for part, weights in ((layer.query, turned), (layer.key, torch.eye(2 * WAVES))):
            for row, values in zip(own, weights):
                part.weight[row] = 0
                part.weight[row, waves] = NEAR * values


def tell_sides(model: RewardModel) -> None:
    """Scores of keys, all times REACH: [SEP], the nearer to the start the higher; any other, the lower the further from the start the
    asking token stands, and the start itself above the rest. So tokens before the first [SEP] read the start, those behind it read [SEP].
    """
    layer, size = model.layers[0], model.config.hidden_size // model.config.num_attention_heads
    first = model.config.hidden_size - size
    for part in (layer.query, layer.key, layer.value):
        part.weight[first:] = 0
    strength = (REACH * size**0.5) ** 0.5
    separator, start = READ_SEPARATOR, READ_START
    layer.query.weight[first, PLACE] = -strength
    layer.key.bias[first] = strength
    layer.key.weight[first, IS_SEPARATOR] = -strength / separator
    layer.query.bias[first + 1] = strength
    layer.key.weight[first + 1, PLACE] = -strength
    layer.key.weight[first + 1, IS_SEPARATOR] = -strength * start / separator
    layer.value.weight[first, IS_SEPARATOR] = 1 / separator
    layer.output.weight[:, first:] = 0
    layer.output.weight[SIDE, first] = 2


def find_the_same(model: RewardModel) -> None:
    layer, size = model.layers[1], model.config.hidden_size // model.config.num_attention_heads
    heads = model.config.num_attention_heads // 2
    for part in (layer.query, layer.key):
        part.weight[: heads * size] = 0
        part.weight[: heads * size, : heads * size] = SAME * torch.eye(heads * size)
    for head in range(heads):
        layer.value.weight[head * size] = 0
        layer.value.weight[head * size, SIDE] = 1
        layer.output.weight[SIDES_FOUND, head * size] = 0.6
    layer.up.weight[:2] = 0
    layer.up.weight[0, SIDE], layer.up.weight[0, SIDES_FOUND] = 3, -3
    layer.up.weight[1, SIDE], layer.up.weight[1, SIDES_FOUND] = -3, 3
    layer.down.weight[:, :2] = 0
    layer.down.weight[FOUND, :2] = 1
