"""Which words a vocabulary is given."""

import unittest

from associations import Topic
from examples import Example
from more_words import LEAST_TEXTS, cut_words
from wordpiece import SPECIAL, WordPiece

PIECES = WordPiece([*SPECIAL, "h", "##at", "##ot", "a", "##s", "moon"])


def examples(word: str, count: int, language: str = "en") -> list[Example]:
    return [Example(f"moon {i}", f"{word}, {word}.", language, "written", "train") for i in range(count)]


class CutWords(unittest.TestCase):
    def test_takes_those_that_save_most_tokens(self) -> None:
        texts = [*examples("hat", 12), *examples("hot", LEAST_TEXTS), *examples("hats", 8)]
        self.assertEqual(cut_words(texts, [], PIECES, 9), ["hats", "hat", "hot"])
        self.assertEqual(cut_words(texts, [], PIECES, 1), ["hats"])

    def test_leaves_out_seldom_ones_whole_ones_and_unknown_ones(self) -> None:
        texts = [*examples("hat", LEAST_TEXTS - 1), *examples("moon", 20), *examples("xyz", 20)]
        self.assertEqual(cut_words(texts, [], PIECES, 9), [])

    def test_counts_what_is_said_of_topics(self) -> None:
        hot = {"en": Topic("moon", ["hot"]), "pt": Topic("hot", ["moon"])}
        self.assertEqual(cut_words([], [hot] * LEAST_TEXTS, PIECES, 9), ["hot"])

    def test_weighs_languages_alike(self) -> None:
        texts = [*examples("hat", 90), *examples("moon", 90), *examples("hot", 60, "pt")]
        self.assertEqual(cut_words(texts, [], PIECES, 9), ["hot", "hat"])


if __name__ == "__main__":
    unittest.main()
