import type { Pair } from "../shared/contract";

/**
 * Only the two texts, whatever else the caller's object carries.
 *
 * @throws TypeError — one is not a string
 */
export function plainPair({ prompt, response }: Pair): Pair {
  for (const [name, text] of Object.entries({ prompt, response })) {
    if (typeof text !== "string") throw new TypeError(`${name}: expected a string, got ${typeof text}`);
  }
  return { prompt, response };
}
