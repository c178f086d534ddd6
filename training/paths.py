"""Where training reads and writes. All that it writes is ignored by git and can be made again."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / ".cache" / "training"
SOURCES = WORK / "sources"
DATA = WORK / "data"
VOCABULARY = DATA / "vocab.txt"
EXAMPLES = DATA / "examples.jsonl"
TEXTS = DATA / "texts.jsonl"
WRITTEN = ROOT / "training" / "written"
"""Prompts with a good and a worse answer, written for this training; the only texts that lie in the repository."""
GOLDEN_TEXTS = ROOT / "test" / "fixtures" / "bert-reward" / "goldens.json"
