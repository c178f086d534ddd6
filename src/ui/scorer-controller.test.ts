import type { ReactiveController, ReactiveControllerHost } from "lit";
import { describe, expect, it } from "vitest";
import type { Reward } from "../shared/contract";
import { ScorerError } from "../shared/errors";
import type { ModelChoice } from "./model-choice";
import type { CreateScorerOptions, createScorer, ScoreOptions, Scorer } from "./scorer";
import { ScorerController } from "./scorer-controller";
import { testModel } from "./test-model";
import { testReward } from "./test-reward";

const choice: ModelChoice = {
  parameter: "demo",
  title: "Demo",
  url: "https://example.org/models/demo/",
  foreignOrigin: undefined,
  demonstration: false,
};
const pairs = [{ prompt: "p", response: "r" }];

interface Deferred<T> {
  promise: Promise<T>;
  resolve(value: T): void;
  reject(reason: unknown): void;
}

function deferred<T>(): Deferred<T> {
  let settle!: Omit<Deferred<T>, "promise">;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
}

/** A controller whose loads and runs the test settles by hand. */
function setUp() {
  const loads: (Deferred<Scorer> & { options: CreateScorerOptions })[] = [];
  const host = { addController(_: ReactiveController) {}, requestUpdate() {} } as ReactiveControllerHost;
  const create = ((options: CreateScorerOptions) => {
    const load = { ...deferred<Scorer>(), options };
    options.signal?.addEventListener("abort", () => load.reject(options.signal?.reason));
    loads.push(load);
    return load.promise;
  }) as typeof createScorer;
  return { controller: new ScorerController(host, create), loads };
}

function fakeScorer() {
  const runs: (Deferred<Reward[]> & { options: ScoreOptions })[] = [];
  const scorer = {
    released: false,
    runs,
    model: testModel(),
    score(_: unknown, options: ScoreOptions) {
      const run = { ...deferred<Reward[]>(), options };
      options.signal?.addEventListener("abort", () => run.reject(options.signal?.reason));
      runs.push(run);
      return run.promise;
    },
    async release() {
      scorer.released = true;
    },
  };
  return scorer;
}

async function setUpReady() {
  const { controller, loads } = setUp();
  const scorer = fakeScorer();
  const loaded = controller.load(choice, "auto");
  loads[0]!.resolve(scorer as unknown as Scorer);
  await loaded;
  return { controller, loads, scorer };
}

describe("ScorerController", () => {
  it("shows the progress of a load, then the model", async () => {
    const { controller, loads } = setUp();
    const loaded = controller.load(choice, "wasm");
    expect(loads[0]!.options).toMatchObject({ model: choice.url, device: "wasm" });
    const progress = { stage: "model", loadedBytes: 1, totalBytes: 2 } as const;
    loads[0]!.options.onProgress?.(progress);
    expect(controller.view).toEqual({ phase: "loading", choice, progress });
    const scorer = fakeScorer();
    loads[0]!.resolve(scorer as unknown as Scorer);
    expect(await loaded).toBe(true);
    expect(controller.view).toEqual({ phase: "ready", choice, model: scorer.model, task: { kind: "rest" } });
  });

  it("shows why a load failed", async () => {
    const { controller, loads } = setUp();
    const loaded = controller.load(choice, "auto");
    const error = new ScorerError("download-failed", "x");
    loads[0]!.reject(error);
    expect(await loaded).toBe(false);
    expect(controller.view).toEqual({ phase: "failed", choice, error });
  });

  it("is idle after a cancelled load, and hears no more of it", async () => {
    const { controller, loads } = setUp();
    const loaded = controller.load(choice, "auto");
    controller.cancelLoad();
    loads[0]!.options.onProgress?.({ stage: "check", checkedPairs: 1, totalPairs: 2 });
    expect(await loaded).toBe(false);
    expect(controller.view).toEqual({ phase: "idle", choice });
  });

  it("releases the old scorer when another model is chosen", async () => {
    const { controller, scorer } = await setUpReady();
    void controller.load({ ...choice, url: "https://example.org/models/other/" }, "auto");
    expect(scorer.released).toBe(true);
  });

  it("releases a scorer that arrives after its load was given up", async () => {
    const { controller, loads } = setUp();
    const late = fakeScorer();
    const first = controller.load(choice, "auto");
    loads[0]!.resolve(late as unknown as Scorer);
    void controller.load(choice, "auto");
    expect(await first).toBe(false);
    expect(late.released).toBe(true);
    expect(controller.view.phase).toBe("loading");
  });

  it("counts pairs while scoring", async () => {
    const { controller, scorer } = await setUpReady();
    const scored = controller.score(pairs);
    scorer.runs[0]!.options.onProgress?.(1, 1);
    expect(controller.view).toMatchObject({ task: { kind: "scoring", scoredPairs: 1, totalPairs: 1 } });
    scorer.runs[0]!.resolve([testReward(0.5)]);
    expect(await scored).toEqual([testReward(0.5)]);
    expect(controller.view).toMatchObject({ task: { kind: "rest" } });
  });

  it("keeps the model when scoring is cancelled", async () => {
    const { controller, scorer } = await setUpReady();
    const scored = controller.score(pairs);
    controller.cancelScore();
    expect(await scored).toBeUndefined();
    expect(controller.view).toMatchObject({ phase: "ready", task: { kind: "rest" } });
    expect(scorer.released).toBe(false);
  });

  it("gives no rewards that come just as scoring is cancelled", async () => {
    const { controller, scorer } = await setUpReady();
    const scored = controller.score(pairs);
    scorer.runs[0]!.resolve([testReward(0.5)]);
    controller.cancelScore();
    expect(await scored).toBeUndefined();
  });

  it("shows a failed run beside the texts and stays ready", async () => {
    const { controller, scorer } = await setUpReady();
    const scored = controller.score(pairs);
    const error = new ScorerError("run-failed", "x");
    scorer.runs[0]!.reject(error);
    expect(await scored).toBeUndefined();
    expect(controller.view).toMatchObject({ phase: "ready", task: { kind: "failed", error } });
  });

  it("gives up the model when its worker could not be replaced", async () => {
    const { controller, scorer } = await setUpReady();
    const scored = controller.score(pairs);
    const error = new ScorerError("worker-crashed", "x");
    scorer.runs[0]!.reject(error);
    await scored;
    expect(controller.view).toEqual({ phase: "failed", choice, error });
    expect(scorer.released).toBe(true);
  });

  it("shows the reload of a worker that failed while scoring", async () => {
    const { controller, loads, scorer } = await setUpReady();
    void controller.score(pairs);
    const progress = { stage: "session", executionProvider: "wasm" } as const;
    loads[0]!.options.onProgress?.(progress);
    expect(controller.view).toMatchObject({ task: { kind: "scoring", reload: progress } });
    expect(scorer.released).toBe(false);
  });
});
