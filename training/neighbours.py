"""For each example, others whose prompts are near its own: their answers are near misses."""

from collections import Counter, defaultdict

from examples import Example
from split import words

RAREST = 6
"""How many of a prompt's rarest words are looked up."""
MOST_OWNERS = 120


def find_neighbours(examples: list[Example], most: int = 6) -> list[list[int]]:
    """Indices of examples in the same language that share rare words of the prompt, the nearest first."""
    bags = [set(words(e.prompt)) for e in examples]
    frequency = Counter(w for bag in bags for w in bag)
    owners: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, example in enumerate(examples):
        for word in bags[i]:
            if frequency[word] <= MOST_OWNERS:
                owners[example.language, word].append(i)
    found = []
    for i, example in enumerate(examples):
        shared: Counter[int] = Counter()
        rare = sorted((w for w in bags[i] if (example.language, w) in owners), key=lambda w: (frequency[w], w))[:RAREST]
        for word in rare:
            for j in owners[example.language, word]:
                if examples[j].group != example.group and examples[j].response != example.response:
                    shared[j] += 1
        found.append([j for j, _ in shared.most_common(most)])
    return found
