import { kindOf } from "../shared/found";
import { fieldOf } from "./field-of";
import type { Fields } from "./format";

export interface Turn {
  role: string;
  content: string;
}

/** The end of a conversation as a model reads it. */
export interface Prompt {
  prompt: string;
  /** Turns before it, which the model does not read. */
  earlierTurns?: number;
}

/**
 * Read a list of `{role, content}`. Content may be a list of parts, as OpenAI has it: their texts are put
 * together with nothing between.
 *
 * @returns what is wrong, in words, where it is no such list
 */
export function readTurns(name: string, value: unknown): Turn[] | string {
  if (!Array.isArray(value) || value.length === 0) {
    return `expected ${name}, a list of turns, found ${Array.isArray(value) ? "an empty list" : kindOf(name, value)}`;
  }
  const turns: Turn[] = [];
  for (const [at, turn] of value.entries()) {
    const fields: Fields = typeof turn === "object" && turn !== null ? turn : {};
    const role = fieldOf(fields, "role");
    const content = readContent(fieldOf(fields, "content"));
    if (typeof role !== "string" || content === undefined) {
      return `expected ${name}, turns with role and content, found another thing at turn ${at + 1}`;
    }
    turns.push({ role, content });
  }
  return turns;
}

/**
 * What of the turns before a response is its prompt. The last user turn, exactly as it stands: the model reads
 * one prompt, and of a text too long it is the end, so the question, that would go unread.
 *
 * @param context `all` puts every turn's content together, a blank line between
 */
export function promptOf(
  name: string,
  turns: readonly Turn[],
  context: "last" | "all" = "last",
): Prompt | string {
  if (context === "all" && turns.length > 0) {
    return { prompt: turns.map(({ content }) => content).join("\n\n") };
  }
  const last = turns.at(-1);
  if (last?.role !== "user") {
    return `expected ${name}, a user turn before the response, found ${last ? `role ${last.role}` : "none"}`;
  }
  return { prompt: last.content, ...(turns.length > 1 && { earlierTurns: turns.length - 1 }) };
}

/** @returns undefined for what is not text, such as an image */
function readContent(content: unknown): string | undefined {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return undefined;
  const texts = content.map((part) => (part?.type === "text" ? part.text : undefined));
  return texts.every((text) => typeof text === "string") ? texts.join("") : undefined;
}
