import { fieldOf } from "./field-of";
import type { Fields } from "./format";

/**
 * The text that a span of a UIMA CAS covers. Offsets count characters, of 16 bits in Java and whole ones in
 * Python, and the format does not say which: a text in which the two differ is refused.
 */
export function coveredText(
  span: Fields,
  structures: readonly Fields[],
): { text: string } | { problem: string } {
  const sofa = structures.find((structure) => fieldOf(structure, "%ID") === fieldOf(span, "@sofa"));
  const text = sofa && fieldOf(sofa, "sofaString");
  const [begin, end] = [fieldOf(span, "begin"), fieldOf(span, "end")];
  if (typeof text !== "string") return { problem: "expected sofaString, a string, found none for a span" };
  if (!isOffset(begin, text) || !isOffset(end, text) || begin > end) {
    return { problem: `expected begin and end within ${text.length} characters, found ${begin} and ${end}` };
  }
  if (/[\ud800-\udfff]/.test(text.slice(0, end))) {
    return {
      problem: "expected characters of 16 bits, found a longer one, after which offsets are ambiguous",
    };
  }
  return { text: text.slice(begin, end) };
}

function isOffset(value: unknown, { length }: string): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= length;
}
