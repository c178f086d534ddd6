"""Tasks with a small text: what is right can be read in the prompt."""

from phrases import NAMES
from task import Draw, Task, capital


def compare(draw: Draw) -> Task:
    """Who has more, fewer, is older, younger."""
    rng = draw.rng
    a, b, c = rng.sample(NAMES, 3)
    n, m = rng.sample(range(3, 95), 2)
    ask, highest = rng.choice([("has_more", True), ("has_fewer", False), ("older", True), ("younger", False)])
    x, other = (a, b) if (n > m) == highest else (b, a)
    thing = draw.some("things", 1)[0].split("/")[0]
    given = {"a": a, "b": b, "n": n, "m": m, "thing": thing}
    return draw.task(ask, ask + "_say", given, {"x": x}, [("fact", {"x": other}), ("near-miss", {"x": c})])


def owners(draw: Draw) -> Task:
    """Two people own things; one is asked about."""
    rng = draw.rng
    a, b = rng.sample(NAMES, 2)
    n, m = rng.sample(range(2, 100), 2)
    (thing, many), (other, _) = (found.split("/") for found in draw.some("things", 2))
    given = {"a": a, "b": b, "n": n, "m": m, "thing": thing, "other": other, "many": many}
    if rng.random() < 0.5:
        wrong = [("fact", {"x": a, "k": m, "y": thing}), ("near-miss", {"x": b, "k": m, "y": other})]
        return draw.task("how_many", "how_many_say", given, {"x": a, "k": n, "y": thing}, wrong)
    wrong = [("fact", {"x": b, "y": thing}), ("near-miss", {"x": b, "y": other})]
    return draw.task("who_owns", "who_owns_say", given, {"x": a, "y": thing}, wrong)


def visits(draw: Draw) -> Task:
    """One went here, then there; asked where first, where last."""
    p, q, r = draw.some("places", 3)
    given = {"a": draw.rng.choice(NAMES), "p": p, "q": q}
    wrong = [(kind, {"p": place, "P": capital(place)}) for kind, place in (("fact", q), ("near-miss", r))]
    return draw.task(draw.rng.choice(["went_first", "went_last"]), "place_say", given, {"P": capital(p)}, wrong)


def colour(draw: Draw) -> Task:
    p, q = draw.some("objects", 2)
    colours = {"en": "colours", "pt": "cores"}[draw.language]
    c, d, e = draw.some(colours, 3)
    given = {"p": p, "P": capital(p), "q": q, "Q": capital(q), "c": c, "d": d}
    wrong = [("fact", {"c": d}), ("fact", {"c": e}), ("near-miss", {"p": q, "P": capital(q), "c": d})]
    return draw.task("colour", "colour_say", given, {}, wrong)


def likes(draw: Draw) -> Task:
    """Yes or no, by the text."""
    f, g = draw.some("foods", 2)
    given = {"a": draw.rng.choice(NAMES), "f": f, "g": g}
    ask, right, wrong = draw.rng.choice([("likes", "yes_say", "no_say"), ("dislikes", "no_say", "yes_say")])
    task = draw.task(ask, right, given, {}, [])
    return Task(task.prompt, task.good, [("fact", draw.form(wrong).format(**given))])


def deeds(draw: Draw) -> Task:
    """Two people did something: who, what or when."""
    rng = draw.rng
    a, b, c = rng.sample(NAMES, 3)
    act, other, third = draw.some("acts", 3)
    d, e = draw.some("days", 2)
    given = {"a": a, "b": b, "act": act, "other": other, "d": d, "e": e}
    match rng.choice(["summary", "who_did", "which_day"]):
        case "summary":
            wrong = [("fact", {"act": other}), ("near-miss", {"a": b, "act": other}), ("fact", {"act": third})]
            return draw.task("summary", "summary_say", given, {}, wrong)
        case "who_did":
            return draw.task("who_did", "who_say", given, {}, [("fact", {"a": b}), ("near-miss", {"a": c})])
        case _:
            return draw.task("which_day", "which_day_say", given, {}, [("fact", {"d": e}), ("near-miss", {"a": b, "act": other, "d": e})])


READING_TASKS = [compare, owners, visits, colour, likes, deeds]
