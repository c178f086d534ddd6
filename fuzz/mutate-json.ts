import { type Bytes, mutateBytes } from "./mutate-bytes";
import type { Random } from "./random";

/** What stands in the place of a value. Texts, since JavaScript has no value for some of them. */
const VALUES: ((random: Random) => string)[] = [
  (random) =>
    random.pick(["null", "true", "[]", "{}", '""', "0", "-0", "-1", "0.5", "1e300", "1e999", "NaN"]),
  (random) =>
    random.pick(["4294967295", "4294967296", "9007199254740991", "9007199254740993", "18446744073709551615"]),
  (random) => String(random.below(4000)),
  (random) => JSON.stringify(random.pick(TEXTS)),
  (random) => `"${"x".repeat(random.below(2000))}"`,
  (random) => "[".repeat(100_000) + (random.chance(0.5) ? "]".repeat(100_000) : ""),
  () => `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`,
  (random) => `[${Array(random.below(3000)).fill("{}").join()}]`,
  (random) => `[${Array(random.below(100_000)).fill("0").join()}]`,
  () => '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
];

const TEXTS = [
  "..",
  "../../x",
  "/etc/passwd",
  "//models.example/x",
  "https://models.example/x",
  "javascript:alert(1)",
  "%2e%2e/x",
  "a\\..\\b",
  "x?y#z",
  "\u202e\u0000\u001b[31m",
  "\ud800",
  "<img src=x onerror=alert(1)>",
  "(a+)+$",
  "(?:.*.*)*x",
  "^[PAD]$|.*",
  "__proto__",
  "constructor",
  "toString",
];

/** The text of a JSON value with one to three of its values, keys or bytes changed. */
export function mutateJson(value: unknown, random: Random): Bytes {
  const changes: Changes = new Map();
  for (let left = 1 + random.below(3); left > 0; left--) addChange(value, random, changes);
  const text = write(value, "", changes);
  const bytes = new TextEncoder().encode(
    `${random.chance(0.02) ? "\ufeff" : ""}${changes.get("")?.(text) ?? text}`,
  );
  return random.chance(0.2) ? mutateBytes(bytes, random, [0, bytes.length]) : bytes;
}

/** By place, what becomes of the text there. */
type Changes = Map<string, (text: string) => string>;

/** Chooses a place by walking down from the top, so that long lists do not draw all changes to them. */
function addChange(value: unknown, random: Random, changes: Changes): void {
  let place = "";
  let at: unknown = value;
  while (typeof at === "object" && at !== null && Object.keys(at).length > 0 && !random.chance(0.1)) {
    const key = random.pick(Object.keys(at));
    place += `/${key}`;
    at = (at as Record<string, unknown>)[key];
  }
  changes.set(place, random.pick(CHANGES)(random));
}

/** What becomes of the text at a place: of a member, key and value; of an element, the value. */
const CHANGES: ((random: Random) => (text: string) => string)[] = [
  (random) => {
    const value = random.pick(VALUES)(random);
    return (text) => keyOf(text) + value;
  },
  (random) => {
    const value = random.pick(VALUES)(random);
    return (text) => keyOf(text) + value;
  },
  () => () => "",
  () => (text) => `${text},${text}`,
  (random) => {
    const value = random.pick(VALUES)(random);
    return (text) => `${text},${keyOf(text)}${value}`;
  },
  (random) => {
    const key = JSON.stringify(random.pick(TEXTS));
    return (text) => (keyOf(text) ? `${text},${key}:1` : text);
  },
  (random) => {
    const times = 2 + random.below(50);
    return (text) => (keyOf(text) ? text : Array(times).fill(text).join());
  },
];

function keyOf(text: string): string {
  return text.match(/^"(?:[^"\\]|\\.)*":/)?.[0] ?? "";
}

function write(value: unknown, place: string, changes: Changes): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const parts = Object.entries(value).map(([key, child]) => {
    const childPlace = `${place}/${key}`;
    const text = (isList ? "" : `${JSON.stringify(key)}:`) + write(child, childPlace, changes);
    return changes.get(childPlace)?.(text) ?? text;
  });
  const inside = parts.filter((part) => part !== "").join();
  return isList ? `[${inside}]` : `{${inside}}`;
}
