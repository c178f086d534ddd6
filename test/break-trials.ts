import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCheckpointFolder } from "../src/cli/checkpoint-folder";
import { convert } from "../src/cli/convert";
import { readManifest } from "../src/cli/model-folder";
import { NodeSession } from "../src/cli/node-session";
import { openTokenizer } from "../src/cli/open-tokenizer";
import { ARTIFACT_RECIPES } from "../src/convert/artifacts";
import type { Bert } from "../src/convert/bert";
import { planBertGraph } from "../src/convert/bert-graph";
import { encodeOnnx } from "../src/convert/onnx";
import { openCheckpoint } from "../src/convert/open-checkpoint";
import { readBert } from "../src/convert/read-bert";
import { Shards } from "../src/convert/shards";
import type { Artifact, Dtype, Manifest } from "../src/shared/manifest";
import { spreadOf } from "../src/shared/spread";
import { type Runner, scoreIds } from "../src/worker/score-ids";
import { SelfCheck } from "../src/worker/self-check";
import type { PairTokenizer } from "../src/worker/tokenizer";
import { type Break, corruptToken } from "./broken-models";
import { type FixturePair, readPairs } from "./fixture";
import { wideSequences } from "./wide-sequences";

const LIMITS = { maxTokens: 4096, maxRows: 32, runTokens: 4096 };

/** What one break does, and what the self-check makes of it. Errors are shares of the goldens' spread. */
export interface Trial {
  name: string;
  /** Largest movement of a reward over the wide set. */
  moved: number;
  /** Pairs moved by more than the tolerance. */
  movedPairs: number;
  /** Of those, the ones that the self-check would have let be scored. */
  escapedPairs: number;
  /** Largest error on the goldens scored at the load, and on all of them. */
  atLoad: number;
  inAll: number;
}

/** Breaks an artifact of a checkpoint on purpose and tries the self-check on what comes of it. */
export class BreakTrials {
  readonly #folder = mkdtempSync(join(tmpdir(), "breaks-"));
  readonly #bert: Bert;
  readonly #tokenizer: PairTokenizer;
  readonly #manifest: Manifest;
  readonly #artifact: Artifact;
  readonly #sequences: number[][];
  #intact: number[] = [];

  static async open(checkpoint: string, dtype: Dtype): Promise<BreakTrials> {
    const folder = mkdtempSync(join(tmpdir(), "intact-"));
    try {
      const out = join(folder, "model");
      await convert(checkpoint, { out, dtype: [dtype] });
      const manifest = await readManifest(out);
      const tokenizer = await openTokenizer(out, manifest.template);
      const opened = await openCheckpoint(await openCheckpointFolder(checkpoint));
      const bert = readBert(opened.config, opened.tensors);
      const trials = new BreakTrials(bert, tokenizer, manifest, readPairs(checkpoint));
      trials.#intact = await trials.#scoreAll({ name: "none" });
      return trials;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  private constructor(bert: Bert, tokenizer: PairTokenizer, manifest: Manifest, pairs: FixturePair[]) {
    this.#bert = bert;
    this.#tokenizer = tokenizer;
    this.#manifest = manifest;
    this.#artifact = manifest.artifacts[0]!;
    this.#sequences = wideSequences(tokenizer, pairs, manifest.template, bert.vocabSize);
  }

  get pairCount(): number {
    return this.#sequences.length;
  }

  /** Corrupts a token that the wide set uses most, of those in some golden or in none. */
  corruptToken(inGoldens: boolean): Break {
    const golden = new Set(this.#manifest.goldens.flatMap((pair) => this.#tokenizer.encodePair(pair).ids));
    const uses = new Map<number, number>();
    const { start, between, end } = this.#manifest.template;
    const special = [...start, ...between, ...end];
    for (const id of this.#sequences.flat()) {
      if (golden.has(id) === inGoldens && !special.includes(id)) uses.set(id, (uses.get(id) ?? 0) + 1);
    }
    const [[token]] = [...uses].sort((a, b) => b[1] - a[1]) as [[number, number]];
    return corruptToken(token, inGoldens ? "a token of the goldens" : "a token of no golden");
  }

  async try(broken: Break): Promise<Trial> {
    const session = await this.#open(broken);
    try {
      const rewards = await this.#score(session);
      const movements = rewards.map((reward, at) => Math.abs(reward - this.#intact[at]!));
      const { tolerance } = this.#artifact;
      const spread = spreadOf(this.#manifest.goldens);
      const moved = this.#sequences.filter((_, at) => movements[at]! > tolerance);
      const lengths = moved.map(({ length }) => length).sort((a, b) => a - b);
      const check = this.#check(session);
      const atLoad = await check.start();
      let escapedPairs = 0;
      for (const length of lengths) {
        if ((await check.cover(length, 0)).disagreement === undefined) escapedPairs++;
      }
      const all = this.#check(session, Number.POSITIVE_INFINITY);
      await all.start();
      const { maxError } = await all.cover(this.#manifest.template.maxTokens, 0);
      return {
        name: broken.name,
        moved: Math.max(...movements) / spread,
        movedPairs: moved.length,
        escapedPairs,
        atLoad: atLoad.maxError / spread,
        inAll: maxError / spread,
      };
    } finally {
      await session.release();
    }
  }

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #check(session: Runner, tolerance = this.#artifact.tolerance): SelfCheck {
    const artifact = { ...this.#artifact, tolerance };
    return new SelfCheck(session, { manifest: this.#manifest, artifact, tokenizer: this.#tokenizer });
  }

  async #scoreAll(broken: Break): Promise<number[]> {
    const session = await this.#open(broken);
    return this.#score(session).finally(() => session.release());
  }

  #score(session: Runner): Promise<number[]> {
    return scoreIds(session, this.#sequences, { padding: this.#manifest.template, limits: LIMITS });
  }

  /** The plain graph: it has every operator that a break changes. */
  async #open({ bert, graph, id }: Break): Promise<Runner & { release(): Promise<void> }> {
    const { dtype } = this.#artifact;
    const recipe = ARTIFACT_RECIPES.find((one) => one.dtype === dtype)!;
    const shards = new Shards(`${recipe.fileName}.onnx`);
    const plan = planBertGraph(bert?.(this.#bert) ?? this.#bert, recipe.format, "plain", shards);
    const model = (await graph?.(plan, this.#bert)) ?? plan;
    mkdirSync(this.#folder, { recursive: true });
    const path = join(this.#folder, "model.onnx");
    await writeFile(path, encodeOnnx(model));
    for (const name of shards.names) await writeFile(join(this.#folder, name), shards.read(name));
    const session =
      dtype === "q8" ? await NodeSession.createWasm(path, shards.names) : await NodeSession.create(path);
    return {
      run: (batch) => session.run(id ? { ...batch, inputIds: batch.inputIds.map(id) } : batch),
      release: () => session.release(),
    };
  }
}
