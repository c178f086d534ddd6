"""Masked-language pretraining on all the text that is not held out, both languages alike.

Usage: python3 training/pretrain.py NAME [--steps N] [--layers L] [--hidden H] [--wide W] [--heads A]
State and log: .cache/training/NAME/pretrain/. Started again, it goes on.
"""

import argparse
import json
import random
from collections import defaultdict

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from model import Config, RewardModel, pad
from paths import TEXTS, VOCABULARY, WORK
from progress import Progress
from wordpiece import CLS, MASK, SEP, WordPiece

TOKENS_A_BATCH = 5_000
LONGEST = 128
MASKED = 0.2
SAVE_EVERY = 100


class Predictor(nn.Module):
    """Guesses masked tokens; its output weights are the embeddings."""

    def __init__(self, model: RewardModel) -> None:
        super().__init__()
        hidden = model.config.hidden_size
        self.model = model
        self.dense, self.norm = nn.Linear(hidden, hidden), nn.LayerNorm(hidden)
        self.bias = nn.Parameter(torch.zeros(model.config.vocab_size))

    def forward(self, ids: Tensor, mask: Tensor, labels: Tensor) -> Tensor:
        """labels: `[batch, sequence]`, the hidden token, or -1 where none is hidden."""
        at = labels >= 0
        guesses = self.norm(F.gelu(self.dense(self.model.hidden_states(ids, mask)[at])))
        return F.cross_entropy(F.linear(guesses, self.model.words.weight, self.bias), labels[at])


def read_rows(pieces: WordPiece) -> dict[str, list[list[int]]]:
    """Tokens by language, sorted by length."""
    rows: dict[str, list[list[int]]] = defaultdict(list)
    with TEXTS.open() as file:
        for line in file:
            language, first, second = json.loads(line)
            ids = pieces.encode_pair(first, second, LONGEST) if second else [CLS, *pieces.encode(first)[: LONGEST - 2], SEP]
            if len(ids) > 6:
                rows[language].append(ids)
    return {language: sorted(found, key=len) for language, found in rows.items()}


def batch_of(rows: dict[str, list[list[int]]], rng: random.Random) -> list[list[int]]:
    """Rows of one language of about one length."""
    found = rows[rng.choice(["en", "pt"])]
    start = rng.randrange(len(found))
    count = max(8, TOKENS_A_BATCH // len(found[start]))
    return [found[min(len(found) - 1, start + rng.randrange(count * 2))] for _ in range(count)]


def hide(ids: Tensor, vocabulary: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Of a fifth of the tokens, four fifths become [MASK], a tenth another token, a tenth stay."""
    chance = torch.rand(ids.shape, generator=generator)
    chosen = (chance < MASKED) & (ids > MASK)
    how = torch.rand(ids.shape, generator=generator)
    others = torch.randint(MASK + 1, vocabulary, ids.shape, generator=generator)
    hidden = torch.where(chosen & (how < 0.8), MASK, ids)
    hidden = torch.where(chosen & (how >= 0.9), others, hidden)
    return hidden, torch.where(chosen, ids, -1)


def pretrain(name: str, config: Config, steps: int) -> None:
    torch.manual_seed(7)
    pieces = WordPiece.read(VOCABULARY)
    rows = read_rows(pieces)
    model = Predictor(RewardModel(config))
    progress = Progress(WORK / name / "pretrain", model, steps, 1.5e-3, seed=7)
    (WORK / name / "config.json").write_text(json.dumps(vars(config)) + "\n")
    total = 0.0
    while progress.step < steps:
        rng = progress.rng(progress.step)
        ids, mask = pad(batch_of(rows, rng))
        hidden, labels = hide(ids, config.vocab_size, torch.Generator().manual_seed(progress.step))
        loss = model(hidden, mask, labels)
        progress.update(loss)
        total += loss.item()
        if progress.step % SAVE_EVERY == 0 or progress.step == steps:
            progress.save(loss=total / SAVE_EVERY)
            total = 0.0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--wide", type=int, default=256)
    parser.add_argument("--heads", type=int, default=2)
    args = parser.parse_args()
    size = len(WordPiece.read(VOCABULARY).ids)
    config = Config(size, args.hidden, args.layers, args.heads, args.wide)
    pretrain(args.name, config, args.steps)
