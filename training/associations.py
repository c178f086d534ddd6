"""Words that belong together, so that a word that few examples say is known by others.

A line of `associations.txt` is `moon: night, tides, orbit | lua: noite, marés, órbita`: a word, and what it is about, in both languages.
It is common knowledge as a dictionary has it, and only trained on: evaluation has prompts and phrases of its own.
"""

import random
from dataclasses import dataclass
from pathlib import Path

from phrases import Bank
from task import Task, capital

FILE = Path(__file__).parent / "associations.txt"
FORMS = Bank("topics")
OTHERS = 4
"""Topics that a worse answer is about, to one prompt."""
OTHER = {"en": "pt", "pt": "en"}


@dataclass(frozen=True)
class Topic:
    word: str
    about: list[str]


def read_topics() -> list[dict[str, Topic]]:
    """By language."""
    found = []
    for line in FILE.read_text().splitlines():
        parts = [part.split(": ") for part in line.split(" | ")]
        found.append({language: Topic(word, about.split(", ")) for language, (word, about) in zip(("en", "pt"), parts)})
    return found


TOPICS = read_topics()


def association(language: str, rng: random.Random) -> Task:
    """Asked for a word, or for several, an answer has others of the topic; a worse one has those of another topic."""
    ask, say = rng.choice([("ask", "say"), ("ask_word", "say_word"), ("both", "say")])
    this, *drawn = rng.sample(TOPICS, 1 + 2 * OTHERS)
    form = FORMS.fill(language, "train", rng, say)[0]

    def words(topic: Topic) -> list[str]:
        return rng.sample(topic.about, len(topic.about))

    def filled(form: str, topic: Topic, about: list[str]) -> str:
        said = {"w": topic.word, **dict(zip("abc", about))}
        return form.format(**said, **{name.upper(): capital(word) for name, word in said.items()})

    topic = this[language]
    others = [other[language] for other in drawn if not {topic.word, *topic.about} & {other[language].word, *other[language].about}]
    about = words(topic)
    prompt = filled(FORMS.fill(language, "train", rng, ask)[0], topic, about)
    if ask == "both":
        prompt = FORMS.fill(language, "train", rng, "ask")[0].format(w=prompt, W=capital(prompt))
    bad = [("off-topic", filled(form, other, words(other))) for other in others[:OTHERS]]
    foreign = this[OTHER[language]]
    bad.append(("wrong-language", filled(FORMS.fill(OTHER[language], "train", rng, say)[0], foreign, words(foreign))))
    return Task(prompt, filled(form, topic, about[2:] if ask == "both" else about), bad, kind="willing")
