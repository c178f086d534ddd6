"""What one source says: a prompt with a good answer to it."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Example:
    prompt: str
    response: str
    language: str
    """`en` or `pt`, of the response."""
    source: str
    group: str
    """Examples of one group ask the same, or of the same text: they are all trained on or all held out."""
    translation: str = ""
    """The same response in the other language, where the source has it."""
    worse: str = ""
    """A worse response that somebody wrote, where the source has one."""


def write_examples(path: Path, examples: list[Example]) -> None:
    with path.open("w") as file:
        for example in examples:
            file.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")


def read_examples(path: Path) -> list[Example]:
    with path.open() as file:
        return [Example(**json.loads(line)) for line in file]
