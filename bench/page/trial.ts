import type { Pair } from "../../src/shared/contract";
import { oursPeer } from "../peers/ours-peer";
import type { PeerModel, PeerOptions } from "../peers/peer";
import { theirsPeer } from "../peers/theirs-peer";
import { mixedPairs, pairOf } from "../peers/work";

export interface TrialOptions {
  device: PeerOptions["device"];
  /** What theirs loads on it; ours chooses. */
  theirDtype: PeerOptions["dtype"];
  rounds: number;
  pairs: number;
  /** Takes effect between two runs. */
  signal: AbortSignal;
  onStep: (step: string) => void;
}

/** Medians in milliseconds. */
export interface Measured {
  what: string;
  ours: number;
  theirs: number;
}

const LENGTHS = [16, 64, 128];
const WARM_UPS = 3;
/** Theirs takes the pairs in order in batches of so many; ours plans its own. */
const THEIR_BATCH = 8;

/** How often a trial tells of a step. */
export const TRIAL_STEPS = 2 + LENGTHS.length + 1;

/**
 * Both engines on one device, turn by turn; whoever came second in a round comes first in the next.
 *
 * @param onLoaded what runs on it
 * @returns row after row
 * @throws the signal's reason when aborted, and what a load or a run throws
 */
export async function* runTrial(
  { device, theirDtype, rounds, pairs, signal, onStep }: TrialOptions,
  onLoaded: (ours: PeerModel, theirs: PeerModel) => void,
): AsyncGenerator<Measured> {
  const ours = oursPeer();
  const theirs = theirsPeer();
  const options = (name: string, threads: number): PeerOptions => {
    signal.throwIfAborted();
    onStep(`${device}: ${name} loads`);
    return {
      model: new URL(`models/demo/${name}`, document.baseURI).href,
      device,
      dtype: theirDtype,
      threads,
    };
  };
  const measure = async (what: string, work: readonly Pair[], rounds: number): Promise<Measured> => {
    onStep(`${device}: ${what}`);
    const sides = [ours, theirs];
    const times: number[][] = [[], []];
    for (let round = -WARM_UPS; round < rounds; round++) {
      for (const at of round % 2 === 0 ? [0, 1] : [1, 0]) {
        signal.throwIfAborted();
        const start = performance.now();
        await sides[at]!.score(work, THEIR_BATCH);
        if (round >= 0) times[at]!.push(performance.now() - start);
      }
    }
    return { what: `${device}, ${what}`, ours: median(times[0]!), theirs: median(times[1]!) };
  };
  try {
    const ourModel = await ours.load(options("ours", 0));
    // Ours says how many threads it took of those that there are.
    const theirModel = await theirs.load(options("theirs", ourModel.threads));
    onLoaded(ourModel, theirModel);
    for (const tokens of LENGTHS) {
      yield await measure(`one pair of ${tokens} tokens`, [pairOf(tokens, 1)], rounds);
    }
    yield await measure(`${pairs} pairs of mixed lengths`, mixedPairs(pairs), Math.ceil(rounds / 5));
  } finally {
    await Promise.allSettled([ours.release(), theirs.release()]);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
