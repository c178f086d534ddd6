"""Learns rewards: squared error on them, and a ranking among the answers to one prompt.

Usage: python3 training/train.py NAME [--steps N] [--rounded] [--seed N] [--bfloat16]
Starts from what pretrain.py left for the same NAME. State and log: .cache/training/NAME/reward/. Started again, it goes on.
With --rounded: starts from there, rounds as the 8-bit artifact does, so that it costs less, and leaves .cache/training/NAME/rounded/.
"""

import argparse
import random
from collections import defaultdict

import torch
from torch import Tensor
from torch.nn import functional as F

from associations import association
from checkpoint import read_config
from contrasts import EASY, READING, Contrasts, Group, Scored, salad
from examples import read_examples
from model import PRETRAINED_POSITIONS, Config, RewardModel, pad
from paths import EXAMPLES, WORK
from progress import Progress
from starting_weights import spread_positions
from talk_tasks import asking
from task import Draw
from wordpiece import CLS, MASK, SEP, WordPiece

TOKENS_A_BATCH = 5_000
KINDS_A_GROUP = 6
"""More where chance has it."""
CHANCES = {
    "off-topic": 0.6,
    "shuffled": 0.4,
    "near-miss": 0.5,
    "cut": 0.6,
    "wrong-language": 0.4,
    "insult": 0.45,
    "brush-off": 0.6,
    "careless": 0.4,
    "harmful": 0.8,
    "half": 0.45,
    "refusal": 0.3,
    "rude": 0.35,
    "dodge": 0.3,
}
"""Often the kinds for which prompt and answer have to be read together, and those that few examples have; seldom a refusal, or a no is
bad whatever was asked."""
ASSOCIATIONS, WISHES = 0.15, 0.25
"""Shares of the groups."""
GROUPS_AT_ONCE = 256
"""Drawn together and sorted by length, so that batches are of one length."""
SAVE_EVERY = 200
HIDDEN = 0.1
"""Tokens that training does not show: fewer prompts are learned by heart."""
RANKING = 0.5
TEMPERATURE = 4.0

STEPS, ROUNDED_STEPS = 16_000, 6_500
RATE, ROUNDED_RATE = 8e-4, 4e-4

Row = tuple[list[int], float, int]
"""Tokens, reward, number of the group."""


def draw_kinds(rng: random.Random) -> list[str]:
    """Mostly an answer to something else, then more of what needs reading than of what shows at a glance."""
    kinds = [kind for kind, chance in CHANCES.items() if rng.random() < chance]
    kinds += rng.sample([k for k in EASY if k not in CHANCES], 1 + (rng.random() < 0.5))
    others = [k for k in READING if k not in CHANCES]
    return kinds + rng.sample(others, min(len(others), max(1, KINDS_A_GROUP - len(kinds))))


def draw_group(contrasts: Contrasts, rng: random.Random) -> Group:
    """As evaluation does, but for words that belong together, which it has none of, and for more wishes: few texts say each."""
    language, chance = rng.choice(["en", "pt"]), rng.random()
    if chance < ASSOCIATIONS:
        group = contrasts.of_task(association(language, rng), language, rng)
        words = salad(group.prompt, group.answers[0].response, rng)  # or words of the topic would be enough
        return Group(group.prompt, [*group.answers, Scored(words, "shuffled")])
    if chance < ASSOCIATIONS + WISHES:
        return contrasts.of_task(asking(Draw(language, contrasts.side, rng)), language, rng)
    return contrasts.draw(language, rng, draw_kinds(rng))


def rows_of(group: Group, number: int, pieces: WordPiece) -> list[Row]:
    most = Config.max_position_embeddings
    return [(pieces.encode_pair(group.prompt, a.response, most), a.reward, number) for a in group.answers]


def batches(contrasts: Contrasts, pieces: WordPiece, rng: random.Random) -> list[list[Row]]:
    """Groups of both languages, whole, in batches of about as many tokens."""
    groups = [draw_group(contrasts, rng) for _ in range(GROUPS_AT_ONCE)]
    rows = [rows_of(group, number, pieces) for number, group in enumerate(groups)]
    rows.sort(key=lambda found: max(len(ids) for ids, _, _ in found))
    result: list[list[Row]] = [[]]
    for found in rows:
        longest = max(len(ids) for ids, _, _ in found)
        if (len(result[-1]) + len(found)) * longest > TOKENS_A_BATCH and result[-1]:
            result.append([])
        result[-1] += found
    rng.shuffle(result)
    return result


def hide(ids: list[int], rng: random.Random) -> list[int]:
    return [MASK if token not in (CLS, SEP) and rng.random() < HIDDEN else token for token in ids]


def loss_of(rewards: Tensor, wanted: Tensor, groups: Tensor) -> Tensor:
    """All `[batch]`."""
    better = (groups[:, None] == groups[None]) & (wanted[:, None] > wanted[None] + 0.05)
    gaps = (rewards[:, None] - rewards[None])[better]
    return F.mse_loss(rewards, wanted) + RANKING * F.softplus(-TEMPERATURE * gaps).mean()


@torch.no_grad()
def validate(model: RewardModel, contrasts: Contrasts, pieces: WordPiece) -> dict[str, float]:
    """How often the good answer is above each kind of worse one, on prompts of the validation side."""
    rng = random.Random(11)
    right: dict[str, list[bool]] = defaultdict(list)
    for _ in range(150):
        group = contrasts.draw(rng.choice(["en", "pt"]), rng, [*EASY, *READING])
        rewards = model(*pad([ids for ids, _, _ in rows_of(group, 0, pieces)])).tolist()
        for answer, reward in zip(group.answers[1:], rewards[1:]):
            right[answer.kind].append(rewards[0] > reward)
    figures = {kind: sum(found) / len(found) for kind, found in sorted(right.items())}
    return figures | {"all": sum(map(sum, right.values())) / sum(map(len, right.values()))}


def train(name: str, steps: int, rounding: bool, seed: int, bfloat16: bool) -> None:
    torch.manual_seed(7)
    folder = WORK / name
    model = RewardModel(read_config(folder))
    start = torch.load(folder / ("reward" if rounding else "pretrain") / "state.pt", weights_only=False)["model"]
    if rounding:
        model.load_state_dict(start)
        model.round_to_8_bits()
        progress = Progress(folder / "rounded", model, steps, ROUNDED_RATE, seed=seed + 20)
    else:
        model.load_state_dict({k.removeprefix("model."): v for k, v in start.items() if k.startswith("model.")})
        spread_positions(model, PRETRAINED_POSITIONS)
        progress = Progress(folder / "reward", model, steps, RATE, seed=seed + 10)
    pieces = WordPiece.read(folder / "vocab.txt")
    examples = read_examples(EXAMPLES)
    contrasts, validation = Contrasts(examples, "train"), Contrasts(examples, "validation")
    total, count = 0.0, 0
    while progress.step < steps:
        rng = progress.rng(progress.step)
        for batch in batches(contrasts, pieces, rng):
            ids, wanted, groups = zip(*batch)
            with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
                rewards = model(*pad([hide(row, rng) for row in ids]))
            loss = loss_of(rewards.float(), torch.tensor(wanted), torch.tensor(groups))
            progress.update(loss)
            total, count = total + loss.item(), count + 1
            if progress.step >= steps:
                break
        if count >= SAVE_EVERY or progress.step >= steps:
            progress.save(loss=total / count, **validate(model, validation, pieces))
            total, count = 0.0, 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--steps", type=int, help=f"instead of {STEPS:,}, rounded {ROUNDED_STEPS:,}")
    parser.add_argument("--rounded", action="store_true")
    parser.add_argument("--seed", type=int, default=7, help="another one makes another end, for average.py")
    parser.add_argument("--bfloat16", action="store_true", help="twice as fast on processors that multiply it")
    args = parser.parse_args()
    train(args.name, args.steps or (ROUNDED_STEPS if args.rounded else STEPS), args.rounded, args.seed, args.bfloat16)
