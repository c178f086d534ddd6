import { open, realpath } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { FormatName } from "../formats/formats";
import { judgeOf, versionOf } from "../formats/judge";
import type { Pair, Score } from "../shared/contract";
import { escapeControls } from "../shared/escape-controls";
import { applyAlpha } from "./apply-alpha";
import { NodeScorer } from "./node-scorer";
import { openOutput } from "./output-file";
import { tell } from "./printable";
import { type BadRow, readPairs } from "./read-pairs";
import { refuseFolder } from "./refuse-folder";
import type { FileOptions } from "./score-file";
import { UsageError } from "./usage-error";

export interface ScoreOptions extends FileOptions {
  model: string;
  /** A file of another kind than JSON Lines with prompt and response. */
  format?: FormatName;
  alpha?: number;
  input?: string;
  output?: string;
  prompt?: string[];
  response?: string[];
}

type Row = Pair | BadRow;

/** Rows scored and written at a time: enough to sort by length, few enough to hold. */
const CHUNK_ROWS = 256;

/**
 * `reward-scorer score`: pairs in, one JSON object a pair out, in order; what scored them on standard error.
 *
 * @returns the exit code: 1 when a row could not be read; the others are scored, but not in the input's place
 */
export async function score(options: ScoreOptions): Promise<number> {
  if (options.format) {
    const { scoreFile } = await import("./score-file");
    return scoreFile(options.format, options);
  }
  refuseFileOptions(options);
  const rows = await openRows(options);
  const { scorer, manifest, artifact } = await NodeScorer.openChecked(options.model);
  const { alpha = manifest.defaultAlpha } = options;
  const output = await openOutput(options.output);
  const judge = judgeOf(manifest, { dtype: artifact.dtype, backend: "cpu", alpha });
  tell(`${versionOf(judge)} on ${judge.backend}, alpha ${alpha}`);
  let badRows = 0;
  async function* lines() {
    for await (const chunk of chunksOf(rows, CHUNK_ROWS)) {
      const pairs = chunk.filter((row) => !isBad(row)) as Pair[];
      for (const { line, problem } of chunk.filter(isBad)) tell(`line ${line}: ${problem}`);
      badRows += chunk.length - pairs.length;
      const rewards = await scorer.score(pairs);
      yield* pairs.map((pair, index) => {
        const { reward, tokens, truncated } = rewards[index]!;
        return formatLine(pair, { reward, score: applyAlpha(reward, alpha), tokens, truncated });
      });
    }
  }
  try {
    await pipeline(lines, output.stream, { end: output.ends });
    if (badRows > 0 && (await isInput(options))) {
      tell(`${options.output}: expected to read all rows before they are replaced, found ${badRows} unread`);
      await output.discard();
    } else {
      await output.commit();
    }
  } catch (error) {
    await output.discard();
    throw error;
  } finally {
    await scorer.release();
  }
  return badRows > 0 ? 1 : 0;
}

/** @throws UsageError — an option that only files of other programs have */
function refuseFileOptions({ promptField, responseField, context, config, question }: FileOptions): void {
  if ((promptField ?? responseField ?? context ?? config ?? question) !== undefined) {
    throw new UsageError(
      "--prompt-field, --response-field, --context, --config, --question: expected --format beside them",
    );
  }
}

/** Whether the scores are to take the place of what they are made from. */
async function isInput({ input, output }: ScoreOptions): Promise<boolean> {
  if (input === undefined || output === undefined || input === "-" || output === "-") return false;
  const [from, to] = await Promise.all([input, output].map((path) => realpath(path).catch(() => undefined)));
  return from !== undefined && from === to;
}

function formatLine({ prompt, response }: Pair, scored: Omit<Score, "unread">): string {
  const { reward, score, tokens, truncated } = scored;
  const json = JSON.stringify({ prompt, response, reward, score, tokens, truncated });
  return `${escapeControls(json)}\n`;
}

/** @throws UsageError — the options name no pairs, or too much */
async function openRows({
  input,
  prompt,
  response,
}: ScoreOptions): Promise<Iterable<Row> | AsyncIterable<Row>> {
  if (prompt || response) {
    if (input !== undefined) throw new UsageError("--input: expected no --prompt or --response beside it");
    return pairUp(prompt ?? [], response ?? []);
  }
  if (input !== undefined && input !== "-") {
    await refuseFolder(input);
    return readPairs((await open(input)).createReadStream());
  }
  if (input === undefined && process.stdin.isTTY) {
    throw new UsageError("pairs: expected --prompt and --response, --input, or rows on standard input");
  }
  return readPairs(process.stdin);
}

/** @throws UsageError — the numbers do not agree */
function pairUp(prompts: readonly string[], responses: readonly string[]): Pair[] {
  const [first] = prompts;
  if (prompts.length === 1 && responses.length > 0) {
    return responses.map((response) => ({ prompt: first!, response }));
  }
  if (prompts.length === responses.length) {
    return prompts.map((prompt, index) => ({ prompt, response: responses[index]! }));
  }
  throw new UsageError(
    `--response: expected one for each of ${prompts.length} prompts, or several for one, found ${responses.length}`,
  );
}

function isBad(row: Row): row is BadRow {
  return "problem" in row;
}

async function* chunksOf<T>(items: Iterable<T> | AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
