import { describe, expect, it } from "vitest";
import type { Pair, Score } from "../shared/contract";
import { ScorerError } from "../shared/errors";
import type { ScoreOptions, Scorer } from "./scorer";
import { SharedRuns } from "./shared-runs";
import { testReward } from "./test-reward";

const pair = (response: string): Pair => ({ prompt: "p", response });
const never = new AbortController().signal;

/** A scorer whose rewards are the texts' lengths, given call by call when the test says. */
function setUp() {
  const calls: { texts: string[]; options: ScoreOptions; answer(): void; fail(error: unknown): void }[] = [];
  const score = (pairs: readonly Pair[], options: ScoreOptions) =>
    new Promise<Score[]>((resolve, reject) => {
      options.signal?.addEventListener("abort", () => reject(options.signal?.reason));
      const rewards = pairs.map(({ response }) => ({ ...testReward(response.length), score: 0 }));
      const texts = pairs.map(({ response }) => response);
      calls.push({ texts, options, answer: () => resolve(rewards), fail: reject });
    });
  const runs = new SharedRuns(Promise.resolve({ score } as Pick<Scorer, "score">));
  const ask = async (...responses: string[]) =>
    (await runs.score(responses.map(pair), never)).map(({ reward }) => reward);
  const called = async (count: number) => {
    while (calls.length < count) await new Promise(setImmediate);
    return calls[count - 1]!;
  };
  return { runs, ask, calls, called };
}

describe("SharedRuns", () => {
  it("sends the first at once, and those who come meanwhile together", async () => {
    const { ask, called } = setUp();
    const asked = [ask("a"), ask("bb"), ask("ccc", "dddd")];
    const first = await called(1);
    expect(first.texts).toEqual(["a"]);
    first.answer();
    expect(await asked[0]).toEqual([1]);
    const second = await called(2);
    expect(second.texts).toEqual(["bb", "ccc", "dddd"]);
    second.answer();
    expect(await asked[1]).toEqual([2]);
    expect(await asked[2]).toEqual([3, 4]);
  });

  it("goes in steps, in the order asked, and cuts nobody's pairs in two", async () => {
    const { ask, called } = setUp();
    const sizes = [1, 10, 6, 1, 40, 2];
    const asked = sizes.map((size) => ask(...Array(size).fill("x")));
    for (const [at, size] of [1, 16, 1, 40, 2].entries()) {
      const call = await called(at + 1);
      expect(call.texts).toHaveLength(size);
      call.answer();
    }
    expect((await Promise.all(asked)).map(({ length }) => length)).toEqual(sizes);
  });

  it("fails those of a failed call, and goes on with the next", async () => {
    const { ask, called } = setUp();
    const first = ask("a");
    const second = ask("b");
    (await called(1)).fail(new RangeError("no"));
    await expect(first).rejects.toThrow("no");
    (await called(2)).answer();
    expect(await second).toEqual([1]);
  });

  it("tries those alone that a text which ends workers has taken with it", async () => {
    const { ask, called } = setUp();
    const died = new ScorerError("worker-crashed", "died");
    const [first, second, poison, third] = [ask("a"), ask("bb"), ask("poison"), ask("dddd")];
    const failed = expect(poison).rejects.toThrow(died);
    (await called(1)).answer();
    (await called(2)).fail(died);
    for (const [call, text] of [
      [3, "bb"],
      [4, "poison"],
      [5, "dddd"],
    ] as const) {
      const { texts, answer, fail } = await called(call);
      expect(texts).toEqual([text]);
      if (text === "poison") fail(died);
      else answer();
    }
    await failed;
    expect(await Promise.all([first, second, third])).toEqual([[1], [2], [4]]);
  });

  it("refuses what is no text, and fails nobody else for it", async () => {
    const { runs, ask, called } = setUp();
    const bad = runs.score([pair("b"), { prompt: "p", response: null as unknown as string }], never);
    const good = ask("a");
    await expect(bad).rejects.toThrow(new TypeError("pair 1, response: expected a string, got null"));
    (await called(1)).answer();
    expect(await good).toEqual([1]);
  });

  it("lets one go while the others of its call stay, and stops the call after the last", async () => {
    const { runs, ask, called } = setUp();
    const [one, two, late] = [new AbortController(), new AbortController(), new AbortController()];
    const first = ask("a");
    const asked = [one, two, late].map(({ signal }) => runs.score([pair("b")], signal));
    late.abort(new Error("too late"));
    await expect(asked[2]).rejects.toThrow("too late");
    (await called(1)).answer();
    await first;
    const call = await called(2);
    expect(call.texts).toEqual(["b", "b"]);
    one.abort(new Error("gone"));
    await expect(asked[0]).rejects.toThrow("gone");
    expect(call.options.signal?.aborted).toBe(false);
    two.abort(new Error("gone too"));
    await expect(asked[1]).rejects.toThrow("gone too");
    expect(call.options.signal?.aborted).toBe(true);
    const next = ask("c");
    (await called(3)).answer();
    expect(await next).toEqual([1]);
  });

  it("fails everybody when the model does not load", async () => {
    const runs = new SharedRuns(Promise.reject(new Error("not there")));
    const asked = [runs.score([pair("a")], never), runs.score([pair("b")], never)];
    for (const each of asked) await expect(each).rejects.toThrow("not there");
  });
});
