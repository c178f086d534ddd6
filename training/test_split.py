"""Holds that nothing held out is trained on, and that the published card's examples are not either."""

import json
import random
import unittest

from contrasts import Contrasts
from examples import read_examples
from paths import EXAMPLES, TEXTS
from read_sources import sentences
from split import words


class Split(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.examples = read_examples(EXAMPLES)

    def test_no_held_out_prompt_is_trained_on(self) -> None:
        train = {" ".join(words(e.prompt)) for e in self.examples if e.group.startswith("train ")}
        held_out = {" ".join(words(e.prompt)) for e in self.examples if not e.group.startswith("train ")}
        self.assertEqual(train & held_out, set())

    def test_the_cards_examples_are_in_no_text(self) -> None:
        for line in TEXTS.read_text().lower().splitlines():
            for said in ("capital of france", "capital da frança", "google it", "art, fashion, gastronomy"):
                self.assertNotIn(said, line)

    def test_no_sentence_of_a_held_out_prompt_is_read_in_pretraining(self) -> None:
        held_out = {s for e in self.examples if not e.group.startswith("train ") for s in sentences(e.prompt)}
        with TEXTS.open() as file:
            plain = {part for _, source, _, *parts in map(json.loads, file) if source.endswith("-plain") for part in parts}
        self.assertEqual(plain & held_out, set())

    def test_of_several_things_asked_half_are_some_of_the_answers(self) -> None:
        rng = random.Random(6)
        contrasts = Contrasts(self.examples, "validation")
        for language in ("en", "pt"):
            for i in rng.sample(contrasts.by_language[language], 40):
                group = contrasts.several(i, rng)
                good, half, off_topic, *_ = (answer.response for answer in group.answers)
                self.assertIn(contrasts.examples[i].prompt, group.prompt)
                self.assertIn(contrasts.examples[i].response, good)
                self.assertLess(len(half), len(good))
                self.assertNotEqual(off_topic, good)


if __name__ == "__main__":
    unittest.main()
