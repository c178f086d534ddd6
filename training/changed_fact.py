"""A good answer with one thing in it made false: a number, a name, a word for its opposite, a negation."""

import random
import re

from phrases import Bank

VERBS = {
    "en": ["is", "are", "was", "were", "can", "will", "should", "must", "has been", "have been", "may", "could"],
    "pt": ["é", "são", "foi", "era", "pode", "podem", "deve", "devem", "tem", "têm", "está", "foram", "será"],
}


def opposites(language: str) -> dict[str, str]:
    pairs = [pair.split("/") for pair in Bank("opposites").parts(language, "pairs")]
    return {a: b for a, b in pairs} | {b: a for a, b in pairs}


BOTH_WAYS = {language: opposites(language) for language in ("en", "pt")}


def change_fact(text: str, language: str, names: list[str], rng: random.Random) -> str | None:
    """names: capitalized words of other answers. None where nothing in the text can be changed."""
    ways = [change_number, change_opposite, change_negation, lambda *args: change_name(*args, names)]
    rng.shuffle(ways)
    for way in ways:
        changed = way(text, language, rng)
        if changed is not None and changed != text:
            return changed
    return None


def replace_one(text: str, found: list[re.Match[str]], new: str) -> str:
    match = found[0]
    return text[: match.start()] + new + text[match.end() :]


def change_number(text: str, _: str, rng: random.Random) -> str | None:
    found = list(re.finditer(r"\d+", text))
    if not found:
        return None
    match = rng.choice(found)
    digits = match.group()
    new = digits
    while new == digits:
        new = "".join(rng.choice("123456789") if i == 0 else rng.choice("0123456789") for i in range(len(digits)))
    return replace_one(text, [match], new)


def change_opposite(text: str, language: str, rng: random.Random) -> str | None:
    words = BOTH_WAYS[language]
    found = [m for m in re.finditer(r"\w+", text) if m.group() in words]
    return replace_one(text, [match := rng.choice(found)], words[match.group()]) if found else None


def change_negation(text: str, language: str, rng: random.Random) -> str | None:
    word = {"en": "not", "pt": "não"}[language]
    if found := list(re.finditer(rf"\b{word} ", text)):
        return replace_one(text, [rng.choice(found)], "")
    found = list(re.finditer(rf"\b({'|'.join(VERBS[language])})\b", text))
    if not found:
        return None
    match = rng.choice(found)
    return replace_one(text, [match], f"{match.group()} not" if language == "en" else f"não {match.group()}")


def change_name(text: str, _: str, rng: random.Random, names: list[str]) -> str | None:
    found = [m for m in NAME.finditer(text) if m.start() > 0]
    return replace_one(text, [rng.choice(found)], rng.choice(names)) if found and names else None


NAME = re.compile(r"(?<=[\w,;] )[A-ZÀ-Ú][\wÀ-ú]{2,}")
