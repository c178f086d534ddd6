"""Tasks about lists and sentences: name some, pick one, say it better."""

from phrases import NAMES, insult
from task import Draw, Task, capital


def listing(draw: Draw) -> Task:
    """So many of a kind are asked for."""
    rng = draw.rng
    (kind, singular), (other, _) = (found.split("/") for found in draw.some("kinds", 2))
    count, style, join = rng.randint(2, 5), rng.randrange(3), draw.form("and")
    good = draw.some(kind, count)
    mixed = [*draw.some(other, 1), *good[1:]]
    rng.shuffle(mixed)

    def say(found: list[str]) -> str:
        if style == 0:
            return "\n".join(f"{i + 1}. {capital(word)}" for i, word in enumerate(found))
        if style == 1:
            return "\n".join(f"- {word}" for word in found)
        text = f" {join} ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else found[0]
        return capital(text) + "."

    k = draw.number(count, feminine=singular.startswith("uma "))
    bad = [("half", say(good[: rng.randrange(1, count)])), ("near-miss", say(draw.some(other, count))), ("fact", say(mixed))]
    return Task(draw.form("list_some").format(k=k, kinds=kind), say(good), bad)


def pick(draw: Draw) -> Task:
    """The one of a kind among others, or the one that is none of the kind."""
    (kind, singular), *rest = (found.split("/") for found in draw.some("kinds", 4))
    odd = draw.rng.random() < 0.5
    others = draw.some(kind, 3) if odd else [draw.some(found[0], 1)[0] for found in rest]
    right = draw.some(rest[0][0] if odd else kind, 1)[0]
    listed = draw.rng.sample([right, *others], 4)
    given = {"kind": singular, "kinds": kind, "list": ", ".join(listed)}
    absent = next(word for word in draw.some(kind, 5) if word not in listed)
    wrong = [("fact", {"x": others[0]}), ("fact", {"x": others[1]}), ("near-miss", {"x": absent})]
    return draw.task("odd_one_out" if odd else "one_of_a_kind", "word_say", given, {"x": right}, wrong)


def polite(draw: Draw) -> Task:
    """An order said as a request."""
    (rude, kind), (_, other) = (found.split("/") for found in draw.some("rude_orders", 2))
    thing, another = draw.some("objects", 2)
    order = rude.format(o=thing)
    bad = [
        ("echo", order),
        ("rude", f"{order} {insult(draw.language, draw.side, draw.rng)}"),
        ("near-miss", draw.rng.choice([kind.format(o=another), other.format(o=thing)])),
    ]
    return Task(draw.form("polite").format(order=order), kind.format(o=thing), bad)


def typo(draw: Draw) -> Task:
    """Two letters of a word changed places."""
    rng = draw.rng
    a, b = rng.sample(NAMES, 2)
    act, other = draw.some("acts", 2)
    words = act.split()
    i = rng.choice([i for i, word in enumerate(words) if len(word) > 3])
    at = rng.choice([k for k in range(1, len(words[i]) - 1) if words[i][k] != words[i][k + 1]])
    word = words[i]
    words[i] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    wrong = f"{a} {' '.join(words)}."
    bad = [("echo", wrong), ("fact", f"{b} {act}."), ("near-miss", f"{a} {other}.")]
    return Task(draw.form("fix_typo").format(typo=wrong), f"{a} {act}.", bad)


LIST_TASKS = [listing, pick, polite, typo]
