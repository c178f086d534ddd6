import * as v from "valibot";
import { isScorerError, ScorerError } from "../shared/errors";
import { FOLDER_NAME } from "../shared/folder-name";
import { parseJson } from "../shared/parse-json";
import { timeBox } from "../shared/time-box";

/** Where the list of models lies, relative to the page; a model's folder lies beside it under its name. */
export const MODEL_INDEX = "models/index.json";

/** Longest wait for the list, in milliseconds: a few hundred bytes, which a server that wakes sends in time. */
const INDEX_MS = 20_000;

const entry = v.object({
  /** The folder's name, and the value of the page's `model` parameter. */
  name: v.pipe(v.string(), v.regex(FOLDER_NAME, "expected a folder name")),
  /** What the page calls it. */
  title: v.pipe(v.string(), v.nonEmpty("expected a title")),
  /** What it calls it in other languages, by their tags. */
  titles: v.optional(v.record(v.string(), v.pipe(v.string(), v.nonEmpty("expected a title")))),
  /** True for a model that only demonstrates the page: the page says so. */
  demonstration: v.optional(v.boolean(), false),
});

const index = v.object({
  /** The first one is loaded unless the address names another. */
  models: v.pipe(
    v.array(entry),
    v.minLength(1, "expected at least one model"),
    v.check(
      (models) => new Set(models.map(({ name }) => name)).size === models.length,
      "expected unique names",
    ),
  ),
});

/** `models/index.json`: `{ "models": [{ "name": "demo", "title": "Demo model", "demonstration": true }] }`. */
export type ModelIndex = v.InferOutput<typeof index>;

/** @throws ScorerError `malformed-model` — not JSON, or not of the form above */
export function parseModelIndex(text: string): ModelIndex {
  const result = v.safeParse(index, parseJson(text, MODEL_INDEX, "malformed-model"));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = v.getDotPath(issue) ?? "root";
  throw new ScorerError("malformed-model", `${MODEL_INDEX}: ${place}: ${issue.message}`);
}

/**
 * Fetch and check the list of models. It is of this site: a redirect to another one is not followed.
 *
 * @param base the page's address
 * @throws ScorerError `download-failed`, `malformed-model`
 */
export async function fetchModelIndex(base: string, fetchFile: typeof fetch = fetch): Promise<ModelIndex> {
  const url = new URL(MODEL_INDEX, base);
  const connection = new AbortController();
  try {
    return parseModelIndex(await timeBox(fetchText(url, fetchFile, connection.signal), INDEX_MS));
  } catch (cause) {
    if (isScorerError(cause)) throw cause;
    throw new ScorerError("download-failed", `${url}: no answer`, { cause });
  } finally {
    connection.abort(); // left open, Chromium would make the next try wait for this one
  }
}

async function fetchText(url: URL, fetchFile: typeof fetch, signal: AbortSignal): Promise<string> {
  // A sandboxed frame without an origin is another site to its own files; its policy holds it to them.
  const mode = globalThis.origin === "null" ? "cors" : "same-origin";
  const response = await fetchFile(url, { cache: "no-cache", mode, signal });
  if (!response.ok) throw new ScorerError("download-failed", `${url}: status ${response.status}`);
  return response.text();
}
