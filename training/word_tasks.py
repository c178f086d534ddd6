"""Tasks with words and numbers: what is right is small common knowledge or follows from the prompt."""

from phrases import Bank
from task import LISTS, Draw, Task, capital, rebuffs

OPPOSITES, FACTS = Bank("opposites"), Bank("facts")


def noun(draw: Draw) -> str:
    """A word of any list."""
    return draw.some(draw.some("kinds", 1)[0].split("/")[0], 1)[0]


def larger(draw: Draw) -> Task:
    n, m = draw.rng.sample(range(1, 1000) if draw.rng.random() < 0.5 else range(1, 30), 2)
    return draw.task("larger", "larger_say", {"n": n, "m": m}, {"x": max(n, m)}, [("fact", {"x": min(n, m)}), ("near-miss", {"x": n + m})])


def order(draw: Draw) -> Task:
    """Numbers up or down, words by the alphabet."""
    rng = draw.rng
    ask = rng.choice(["ascending", "descending", "alphabetical"])
    words = ask == "alphabetical"
    kind = draw.some("kinds", 1)[0].split("/")[0]
    found = draw.some(kind, rng.randint(3, 4)) if words else rng.sample(range(1, 100), rng.randint(3, 5))
    right = sorted(found, reverse=ask == "descending")
    swapped = [right[1], right[0], *right[2:]]
    given = {"list": ", ".join(map(str, found))}
    say = {"fact": swapped, "near-miss": right[::-1], "half": right[:-1]}
    wrong = [(name, {"x": ", ".join(map(str, said))}) for name, said in say.items()]
    return draw.task(ask, "order_say", given, {"x": ", ".join(map(str, right))}, wrong)


def arithmetic(draw: Draw) -> Task:
    """Below 20."""
    rng = draw.rng
    ask = rng.choice(["sum", "difference"])
    n = rng.randint(2, 18)
    m = rng.randint(1, 19 - n) if ask == "sum" else rng.randint(1, n - 1)
    right, near = (n + m, abs(n - m)) if ask == "sum" else (n - m, n + m)
    off = right + rng.choice([-1, 1, 2, 3])
    return draw.task(ask, "number_say", {"n": n, "m": m}, {"x": right}, [("fact", {"x": off}), ("near-miss", {"x": near})])


def repeat(draw: Draw) -> Task:
    """So many times, or in capitals."""
    rng, word, other = draw.rng, noun(draw), noun(draw)
    if rng.random() < 0.4:
        wrong = [("half", {"x": word}), ("near-miss", {"x": other.upper()})]
        return draw.task("capitals", "word_say", {"w": word}, {"x": word.upper()}, wrong)
    count, join = rng.randint(2, 5), rng.choice([" ", ", ", "\n"])
    said = {"half": [word] * (count - 1), "fact": [word] * (count + rng.randint(1, 3)), "near-miss": [other] * count}
    prompt = draw.form("repeat").format(w=word, k=rng.choice([count, draw.number(count, feminine=True)]))
    good, texts = join.join([word] * count), {kind: join.join(words) for kind, words in said.items()}
    return Task(prompt, good, [(kind, text) for kind, text in texts.items() if text != good])


def opposite(draw: Draw) -> Task:
    (word, right), (other, _) = (pair.split("/") for pair in draw.rng.sample(OPPOSITES.parts(draw.language, "pairs"), 2))
    if draw.rng.random() < 0.5:
        word, right = right, word
    return draw.task("opposite", "word_say", {"w": word}, {"x": right}, [("fact", {"x": other}), ("echo", {"x": word})])


def letter(draw: Draw) -> Task:
    word = noun(draw)
    ask, at, near = draw.rng.choice([("first_letter", 0, -1), ("last_letter", -1, 0)])
    other = draw.rng.choice([c for c in "abcdefghilmnoprstuvz" if c not in word.lower()])
    wrong = [("near-miss", {"x": word[near].lower()}), ("fact", {"x": other})]
    return draw.task(ask, "word_say", {"w": word}, {"x": word[at].lower()}, wrong)


def calendar(draw: Draw) -> Task:
    """The day or month after or before."""
    unit, section = draw.rng.choice([("day", "days"), ("month", "months")])
    step = draw.rng.choice([1, -1])
    every = LISTS.parts(draw.language, section)
    at = draw.rng.randrange(len(every))
    right, near, far = (every[(at + s) % len(every)] for s in (step, -step, 3 * step))
    ask = f"{unit}_{'after' if step > 0 else 'before'}"
    return draw.task(ask, "word_say", {"w": every[at]}, {"x": right}, [("near-miss", {"x": near}), ("fact", {"x": far})])


def known(draw: Draw) -> Task:
    """What everybody knows, said in a word or in the question's own words."""
    facts = draw.rng.sample(FACTS.side_parts(draw.language, draw.side, "facts"), 2)
    (about, right, wrong), (other, its, _) = (fact.split("/") for fact in facts)
    form = draw.form("known_say")

    def say(about: str, said: str) -> str:
        return form.format(a=about, A=capital(about), x=said, X=capital(said))

    prompt = draw.form("known").format(a=about, A=capital(about))
    near = [("near-miss", say(other, its))] if say(other, its) != say(about, right) else []
    return Task(capital(prompt), say(about, right), [("fact", say(about, wrong)), ("echo", prompt), *near, *rebuffs(draw)])


WORD_TASKS = [larger, order, arithmetic, repeat, opposite, letter, calendar]
