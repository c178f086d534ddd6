"""Lays the sources out for training, each file checked against sources.json.

Usage: python3 training/fetch.py [FOLDER]
FOLDER holds archives of them. What it has no archive of is downloaded from its repository, at its commit; the two that are samples of
their repository's data (sources.json states no path for them) have to be in FOLDER.
"""

import hashlib
import json
import shutil
import sys
import tarfile
import urllib.request
from pathlib import Path
from urllib.parse import quote

from paths import SOURCES


def fetch(folder: Path | None) -> None:
    """Raises SystemExit where a file is missing, or is not the one that the model was trained on."""
    SOURCES.mkdir(parents=True, exist_ok=True)
    for source in json.loads((Path(__file__).parent / "sources.json").read_text()):
        if folder is not None and (archive := folder / source["archive"]).exists():
            unpack(archive)
        for file in source["files"]:
            path = SOURCES / file["as"]
            if not path.exists():
                download(source["repository"], file, path)
            found = hashlib.sha256(path.read_bytes()).hexdigest()
            if found != file["sha256"]:
                raise SystemExit(f"{path}: expected sha256 {file['sha256']}, found {found}")


def unpack(archive: Path) -> None:
    if archive.suffix == ".xz":
        with tarfile.open(archive) as files:
            files.extractall(SOURCES)
    else:
        shutil.copyfile(archive, SOURCES / archive.name)


def download(repository: str, file: dict[str, str], path: Path) -> None:
    if "path" not in file:
        raise SystemExit(f"{path.name}: a sample of {repository}, which no repository has as it is; give a folder that has it")
    path.parent.mkdir(parents=True, exist_ok=True)
    url = f"https://raw.githubusercontent.com/{repository}/{file['commit']}/{quote(file['path'])}"
    with urllib.request.urlopen(url) as answer:
        path.write_bytes(answer.read())


if __name__ == "__main__":
    fetch(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
