"""Pretraining on all the text that is not held out, both languages alike: masked tokens, and whether a second part belongs to the first.

Usage: python3 training/pretrain.py NAME [--steps N] [--layers L] [--hidden H] [--wide W] [--heads A] [--bfloat16]
State and log: .cache/training/NAME/pretrain/. Started again, it goes on.
"""

import argparse
import itertools
import json
import random
import shutil
from collections import defaultdict
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from model import PRETRAINED_POSITIONS, Config, RewardModel, pad
from paths import TEXTS, VOCABULARY, WORK
from progress import Progress
from starting_weights import set_starting_weights
from wordpiece import CLS, MASK, SEP, WordPiece, join_pair

TOKENS_A_BATCH = 6_000
MASKED = 0.15
SAVE_EVERY = 100


@dataclass(frozen=True)
class Text:
    group: str
    first: list[int]
    second: list[int]

    def __len__(self) -> int:
        return min(PRETRAINED_POSITIONS, len(self.first) + len(self.second) + 3)


class Predictor(nn.Module):
    """Guesses masked tokens, its output weights being the embeddings, and whether the two parts belong together."""

    def __init__(self, model: RewardModel) -> None:
        super().__init__()
        hidden = model.config.hidden_size
        self.model = model
        self.dense, self.norm = nn.Linear(hidden, hidden), nn.LayerNorm(hidden)
        self.bias = nn.Parameter(torch.zeros(model.config.vocab_size))
        self.belong1, self.belong2 = nn.Linear(hidden, hidden), nn.Linear(hidden, 1)

    @torch.no_grad()
    def set_frequencies(self, texts: dict[tuple[str, str], list[Text]]) -> None:
        """The bias of the guesses: how often each token stands in the texts."""
        counts = torch.ones_like(self.bias)
        for text in itertools.chain.from_iterable(texts.values()):
            ids = torch.tensor([*text.first, *text.second])
            counts.index_add_(0, ids, torch.ones(len(ids)))
        self.bias.copy_((counts / counts.sum()).log())

    def forward(self, ids: Tensor, mask: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """labels: `[batch, sequence]`, the hidden token, or -1 where none is hidden. Loss of the tokens; logits `[batch]`."""
        states = self.model.hidden_states(ids, mask)
        at = labels >= 0
        guesses = self.norm(F.gelu(self.dense(states[at])))
        tokens = F.cross_entropy(F.linear(guesses, self.model.words.weight, self.bias), labels[at])
        return tokens, self.belong2(torch.tanh(self.belong1(states[:, 0]))).squeeze(-1)


def read_texts(pieces: WordPiece) -> dict[tuple[str, str], list[Text]]:
    """By language and source, sorted by length."""
    found: dict[tuple[str, str], list[Text]] = defaultdict(list)
    with TEXTS.open() as file:
        for line in file:
            language, source, group, first, second = json.loads(line)
            text = Text(group, pieces.encode(first)[: PRETRAINED_POSITIONS * 2], pieces.encode(second)[: PRETRAINED_POSITIONS * 2])
            if len(text) > 8:
                found[language, source].append(text)
    return {key: sorted(texts, key=len) for key, texts in found.items()}


def batch_of(texts: dict[tuple[str, str], list[Text]], rng: random.Random) -> tuple[list[list[int]], list[float]]:
    """Rows of one source and about one length, half of the pairs crossed; and whether each belongs together, -1 where it is no pair."""
    language = rng.choice(["en", "pt"])
    keys = [key for key in texts if key[0] == language]
    found = texts[rng.choices(keys, [len(texts[key]) ** 0.5 for key in keys])[0]]
    start = rng.randrange(len(found))
    window = found[start : start + 2 * TOKENS_A_BATCH // len(found[start])]
    chosen = [rng.choice(window) for _ in range(max(8, TOKENS_A_BATCH // len(window[-1])))]
    rows, belong = [], []
    for text in chosen:
        other = rng.choice(chosen)
        if not text.second:
            rows.append([CLS, *text.first[: PRETRAINED_POSITIONS - 2], SEP])
            belong.append(-1.0)
        elif rng.random() < 0.5 and other.second and other.group != text.group and other.second != text.second:
            rows.append(join_pair(text.first, other.second, PRETRAINED_POSITIONS))
            belong.append(0.0)
        else:
            rows.append(join_pair(text.first, text.second, PRETRAINED_POSITIONS))
            belong.append(1.0)
    return rows, belong


def hide(ids: Tensor, vocabulary: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Of the chosen tokens, four fifths become [MASK], a tenth another token, a tenth stay."""
    chance = torch.rand(ids.shape, generator=generator)
    chosen = (chance < MASKED) & (ids > MASK)
    how = torch.rand(ids.shape, generator=generator)
    others = torch.randint(MASK + 1, vocabulary, ids.shape, generator=generator)
    hidden = torch.where(chosen & (how < 0.8), MASK, ids)
    hidden = torch.where(chosen & (how >= 0.9), others, hidden)
    return hidden, torch.where(chosen, ids, -1)


def own_vocabulary(name: str) -> WordPiece:
    """prepare.py's as it is when the training begins: a later one has other ids."""
    path = WORK / name / "vocab.txt"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(VOCABULARY, path)
    return WordPiece.read(path)


def pretrain(name: str, config: Config, steps: int, bfloat16: bool) -> None:
    torch.manual_seed(7)
    texts = read_texts(own_vocabulary(name))
    predictor = Predictor(RewardModel(config))
    set_starting_weights(predictor.model)
    predictor.set_frequencies(texts)
    progress = Progress(WORK / name / "pretrain", predictor, steps, 1.6e-3, seed=7)
    (WORK / name / "config.json").write_text(json.dumps(vars(config)) + "\n")
    figures = {"steps": 0.0, "tokens": 0.0, "belong": 0.0, "right": 0.0, "pairs": 0.0}
    while progress.step < steps:
        rows, belong = batch_of(texts, progress.rng(progress.step))
        ids, mask = pad(rows)
        hidden, labels = hide(ids, config.vocab_size, torch.Generator().manual_seed(progress.step))
        with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
            tokens, logits = predictor(hidden, mask, labels)
        wanted = torch.tensor(belong)
        pairs = wanted >= 0
        crossed = F.binary_cross_entropy_with_logits(logits.float()[pairs], wanted[pairs]) if pairs.any() else torch.zeros(())
        progress.update(tokens.float() + crossed)
        figures["steps"] += 1
        figures["tokens"] += tokens.item()
        figures["belong"] += crossed.item() * pairs.sum().item()
        figures["right"] += ((logits > 0) == (wanted > 0))[pairs].sum().item()
        figures["pairs"] += pairs.sum().item()
        if progress.step % SAVE_EVERY == 0 or progress.step == steps:
            count = max(1.0, figures["pairs"])
            progress.save(tokens=figures["tokens"] / figures["steps"], belong=figures["belong"] / count, right=figures["right"] / count)
            figures = dict.fromkeys(figures, 0.0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--wide", type=int, default=192)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--bfloat16", action="store_true", help="twice as fast on processors that multiply it")
    args = parser.parse_args()
    config = Config(len(own_vocabulary(args.name).ids), args.hidden, args.layers, args.heads, args.wide)
    pretrain(args.name, config, args.steps, args.bfloat16)
