import type { Pair } from "../../src/shared/contract";
import type { PeerModel, PeerOptions } from "../peers/peer";
import type { Side } from "../peers/peer-page";
import { mixedPairs, pairOf } from "../peers/work";
import { Sides } from "./sides";

export interface TrialOptions {
  device: PeerOptions["device"];
  /** What theirs loads on it; ours chooses. */
  theirDtype: PeerOptions["dtype"];
  rounds: number;
  pairs: number;
  /** Takes effect at once. */
  signal: AbortSignal;
  onStep: (step: string) => void;
  /** Told once of each side that does not run, or no longer: the other goes on alone. */
  onFailure: (side: Side, reason: unknown) => void;
}

/** Medians in milliseconds; undefined of a side that does not run. */
export interface Measured {
  what: string;
  ours: number | undefined;
  theirs: number | undefined;
}

const LENGTHS = [16, 64, 128, 512];
const WARM_UPS = 3;
const LOAD_ROUNDS = 3;
/** Theirs takes the pairs in order, in batches of the best of these; ours plans its own. */
const THEIR_BATCHES = [1, 8, 32];

/** How often a trial tells of a step. */
export const TRIAL_STEPS = 1 + LENGTHS.length + 1;

/**
 * Both engines on one device, turn by turn.
 *
 * @param onLoaded what runs on it
 * @returns row after row
 * @throws the signal's reason when aborted
 */
export async function* runTrial(
  { device, theirDtype, rounds, pairs, signal, onStep, onFailure }: TrialOptions,
  onLoaded: (models: Partial<Record<Side, PeerModel>>) => void,
): AsyncGenerator<Measured> {
  using sides = new Sides(signal, onFailure);
  const models: Partial<Record<Side, PeerModel>> = {};

  const load = async (side: Side) => {
    sides.start(side);
    const model = new URL(`models/demo/${side}`, document.baseURI).href;
    // Ours comes first in the first round, and says how many threads it took of those that there are.
    const options = { model, device, dtype: theirDtype, threads: models.ours?.threads ?? 0 };
    const loaded = await sides.run(side, (peer) => peer.load(options));
    if (loaded) models[side] = loaded;
    return loaded;
  };
  const score = (side: Side, work: readonly Pair[], batch: number) =>
    sides.run(side, (peer) => peer.score(work, batch));

  const measure = async (
    what: string,
    warmUps: number,
    rounds: number,
    work: (side: Side) => Promise<unknown>,
  ): Promise<Measured> => {
    const times: Record<Side, number[]> = { ours: [], theirs: [] };
    for (let round = -warmUps; round < rounds; round++) {
      for (const side of sides.turns(round)) {
        const milliseconds = await timed(() => work(side));
        if (milliseconds !== undefined && round >= 0) times[side].push(milliseconds);
      }
    }
    return { what: `${device}, ${what}`, ours: median(times.ours), theirs: median(times.theirs) };
  };

  onStep(`${device}: loads`);
  yield await measure("load, not the first", 1, Math.min(rounds, LOAD_ROUNDS), (side) => {
    sides.end(); // the other's threads would take the processors from it
    return load(side);
  });
  sides.end();
  for (const side of sides.turns(1)) await load(side);
  onLoaded(models);
  for (const tokens of LENGTHS) {
    const what = `one pair of ${tokens} tokens`;
    onStep(`${device}: ${what}`);
    const work = [pairOf(tokens, 1)];
    yield await measure(what, WARM_UPS, rounds, (side) => score(side, work, 1));
  }
  const work = mixedPairs(pairs);
  onStep(`${device}: ${pairs} pairs of mixed lengths`);
  const batch = await bestBatch((batch) => timed(() => score("theirs", work, batch)), sides.turns(0));
  const what = `${pairs} pairs of mixed lengths${batch ? `, theirs in batches of ${batch}` : ""}`;
  yield await measure(what, 1, Math.ceil(rounds / 5), (side) => score(side, work, batch ?? 1));
}

/** Every batch is tried once before, so that the best is not the one that was warm. */
async function bestBatch(
  time: (batch: number) => Promise<number | undefined>,
  running: readonly Side[],
): Promise<number | undefined> {
  if (!running.includes("theirs")) return undefined;
  let best: { batch: number; milliseconds: number } | undefined;
  for (const batch of THEIR_BATCHES) {
    if ((await time(batch)) === undefined) return undefined;
    const milliseconds = await time(batch);
    if (milliseconds === undefined) return undefined;
    if (!best || milliseconds < best.milliseconds) best = { batch, milliseconds };
  }
  return best?.batch;
}

/** Milliseconds; undefined when the work gave nothing. */
async function timed(work: () => Promise<unknown>): Promise<number | undefined> {
  const start = performance.now();
  const given = await work();
  return given === undefined ? undefined : performance.now() - start;
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
