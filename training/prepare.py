"""Sources to examples with their side, texts for pretraining, and the vocabulary.

Usage: python3 training/prepare.py
"""

import json
import random
from collections import Counter

from composed import compose
from examples import Example, write_examples
from paths import DATA, EXAMPLES, TEXTS, VOCABULARY
from read_sources import all_examples, plain_texts, sentences
from split import near_duplicates, side
from wordpiece import learn_vocabulary, split_words

VOCABULARY_SIZE = 12_000
COMPOSED = 8_000
"""Composed prompts in each language, with their good answers."""

Text = tuple[str, str, str, str, str]
"""Language, source, group, first, second; the second may be empty."""


def prepare() -> None:
    DATA.mkdir(parents=True, exist_ok=True)
    examples = all_examples()
    clusters = near_duplicates(examples)
    named = [Example(**{**vars(e), "group": side(c) + " " + c[:80]}) for e, c in zip(examples, clusters)]
    write_examples(EXAMPLES, named)
    texts = training_texts(named)
    with TEXTS.open("w") as file:
        for row in texts:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    write_vocabulary(texts)
    print(Counter((e.source, e.language, e.group.split()[0]) for e in named))
    print({lang: sum(len(a) + len(b) for language, _, _, a, b in texts if language == lang) for lang in ("en", "pt")}, "characters")


def training_texts(examples: list[Example]) -> list[Text]:
    """All but what is held out, down to the sentences of a text that a held-out prompt asks about."""
    rng = random.Random(7)
    held_out = {t for e in examples if not e.group.startswith("train") for t in (e.prompt, e.response, e.translation)}
    held_out |= {p.split(": ", 1)[-1] for p in held_out}
    held_out |= {sentence for text in held_out for sentence in sentences(text)}
    pairs = {(e.language, e.source, e.group, e.prompt, e.response) for e in examples if e.group.startswith("train")}
    plain = {row for row in plain_texts(rng) if not {row[3], row[4]} & held_out}
    composed = {composed_text(language, rng) for language in ("en", "pt") for _ in range(COMPOSED)}
    return sorted(pairs | plain | composed)


def composed_text(language: str, rng: random.Random) -> Text:
    task = compose(language, "train", rng)
    return language, "composed", task.prompt, task.prompt, task.good


def write_vocabulary(texts: list[Text]) -> None:
    """Both languages weigh the same, however much text each has."""
    by_language: dict[str, Counter[str]] = {"en": Counter(), "pt": Counter()}
    for language, _, _, first, second in texts:
        by_language[language].update(split_words(first))
        by_language[language].update(split_words(second))
    total = {language: sum(counts.values()) for language, counts in by_language.items()}
    both: Counter[str] = Counter()
    for language, counts in by_language.items():
        for word, count in counts.items():
            both[word] += round(count * max(total.values()) / total[language])
    VOCABULARY.write_text("\n".join(learn_vocabulary(both, VOCABULARY_SIZE)) + "\n")


if __name__ == "__main__":
    prepare()
