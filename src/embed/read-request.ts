import * as v from "valibot";
import type { FrameRequest } from "./frame-messages";

/** Longest text taken from a host, in UTF-16 code units: 80 times what 512 tokens are. */
export const MAX_TEXT_LENGTH = 200_000;

/** Most responses of a call. More do not fit on a screen either. */
export const MAX_RESPONSES = 100;

const text = v.pipe(
  v.string("expected a string"),
  v.maxLength(
    MAX_TEXT_LENGTH,
    ({ received }) => `expected at most ${MAX_TEXT_LENGTH} characters, got ${received}`,
  ),
);
const id = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const score = v.strictObject({
  prompt: text,
  responses: v.pipe(
    v.array(text, "expected a list of strings"),
    v.minLength(1, "expected at least one"),
    v.maxLength(MAX_RESPONSES, ({ received }) => `expected at most ${MAX_RESPONSES}, got ${received}`),
  ),
  alpha: v.optional(v.pipe(v.number("expected a number"), v.finite("expected a finite number"))),
});

const request = v.variant(
  "method",
  [
    v.strictObject({ id, method: v.literal("score"), params: score }),
    v.strictObject({ id, method: v.literal("cancel"), params: v.strictObject({ call: id }) }),
    v.strictObject({ id, method: v.literal("close") }),
  ],
  "expected score, cancel or close",
);

/** What a message over the port asks for, or why it asks for nothing. */
export type ReadRequest = { request: FrameRequest } | { id: number | undefined; problem: string };

/** @param data whatever a host posted */
export function readRequest(data: unknown): ReadRequest {
  const read = v.safeParse(request, data, { abortEarly: true });
  if (read.success) return { request: read.output };
  const named = v.safeParse(v.object({ id }), data);
  const [issue] = read.issues;
  return {
    id: named.success ? named.output.id : undefined,
    problem: `${v.getDotPath(issue) ?? "request"}: ${issue.message}`,
  };
}
