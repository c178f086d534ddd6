"""Prompts that are composed here, where what makes an answer right can be read in the prompt or is small common knowledge."""

import random

from list_tasks import LIST_TASKS
from reading_tasks import READING_TASKS
from talk_tasks import asking, harmful_talk, light_talk
from task import Draw, Task
from word_tasks import WORD_TASKS, known

TASKS_BY_WEIGHT = [
    (0.4, [asking]),
    (0.2, [harmful_talk, harmful_talk, light_talk]),
    (0.16, READING_TASKS),
    (0.12, WORD_TASKS),
    (0.1, [known]),
    (0.12, LIST_TASKS),
]


def compose(language: str, side: str, rng: random.Random) -> Task:
    weights, tasks = zip(*TASKS_BY_WEIGHT)
    return rng.choice(rng.choices(tasks, weights)[0])(Draw(language, side, rng))
