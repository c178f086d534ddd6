import { ScorerError } from "../shared/errors";
import type { Advice, Strings } from "./strings";

/** Title and advice for whatever was thrown. */
export function adviceFor(error: unknown, { errors }: Strings): Advice {
  return errors[error instanceof ScorerError ? error.code : "unknown"];
}

/** What was thrown and what led to it, the outermost first. */
export function messages(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  return error.cause === undefined ? [error.message] : [error.message, ...messages(error.cause)];
}
