"""Holds that associations are whole, and that what is drawn from them can be told apart."""

import random
import unittest

from associations import FORMS, TOPICS, Topic, association
from contrasts import Contrasts
from examples import read_examples
from paths import EXAMPLES
from phrases import SLOT
from read_sources import says_the_cards
from split import words
from train import ASSOCIATIONS, draw_group

LEAST = 5
"""Words of a topic: two to ask with, three to answer with."""


class Associations(unittest.TestCase):
    def test_have_enough_different_words(self) -> None:
        for topic in (topic for topics in TOPICS for topic in topics.values()):
            with self.subTest(topic.word):
                self.assertGreaterEqual(len(set(topic.about)), LEAST)
                self.assertEqual(len(set(topic.about)), len(topic.about))
                self.assertNotIn(topic.word, topic.about)

    def test_say_nothing_of_the_cards_examples(self) -> None:
        for topics in TOPICS:
            for topic in topics.values():
                self.assertFalse(says_the_cards(f"{topic.word} {' '.join(topic.about)}"), topic)

    def test_fill_every_slot_and_answer_with_other_words(self) -> None:
        rng = random.Random(8)
        for language in FORMS.sections:
            for _ in range(20_000):
                task = association(language, rng)
                for text in (task.prompt, task.good, *(text for _, text in task.bad)):
                    self.assertNotRegex(text, SLOT)
                self.assertNotIn(task.good, [text for _, text in task.bad])

    def test_call_no_words_of_the_topic_off_topic(self) -> None:
        rng = random.Random(9)
        near, far = Topic("tide", ["moon", "sea", "beach", "wave", "salt"]), Topic("bread", ["oven", "flour", "yeast", "crust", "dough"])
        moon = Topic("moon", ["night", "orbit", "tide", "crater", "rocket"])
        topics = [{"en": topic, "pt": topic} for topic in (moon, near, far)]
        for _ in range(300):
            task = association("en", rng, topics)
            bread, worse = {"bread", *far.about}, " ".join(text for kind, text in task.bad if kind == "off-topic")
            asked_for_bread = not bread.isdisjoint(words(f"{task.prompt} {task.good}"))
            self.assertEqual(bread.isdisjoint(words(worse)), asked_for_bread, task)
            if not asked_for_bread:
                self.assertTrue({*moon.about, *near.about, "moon"}.isdisjoint(words(worse)), task)

    def test_are_drawn_as_often_as_said_with_words_in_no_order_beside(self) -> None:
        rng = random.Random(10)
        contrasts = Contrasts(read_examples(EXAMPLES), "validation")
        groups = [draw_group(contrasts, rng) for _ in range(1_000)]
        found = [g for g in groups if g.answers[0].kind == "willing" and g.answers[-1].kind == "shuffled"]
        self.assertAlmostEqual(len(found) / len(groups), ASSOCIATIONS, delta=0.05)


if __name__ == "__main__":
    unittest.main()
