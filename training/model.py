"""The `bert-reward` architecture: BERT, and a head of three layers on the first token."""

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

TRAINED_POSITIONS = 160
"""Positions behind it are given what the last trained ones have in common (`spread_positions`)."""


@dataclass(frozen=True)
class Config:
    vocab_size: int = 12_000
    hidden_size: int = 128
    num_hidden_layers: int = 3
    num_attention_heads: int = 4
    intermediate_size: int = 192
    max_position_embeddings: int = 512
    type_vocab_size: int = 2
    layer_norm_eps: float = 1e-12
    linear_layer: int = 128

    def to_hub(self) -> dict[str, object]:
        fixed = {
            "hidden_act": "gelu",
            "linear_layer_output": 1,
            "pad_token_id": 0,
            "model_type": "bert-reward",
            "architectures": ["RewardModel"],
            "position_embedding_type": "absolute",
        }
        return asdict(self) | fixed


class Layer(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        hidden, wide = config.hidden_size, config.intermediate_size
        self.heads = config.num_attention_heads
        self.query, self.key, self.value, self.output = (nn.Linear(hidden, hidden) for _ in range(4))
        self.attention_norm = nn.LayerNorm(hidden, eps=config.layer_norm_eps)
        self.up, self.down = nn.Linear(hidden, wide), nn.Linear(wide, hidden)
        self.norm = nn.LayerNorm(hidden, eps=config.layer_norm_eps)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x: `[batch, sequence, hidden]`; mask: `[batch, 1, 1, sequence]`, true where a token is read."""
        batch, length, hidden = x.shape
        query, key, value = (part(x).view(batch, length, self.heads, -1).transpose(1, 2) for part in (self.query, self.key, self.value))
        weights = query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5
        if mask is not None:
            weights = weights.masked_fill(~mask, -1e4)
        read = weights.softmax(-1) @ value
        x = self.attention_norm(x + self.output(read.transpose(1, 2).reshape(batch, length, hidden)))
        return self.norm(x + self.down(F.gelu(self.up(x))))


class RewardModel(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        hidden, wide = config.hidden_size, config.linear_layer
        self.config = config
        self.words = nn.Embedding(config.vocab_size, hidden)
        self.positions = nn.Embedding(config.max_position_embeddings, hidden)
        self.types = nn.Embedding(config.type_vocab_size, hidden)
        self.norm = nn.LayerNorm(hidden, eps=config.layer_norm_eps)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.num_hidden_layers))
        self.pooler = nn.Linear(hidden, hidden)  # of the architecture, read by no one
        self.cls_layer1, self.ff1, self.ff2 = nn.Linear(hidden, wide), nn.Linear(wide, wide), nn.Linear(wide, 1)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, 0, module.in_features**-0.5)
                nn.init.zeros_(module.bias)
            elif isinstance(module, nn.Embedding):
                nn.init.normal_(module.weight, 0, 0.03)

    def hidden_states(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """Both `[batch, sequence]`; mask: true where a token is read, all where there is none."""
        mask = None if mask is None else mask[:, None, None, :]
        x = self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]] + self.types.weight[0])
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """The rewards, `[batch]`."""
        first = self.hidden_states(ids, mask)[:, 0]
        return self.ff2(torch.tanh(self.ff1(F.relu(self.cls_layer1(first))))).squeeze(-1)

    @torch.no_grad()
    def spread_positions(self) -> None:
        """Gives positions that training never saw the mean of the last that it did."""
        known = self.positions.weight[TRAINED_POSITIONS // 2 : TRAINED_POSITIONS]
        self.positions.weight[TRAINED_POSITIONS:] = known.mean(0)


def pad(rows: list[list[int]]) -> tuple[Tensor, Tensor]:
    """Token ids and mask."""
    lengths = torch.tensor([len(row) for row in rows])
    longest = max(map(len, rows))
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    return ids, torch.arange(longest) < lengths[:, None]
