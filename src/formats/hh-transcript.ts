import { promptOf, type Turn } from "./conversation";
import type { FormatOptions, PlacedPair } from "./format";

/** What stands before each turn but the first: a blank line, with the line ends of any system. */
const SPEAKER = /\r?\n\r?\n(Human|Assistant): ?/;

/** A speaker on the line after another's text. */
const LOOSE_SPEAKER = /[^\r\n]\r?\n(Human|Assistant):/;

const ROLES: Record<string, Turn["role"]> = { Human: "user", Assistant: "assistant" };

export function isTranscript(value: unknown): value is string {
  return typeof value === "string" && /^\s*(Human|Assistant): ?/.test(value);
}

/** What keeps a transcript from being read: speakers that no blank line sets apart would be taken for text. */
export function findLooseSpeaker(field: string, transcript: string): string | undefined {
  if (turnsOf(transcript).length > 1) return undefined;
  const [, speaker] = LOOSE_SPEAKER.exec(transcript.trim()) ?? [];
  return speaker && `expected a blank line before each speaker of ${field}, found "${speaker}:" without one`;
}

/**
 * Read a dialogue as HH-RLHF has it, `\n\nHuman: …\n\nAssistant: …`: the response is what the assistant says
 * last, the prompt what stands before it.
 *
 * @see https://github.com/anthropics/hh-rlhf
 */
export function readTranscript(
  field: string,
  transcript: string,
  context: FormatOptions["context"],
): PlacedPair | string {
  const turns = turnsOf(transcript);
  const last = turns.pop();
  if (last?.role !== "assistant") {
    return `expected ${field}, a transcript that the assistant ends, found one that ends otherwise`;
  }
  const prompt = promptOf(field, turns, context);
  return typeof prompt === "string" ? prompt : { ...prompt, response: last.content, field };
}

/** The turns before a response that stands elsewhere; `Assistant:` with nothing after it only announces that. */
export function turnsBeforeResponse(transcript: string): Turn[] {
  const turns = turnsOf(transcript);
  const last = turns.at(-1);
  return last?.role === "assistant" && last.content.trim() === "" ? turns.slice(0, -1) : turns;
}

function turnsOf(transcript: string): Turn[] {
  const [, ...parts] = `\n\n${transcript.trimStart()}`.split(SPEAKER);
  const turns: Turn[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    turns.push({ role: ROLES[parts[at]!]!, content: parts[at + 1]! });
  }
  return turns;
}
