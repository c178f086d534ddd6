import { isError, isScorerError } from "../shared/errors";
import type { Advice, ElementStrings } from "./element-strings";

/** Title and advice for whatever was thrown, by another version of this code too. */
export function adviceFor(error: unknown, { errors }: ElementStrings): Advice {
  const known = isScorerError(error) && Object.hasOwn(errors, error.code);
  return errors[known ? (error.code as keyof typeof errors) : "unknown"];
}

/** What was thrown and what led to it, the outermost first. */
export function messages(error: unknown): string[] {
  if (!isError(error)) return [String(error)];
  return error.cause === undefined ? [error.message] : [error.message, ...messages(error.cause)];
}
