"""Phrases composed of parts that training, validation and evaluation each have their own of.

`phrases/LANGUAGE/BANK.txt` has sections: `# name`, then words or frames, one a line or several between bars. A frame says where words
of other sections go: `{bad}`; `{Bad}` has a capital. Of `one/other` all parts of a phrase say the first form, or all the second, as
Portuguese has to. A part belongs to the side that its hash says, unless its section is for all sides.
"""

import hashlib
import random
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "phrases"
SLOT = re.compile(r"\{(\w+)\}")
ARTICLE = re.compile(r"\b([Aa]) (?=[aeio]|u(?!se|ni))")
ALL_SIDES = " (all sides)"
OWN = 0.6
"""How often validation and test say a part of their own rather than one of training's."""


def side_of(part: str) -> str:
    """A quarter is for `test`, an eighth for `validation`, the rest for `train`."""
    byte = hashlib.sha256(part.encode()).digest()[0]
    return "test" if byte % 4 == 0 else "validation" if byte % 8 == 1 else "train"


class Section:
    def __init__(self, parts: list[str], split: bool) -> None:
        self.parts, self.split = parts, split
        self.by_side: dict[str, list[str]] = {"train": [], "validation": [], "test": []}
        for part in parts:
            self.by_side[side_of(part) if split else "train"].append(part)

    def pick(self, side: str, said: set[str], rng: random.Random) -> str:
        """One that was not said yet, where there is one."""
        own = self.by_side[side] if rng.random() < OWN else []
        found = own or self.by_side["train"]
        return rng.choice([part for part in found if part not in said] or found)


def read_sections(path: Path) -> dict[str, Section]:
    found: dict[str, list[str]] = {}
    for line in path.read_text().splitlines():
        if line.startswith("# "):
            parts = found.setdefault(line[2:], [])
        else:
            parts += [part.strip().replace("\\n", "\n") for part in line.split("|")]
    return {name.removesuffix(ALL_SIDES): Section(parts, not name.endswith(ALL_SIDES)) for name, parts in found.items()}


class Bank:
    """What one kind of phrase is made of, in both languages."""

    def __init__(self, name: str) -> None:
        self.sections = {language: read_sections(FOLDER / language / f"{name}.txt") for language in ("en", "pt")}
        self.own = {
            (language, side): {part for section in sections.values() if section.split for part in section.by_side[side]}
            for language, sections in self.sections.items()
            for side in ("train", "validation", "test")
        }
        """The parts that only one side says, by language and side."""

    def fill(self, language: str, side: str, rng: random.Random, start: str = "frames") -> tuple[str, list[str]]:
        """A part of a section with its slots filled, and the parts it is made of. Slots that name no section stay."""
        sections, form = self.sections[language], rng.randrange(2)
        said: list[str] = []

        def say(name: str) -> str:
            part = sections[name.lower()].pick(side, set(said), rng)
            said.append(part)
            forms = part.split("/")
            text = SLOT.sub(lambda slot: say(slot[1]) if slot[1].lower() in sections else slot[0], forms[form % len(forms)])
            return text[0].upper() + text[1:] if name[0].isupper() else text

        text = say(start)
        return (ARTICLE.sub(r"\1n ", text) if language == "en" else text), said

    def parts(self, language: str, section: str) -> list[str]:
        return self.sections[language][section].parts

    def side_parts(self, language: str, side: str, section: str) -> list[str]:
        return self.sections[language][section].by_side[side]


BRUSH_OFFS, INSULTS, DODGES = Bank("brush_offs"), Bank("insults"), Bank("dodges")
OPENINGS, CLOSINGS, REFUSALS = Bank("openings"), Bank("closings"), Bank("refusals")
NAMES = read_sections(FOLDER / "names.txt")["names"].parts


def choose(bank: Bank, language: str, side: str, rng: random.Random, start: str = "frames") -> str:
    """A phrase of the side: one of `validation` or `test` has a part that `train` never says."""
    while True:
        text, said = bank.fill(language, side, rng, start)
        if side == "train" or not bank.own[language, side].isdisjoint(said):
            return text


def brush_off(language: str, side: str, rng: random.Random) -> str:
    """One or two of them, half with an address, in varying case."""
    parts = []
    for _ in range(rng.choice([1, 1, 1, 2])):
        text = choose(BRUSH_OFFS, language, side, rng)
        if rng.random() < 0.5:
            text += rng.choice([" ", ", "]) + rng.choice(BRUSH_OFFS.parts(language, "addresses"))
        parts.append(typed(text, rng) + rng.choice([".", "", "!", "..."]))
    return " ".join(parts)


def insult(language: str, side: str, rng: random.Random) -> str:
    """One to three of them, in varying case, sometimes after a brush-off."""
    parts = [choose(INSULTS, language, side, rng) for _ in range(rng.choice([1, 1, 1, 2, 3]))]
    said = [typed(part, rng) + rng.choice([".", "!", "!!", ""]) for part in parts]
    return " ".join([brush_off(language, side, rng), *said] if rng.random() < 0.12 else said)


def typed(text: str, rng: random.Random) -> str:
    """As people type: mostly with a capital, sometimes shouting."""
    chance = rng.random()
    return text.upper() if chance < 0.06 else text[0].upper() + text[1:] if chance < 0.7 else text
