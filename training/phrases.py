"""Phrases that contrasts are composed of, by language. A quarter of each list is only for evaluation."""

import hashlib
import json
import random
from pathlib import Path

Bank = dict[str, list[str]]

ALL: dict[str, Bank] = json.loads((Path(__file__).parent / "phrases.json").read_text())
BRUSH_OFFS, ADDRESSES, INSULTS, DODGES = (ALL[name] for name in ("brush_offs", "addresses", "insults", "dodges"))
OPENINGS, CLOSINGS, REFUSALS = (ALL[name] for name in ("openings", "closings", "refusals"))


def is_for_test(phrase: str) -> bool:
    return hashlib.sha256(phrase.encode()).digest()[0] % 4 == 0


def choose(bank: Bank, language: str, side: str, rng: random.Random) -> str:
    """A phrase of the side: what `train` says is never in `test`."""
    return rng.choice([p for p in bank[language] if is_for_test(p) == (side == "test")])


def brush_off(language: str, side: str, rng: random.Random) -> str:
    """One or two of them, mostly with an address, in varying case."""
    parts = []
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        text = choose(BRUSH_OFFS, language, side, rng)
        if rng.random() < 0.5:
            text += rng.choice([" ", ", "]) + rng.choice(ADDRESSES[language])
        parts.append((text[0].upper() + text[1:] if rng.random() < 0.7 else text) + rng.choice([".", "", "!", "..."]))
    return " ".join(parts)


def insult(language: str, side: str, rng: random.Random) -> str:
    text = choose(INSULTS, language, side, rng)
    if rng.random() < 0.3:
        text += rng.choice([". ", "! "]) + choose(INSULTS, language, side, rng).capitalize()
    return (text[0].upper() + text[1:] if rng.random() < 0.7 else text) + rng.choice([".", "!", "!!", ""])
