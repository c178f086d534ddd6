import type { Reward } from "../shared/contract";
import type { Judge } from "./judge";
import type { ScorableFile } from "./open-file";

export const JUDGE: Judge = {
  model: "demo",
  repository: "demo",
  revision: "0123456789abcdef0123456789abcdef01234567",
  dtype: "w8",
  backend: "cpu",
  alpha: 10,
  pairwise: false,
  tieWithin: 0,
};

/** What stands for a model where only the way in and out is tested. */
export function toReward(reward: number, tokens = 5): Reward {
  return { reward, tokens, truncated: false, unread: { prompt: undefined, response: undefined } };
}

/** Write a file with these rewards, or else with the lengths of its responses. */
export function writeFile(
  file: ScorableFile,
  rewards?: readonly number[],
  judge: Partial<Judge> = {},
): string {
  const given = rewards ?? file.pairs.map(({ response }) => response.length);
  return file.write(
    given.map((reward) => toReward(reward)),
    { ...JUDGE, ...judge },
  );
}

/** Texts that files, browsers and templates take for something else. */
export const TRICKY_TEXTS = [
  "$$ $& $` $'",
  "</script><img src=x onerror=alert(1)>",
  "two\r\nlines\n",
  "\ufeff",
  "\u2028\u0000\u009b",
  "=1+1",
  "'=1",
  "\ud800",
  "𝔘🙂",
  "",
  "__proto__",
];

/** Hundreds of made-up files take a while beside other tests, in milliseconds. */
export const PROPERTY_TIMEOUT_MS = 60_000;
