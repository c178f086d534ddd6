"""Holds that associations are whole, and that what is drawn from them can be told apart."""

import random
import unittest

from associations import FORMS, TOPICS, association
from phrases import SLOT
from read_sources import says_the_cards

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

    def test_fill_every_slot(self) -> None:
        rng = random.Random(8)
        for language in FORMS.sections:
            for _ in range(2_000):
                task = association(language, rng)
                for text in (task.prompt, task.good, *(text for _, text in task.bad)):
                    self.assertNotRegex(text, SLOT)
                self.assertNotIn(task.good, [text for _, text in task.bad])


if __name__ == "__main__":
    unittest.main()
