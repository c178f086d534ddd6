import * as v from "valibot";

/** A JSON object. Valibot's own record takes lists, and drops keys like `constructor`: a token of BERT's. */
export const jsonObject = v.custom<Record<string, unknown>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "an object",
);

/** An integer from 0 on that a double holds exactly: an offset, a size, an id. */
export const count = v.pipe(v.number(), v.safeInteger("an integer"), v.minValue(0));

/** An integer from 1 on. */
export const size = v.pipe(v.number(), v.safeInteger("an integer"), v.minValue(1));
