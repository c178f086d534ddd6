import { escapeControls } from "../shared/escape-controls";
import { jsonFaultWords } from "../shared/json-fault";
import { findJsonFault } from "../shared/parse-json";
import { JSON_STRING } from "./json-string";

/** A number that JavaScript would write differently: `1.0`, `1e5`, an id of more than 53 bits. */
class ExactNumber extends Number {
  constructor(readonly digits: string) {
    super(digits);
  }

  toJSON(): string {
    return `${MARK}${this.digits}`;
  }

  override toString(): string {
    return this.digits;
  }
}

/** Stands before an exact number's digits while it is a string; no file can know it. */
const MARK = `number-${Math.random()}-${Math.random()}:`;

const STRING_OR_NUMBER = new RegExp(`${JSON_STRING}|-?\\d[\\d.eE+-]*`, "g");
const MARKED = new RegExp(`"${MARK.replaceAll(".", "\\.")}([^"]*)"`, "g");

/**
 * Parse JSON so that {@link writeExactJson} gives the same values back, every number digit for digit.
 *
 * @throws SyntaxError — it is not JSON
 * @throws RangeError — a key stands twice in an object, of which one would be lost, or it nests deeper than 64
 */
export function parseExactJson(text: string): unknown {
  let exact = false;
  const marked = text.replace(STRING_OR_NUMBER, (token) => {
    if (token.startsWith('"') || JSON.stringify(Number(token)) === token) return token;
    JSON.parse(token); // what is no number is no JSON
    exact = true;
    return `"${MARK}${token}"`;
  });
  const value = exact ? JSON.parse(marked, revive) : JSON.parse(marked);
  const fault = findJsonFault(text);
  if (fault) throw new RangeError(jsonFaultWords(fault));
  return value;
}

/** The value of a number that {@link parseExactJson} has read, however it was written; undefined for another kind. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" || value instanceof ExactNumber ? Number(value) : undefined;
}

/**
 * Write what {@link parseExactJson} has read. Control characters that JSON lets stand are escaped: a terminal
 * may obey them.
 *
 * @param indent as `JSON.stringify` takes it
 */
export function writeExactJson(value: unknown, indent?: string): string {
  return escapeControls(JSON.stringify(value, undefined, indent).replace(MARKED, "$1"));
}

function revive(_key: string, value: unknown): unknown {
  return typeof value === "string" && value.startsWith(MARK)
    ? new ExactNumber(value.slice(MARK.length))
    : value;
}
