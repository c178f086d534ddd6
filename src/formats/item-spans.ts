import { JSON_STRING } from "./json-string";

/** Where a part of a text begins, and where it has ended. */
export type Span = readonly [start: number, end: number];

const STRING_OR_SIGN = new RegExp(`${JSON_STRING}|[[\\]{},]`, "g");

/**
 * Where the items of a list in JSON lie in its text, by its brackets and commas alone: what is wrong within an item
 * is told when that is parsed.
 *
 * @param text begins with the list, space aside
 * @returns undefined where the list has no end, or the text goes on after it
 */
export function itemSpans(text: string): Span[] | undefined {
  const ends: number[] = [];
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(STRING_OR_SIGN)) {
    if (sign === "[" || sign === "{") depth++;
    else if (sign === "]" || sign === "}") depth--;
    if (depth === 0 || (depth === 1 && sign === ",")) ends.push(index);
    if (depth === 0) break;
  }
  const close = ends.at(-1);
  if (depth > 0 || close === undefined || text.slice(close + 1).trim() !== "") return undefined;
  const starts = [text.indexOf("["), ...ends].map((at) => at + 1);
  const spans = ends.map((end, at) => trimmedSpan(text, starts[at]!, end));
  return spans.length === 1 && isEmpty(spans[0]!) ? [] : spans;
}

/** A part of a text without the space around it. */
export function trimmedSpan(text: string, start = 0, end = text.length): Span {
  const part = text.slice(start, end);
  return [end - part.trimStart().length, start + part.trimEnd().length];
}

function isEmpty([start, end]: Span): boolean {
  return end <= start;
}
