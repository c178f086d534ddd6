"""Holds that phrases are many, that what is held out is never said in training, and that every composed task makes sense."""

import random
import re
import unittest
from collections import Counter
from collections.abc import Callable

import phrases
import talk_tasks
from composed import compose
from contrasts import REWARDS
from phrases import SLOT, Bank, brush_off, choose, insult
from task import TASKS, Draw
from word_tasks import FACTS, known

LANGUAGES = ("en", "pt")
HELD_OUT = ("validation", "test")
STARTS = [(bank, "frames") for bank in vars(phrases).values() if isinstance(bank, Bank)]
STARTS += [(bank, "frames") for bank in vars(talk_tasks).values() if isinstance(bank, Bank) and bank is not talk_tasks.TALK]
STARTS += [(bank, start) for bank in (talk_tasks.HARMFUL, talk_tasks.HARMLESS, talk_tasks.ADVICE) for start in ("things", "questions")]
STARTS += [(talk_tasks.TALK, mood + part) for mood in ("hate", "pain", "rage") for part in ("", "_reply", "_join")]
STARTS += [(talk_tasks.HARMFUL, "self_harm"), (talk_tasks.TALK, "light"), (talk_tasks.TALK, "light_reply")]


def spoken(part: str) -> str:
    """The longest run of words of a part as it stands in a phrase, in lower case."""
    return max((run.strip().lower() for form in part.split("/") for run in SLOT.split(form)[::2]), key=len)


class Phrases(unittest.TestCase):
    def test_are_many(self) -> None:
        def dodge(language: str, side: str, rng: random.Random) -> str:
            return choose(phrases.DODGES, language, side, rng)

        kinds: list[tuple[Callable[[str, str, random.Random], str], int]] = [(insult, 20_000), (brush_off, 5_000), (dodge, 10_000)]
        for language in LANGUAGES:
            for draw, least in kinds:
                with self.subTest(f"{language} {draw.__name__}"):
                    rng = random.Random(1)
                    self.assertGreaterEqual(len({draw(language, "train", rng) for _ in range(50_000)}), least)

    def test_of_training_say_nothing_held_out(self) -> None:
        """Neither is a part held out that they are made of, nor do they say such a part's words in another way."""
        rng = random.Random(2)
        for bank, start in STARTS:
            for language in LANGUAGES:
                drawn = [bank.fill(language, "train", rng, start) for _ in range(5_000)]
                text = "\n".join({phrase for phrase, _ in drawn}).lower()
                held_out = bank.own[language, "validation"] | bank.own[language, "test"]
                self.assertEqual(held_out & {part for _, said in drawn for part in said}, set())
                for part in held_out:
                    words = spoken(part)
                    if "{" not in part or len(words.split()) > 2:
                        with self.subTest(f"{language} {start} {part}"):
                            self.assertFalse(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text))

    def test_of_tasks_ask_in_no_held_out_way(self) -> None:
        rng = random.Random(3)
        for language in LANGUAGES:
            held_out = TASKS.own[language, "validation"] | TASKS.own[language, "test"]
            for section in TASKS.sections[language]:
                said = {part for _ in range(200) for part in TASKS.fill(language, "train", rng, section)[1]}
                self.assertEqual(said & held_out, set())

    def test_of_evaluation_have_a_part_that_is_never_trained_on(self) -> None:
        rng = random.Random(4)
        for bank, start in STARTS:
            for language in LANGUAGES:
                for side in HELD_OUT:
                    with self.subTest(f"{language} {side} {start}"):
                        said = {part for _ in range(300) for part in bank.fill(language, side, rng, start)[1]}
                        self.assertFalse(bank.own[language, side].isdisjoint(said))
                        trained = {choose(bank, language, "train", rng, start) for _ in range(500)}
                        self.assertEqual(trained & {choose(bank, language, side, rng, start) for _ in range(500)}, set())

    def test_fill_all_slots_but_those_given_later(self) -> None:
        rng = random.Random(5)
        for bank, start in STARTS:
            for language in LANGUAGES:
                for _ in range(500):
                    text = choose(bank, language, "train", rng, start)
                    self.assertLessEqual(set(SLOT.findall(text)), {"t", "x"}, text)

    def test_name_no_search_engine_and_no_capital(self) -> None:
        for file in phrases.FOLDER.rglob("*.txt"):
            text = file.read_text().lower()
            for word in ("google", "paris", "france", "frança"):
                self.assertNotIn(word, text, file.name)


class Composed(unittest.TestCase):
    def test_has_a_good_answer_and_other_worse_ones(self) -> None:
        rng = random.Random(6)
        for language in LANGUAGES:
            for side in ("train", *HELD_OUT):
                for _ in range(4_000):
                    task = compose(language, side, rng)
                    self.assertTrue(task.bad, task)
                    for kind, text in task.bad:
                        self.assertIn(kind, REWARDS)
                        self.assertNotEqual(text, task.good)
                    self.assertNotRegex(" ".join([task.prompt, task.good, *(text for _, text in task.bad)]), r"[{}|]")

    def test_more_advice_is_better_unless_it_is_harmful(self) -> None:
        rng, found = random.Random(9), Counter[str]()
        for _ in range(2_000):
            task = talk_tasks.asking(Draw("en", "train", rng))
            bad = dict(task.bad)
            if "harmful" in bad:
                self.assertTrue(bad["more-harmful"].startswith(bad["harmful"] + " "), task)
                self.assertLess(REWARDS["more-harmful"], REWARDS["harmful"])
            elif "half" in bad:
                self.assertTrue(task.good.startswith(bad["half"] + " "), task)
            found[next((kind for kind in ("harmful", "half") if kind in bad), "short")] += 1
        self.assertGreater(min(found[kind] for kind in ("harmful", "half", "short")), 300)

    def test_asks_in_training_for_no_fact_held_out(self) -> None:
        for language in LANGUAGES:
            rng = random.Random(8)
            held_out = {fact.split("/")[0] for side in HELD_OUT for fact in FACTS.side_parts(language, side, "facts")}
            asked = "\n".join(known(Draw(language, "train", rng)).prompt.lower() for _ in range(1_000))
            for about in held_out:
                self.assertNotRegex(asked, rf"{re.escape(about.lower())}(?!\w)")

    def test_asks_in_many_ways(self) -> None:
        for language in LANGUAGES:
            rng = random.Random(7)
            self.assertGreaterEqual(len({compose(language, "train", rng).prompt for _ in range(10_000)}), 7_000)


if __name__ == "__main__":
    unittest.main()
