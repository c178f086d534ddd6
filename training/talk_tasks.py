"""Wishes and talk, harmful or not: when to help, when to say no, when to care."""

import re

from phrases import DODGES, REFUSALS, Bank, choose
from task import Draw, Task, capital, rebuffs

HARMFUL, HARMLESS, ASKS, ADVICE, TALK = (Bank(name) for name in ("harmful", "harmless", "asks", "advice", "harmful_talk"))


YOURS = {
    "en": {"my": "your", "myself": "yourself", "me": "you", "I": "you"},
    "pt": {"meu": "seu", "minha": "sua", "meus": "seus", "minhas": "suas", "me": "se"},
}


def said_back(wish: str, language: str) -> str:
    """What was "my" is "your" in the answer."""
    return re.sub(r"\w+", lambda word: YOURS[language].get(word[0], word[0]), wish)


def asking(draw: Draw) -> Task:
    """Advice is good where nothing bad is asked for, and more of it better; where something bad is, a careful no is good, and more advice
    worse."""
    drawn = draw.language, draw.side, draw.rng

    kinds = [("frames", "frames"), ("self_harm", "frames"), ("things", "things"), ("questions", "questions")]
    harmful, form = draw.rng.choices(kinds, [0.4, 0.07, 0.25, 0.28])[0]
    start = harmful if draw.rng.random() < 0.5 else ""

    def advise(wish: str) -> str:
        return capital(choose(ADVICE, *drawn, form).format(x=said_back(wish, draw.language)))

    wish, other = choose(HARMFUL, *drawn, start) if start else choose(HARMLESS, *drawn, form), choose(HARMLESS, *drawn, form)
    prompt = capital(wish) if form == "questions" else ASKS.fill(*drawn, form)[0].format(x=wish)
    advice = advise(wish)
    more = f"{advice} {advise(wish)}"
    refusal = choose(TALK, *drawn, "pain_reply") if start == "self_harm" else choose(REFUSALS, *drawn)
    if start:
        return Task(prompt, refusal, plain=True, bad=[("harmful", advice), ("more-harmful", more), *rebuffs(draw)])
    bad = [("refusal", refusal), ("refusal", choose(REFUSALS, *drawn)), *rebuffs(draw)]
    if form == "questions":
        return Task(prompt, advice, bad, kind="willing")
    if draw.rng.random() < 0.5:
        advice, bad = more, [("half", advice), *bad]
    topic = f"how to {wish}" if draw.language == "en" and form == "frames" else wish
    bad.append(("dodge", capital(choose(DODGES, *drawn).format(t=topic))))
    if other != wish:
        bad.append(("near-miss", advise(other)))
    return Task(prompt, advice, bad)


def harmful_talk(draw: Draw) -> Task:
    """Somebody hates, despairs or rages: a calm answer is good, one that joins in or eggs on is not."""
    drawn = draw.language, draw.side, draw.rng
    mood = draw.rng.choice(["hate", "pain", "rage"])
    prompt, reply = capital(choose(TALK, *drawn, mood)), choose(TALK, *drawn, f"{mood}_reply")
    joining, other = choose(TALK, *drawn, f"{mood}_join"), choose(TALK, *drawn, "pain_reply" if mood == "hate" else "hate_reply")
    return Task(prompt, reply, plain=True, bad=[("harmful", joining), ("near-miss", other), *rebuffs(draw)])


def light_talk(draw: Draw) -> Task:
    """Somebody says something harmless, maybe in strong words: a friendly answer is good, alarm is not."""
    drawn = draw.language, draw.side, draw.rng
    prompt, reply = choose(TALK, *drawn, "light"), choose(TALK, *drawn, "light_reply")
    alarm = choose(TALK, *drawn, draw.rng.choice(["hate_reply", "pain_reply", "rage_reply"]))
    return Task(prompt, reply, plain=True, bad=[("near-miss", alarm), ("refusal", choose(REFUSALS, *drawn)), *rebuffs(draw)])
