import * as v from "valibot";
import { ScorerError, type ScorerErrorCode } from "../shared/errors";

/**
 * Checks data against a schema.
 *
 * @param subject where the data is from, for the message
 * @throws ScorerError `code` — the message names the first field that does not fit
 */
export function checkFields<T>(
  subject: string,
  schema: v.GenericSchema<unknown, T>,
  data: unknown,
  code: ScorerErrorCode = "malformed-checkpoint",
): T {
  const result = v.safeParse(schema, data, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue);
  // Checks of our own say in their message what they expect.
  const expected = issue.expected === null || issue.type === "custom" ? issue.message : issue.expected;
  throw new ScorerError(
    code,
    `${field ? `${subject}: ${field}` : subject}: expected ${expected}, found ${issue.received}`,
  );
}
