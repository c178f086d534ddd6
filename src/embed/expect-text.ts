import { typeName } from "../shared/found";

/**
 * A text of a tool's record, exactly as it is.
 *
 * @param field which of the subject's fields it is, for the message
 * @throws TypeError — it is missing, or no string
 */
export function expectText(value: unknown, subject: string, field: string): string {
  if (typeof value === "string") return value;
  throw new TypeError(`${subject}: expected a string in "${field}", got ${typeName(value)}`);
}
