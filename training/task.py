"""A prompt with a good answer and worse ones, composed of forms and of what fills them."""

import random
from dataclasses import dataclass, field

from phrases import Bank, brush_off, insult

TASKS, LISTS = Bank("tasks"), Bank("lists")
Fill = dict[str, object]


@dataclass
class Task:
    prompt: str
    good: str
    bad: list[tuple[str, str]] = field(default_factory=list)
    """Kind and text."""
    kind: str = "good"
    """Of the good answer, which may be no more than the best of these."""
    plain: bool = False
    """Whether polite words around the good answer would be out of place."""


@dataclass
class Draw:
    """What a task is drawn for and with."""

    language: str
    side: str
    rng: random.Random

    def form(self, section: str) -> str:
        """One of the ways to ask or to answer."""
        return TASKS.fill(self.language, self.side, self.rng, section)[0]

    def some(self, section: str, count: int) -> list[str]:
        """Different words of a list."""
        return self.rng.sample(LISTS.parts(self.language, section), count)

    def number(self, count: int, feminine: bool) -> str:
        """Two to five as a word."""
        return TASKS.parts(self.language, "numbers")[count - 2].split("/")[-1 if feminine else 0]

    def task(self, ask: str, say: str, given: Fill, right: Fill, wrong: list[tuple[str, Fill]]) -> Task:
        """A worse answer says the same as the good one, with the wrong words in it."""
        prompt, form = self.form(ask).format(**given), self.form(say)
        good = form.format(**given | right)
        bad = [(kind, form.format(**given | fill)) for kind, fill in wrong]
        return Task(prompt, good, [(kind, text) for kind, text in bad if text != good])


def capital(text: str) -> str:
    return text[0].upper() + text[1:]


def rebuffs(draw: Draw) -> list[tuple[str, str]]:
    """What is bad whatever was said."""
    drawn = draw.language, draw.side, draw.rng
    return [("insult", insult(*drawn)), ("brush-off", brush_off(*drawn))]
