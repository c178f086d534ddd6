import { constants } from "node:buffer";
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { FormatName } from "../formats/formats";
import type { Judge } from "../formats/judge";
import { openFile, type ScorableFile } from "../formats/open-file";
import type { Reward } from "../shared/contract";
import { applyAlpha } from "./apply-alpha";
import { decodeText } from "./decode-text";
import { openOutput } from "./output-file";
import { tell } from "./printable";
import { refuseFolder } from "./refuse-folder";
import type { ScoreOptions } from "./score";
import { scoreDistinct } from "./score-distinct";
import { UsageError } from "./usage-error";

/** What `--format` takes beside the options of `score`. */
export interface FileOptions {
  promptField?: string;
  responseField?: string[];
  context?: "last" | "all";
  /** A labeling config's file. */
  config?: string;
  question?: string[];
}

/**
 * `reward-scorer score --format`: a file of an annotation tool in, the same file with scores out.
 *
 * @returns the exit code: 1 when a row could not be read; the others are scored
 */
export async function scoreFile(name: FormatName, options: ScoreOptions): Promise<number> {
  if (options.prompt || options.response) {
    throw new UsageError("--format: expected no --prompt or --response beside it");
  }
  if (options.output === undefined && process.stdout.isTTY) {
    throw new UsageError("--format: expected --output, or standard output that is no terminal");
  }
  const file = await open(name, options);
  for (const note of file.notes) tell(note);
  for (const { place, problem } of file.problems) tell(`${place}: ${problem}`);
  const output = await openOutput(options.output);
  try {
    const { judge, rewardOf } = await scoreDistinct(options.model, file.pairs, options.alpha);
    const rewards = file.pairs.map(rewardOf);
    for (const { reward } of rewards) applyAlpha(reward, judge.alpha);
    await pipeline([write(file, rewards, judge)], output.stream, { end: output.ends });
    await output.commit();
  } catch (error) {
    await output.discard();
    throw error;
  }
  return file.problems.length > 0 ? 1 : 0;
}

/** @throws UsageError — the options do not fit the format, or the bytes are no text */
async function open(name: FormatName, options: ScoreOptions): Promise<ScorableFile> {
  const { input = "-", promptField, responseField, context, config, question } = options;
  for (const path of [input, config]) if (path !== undefined && path !== "-") await refuseFolder(path);
  const text = decodeText(input, input === "-" ? await buffer(process.stdin) : await readFile(input));
  const xml = config === undefined ? undefined : decodeText(config, await readFile(config));
  try {
    return openFile(name, text, {
      ...(promptField !== undefined && { prompt: promptField }),
      ...(responseField && { responses: responseField }),
      ...(context && { context }),
      ...(xml !== undefined && { config: xml }),
      ...(question && { questions: question.map(parseQuestion) }),
    });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

/** @throws UsageError — the text with the rewards is longer than a string can be */
function write(file: ScorableFile, rewards: readonly Reward[], judge: Judge): string {
  try {
    return file.write(rewards, judge);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(
      `output: expected at most ${constants.MAX_STRING_LENGTH} characters with the rewards, found more`,
      { cause: error },
    );
  }
}

/** `name=value,value`, or a name alone. */
function parseQuestion(text: string) {
  const [name, ...rest] = text.split("=");
  return { name: name!, values: rest.length > 0 ? rest.join("=").split(",") : [] };
}
