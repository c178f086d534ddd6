import { ScorerError, type ScorerErrorCode } from "./errors";
import { type JsonFault, jsonFaultWords } from "./json-fault";

/**
 * Longest JSON text parsed, in UTF-16 code units: a tokenizer of 120,000 tokens takes 3 million. The most
 * that a text of this length was seen to take is 125 MB (`{},{},`) and a second (one object, 500,000 keys).
 */
export const MAX_JSON_LENGTH = 4_000_000;

/** Lists and objects in one another; a manifest, the deepest of our files, has five. */
const MAX_DEPTH = 64;

/**
 * Parses JSON that a stranger may have written, more strictly than `JSON.parse`: not too long, not too
 * deep, and no key twice in an object, of which `JSON.parse` keeps the last one silently.
 *
 * @param subject where the text is from, for the message
 * @throws ScorerError `code`
 */
export function parseJson(text: string, subject: string, code: ScorerErrorCode): unknown {
  if (text.length > MAX_JSON_LENGTH) {
    throw new ScorerError(
      code,
      `${subject}: expected at most ${MAX_JSON_LENGTH} characters, found ${text.length}`,
    );
  }
  try {
    const fault = findJsonFault(text);
    if (fault) throw new ScorerError(code, `${subject}: ${jsonFaultWords(fault)}`);
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof ScorerError) throw cause;
    throw new ScorerError(code, `${subject}: not JSON`, { cause });
  }
}

/**
 * What `JSON.parse` would let pass: a key twice in an object, and depth.
 *
 * @throws SyntaxError where a key is not JSON
 */
export function findJsonFault(text: string): JsonFault | undefined {
  /** Of each open list or object: its keys so far. */
  const open: (Set<string> | undefined)[] = [];
  let lastString = "";
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') {
      const end = closingQuote(text, at);
      lastString = text.slice(at, end + 1);
      at = end;
    } else if (sign === "{" || sign === "[") {
      if (open.push(undefined) > MAX_DEPTH) return { kind: "deep", most: MAX_DEPTH };
    } else if (sign === "}" || sign === "]") {
      open.pop();
    } else if (sign === ":" && open.length > 0) {
      const key: string = JSON.parse(lastString);
      const keys = open.pop() ?? new Set();
      if (keys.has(key)) return { kind: "keyTwice", key };
      open.push(keys.add(key));
    }
  }
  return undefined;
}

function closingQuote(text: string, openingQuote: number): number {
  let at = openingQuote + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}
