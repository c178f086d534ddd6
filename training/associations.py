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

    def shares(self, other: "Topic") -> bool:
        return not {self.word, *self.about}.isdisjoint({other.word, *other.about})


def read_topics() -> list[dict[str, Topic]]:
    """Of each line a topic by language."""
    found = []
    for line in FILE.read_text().splitlines():
        parts = [part.split(": ") for part in line.split(" | ")]
        found.append({language: Topic(word, about.split(", ")) for language, (word, about) in zip(("en", "pt"), parts)})
    return found


TOPICS = read_topics()


def association(language: str, rng: random.Random, topics: list[dict[str, Topic]] = TOPICS) -> Task:
    """Asked for a word, or for several, an answer has others of the topic; a worse one has those of a topic that shares
    none, or of this one in the other language where no word is the same."""

    def filled(form: str, topic: Topic, about: list[str]) -> str:
        said = {"w": topic.word, **dict(zip("abc", about))}
        return form.format(**said, **{name.upper(): capital(word) for name, word in said.items()})

    def form(section: str, language: str = language) -> str:
        return FORMS.fill(language, "train", rng, section)[0]

    def words(topic: Topic) -> list[str]:
        return rng.sample(topic.about, len(topic.about))

    ask, say = rng.choice([("ask", "say"), ("ask_word", "say_word"), ("both", "say")])
    this, *drawn = rng.sample(topics, min(1 + 2 * OTHERS, len(topics)))
    topic, foreign = this[language], this[OTHER[language]]
    others = [other[language] for other in drawn if not topic.shares(other[language])][:OTHERS]
    about, said = words(topic), form(say)
    prompt = filled(form(ask), topic, about)
    if ask == "both":
        prompt, about = form("ask").format(w=prompt, W=capital(prompt)), about[2:]
    bad = [("off-topic", filled(said, other, words(other))) for other in others]
    if not topic.shares(foreign):
        bad.append(("wrong-language", filled(form(say, OTHER[language]), foreign, words(foreign))))
    return Task(prompt, filled(said, topic, about), bad, kind="willing")
