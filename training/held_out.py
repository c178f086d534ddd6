"""A checkpoint's rewards for a thousand texts that were held out, to see what rounding costs there.

Usage: python3 training/held_out.py CHECKPOINT FOLDER
Writes FOLDER, the checkpoint with those texts as its goldens, for `npm run matrix -- FOLDER`.
"""

import shutil
import sys
from pathlib import Path

from contrasts import EASY, READING, Contrasts
from evaluate import pairs_of
from examples import read_examples
from export import write_goldens
from paths import EXAMPLES

PAIRS = 14
"""Of a kind and a language, each with a good and a worse answer."""


def held_out_texts() -> list[tuple[str, str]]:
    contrasts = Contrasts(read_examples(EXAMPLES), "test")
    drawn = [pair for kind in [*EASY, *READING] for language in ("en", "pt") for pair in pairs_of(contrasts, kind, language, PAIRS)]
    return list(dict.fromkeys((prompt, answer) for prompt, good, worse in drawn for answer in (good, worse)))


if __name__ == "__main__":
    checkpoint, folder = map(Path, sys.argv[1:])
    shutil.copytree(checkpoint, folder)
    write_goldens(folder, held_out_texts())
