"""Holds what was written for this training to what is said of it."""

import json
import unittest

from paths import WRITTEN


class Written(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.rows = [json.loads(line) for path in sorted(WRITTEN.glob("*.jsonl")) for line in path.read_text().splitlines()]

    def test_each_has_a_prompt_and_two_answers_in_both_languages(self) -> None:
        for row in self.rows:
            self.assertEqual(sorted(row), ["en", "pt"])
            for texts in row.values():
                self.assertEqual([bool(text.strip()) for text in texts], [True] * 3)
                self.assertNotEqual(texts[1], texts[2])

    def test_no_prompt_stands_twice(self) -> None:
        for language in ("en", "pt"):
            prompts = [row[language][0].lower() for row in self.rows]
            self.assertEqual([prompt for prompt in set(prompts) if prompts.count(prompt) > 1], [])

    def test_the_longer_answer_is_not_the_better_one(self) -> None:
        for language in ("en", "pt"):
            longer = [len(good) > len(worse) for _, good, worse in (row[language] for row in self.rows)]
            self.assertAlmostEqual(sum(longer) / len(longer), 0.5, delta=0.05)


if __name__ == "__main__":
    unittest.main()
