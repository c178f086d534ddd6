"""Unpacks the training sources from a folder that holds them, after checking each against its sha256.

Usage: python3 training/fetch.py FOLDER
sources.json says where each comes from and under which licence.
"""

import hashlib
import json
import shutil
import sys
import tarfile
from pathlib import Path

from paths import SOURCES


def fetch(folder: Path) -> None:
    """Raises SystemExit where a file is not the one that the model was trained on."""
    SOURCES.mkdir(parents=True, exist_ok=True)
    for source in json.loads((Path(__file__).parent / "sources.json").read_text()):
        path = folder / source["file"]
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != source["sha256"]:
            raise SystemExit(f"{path}: expected sha256 {source['sha256']}, found {found}")
        if path.suffix == ".xz":
            with tarfile.open(path) as archive:
                archive.extractall(SOURCES)
        else:
            shutil.copyfile(path, SOURCES / path.name)


if __name__ == "__main__":
    fetch(Path(sys.argv[1]))
