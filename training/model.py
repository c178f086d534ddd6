"""The `bert-reward` architecture: BERT, and a head of three layers on the first token."""

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

PRETRAINED_POSITIONS = 128
"""What pretraining reads at most; positions behind are then given what the last ones have in common (`spread_positions`)."""

INPUT_STEPS = 48
"""The 8-bit artifact has 127: what has learned to bear this is off by less there."""


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


class Linear(nn.Linear):
    """Can round as 8 bits do, inputs more coarsely: weights by output, inputs by token. Gradients pass as if nothing was rounded."""

    rounded = False

    def forward(self, x: Tensor) -> Tensor:
        if not self.rounded:
            return super().forward(x)
        return F.linear(round_rows(x, INPUT_STEPS), round_rows(self.weight), self.bias)


def round_rows(x: Tensor, steps: int = 127) -> Tensor:
    """To so many steps on either side of 0, a row having one scale."""
    x = x.float()
    step = x.detach().abs().amax(-1, keepdim=True).clamp(min=1e-12) / steps
    return x + (x / step).round().mul(step).sub(x).detach()


class Layer(nn.Module):
    def __init__(self, config: Config) -> None:
        super().__init__()
        hidden, wide = config.hidden_size, config.intermediate_size
        self.heads = config.num_attention_heads
        self.query, self.key, self.value, self.output = (Linear(hidden, hidden) for _ in range(4))
        self.attention_norm = nn.LayerNorm(hidden, eps=config.layer_norm_eps)
        self.up, self.down = Linear(hidden, wide), Linear(wide, hidden)
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
    rounded = False

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

    def round_to_8_bits(self) -> None:
        """From here on it computes as the 8-bit artifact does."""
        self.rounded = True
        for module in self.modules():
            if isinstance(module, Linear):
                module.rounded = True

    @torch.no_grad()
    def keep_rounded_weights(self) -> None:
        """Weights become what they are rounded to: 8 bits hold them as they are."""
        for module in self.modules():
            if isinstance(module, Linear):
                module.weight.copy_(round_rows(module.weight))
        self.words.weight.copy_(round_rows(self.words.weight))

    def hidden_states(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """Both `[batch, sequence]`; mask: true where a token is read, all where there is none."""
        mask = None if mask is None else mask[:, None, None, :]
        words = F.embedding(ids, round_rows(self.words.weight)) if self.rounded else self.words(ids)
        x = self.norm(words + self.positions.weight[: ids.shape[1]] + self.types.weight[0])
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """The rewards, `[batch]`."""
        first = self.hidden_states(ids, mask)[:, 0]
        return self.ff2(torch.tanh(self.ff1(F.relu(self.cls_layer1(first))))).squeeze(-1)


def pad(rows: list[list[int]]) -> tuple[Tensor, Tensor]:
    """Token ids and mask."""
    lengths = torch.tensor([len(row) for row in rows])
    longest = max(map(len, rows))
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    return ids, torch.arange(longest) < lengths[:, None]
