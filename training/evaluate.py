"""How often the good answer is above the worse one: by kind and language, on prompts and phrases that were held out.

Usage: python3 training/evaluate.py CHECKPOINT [--pairs 400]
Writes CHECKPOINT/contrasts.json and prints it as a table.
"""

import argparse
import json
import math
import random
from pathlib import Path

import torch

from checkpoint import load_checkpoint
from contrasts import EASY, READING, Contrasts
from examples import read_examples
from model import RewardModel, pad
from paths import EXAMPLES
from wordpiece import WordPiece

Z = 1.959963984540054
CARD = {
    "en": (
        "What is the capital of France?",
        "Paris, France's capital, is a major European city and a global center for art, fashion, gastronomy and culture.",
        "Google it pal.",
    ),
    "pt": (
        "Qual é a capital da França?",
        "Paris, a capital da França, é uma grande cidade europeia e um centro global de arte, moda, gastronomia e cultura.",
        "Procura no Google, amigo.",
    ),
}
"""The published model card's example and its translation; never trained on."""


def wilson(right: int, count: int) -> tuple[float, float]:
    """Wilson's score interval at 95 %."""
    share, weight = right / count, Z**2 / count
    middle = (share + weight / 2) / (1 + weight)
    reach = Z * math.sqrt((share * (1 - share) + weight / 4) / count) / (1 + weight)
    return middle - reach, middle + reach


@torch.no_grad()
def rewards_of(model: RewardModel, pieces: WordPiece, pairs: list[tuple[str, str]]) -> list[float]:
    rows = [pieces.encode_pair(prompt, response, model.config.max_position_embeddings) for prompt, response in pairs]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    rewards = [0.0] * len(rows)
    for start in range(0, len(order), 64):
        part = order[start : start + 64]
        for i, reward in zip(part, model(*pad([rows[i] for i in part])).tolist()):
            rewards[i] = reward
    return rewards


def pairs_of(contrasts: Contrasts, kind: str, language: str, count: int) -> list[tuple[str, str, str]]:
    """Prompt, good answer, worse answer. Each stands once."""
    rng = random.Random(f"{kind} {language}")
    found: dict[tuple[str, str, str], None] = {}
    for _ in range(200 * count):
        group = contrasts.draw(language, rng, [kind])
        for answer in group.answers[1:]:
            if answer.kind == kind:
                found[group.prompt, group.answers[0].response, answer.response] = None
                break
        if len(found) == count:
            return list(found)
    return list(found)


def shortest(pairs: list[tuple[str, str, str]]) -> tuple[str, str, str] | None:
    """What the card shows of the pairs that the model got wrong."""
    return min(pairs, key=lambda pair: sum(map(len, pair)), default=None)


def evaluate(folder: Path, count: int) -> dict[str, object]:
    model, pieces = load_checkpoint(folder), WordPiece.read(folder / "vocab.txt")
    contrasts = Contrasts(read_examples(EXAMPLES), "test")
    rows, total, longer = [], [0, 0], 0
    for kind in [*EASY, *READING]:
        for language in ("en", "pt"):
            pairs = pairs_of(contrasts, kind, language, count)
            good = rewards_of(model, pieces, [(p, g) for p, g, _ in pairs])
            bad = rewards_of(model, pieces, [(p, b) for p, _, b in pairs])
            wrong = [pair for pair, a, b in zip(pairs, good, bad) if a <= b]
            right = len(pairs) - len(wrong)
            longer += sum(len(g) > len(b) for _, g, b in pairs)
            total = [total[0] + right, total[1] + len(pairs)]
            interval = wilson(right, len(pairs))
            rows.append(
                {
                    "kind": kind,
                    "easy": kind in EASY,
                    "language": language,
                    "pairs": len(pairs),
                    "right": right / len(pairs),
                    "interval": interval,
                    "example": shortest(wrong),
                }
            )
    cards = {lang: rewards_of(model, pieces, [(prompt, good), (prompt, bad)]) for lang, (prompt, good, bad) in CARD.items()}
    overall = {"pairs": total[1], "right": total[0] / total[1], "interval": wilson(*total), "longer": longer / total[1]}
    easy = [r for r in rows if r["easy"]]
    overall["easy"] = sum(r["right"] for r in easy) / len(easy)
    return {"kinds": rows, "all": overall, "card": cards}


def print_table(result: dict) -> None:
    for row in result["kinds"]:
        low, high = row["interval"]
        print(f"{row['kind']:15} {row['language']}  {row['pairs']:4}  {row['right']:.3f}  {low:.3f} to {high:.3f}")
    print({k: v for k, v in result["all"].items()})
    print(result["card"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--pairs", type=int, default=400)
    args = parser.parse_args()
    figures = evaluate(args.checkpoint, args.pairs)
    (args.checkpoint / "contrasts.json").write_text(json.dumps(figures, indent=1) + "\n")
    print_table(figures)
