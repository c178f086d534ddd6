"""Which examples are trained on. A prompt's side never changes: it hangs on a hash, not on an order."""

import hashlib
import re
from collections import defaultdict

from examples import Example

SHINGLE_WORDS = 6
COMMON = 25
"""A run of words in more prompts than this is a template, not a sign of a near duplicate."""
PARTS = 25


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def shingles(text: str) -> set[str]:
    found = words(text)
    if len(found) <= SHINGLE_WORDS:
        return {" ".join(found)}
    return {" ".join(found[i : i + SHINGLE_WORDS]) for i in range(len(found) - SHINGLE_WORDS + 1)}


def near_duplicates(examples: list[Example]) -> list[str]:
    """A name of the cluster of each example: those of one group, and those whose prompts share a run of words."""
    parent = list(range(len(examples)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    owners: dict[str, list[int]] = defaultdict(list)
    for i, example in enumerate(examples):
        owners["group " + " ".join(words(example.group))].append(i)
        for shingle in shingles(example.prompt):
            owners[shingle].append(i)
    for key, members in owners.items():
        if key.startswith("group ") or len(members) <= COMMON:
            for member in members[1:]:
                parent[root(member)] = root(members[0])
    names: dict[int, str] = {}
    for i, example in enumerate(examples):
        names[root(i)] = min(names.get(root(i), example.prompt), example.prompt)
    return [names[root(i)] for i in range(len(examples))]


def side(cluster: str) -> str:
    """`test` (8 %), `validation` (4 %) or `train`."""
    part = int(hashlib.sha256(cluster.encode()).hexdigest(), 16) % PARTS
    return "test" if part < 2 else "validation" if part == 2 else "train"
