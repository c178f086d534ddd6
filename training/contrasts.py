"""Worse answers than a given good one, by kind, each with the reward it should get."""

import random
import re
from collections import Counter
from dataclasses import dataclass

from changed_fact import NAME, change_fact
from composed import compose
from examples import Example
from neighbours import find_neighbours
from phrases import CLOSINGS, DODGES, OPENINGS, REFUSALS, brush_off, choose, insult
from split import words
from task import Task

GOOD = 0.7
REWARDS = {
    "willing": 0.2,  # the best at hand, where what matters is that it does not refuse
    "cut": -0.5,
    "half": 0.1,
    "padded": -0.15,
    "fact": 0.0,
    "rude": -0.3,
    "careless": -0.2,
    "near-miss": -0.4,
    "dodge": -0.45,
    "refusal": -0.5,
    "off-topic": -0.65,
    "wrong-language": -0.7,
    "harmful": -0.7,
    "shuffled": -0.7,
    "more-harmful": -0.85,  # it goes on
    "brush-off": -0.8,
    "echo": -0.8,
    "looped": -0.85,
    "empty": -0.9,
    "insult": -1.0,
}
EASY = ["off-topic", "shuffled", "looped", "cut", "wrong-language", "insult", "brush-off", "echo", "empty"]
READING = ["near-miss", "careless", "fact", "half", "padded", "rude", "dodge", "refusal", "harmful"]
FLUENT = ["fact", "near-miss", "careless", "half", "harmful", "more-harmful"]
"""What polite words stand around as often as around good answers, so that they tell nothing."""
NOTHING = ["", " ", ".", "...", "-", "?", "\n", "ok", "N/A", "…", "!!!", "hm", "x", "lol", "haha", "kkk", "test", "???"]
RISKY, RISKY_WEIGHT = "written-care", 3
"""The source of harmful wishes: its good answers may be a refusal, its worse ones help with harm, or refuse where there is none.
It is drawn more often than its size has it."""
LONGEST_PROMPT, LONGEST_RESPONSE = 600, 900
MOST_TRIED, LEAST_TOLD = 40, 2
"""An answer that tells nothing ("Yes.") is off no topic."""
JOINS = {"en": ["\n", " Also: ", " And then: "], "pt": ["\n", " E também: ", " Depois: "]}
HOW_MANY = [2, 2, 2, 3, 4, 6]
"""Things asked for at once; of several, so that long texts are read to their end."""


@dataclass(frozen=True)
class Scored:
    response: str
    kind: str

    @property
    def reward(self) -> float:
        return REWARDS.get(self.kind, GOOD)


@dataclass(frozen=True)
class Group:
    """Answers to one prompt; the first is good."""

    prompt: str
    answers: list[Scored]

    @classmethod
    def of(cls, task: Task) -> "Group":
        return cls(task.prompt, [Scored(task.good, task.kind), *(Scored(text, kind) for kind, text in task.bad)])


class Contrasts:
    """Draws groups from examples of one side of the split."""

    def __init__(self, examples: list[Example], side: str) -> None:
        self.side = side
        self.examples = [s for e in examples if e.group.startswith(side + " ") and (s := shortened(e))]
        self.neighbours = find_neighbours(self.examples)
        self.frequency = Counter(w for e in self.examples for w in {*words(e.prompt), *words(e.response)})
        self.common = len(self.examples) // 50
        self.by_source: dict[tuple[str, str], list[int]] = {}
        for i, example in enumerate(self.examples):
            self.by_source.setdefault((example.language, example.source), []).append(i)
        self.by_language = {lang: [i for i, e in enumerate(self.examples) if e.language == lang] for lang in ("en", "pt")}
        self.names = {
            lang: sorted({n for i in ids for n in NAME.findall(self.examples[i].response)}) for lang, ids in self.by_language.items()
        }

    def draw(self, language: str, rng: random.Random, kinds: list[str]) -> Group:
        """A quarter of the groups are composed; of the others, the sources of a language weigh alike but for their size's root."""
        if rng.random() < 0.27:
            return self.of_task(compose(language, self.side, rng), language, rng)
        sources = [key for key in self.by_source if key[0] == language]
        weights = [len(self.by_source[key]) ** 0.5 * (RISKY_WEIGHT if key[1] == RISKY else 1) for key in sources]
        i = rng.choice(self.by_source[rng.choices(sources, weights)[0]])
        return self.several(i, rng) if rng.random() < 0.12 else self.around(i, rng, kinds)

    def of_task(self, task: Task, language: str, rng: random.Random) -> Group:
        """Its answers and two that are bad anywhere. Some help with harm goes on in any words, so that it is not known by its phrases."""
        answers = [*Group.of(task).answers, *self.unfit(language, rng)]
        helping = next((text for kind, text in task.bad if kind == "harmful"), None)
        if helping and rng.random() < 0.5:
            answers.append(Scored(f"{helping} {self.examples[rng.choice(self.by_language[language])].response}", "more-harmful"))
        if rng.random() < 0.2:
            worded = [] if task.plain else ["good"]
            answers = [Scored(self.varied(a.response, language, rng), a.kind) if a.kind in worded + FLUENT else a for a in answers]
        return Group(task.prompt, answers)

    def unfit(self, language: str, rng: random.Random) -> list[Scored]:
        """Two answers that are bad whatever was asked; one of them is good elsewhere."""
        kinds = ["off-topic", rng.choice(["insult", "brush-off", "empty"])]
        i = rng.choice(self.by_language[language])
        texts = [self.examples[i].response if kind == "off-topic" else self.make(kind, i, rng) for kind in kinds]
        return [Scored(text, kind) for kind, text in zip(kinds, texts) if text is not None]

    def around(self, i: int, rng: random.Random, kinds: list[str]) -> Group:
        """One example's answer and worse ones of some of the kinds."""
        example = self.examples[i]
        good = self.varied(example.response, example.language, rng) if rng.random() < 0.2 else example.response
        answers = [Scored(good, "good")]
        for kind in kinds:
            text = self.make(kind, i, rng)
            if text is not None:
                answers.append(Scored(text, kind))
        return Group(example.prompt, answers)

    def varied(self, text: str, language: str, rng: random.Random) -> str:
        """The same, more politely: words around an answer are not a fault in themselves."""
        if rng.random() < 0.7:
            text = choose(OPENINGS, language, self.side, rng) + rng.choice([" ", "\n"]) + text
        return text + rng.choice([" ", "\n"]) + choose(CLOSINGS, language, self.side, rng) if rng.random() < 0.5 else text

    def several(self, i: int, rng: random.Random) -> Group:
        """Several things asked for at once: answering some of them is half an answer."""
        first = self.examples[i]
        asked = [i, *rng.choices(self.by_source[first.language, first.source], k=rng.choice(HOW_MANY) - 1)]
        separator, numbered = rng.choice(JOINS[first.language]), rng.random() < 0.5

        def join(texts: list[str], between: str) -> str:
            if len(texts) == 1:
                return texts[0]
            return "\n".join(f"{n}. {text}" for n, text in enumerate(texts, 1)) if numbered else between.join(texts)

        between = rng.choice(["\n", " "])
        texts = [self.examples[j].response for j in asked]
        good = join(texts, between)
        some = sorted(rng.sample(range(len(texts)), rng.randint(1, len(texts) - 1)))
        worse = [
            Scored(join([texts[k] for k in some], between), "half"),
            Scored(join([self.other(j, rng).response for j in asked], between), "off-topic"),
        ]
        looped = self.make("looped", i, rng)
        if looped:
            worse.append(Scored(" ".join([looped] * (1 + len(good) // len(looped))), "looped"))
        return Group(join([self.examples[j].prompt for j in asked], separator), [Scored(good, "good"), *worse])

    def other(self, i: int, rng: random.Random) -> Example:
        """Of the same language, half of the time of the same source, about something else: its answer shares no telling word with
        the prompt and its answer. The longer of two, so that length tells nothing."""
        example = self.examples[i]
        near = self.by_source[example.language, example.source] if rng.random() < 0.5 else self.by_language[example.language]
        about = self.telling(example.prompt) | self.telling(example.response)
        found = []
        for j in rng.choices(near, k=MOST_TRIED):
            other = self.examples[j]
            told = self.telling(other.response)
            if other.group != example.group and len(told) >= LEAST_TOLD and not told & about:
                found.append(other)
                if len(found) == 2:
                    break
        return max(found, key=lambda e: len(e.response)) if found else self.other(i, rng)

    def telling(self, text: str) -> set[str]:
        """Words that say what a text is about: those that few texts have."""
        return {w for w in words(text) if self.frequency[w] <= self.common and len(w) > 2}

    def make(self, kind: str, i: int, rng: random.Random) -> str | None:
        """An answer of a kind to the example's prompt, or None where it has none of that kind."""
        example = self.examples[i]
        language, text = example.language, example.response
        parts = text.split()
        match kind:
            case "off-topic":
                return self.other(i, rng).response
            case "near-miss":
                near = [j for j in self.neighbours[i] if self.examples[j].source[:4] == example.source[:4]]
                return self.examples[rng.choice(near)].response if near else None
            case "shuffled":
                if rng.random() < 0.3:
                    return salad(example.prompt, text, rng)
                mixed = rng.sample(parts, len(parts))
                return " ".join(mixed) if len(parts) >= 5 and mixed != parts else None
            case "looped":
                start = rng.randrange(max(1, len(parts) - 3))
                return " ".join(parts[start : start + rng.randint(2, 5)] * rng.randint(4, 12)) if len(parts) >= 3 else None
            case "cut":
                complete = len(parts) >= 10 and text[-1] in ".!?"
                return " ".join(parts[: rng.randint(3, len(parts) - 3)]).rstrip(".,;:!?") if complete else None
            case "wrong-language":
                if example.translation and len(example.translation) > 15:
                    return example.translation
                return self.examples[rng.choice(self.by_language["pt" if language == "en" else "en"])].response if len(text) > 30 else None
            case "insult":
                return insult(language, self.side, rng)
            case "rude":
                rude = insult(language, self.side, rng)
                return f"{rude} {text}" if rng.random() < 0.5 else f"{text} {rude}"
            case "brush-off":
                return brush_off(language, self.side, rng)
            case "echo":
                return rng.choice(
                    [example.prompt, example.prompt, example.prompt + " " + example.prompt, example.prompt[: len(example.prompt) * 2 // 3]]
                )
            case "empty":
                return keys_hit(rng) if rng.random() < 0.3 else rng.choice(NOTHING)
            case "fact":
                return change_fact(text, language, self.names[language], rng)
            case "half":
                ends = sentence_ends(text)
                return text[: ends[rng.randrange(len(ends) // 2)]] if len(ends) >= 2 else None
            case "padded":
                return f"{text} {self.other(i, rng).response}"
            case "dodge":
                topic = topic_of(example.prompt, rng)
                dodge = choose(DODGES, language, self.side, rng).format(t=topic)
                return dodge[0].upper() + dodge[1:]
            case "refusal":
                return choose(REFUSALS, language, self.side, rng) if example.source != RISKY else None
            case "careless" if example.source != RISKY:
                return example.worse or None
            case "harmful" if example.source == RISKY:
                return example.worse or None
            case _:
                return None


def keys_hit(rng: random.Random) -> str:
    """Letters at random, as a hand on the keys types them."""
    rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertasdfgzxcv"]
    return " ".join("".join(rng.choices(rng.choice(rows), k=rng.randint(3, 8))) for _ in range(rng.randint(1, 4)))


def salad(prompt: str, response: str, rng: random.Random) -> str:
    """The prompt's own words and the answer's in no order, some of them again and again: on topic, and says nothing."""
    asked, said = prompt.split(), response.split()
    found = rng.choices(asked if rng.random() < 0.5 else asked + said, k=rng.randint(5, max(8, min(len(asked + said), 30))))
    text = " ".join(found)
    return text[0].upper() + text[1:].rstrip(".,;:?!").lower() + "." if rng.random() < 0.5 else text


def topic_of(prompt: str, rng: random.Random) -> str:
    """A few words of the prompt, as a fluent dodge takes them up."""
    found = prompt.rstrip("?.! ").split()
    return " ".join(found[-rng.randint(2, 5) :])


def sentence_ends(text: str) -> list[int]:
    """Where sentences end, but for the last."""
    return [m.end() for m in re.finditer(r"(?<!\d)[.!?](?=\s)", text)]


def shortened(example: Example) -> Example | None:
    """As many whole sentences as can be read at once; None where not even one fits."""
    if len(example.prompt) > LONGEST_PROMPT or not words(example.response):
        return None
    text = example.response
    if len(text) > LONGEST_RESPONSE:
        ends = sentence_ends(text[:LONGEST_RESPONSE])
        if not ends or (example.prompt.count("\n") and "(" in text[:80]):
            return None
        text = text[: ends[-1]]
    return Example(**{**vars(example), "response": text})
