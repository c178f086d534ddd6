import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, readlink, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { FIXTURES as FIXTURE_NAMES, readFixturePairs } from "../../test/fixture";
import type { Score } from "../shared/contract";
import type { Manifest } from "../shared/manifest";
import { TOLERANCE } from "../shared/tolerance";
import {
  COMMAND,
  COMMAND_TIMEOUT_MS,
  convertFixture,
  makeFolder,
  removeFolder,
  runCommand,
  temporaryFolder,
} from "./test-command";

type Line = Omit<Score, "unread"> & { prompt: string; response: string };

const PAIR = { prompt: "What is the capital of France?", response: "Google it pal." };

function parseLines(stdout: string): Line[] {
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

function toLines(pairs: readonly object[]): string {
  return pairs.map((pair) => `${JSON.stringify(pair)}\n`).join("");
}

/** What scored, in one line. */
const JUDGE = /^bert-[\w-]+@sha256-[0-9a-f]{12}:fp32 on cpu, alpha -?[\d.e+]+\n$/;

describe("score", { timeout: COMMAND_TIMEOUT_MS }, () => {
  let model: string;
  beforeAll(async () => {
    const folder = await makeFolder();
    model = await convertFixture("bert-reward", folder);
    return () => removeFolder(folder);
  }, COMMAND_TIMEOUT_MS);

  it.each(FIXTURE_NAMES)("gives the reference rewards of %s, in order", async (name) => {
    const out = await convertFixture(name, await temporaryFolder());
    const pairs = readFixturePairs(name);
    const { exitCode, stdout, stderr } = await runCommand(["score", "--model", out], {
      input: toLines(pairs),
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringMatching(JUDGE) });
    const lines = parseLines(stdout);
    const references = pairs.map(({ score }) => score);
    const limit = TOLERANCE.fp32.worst * (Math.max(...references) - Math.min(...references));
    expect(lines.length).toBe(pairs.length);
    lines.forEach((line, index) => {
      const { prompt, response, ids, untruncated_tokens, score } = pairs[index]!;
      expect(line).toMatchObject({ prompt, response, tokens: ids.length });
      expect(line.truncated).toBe(untruncated_tokens > ids.length);
      expect(Math.abs(line.reward - score), prompt).toBeLessThanOrEqual(limit);
    });
  });

  it("writes these fields and no others", async () => {
    const input = toLines([{ id: 7, ...PAIR }]);
    const { stdout, stderr } = await runCommand(["score", "--model", model, "--alpha", "-2.5"], { input });
    expect(stderr).toMatch(/^bert-reward@sha256-[0-9a-f]{12}:fp32 on cpu, alpha -2\.5\n$/);
    const [line] = parseLines(stdout);
    expect(Object.keys(line!)).toEqual(["prompt", "response", "reward", "score", "tokens", "truncated"]);
    expect(line).toMatchObject({ ...PAIR, score: -2.5 * line!.reward, truncated: false });
  });

  it("refuses an alpha that makes a score more than a number holds", async () => {
    const unbounded = await convertFixture("bert-seqcls", await temporaryFolder());
    const input = toLines([PAIR]);
    const args = ["score", "--model", unbounded, "--alpha", "1e308"];
    const { exitCode, stdout, stderr } = await runCommand(args, { input });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^reward-scorer: --alpha: score: expected a finite number, got 1e\+308 × -3\./m);
  });

  it("scores several responses to one prompt", async () => {
    const args = [
      "score",
      "--model",
      model,
      "--prompt",
      PAIR.prompt,
      "--response",
      "",
      "--response",
      "Paris.",
    ];
    const { exitCode, stdout } = await runCommand(args);
    expect(exitCode).toBe(0);
    expect(parseLines(stdout).map(({ response }) => response)).toEqual(["", "Paris."]);
  });

  it("pairs prompts and responses in order", async () => {
    const pairs = ["-p", "a", "b", "c"];
    const args = [
      "--prompt",
      pairs[0]!,
      "--response",
      pairs[1]!,
      "--prompt",
      pairs[2]!,
      "--response",
      pairs[3]!,
    ];
    const { stdout } = await runCommand(["score", "--model", model, ...args]);
    expect(parseLines(stdout).map(({ prompt, response }) => prompt + response)).toEqual(["-pa", "bc"]);
  });

  it("reports bad rows by line number, scores the rest and exits with 1", async () => {
    const input = Buffer.concat([
      Buffer.from(`\uFEFF${JSON.stringify(PAIR)}\r\n\n  \n{"prompt": "p"}\nnot json\n["p", "r"]\n`),
      Buffer.from([0x22, 0xff, 0x22, 0x0a]),
      Buffer.from(
        '{"prompt": 1, "response": null}\n{"prompt": "", "response": "last"}\n{"prompt": "p", "response": "a", "response": "b"}',
      ),
    ]);
    const { exitCode, stdout, stderr } = await runCommand(["score", "--model", model], { input });
    const expected = "expected an object with prompt and response, both strings";
    expect(stderr.split("\n").slice(1)).toEqual([
      `line 4: ${expected}, found prompt of type string and no response`,
      `line 5: ${expected}, found text that is not JSON: "not json"`,
      `line 6: ${expected}, found ["p", "r"]`,
      `line 7: ${expected}, found bytes that are not UTF-8`,
      `line 8: ${expected}, found prompt of type number and response of type null`,
      `line 10: ${expected}, found JSON in which "response" is listed twice`,
      "",
    ]);
    expect(parseLines(stdout).map(({ response }) => response)).toEqual([PAIR.response, "last"]);
    expect(exitCode).toBe(1);
  });

  it("exits with 1 for a bad row with many good ones after it", async () => {
    const input = `{\n${toLines(new Array(600).fill(PAIR))}`;
    const { exitCode, stdout } = await runCommand(["score", "--model", model], { input });
    expect([exitCode, parseLines(stdout).length]).toEqual([1, 600]);
  });

  it("writes nothing for no rows", async () => {
    expect(await runCommand(["score", "--model", model])).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr: expect.stringMatching(JUDGE),
    });
  });

  it("replaces its own input with the scores", async () => {
    const place = await temporaryFolder();
    const file = join(place, "rows.jsonl");
    await writeFile(file, toLines([PAIR, PAIR]));
    const { exitCode, stdout } = await runCommand([
      "score",
      "--model",
      model,
      "--input",
      file,
      "--output",
      file,
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
    expect(parseLines(await readFile(file, "utf8")).map(({ tokens }) => tokens)).toEqual([20, 20]);
    expect(await readdir(place)).toEqual(["rows.jsonl"]);
  });

  it("writes to where a link leads", async () => {
    const place = await temporaryFolder();
    const [file, link] = [join(place, "scores.jsonl"), join(place, "link.jsonl")];
    await writeFile(file, "old");
    await symlink(file, link);
    const { exitCode } = await runCommand(["score", "--model", model, "--output", link], {
      input: toLines([PAIR]),
    });
    expect(exitCode).toBe(0);
    expect(parseLines(await readFile(file, "utf8"))).toHaveLength(1);
    expect(await readlink(link)).toBe(file);
  });

  it("leaves no output behind when it is interrupted", async () => {
    const place = await temporaryFolder();
    const child = spawn(process.execPath, [
      COMMAND,
      "score",
      "--model",
      model,
      "--output",
      join(place, "out"),
    ]);
    child.stdin.on("error", () => undefined);
    child.stdin.write(toLines(Array(5000).fill({ prompt: "p".repeat(1000), response: "r" }))); // and more to come
    await vi.waitFor(async () => expect(await readdir(place)).toHaveLength(1), { timeout: 60_000 });
    child.kill("SIGINT");
    expect((await once(child, "close"))[1]).toBe("SIGINT");
    expect(await readdir(place)).toEqual([]);
  });

  it.each([[], ["--format", "jsonl"]])(
    "names a folder that it was given as input (%s %s)",
    async (...format) => {
      const folder = await temporaryFolder();
      expect(await runCommand(["score", "--model", model, ...format, "--input", folder])).toMatchObject({
        exitCode: 2,
        stdout: "",
        stderr: `reward-scorer: ${folder}: expected a file, found a folder\n`,
      });
    },
  );

  it("keeps its own input where rows of it could not be read", async () => {
    const place = await temporaryFolder();
    const file = join(place, "rows.jsonl");
    const rows = toLines([PAIR, { ...PAIR, response: 3 }, PAIR]);
    await writeFile(file, rows);
    const args = ["score", "--model", model, "--input", file, "--output", file];
    const { exitCode, stderr } = await runCommand(args);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("line 2: expected an object with prompt and response, both strings");
    expect(stderr).toContain(`${file}: expected to read all rows before they are replaced, found 1 unread\n`);
    expect(await readFile(file, "utf8")).toBe(rows);
    expect(await readdir(place)).toEqual(["rows.jsonl"]);
  });

  it("leaves no output behind when the input is missing", async () => {
    const place = await temporaryFolder();
    const [input, output] = [join(place, "missing"), join(place, "out.jsonl")];
    const result = await runCommand(["score", "--model", model, "--input", input, "--output", output]);
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toMatch(/^reward-scorer: ENOENT: no such file or directory, open '.*missing'\n$/);
    expect(await readdir(place)).toEqual([]);
  });

  it("says nothing of a reader that has seen enough", async () => {
    const child = spawn(process.execPath, [COMMAND, "score", "--model", model]);
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    child.stdin.on("error", () => undefined); // it may end before it has read everything
    child.stdin.end(toLines(Array(2000).fill({ prompt: "p".repeat(1000), response: "r" })));
    await once(child, "close");
    expect(stderr).toMatch(JUDGE);
  });

  it("refuses a folder with int8 weights alone", async () => {
    const q8 = await convertFixture("bert-seqcls", await temporaryFolder(), "q8");
    const result = await runCommand(["score", "--model", q8, "--prompt", "p", "--response", "r"]);
    const stderr =
      "reward-scorer: bert-seqcls: expected w8 or fp32 for cpu (made by convert --dtype), found q8 for wasm\n";
    expect(result).toMatchObject({ exitCode: 1, stdout: "", stderr });
  });

  it("gives no score when the weights are not the ones that the manifest tells of", async () => {
    const spoilt = await convertFixture("bert-seqcls", await temporaryFolder(), "fp32");
    const weights = join(spoilt, "onnx/model.onnx_data");
    const bytes = await readFile(weights);
    for (let at = 3; at < bytes.length; at += 4000) bytes[at]! ^= 0x80; // signs
    await writeFile(weights, bytes);
    const result = await runCommand(["score", "--model", spoilt, "--prompt", "p", "--response", "r"]);
    expect(result).toMatchObject({ exitCode: 1, stdout: "" });
    expect(result.stderr).toMatch(
      /^reward-scorer: onnx\/model\.onnx_data: expected sha256 [0-9a-f]{64}, found/,
    );
  });

  it("gives no score when the tokenizer is another, also where no golden can tell", async () => {
    const spoilt = await convertFixture("bert-seqcls", await temporaryFolder(), "fp32");
    const path = join(spoilt, "tokenizer.json");
    const tokenizer = JSON.parse(await readFile(path, "utf8"));
    const { vocab } = tokenizer.model;
    const [word, other] = Object.keys(vocab).slice(-2); // in none of the goldens
    [vocab[word!], vocab[other!]] = [vocab[other!], vocab[word!]];
    await writeFile(path, JSON.stringify(tokenizer));
    const result = await runCommand(["score", "--model", spoilt, "--prompt", "p", "--response", word!]);
    expect(result).toMatchObject({ exitCode: 1, stdout: "" });
    expect(result.stderr).toMatch(/^reward-scorer: tokenizer\.json: expected (sha256|\d+ bytes)/);
  });

  it("gives no score for a text longer than every golden that agrees", async () => {
    const folder = await convertFixture("bert-seqcls", await temporaryFolder(), "fp32");
    const path = join(folder, "reward.json");
    const manifest: Manifest = JSON.parse(await readFile(path, "utf8"));
    const longest = Math.max(...manifest.goldens.map(({ tokens }) => tokens));
    manifest.artifacts[0]!.rewards = manifest.artifacts[0]!.rewards.map((reward, at) =>
      manifest.goldens[at]!.tokens === longest ? reward + 1 : reward,
    );
    await writeFile(path, JSON.stringify(manifest));
    const scoreText = (response: string) =>
      runCommand(["score", "--model", folder, "--prompt", "p", "--response", response]);
    expect((await scoreText("r")).exitCode).toBe(0);
    const long = await scoreText("r ".repeat(1000));
    expect(long).toMatchObject({ exitCode: 1, stdout: "" });
    expect(long.stderr).toMatch(/^reward-scorer: self-check: largest error/m);
  });
});
