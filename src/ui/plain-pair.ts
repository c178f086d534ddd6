import type { Pair } from "../shared/contract";
import { typeName } from "../shared/found";

/**
 * Only the two texts, whatever else the caller's object carries.
 *
 * @param at its place in the caller's list, for the message
 * @throws TypeError — one is not a string
 */
export function plainPair({ prompt, response }: Pair, at: number): Pair {
  for (const [name, text] of Object.entries({ prompt, response })) {
    if (typeof text !== "string") {
      throw new TypeError(`pair ${at}, ${name}: expected a string, got ${typeName(text)}`);
    }
  }
  return { prompt, response };
}
