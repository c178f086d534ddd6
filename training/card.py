"""The model card in both languages, and what the page says of the model, from figures that other commands made.

Usage: python3 training/card.py CHECKPOINT PREFERENCES HARDWARE HARDWARE_PT
CHECKPOINT: what export.py and evaluate.py wrote; PREFERENCES: the JSON of `reward-scorer evaluate --json`;
HARDWARE, HARDWARE_PT: what it was trained on, in words, English and Portuguese.
Writes CHECKPOINT/README.md, README.pt-BR.md and training/demo/about.json.
"""

import json
import re
import sys
from pathlib import Path

from card_text import WORDS
from checkpoint import load_checkpoint
from paths import ROOT

PREFERENCES = {
    "hh-harmless-test": "HH harmless, single-turn",
    "Natural": "LLMBar Natural",
    "Adversarial_GPTInst": "LLMBar Adversarial GPTInst",
    "Adversarial_GPTOut": "LLMBar Adversarial GPTOut",
    "Adversarial_Manual": "LLMBar Adversarial Manual",
    "Adversarial_Neighbor": "LLMBar Adversarial Neighbor",
    "en_100_tree": "oasst first-turn siblings",
}


SEPARATORS = str.maketrans(",.", ".,")
"""Portuguese writes 14.400 and 84,4."""


def written(number: float, form: str, language: str) -> str:
    text = format(number, form)
    return text.translate(SEPARATORS) if language == "pt" else text


def percent(share: float, language: str = "en") -> str:
    return written(100 * share, ".1f", language)


def name_of(path: str) -> str:
    return next((name for part, name in PREFERENCES.items() if part in path), Path(path).name)


def read_figures(checkpoint: Path, preferences: Path, hardware: dict[str, str]) -> dict:
    model = load_checkpoint(checkpoint)
    log = json.loads((checkpoint / "training.json").read_text())
    fields = {
        "layers": model.config.num_hidden_layers,
        "hidden": model.config.hidden_size,
        "millions": sum(p.numel() for p in model.parameters()) / 1e6,
    }
    for part in ("pretrain", "reward", "rounded"):
        fields[part], fields[f"{part}_minutes"] = log[part][-1]["step"], round(log[part][-1]["cpuMinutes"])
    return {
        "fields": fields,
        "hardware": hardware,
        "contrasts": json.loads((checkpoint / "contrasts.json").read_text()),
        "files": json.loads(preferences.read_text())["files"],
        "sources": json.loads((Path(__file__).parent / "sources.json").read_text()),
    }


def write_card(figures: dict, language: str) -> str:
    words, contrasts = WORDS[language], figures["contrasts"]
    overall = contrasts["all"]
    low, high = overall["interval"]
    shares = {"all": overall["right"], "low": low, "high": high, "longer": overall["longer"]}
    numbers = {name: written(value, ".2f" if name == "millions" else ",", language) for name, value in figures["fields"].items()}
    parts = [f"# {words.title}", words.lead, words.use, words.trained, table_of_sources(words, figures["sources"]), words.kinds]
    fields = numbers | {name: percent(share, language) for name, share in shares.items()}
    fields |= {"pairs": written(overall["pairs"], ",", language), "hardware": figures["hardware"][language]}
    parts = [part.format(**fields) for part in parts]
    parts += [table_of_kinds(words, contrasts["kinds"], language)]
    parts += [words.people, table_of_people(words, figures["files"], language)]
    parts += [words.fails, words.fails_lead, list_of_failures(words, contrasts["kinds"], language), words.again]
    return "\n\n".join(parts) + "\n"


def table_of_sources(words, sources: list[dict]) -> str:
    rows = [f"| [{s['repository']}](https://github.com/{s['repository']}) | {s['licence']} |" for s in sources]
    return "\n".join(["| | |", "| --- | --- |", *rows, f"| {words.written} | Apache-2.0 |"])


def table_of_kinds(words, kinds: list[dict], language: str) -> str:
    def cell(kind: dict) -> str:
        low, high = (percent(share, language) for share in kind["interval"])
        return f"{percent(kind['right'], language)} ({low}–{high})"

    lines = [words.kinds_head, "| --- | --- | --- | --- |"]
    for english, portuguese in zip(kinds[::2], kinds[1::2]):
        lines.append(f"| {words.names[english['kind']]} | `{english['kind']}` | {cell(english)} | {cell(portuguese)} |")
    return "\n".join(lines)


def table_of_people(words, files: list[dict], language: str) -> str:
    lines = [words.people_head, "| --- | --- | --- | --- | --- | --- |"]
    for file in files:
        shares = [file["accuracy"]["rate"], *file["accuracy"]["interval"], file["longerWins"]["rate"]]
        accuracy, low, high, longer = (percent(share, language) for share in shares)
        counts = f"{file['comparisons']} | {file['prompts']}"
        lines.append(f"| {name_of(file['file'])} | {counts} | {accuracy} | {low}–{high} | {longer} |")
    return "\n".join(lines)


def list_of_failures(words, kinds: list[dict], language: str) -> str:
    lines = []
    for kind in kinds:
        if kind["language"] == language and not kind["easy"] and kind["example"]:
            prompt, good, worse = map(quoted, kind["example"])
            lines.append(f"- {words.names[kind['kind']]}: {words.prompt} {prompt}; {words.good}: {good}; {words.worse}: {worse}")
    return "\n".join(lines)


def quoted(text: str) -> str:
    """On one line; one that is a quotation already is quoted once."""
    line = " ".join(text.split())
    return "“" + re.sub(r'^["“]([^"“”]+)["”]$', r"\1", line) + "”"


def about(figures: dict) -> dict:
    """What the manifest says."""
    return {
        **said(figures, "en"),
        "translations": {"pt-BR": said(figures, "pt")},
        "pairwise": False,
        "defaultAlpha": 10,
        "languages": ["en", "pt-BR"],
        "licence": "Apache-2.0",
    }


def said(figures: dict, language: str) -> dict:
    """In the words of one language."""
    words, fields, contrasts = WORDS[language], figures["fields"], figures["contrasts"]
    overall, rates = contrasts["all"], [file["accuracy"]["rate"] for file in figures["files"]]

    def range_of(shares: list[float]) -> dict[str, str]:
        return {"least": percent(min(shares), language), "most": percent(max(shares), language)}

    def by_kind(easy: bool) -> dict[str, str]:
        return range_of([kind["right"] for kind in contrasts["kinds"] if kind["easy"] == easy])

    def of_people(file: dict) -> str:
        low, high = file["accuracy"]["interval"]
        shares = {"rate": file["accuracy"]["rate"], "low": low, "high": high, "longer": file["longerWins"]["rate"]}
        numbers = {name: percent(share, language) for name, share in shares.items()}
        return words.about_people.format(name=name_of(file["file"]), comparisons=file["comparisons"], **numbers)

    return {
        "description": words.about.format(**fields | {"millions": written(fields["millions"], ".2f", language)}),
        "accuracy": [
            words.about_all.format(all=percent(overall["right"], language), pairs=written(overall["pairs"], ",", language)),
            words.about_easy.format(**by_kind(easy=True)),
            words.about_reading.format(**by_kind(easy=False)),
            *map(of_people, figures["files"]),
        ],
        "limits": [words.about_chance.format(**range_of(rates)), words.about_learned, words.about_length],
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    found = read_figures(folder, Path(sys.argv[2]), {"en": sys.argv[3], "pt": sys.argv[4]})
    (folder / "README.md").write_text(write_card(found, "en"))
    (folder / "README.pt-BR.md").write_text(write_card(found, "pt"))
    (ROOT / "training" / "demo" / "about.json").write_text(json.dumps(about(found), indent=2, ensure_ascii=False) + "\n")
