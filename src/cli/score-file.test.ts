import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMAND_TIMEOUT_MS, runCommand, temporaryFolder } from "./test-command";

const DEMO = join(import.meta.dirname, "../../public/models/demo");

const PAIR = { prompt: "What is the capital of France?", response: "Google it pal." };

const CONFIG = `<View><Text name="p" value="$prompt"/><Text name="r" value="$response"/>
  <Rating name="stars" toName="r"/></View>`;

const scoreFile = (args: readonly string[], input: string | Uint8Array = "") =>
  runCommand(["score", "--model", DEMO, "--format", ...args], { input });

/** What the command says without `--format`. */
async function scorePair(): Promise<{ reward: number; score: number; tokens: number }> {
  const { stdout } = await runCommand(["score", "--model", DEMO], { input: JSON.stringify(PAIR) });
  return JSON.parse(stdout);
}

describe("score --format", { timeout: COMMAND_TIMEOUT_MS }, () => {
  it("gives the rewards of the plain command to a Label Studio task", async () => {
    const place = await temporaryFolder();
    const [config, input, output] = ["config.xml", "tasks.json", "scored.json"].map((name) =>
      join(place, name),
    );
    await writeFile(config!, CONFIG);
    await writeFile(input!, JSON.stringify([{ id: 1, data: PAIR }, { id: 2 }]));
    const args = ["label-studio", "--config", config!, "--input", input!, "--output", output!];
    expect(await scoreFile(args)).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: "item 2: expected an object with data, found no data\n",
    });
    const once = await readFile(output!, "utf8");
    const [scored, bad] = JSON.parse(once);
    const { reward, score, tokens } = await scorePair();
    expect(scored.data).toMatchObject({ ...PAIR, reward_response: reward, reward_score_response: score });
    expect(scored.data).toMatchObject({
      reward_tokens_response: tokens,
      reward_model: "demo",
      reward_dtype: "w8",
    });
    expect(scored.predictions[0].model_version).toBe("demo@sha256-2502d5f69545:w8");
    expect(bad).toEqual({ id: 2 });
    await scoreFile(["label-studio", "--config", config!, "--input", output!, "--output", output!]);
    expect(await readFile(output!, "utf8")).toBe(once);
  });

  it.each([
    ["an unknown format", ["excel"], /--format <name>' argument 'excel' is invalid. Allowed choices are /],
    [
      "no config",
      ["label-studio"],
      /^reward-scorer: label-studio: expected a labeling config, found none\n$/,
    ],
    [
      "a prompt beside it",
      ["label-studio", "--prompt", "p"],
      /expected no --prompt or --response beside it\n$/,
    ],
  ])("refuses %s", async (_, args, message) => {
    const { exitCode, stdout, stderr } = await scoreFile(args, "[]");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  it("refuses bytes that are not UTF-8, and a config that is no XML", async () => {
    const place = await temporaryFolder();
    const config = join(place, "config.xml");
    await writeFile(config, "<View>");
    const broken = await scoreFile(["label-studio", "--config", config], "[]");
    expect(broken).toMatchObject({ exitCode: 2, stdout: "" });
    expect(broken.stderr).toMatch(/^reward-scorer: labeling config: expected XML: /);
    const bytes = await scoreFile(["label-studio", "--config", config], Uint8Array.of(0xff));
    expect(bytes).toMatchObject({
      exitCode: 2,
      stderr: "reward-scorer: -: expected UTF-8, found bytes that are not\n",
    });
  });
});
