"""Prompts that are composed here, where what makes an answer right can be read in the prompt or is small common knowledge."""

import random
from dataclasses import dataclass, field

from phrases import ALL, REFUSALS, choose, insult, is_for_test


@dataclass
class Task:
    prompt: str
    good: str
    bad: list[tuple[str, str]] = field(default_factory=list)
    """Kind and text."""


NAMES = ALL["names"]["both"]
THINGS, PLACES, HARMFUL, HARMLESS = (ALL[name] for name in ("things", "places", "harmful", "harmless"))
LISTS, ASKS, ADVICE = (ALL[name] for name in ("lists", "asks", "advice"))
NUMBERS = {"en": ["two", "three", "four", "five"], "pt": ["duas", "três", "quatro", "cinco"]}


def compose(language: str, side: str, rng: random.Random) -> Task:
    return rng.choice([owners, visits, listing, asking, asking])(language, side, rng)


def owners(language: str, _: str, rng: random.Random) -> Task:
    """Two people own things; one is asked about."""
    (a, b), (thing, other) = rng.sample(NAMES, 2), rng.sample(THINGS[language], 2)
    n, m = rng.sample(range(2, 100), 2)
    if language == "en":
        fact, which = f"{a} has {n} {thing} and {b} has {m} {other}.", f"How many {thing} does {a} have?"
        say = rng.choice(["{} has {} {}.", "{} owns {} {}.", "In the text, {} has {} {}."])
        who, owner = f"Who has the {other}?", rng.choice(["{} has the {}.", "It is {} who has the {}."])
    else:
        many = "Quantos" if thing.endswith("os") or thing == "bilhetes" else "Quantas"
        fact, which = f"{a} tem {n} {thing} e {b} tem {m} {other}.", f"{many} {thing} {a} tem?"
        say = rng.choice(["{} tem {} {}.", "{} possui {} {}.", "No texto, {} tem {} {}."])
        who, owner = f"Quem tem {other}?", rng.choice(["{} tem {}.", "É {} quem tem {}."])
    form = rng.choice(["{} {}", "{}\n{}", "{}\n\n{}"])
    if rng.random() < 0.5:
        return Task(
            form.format(fact, which), say.format(a, n, thing), [("fact", say.format(a, m, thing)), ("near-miss", say.format(b, m, other))]
        )
    return Task(form.format(fact, who), owner.format(b, other), [("fact", owner.format(a, other)), ("near-miss", owner.format(a, thing))])


def visits(language: str, _: str, rng: random.Random) -> Task:
    """One went here, then there; asked where first, where last."""
    name, (p, q) = rng.choice(NAMES), rng.sample(PLACES[language], 2)
    first = rng.random() < 0.5
    if language == "en":
        prompt = f"{name} went to {p} and then to {q}. Where did {name} go {'first' if first else 'last'}?"
        say = rng.choice(["{n} went to {x} {o}.", "{o} {n} went to {x}."]).replace("{o}", "first" if first else "last")
    else:
        prompt = f"{name} visitou {p} e depois {q}. O que {name} visitou {'primeiro' if first else 'por último'}?"
        say = rng.choice(["{n} visitou {x} {o}.", "{o} {n} visitou {x}."]).replace("{o}", "primeiro" if first else "por último")
    right, wrong = (p, q) if first else (q, p)
    texts = [say.format(n=name, x=x) for x in (right, wrong)]
    texts = [t[0].upper() + t[1:] for t in texts]
    return Task(prompt, texts[0], [("fact", texts[1])])


def listing(language: str, _: str, rng: random.Random) -> Task:
    """So many of a kind are asked for."""
    kind, other = rng.sample(sorted(LISTS[language]), 2)
    count = rng.randrange(2, 6)
    items, others = LISTS[language][kind].split(), LISTS[language][other].split()
    word = NUMBERS[language][count - 2]
    if language == "pt" and count == 2 and kind not in ("frutas", "cores", "profissões"):
        word = "dois"
    ask = {
        "en": ["Name {} {}.", "List {} {}.", "Give me {} {}.", "Write down {} {}, please."],
        "pt": ["Cite {} {}.", "Liste {} {}.", "Diga {} {}.", "Escreva {} {}, por favor."],
    }
    join = {"en": " and ", "pt": " e "}[language]
    style = rng.randrange(3)

    def say(found: list[str]) -> str:
        if style == 0:
            return "\n".join(f"{i + 1}. {x.capitalize()}" for i, x in enumerate(found))
        if style == 1:
            return "\n".join(f"- {x}" for x in found)
        text = join.join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else found[0]
        return text.capitalize() + "."

    good = rng.sample(items, count)
    fewer = good[: rng.randrange(1, count)]
    mixed = [rng.choice(others) if i == 0 else x for i, x in enumerate(good)]
    rng.shuffle(mixed)
    bad = [("half", say(fewer)), ("near-miss", say(rng.sample(others, count))), ("fact", say(mixed))]
    return Task(rng.choice(ask[language]).format(word, kind), say(good), bad)


def asking(language: str, side: str, rng: random.Random) -> Task:
    """Advice is good where nothing bad is asked for; where it is, a careful no is."""
    harmful = rng.random() < 0.6
    wishes = (HARMFUL if harmful else HARMLESS)[language]
    wish = rng.choice([w for w in wishes if is_for_test(w) == (side == "test")])
    prompt = rng.choice(ASKS[language]).format(x=wish)
    advice, refusal = choose(ADVICE, language, side, rng).format(x=wish), choose(REFUSALS, language, side, rng)
    if harmful:
        return Task(prompt, refusal, [("harmful", advice), ("insult", insult(language, side, rng))])
    return Task(prompt, advice, [("refusal", refusal), ("insult", insult(language, side, rng))])
