import { createHash } from "node:crypto";
import { cp, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MANIFEST_FILE, type Manifest } from "../shared/manifest";
import { COMMAND_TIMEOUT_MS, runCommand, temporaryFolder } from "./test-command";

const DEMO = join(import.meta.dirname, "../../public/models/demo");
const WEIGHTS = "model_w8.onnx_data";
const ESCAPES = "\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e\nreward-scorer: all is well";

async function demoCopy(): Promise<string> {
  const folder = join(await temporaryFolder(), "demo");
  await cp(DEMO, folder, { recursive: true });
  return folder;
}

const score = (folder: string) =>
  runCommand(["score", "--model", folder, "--prompt", "p", "--response", "r"]);

/** Puts another file in the place of one, and its hash in the manifest: whoever makes a folder makes both. */
async function replaceFile(folder: string, path: string, content: Buffer): Promise<void> {
  await writeFile(join(folder, path), content);
  const manifest: Manifest = JSON.parse(await readFile(join(folder, MANIFEST_FILE), "utf8"));
  const files = [...manifest.files, ...manifest.artifacts.flatMap(({ graphs }) => graphs)];
  const file = files.find((file) => file.path === path)!;
  file.bytes = content.length;
  file.sha256 = createHash("sha256").update(content).digest("hex");
  await writeFile(join(folder, MANIFEST_FILE), JSON.stringify(manifest));
}

/** Has the graph name other weights than those beside it, which are put there, too. */
async function moveWeights(folder: string, location: string): Promise<void> {
  const graph = "onnx/model_w8.onnx";
  const bytes = (await readFile(join(folder, graph), "latin1")).replaceAll(WEIGHTS, location);
  await replaceFile(folder, graph, Buffer.from(bytes, "latin1"));
  await cp(join(folder, "onnx", WEIGHTS), join(folder, "onnx_data_1"));
}

describe("a model folder that a stranger made", { timeout: COMMAND_TIMEOUT_MS }, () => {
  it.each([
    { location: "././../onnx_data_1", says: "External data path escapes model directory" },
    { location: "/tmp/onnx_data_1.x", says: "Absolute path not allowed" },
  ])("is not read past its graphs: $location", async ({ location, says }) => {
    expect(location).toHaveLength(WEIGHTS.length);
    const folder = await demoCopy();
    await moveWeights(folder, location);
    const { exitCode, stdout, stderr } = await score(folder);
    expect(stderr).toContain(says);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  });

  it("is not read past its graphs by a link", async () => {
    const folder = await demoCopy();
    const weights = join(folder, "onnx", WEIGHTS);
    await rm(weights);
    await symlink(join(DEMO, "onnx", WEIGHTS), weights);
    const { exitCode, stdout, stderr } = await score(folder);
    expect(stderr).toContain("External data path escapes model directory");
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  });

  it("is not read when its manifest is endless", async () => {
    const folder = await demoCopy();
    await truncate(join(folder, "reward.json"), 2 ** 40);
    const { exitCode, stderr } = await score(folder);
    expect(stderr).toContain("reward.json: over 4000000 bytes");
    expect(exitCode).toBe(1);
  });

  it("has its tokenizer refused when it holds a pattern", async () => {
    const folder = await demoCopy();
    const tokenizer = await readFile(join(folder, "tokenizer.json"), "utf8");
    const changed = tokenizer.replace('"\\\\p{Cn}"', '"(a+)+$"');
    await replaceFile(folder, "tokenizer.json", Buffer.from(changed));
    const { exitCode, stderr } = await score(folder);
    expect(stderr).toBe(
      'reward-scorer: tokenizer.json: normalizer.normalizers.0.pattern.Regex: expected ("\\p{Cn}" | "\\p{Mn}"), found "(a+)+$"\n',
    );
    expect(exitCode).toBe(1);
  });

  it("tells the terminal nothing but text", async () => {
    const folder = await demoCopy();
    const tokenizer = JSON.parse(await readFile(join(folder, "tokenizer.json"), "utf8"));
    tokenizer.normalizer.type = ESCAPES;
    await replaceFile(folder, "tokenizer.json", Buffer.from(JSON.stringify(tokenizer)));
    const { stdout, stderr } = await score(folder);
    expect(stdout).toBe("");
    expect(stderr).toContain(
      "<U+001B>]0;owned<U+0007><U+001B>[2J<U+009B>31m<U+202E><U+000A>reward-scorer: all",
    );
    expect(stderr.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe("rows that a stranger wrote", { timeout: COMMAND_TIMEOUT_MS }, () => {
  it("tell the terminal nothing but text", async () => {
    const row = JSON.stringify({ prompt: ESCAPES, response: "\u007f\u0085" });
    const input = `[${JSON.stringify("\u009b31m\u202e")}]\n${row}\n`;
    const { stdout, stderr } = await runCommand(["score", "--model", DEMO], { input });
    const [, told, ...rest] = stderr.split("\n");
    expect(told).toContain("line 1: expected an object with prompt and response, both strings, found");
    expect(rest).toEqual([""]);
    expect(told).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(stdout.slice(0, -1)).not.toMatch(/\p{Cc}/u);
    expect(JSON.parse(stdout)).toMatchObject({ prompt: ESCAPES, response: "\u007f\u0085" });
  });
});
