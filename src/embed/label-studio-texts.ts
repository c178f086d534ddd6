import { expectText } from "./expect-text";

/** What is scored: exactly what the task holds. */
export interface TaskTexts {
  prompt: string;
  /** In the order of the fields. */
  responses: readonly string[];
}

/** Which fields of a task hold them. */
export interface TextFields {
  prompt: string;
  responses: readonly string[];
}

/**
 * The texts of a task, from its data and never from what the page shows.
 *
 * @param data an object, or its JSON
 * @throws TypeError — a field is missing, or is not text
 */
export function readTexts({ prompt, responses }: TextFields, data: unknown): TaskTexts {
  const fields: unknown = typeof data === "string" ? JSON.parse(data) : data;
  const read = (name: string) =>
    expectText(isRecord(fields) && Object.hasOwn(fields, name) ? fields[name] : undefined, "task", name);
  return { prompt: read(prompt), responses: responses.map(read) };
}

export function sameTexts(a: TaskTexts | undefined, b: TaskTexts | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
