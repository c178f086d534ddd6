"""Each source's files as examples, and as plain text for pretraining."""

import csv
import gzip
import json
import random
import re
from collections.abc import Iterator

from examples import Example
from paths import SOURCES, WRITTEN

csv.field_size_limit(10**8)
TRANSLATE = {
    "pt": ["Traduza para o português: ", "Como se diz em português: ", "Escreva em português: ", "Passe para o português a frase: "],
    "en": ["Translate to English: ", "How do you say in English: ", "Write in English: ", "Put this sentence into English: "],
}
WITH_TEXT = {
    "en": ["{t}\n\n{q}", "Text: {t}\nQuestion: {q}", "{q}\n\n{t}", "Answer by the text. {t}\n{q}"],
    "pt": ["{t}\n\n{q}", "Texto: {t}\nPergunta: {q}", "{q}\n\n{t}", "Responda pelo texto. {t}\n{q}"],
}


def read_json(path: str):
    return json.loads((SOURCES / path).read_text())


def sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?])\s+", " ".join(text.split())) if s]


def gpteacher() -> Iterator[Example]:
    for name in ("roleplay-simple-deduped-roleplay-instruct", "codegen-instruct"):
        for row in read_json(f"gpteacher/{name}.json"):
            given = row.get("input") or ""
            prompt = row["instruction"] + ("\n" + given if given else "")
            yield Example(prompt, row["response"].strip("'\" "), "en", "gpteacher", row["instruction"])


def aira() -> Iterator[Example]:
    for row in read_json("aira_old/fine_tuning_completion.json"):
        prompt = row["prompt"].replace("\n\n###\n\n", "").strip()
        answer = row["completion"].replace("[END]", "").strip()
        yield Example(prompt, answer, "en", "aira", answer[:60])


def t0() -> Iterator[Example]:
    with gzip.open(SOURCES / "t0-sample.jsonl.gz", "rt") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    for row in rows:
        prompt, answer = row["prompt"].strip(), row["completion"].replace("<|endoftext|>", "").strip()
        if "##" in prompt + answer or "#.#" in prompt or "-lrb-" in prompt + answer or len(prompt) > 700:
            continue
        if len(answer) > 12:
            yield Example(prompt, answer, "en", "t0", max(prompt.split("\n"), key=len))


def best_window(text: str, answer: str) -> str:
    """The one or two sentences of a text that share the most words with the answer."""
    parts = sentences(text)
    wanted = set(answer.lower().split())
    best = max(range(len(parts)), key=lambda i: len(wanted & set(parts[i].lower().split())), default=0)
    start = max(0, best - 1) if len(parts[best]) < 200 else best
    return " ".join(parts[start : best + 1])[-500:]


def pira(rng: random.Random) -> Iterator[Example]:
    seen = set()
    rows = [(r, "") for name in "CFT" for r in read_json(f"pira/Pirá-{name}-Total.json")]
    for name in ("v2_test", "v2_validation"):
        with (SOURCES / f"pira/{name}.csv").open() as file:
            rows += [(r, r["abstract"]) for r in csv.DictReader(file)]
    for row, text in rows:
        for language, other in (("en", "pt"), ("pt", "en")):
            for question in (str(row[f"question_{language}_{form}"] or "") for form in ("origin", "paraphase")):
                for form in ("origin", "validate"):
                    answer, translation = str(row[f"answer_{language}_{form}"]), str(row[f"answer_{other}_{form}"] or "")
                    if not question or len(answer) < 6 or (question, answer, bool(text)) in seen:
                        continue
                    seen.add((question, answer, bool(text)))
                    prompt = question
                    if text:
                        abstract = text if language == "en" else row["abstract_translated_pt"]
                        prompt = rng.choice(WITH_TEXT[language]).format(t=best_window(abstract, answer), q=question)
                    yield Example(prompt, answer, language, "pira-text" if text else "pira", "pira" + row["id_qa"], translation)


def faquad(rng: random.Random) -> Iterator[Example]:
    for article in read_json("faquad/dataset.json")["data"]:
        for paragraph in article["paragraphs"]:
            for qa in paragraph["qas"]:
                answer = max(qa["answers"], key=lambda a: len(a["text"]), default=None)
                if answer is None or len(answer["text"]) < 6:
                    continue
                group = "faquad" + article.get("title", "") + paragraph["context"][:40]
                text, start = paragraph["context"], answer["answer_start"]
                around = text[text.rfind(". ", 0, max(0, start - 60)) + 1 : start + len(answer["text"])].strip()
                end = text.find(".", start + len(answer["text"]))
                around += text[start + len(answer["text"]) : end + 1] if 0 < end - start < 500 else ""
                if len(answer["text"]) > 15:
                    yield Example(qa["question"], answer["text"], "pt", "faquad", group)
                yield Example(
                    rng.choice(WITH_TEXT["pt"]).format(t=around[-600:], q=qa["question"]), answer["text"], "pt", "faquad-text", group
                )


def python_docs() -> list[dict[str, str]]:
    with gzip.open(SOURCES / "python_docs_ptbr/en_pt_pairs.jsonl.gz", "rt") as file:
        return [json.loads(line) for line in file]


def translations(rng: random.Random, count: int) -> Iterator[Example]:
    """Sentences to translate, two in Portuguese for one in English."""
    docs = [d for d in python_docs() if 25 < len(d["en"]) < 300 and len(d["pt"]) > 20]
    for doc in rng.sample(docs, count):
        language, other = ("pt", "en") if rng.random() < 0.66 else ("en", "pt")
        prompt = rng.choice(TRANSLATE[language]) + doc[other]
        yield Example(prompt, doc[language].removesuffix(":"), language, "docs", doc["en"], doc[other])


def written() -> Iterator[Example]:
    """What was written for this training: everyday prompts in both languages, by subject."""
    for path in sorted(WRITTEN.glob("*.jsonl")):
        for line in path.read_text().splitlines():
            texts = json.loads(line)
            for language, other in (("en", "pt"), ("pt", "en")):
                prompt, good, worse = texts[language]
                yield Example(prompt, good, language, f"written-{path.stem}", texts["en"][0], texts[other][1], worse)


def all_examples() -> list[Example]:
    rng = random.Random(7)
    rows = [*gpteacher(), *aira(), *t0(), *pira(rng), *faquad(rng), *translations(rng, 7000), *written()]
    return [e for e in rows if e.prompt.strip() and e.response.strip() and not says_the_cards(f"{e.prompt} {e.response}")]


def says_the_cards(text: str) -> bool:
    """Whether it is near the two examples of the published model card, which are never trained on."""
    text = text.lower()
    return ("capital" in text and ("france" in text or "frança" in text)) or "google it" in text


def plain_texts(rng: random.Random) -> Iterator[tuple[str, str, str, str, str]]:
    """Language, source, group, first half, second half: text that goes on, or a sentence and its translation."""
    for doc in python_docs():
        yield "pt", "docs-plain", doc["en"], doc["pt"], doc["en"] if rng.random() < 0.5 else ""
        yield "en", "docs-plain", doc["en"], doc["en"], doc["pt"] if rng.random() < 0.4 else ""
    long: list[tuple[str, str, str]] = [
        ("pt", "faquad-plain", p["context"]) for a in read_json("faquad/dataset.json")["data"] for p in a["paragraphs"]
    ]
    for name in ("v2_test", "v2_validation"):
        with (SOURCES / f"pira/{name}.csv").open() as file:
            for row in csv.DictReader(file):
                long += [("en", "pira-plain", row["abstract"]), ("pt", "pira-plain", row["abstract_translated_pt"])]
    long += [("en", "pira-plain", r["text_excerpts_un_reports"]) for r in read_json("pira/Pirá-C-Total.json")]
    for language, source, text in sorted(set(long)):
        parts = sentences(text)
        for i in range(0, len(parts) - 1, 2):
            yield language, source, text[:80], parts[i][:600], parts[i + 1][:600]
    for language in ("en", "pt"):
        for line in (SOURCES / f"aira_old/generatedQA_{language}.txt").read_text().splitlines():
            yield language, "aira-plain", line[:80], re.sub(r"\s+\d+$", "", line), ""
