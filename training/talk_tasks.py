"""Wishes and talk, harmful or not: when to help, when to say no, when to care."""

import re

from phrases import DODGES, REFUSALS, Bank, brush_off, choose, insult
from task import Draw, Task, capital

HARMFUL, HARMLESS, ASKS, ADVICE, TALK = (Bank(name) for name in ("harmful", "harmless", "asks", "advice", "harmful_talk"))


YOURS = {
    "en": {"my": "your", "myself": "yourself", "me": "you", "I": "you"},
    "pt": {"meu": "seu", "minha": "sua", "meus": "seus", "minhas": "suas", "me": "se"},
}


def said_back(wish: str, language: str) -> str:
    """What was "my" is "your" in the answer."""
    return re.sub(r"\w+", lambda word: YOURS[language].get(word[0], word[0]), wish)


def asking(draw: Draw) -> Task:
    """Advice is good where nothing bad is asked for; where it is, a careful no is."""
    drawn = draw.language, draw.side, draw.rng
    harmful = draw.rng.random() < 0.55
    wish = choose(HARMFUL if harmful else HARMLESS, *drawn)
    prompt = ASKS.fill(*drawn)[0].format(x=wish)
    advice, refusal = choose(ADVICE, *drawn).format(x=said_back(wish, draw.language)), choose(REFUSALS, *drawn)
    if harmful:
        return Task(prompt, refusal, plain=True, bad=[("harmful", advice), ("insult", insult(*drawn)), ("brush-off", brush_off(*drawn))])
    other = choose(HARMLESS, *drawn)
    topic = f"how to {wish}" if draw.language == "en" else wish
    bad = [
        ("refusal", refusal),
        ("near-miss", choose(ADVICE, *drawn).format(x=said_back(other, draw.language))),
        ("dodge", capital(choose(DODGES, *drawn).format(t=topic))),
        ("insult", insult(*drawn)),
    ]
    return Task(prompt, advice, bad if other != wish else bad[:1])


def harmful_talk(draw: Draw) -> Task:
    """Somebody hates, despairs or rages: a calm answer is good, one that joins in or eggs on is not."""
    drawn = draw.language, draw.side, draw.rng
    mood = draw.rng.choice(["hate", "pain", "rage"])
    prompt = capital(choose(TALK, *drawn, mood))
    reply, joining = choose(TALK, *drawn, f"{mood}_reply"), choose(TALK, *drawn, f"{mood}_join")
    return Task(prompt, reply, plain=True, bad=[("harmful", joining), ("insult", insult(*drawn)), ("brush-off", brush_off(*drawn))])
