import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judgeOf, openFile } from "../formats";
import { testModel } from "../ui/test-model";
import { testReward } from "../ui/test-reward";
import { type ProdigyTask, scoreChanges } from "./prodigy-task";

const DEMO = join(import.meta.dirname, "../../public/models/demo/reward.json");

const FIELDS = { prompt: "prompt", response: "response" };

const CHOICE = { prompt: "p", options: ["x", "y"].map((text) => ({ id: text, text })) };

describe("scoreChanges", () => {
  it.each<[string, ProdigyTask, number[]]>([
    ["one response", { prompt: "p", response: "x" }, [0.5]],
    ["options of which one is best", CHOICE, [0.5, 2]],
    ["options too near to tell apart", CHOICE, [0.5, 0.500001]],
  ])("names and counts as the command does: %s", async (_, task, numbers) => {
    const manifest = JSON.parse(await readFile(DEMO, "utf8"));
    const model = testModel({ manifest });
    const rewards = numbers.map((reward) => testReward(reward));
    const judge = judgeOf(manifest, { dtype: model.dtype, backend: model.executionProvider, alpha: 2 });
    const written = JSON.parse(openFile("prodigy", JSON.stringify(task)).write(rewards, judge));
    const fields = Object.entries(written).filter(([name]) => name.startsWith("reward_"));
    const scores = rewards.map((reward) => ({ ...reward, score: 2 * reward.reward }));
    const changes = scoreChanges(task, { prompt: "p", responses: [], scores, alpha: 2, model }, FIELDS);
    expect(changes).toEqual(Object.fromEntries(fields));
  });
});
