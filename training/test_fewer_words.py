"""Which pieces a vocabulary keeps."""

import unittest
from collections import Counter

from fewer_words import kept
from wordpiece import SPECIAL, WordPiece

PIECES = WordPiece([*SPECIAL, "h", "hat", "##at", "##t", "hot", "a", "##o", "##a"])


class Kept(unittest.TestCase):
    def names(self, said: dict[str, int], size: int) -> list[str]:
        names = list(PIECES.ids)
        counts = Counter({PIECES.ids[piece]: count for piece, count in said.items()})
        return [names[i] for i in kept(PIECES, counts, len(SPECIAL) + size)][len(SPECIAL) :]

    def test_are_those_said_most_in_their_order(self) -> None:
        self.assertEqual(self.names({"hot": 9, "##at": 5, "hat": 2}, 7), ["h", "##at", "##t", "hot", "a", "##o", "##a"])
        self.assertEqual(self.names({"hat": 1}, 6), ["h", "hat", "##t", "a", "##o", "##a"])

    def test_every_word_is_cut_as_before_or_into_its_characters(self) -> None:
        fewer = WordPiece([*SPECIAL, *self.names({}, 5)])
        names = list(fewer.ids)
        self.assertEqual([names[i] for i in fewer.encode_word("hat")], ["h", "##a", "##t"])


if __name__ == "__main__":
    unittest.main()
