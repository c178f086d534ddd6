import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { DEMO_REVISION } from "../../test/demo-revision";
import { COMMAND_TIMEOUT_MS, convertFixture, runCommand, temporaryFolder } from "./test-command";

const DEMO = join(import.meta.dirname, "../../public/models/demo");

const PAIR = { prompt: "What is the capital of France?", response: "Google it pal." };

const CONFIG = `<View><Text name="p" value="$prompt"/><Text name="r" value="$response"/>
  <Rating name="stars" toName="r"/></View>`;

const { prompt, response } = PAIR;

const turns = (...texts: string[]) =>
  texts.map((content, at) => ({ role: at % 2 === 0 ? "user" : "assistant", content }));

/** A row of each format that holds the pair, and where its reward is to be. */
const ROWS: [string, unknown, string[], string[]][] = [
  [
    "argilla",
    { id: "1", fields: PAIR, suggestions: {} },
    ["--question", "quality=1,2,3"],
    ["metadata", "reward_response"],
  ],
  ["prodigy", { text: prompt, options: [{ id: "a", text: response }] }, [], ["reward_options", "0"]],
  ["potato", { id: "1", prompt, responses: [response] }, ["--question", "best=A"], ["reward_responses", "0"]],
  ["doccano", { prompt, text: response }, ["--question", "label=bad,good"], ["reward_text"]],
  [
    "jsonl",
    { question: prompt, answer: response },
    ["--prompt-field", "question", "--response-field", "answer"],
    ["reward_answer"],
  ],
  ["preference", { prompt, chosen: response, rejected: "" }, [], ["reward_chosen"]],
  [
    "preference",
    {
      chosen: `\n\nHuman: ${prompt}\n\nAssistant: ${response}`,
      rejected: `\n\nHuman: ${prompt}\n\nAssistant:`,
    },
    [],
    ["reward_chosen"],
  ],
  ["preference", { chosen: turns(prompt, response), rejected: turns(prompt, "") }, [], ["reward_chosen"]],
  ["ultrafeedback", { instruction: prompt, completions: [{ response }] }, [], ["reward_completions", "0"]],
  ["openai-chat", { messages: turns("Hello", "Hello.", prompt, response) }, [], ["reward_messages"]],
];

const scoreFile = (args: readonly string[], input: string | Uint8Array = "") =>
  runCommand(["score", "--model", DEMO, "--format", ...args], { input });

describe("score --format", { timeout: COMMAND_TIMEOUT_MS }, () => {
  /** What the command says without `--format`. */
  let plain: { reward: number; score: number; tokens: number };
  beforeAll(async () => {
    const { stdout } = await runCommand(["score", "--model", DEMO], { input: JSON.stringify(PAIR) });
    plain = JSON.parse(stdout);
  }, COMMAND_TIMEOUT_MS);

  it("keeps apart the same response to two prompts", async () => {
    const rows = [prompt, "Why is the sky blue?"].map((prompt) => JSON.stringify({ prompt, response }));
    const { stdout } = await scoreFile(["jsonl"], rows.join("\n"));
    const [first, second] = stdout.split("\n").map((line) => line && JSON.parse(line).reward_response);
    expect(first).toBeCloseTo(plain.reward, 4);
    expect(second).not.toBeCloseTo(plain.reward, 4);
  });

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
      stderr: "item 2: expected an object with data, found no data\nscored 1 of 1 pairs\n",
    });
    const once = await readFile(output!, "utf8");
    const [scored, bad] = JSON.parse(once);
    const { reward, score, tokens } = plain;
    expect(scored.data).toMatchObject({ ...PAIR, reward_response: reward, reward_score_response: score });
    expect(scored.data).toMatchObject({
      reward_tokens_response: tokens,
      reward_model: "demo",
      reward_dtype: "w8",
    });
    expect(scored.predictions[0].model_version).toBe(`demo@${DEMO_REVISION}:w8`);
    expect(bad).toEqual({ id: 2 });
    await scoreFile(["label-studio", "--config", config!, "--input", output!, "--output", output!]);
    expect(await readFile(output!, "utf8")).toBe(once);
  });

  it.each(ROWS)("gives the rewards of the plain command to %s", async (format, row, options, path) => {
    const { exitCode, stdout, stderr } = await scoreFile([format, ...options], gzipSync(JSON.stringify(row)));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.not.stringMatching(/expected/) });
    const written = JSON.parse(stdout);
    const reward = path.reduce((value: Record<string, never>, name) => value[name]!, written);
    expect(reward).toBeCloseTo(plain.reward, 6); // native sums depend on the batch in their last bits
    expect(JSON.stringify(written)).toContain('"reward_model":"demo"');
  });

  it("gives the rewards of the plain command to a table", async () => {
    const { exitCode, stdout } = await scoreFile(["csv"], `n,prompt,response\n1,${prompt},${response}\n`);
    const { reward, score } = plain;
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`\n1,${prompt},${response},${reward},${score},`);
  });

  it("prefers none of responses that are the same tokens, whatever batch they are in", async () => {
    const responses = Array.from({ length: 33 }, (_, at) => `Red, green and blue.${" ".repeat(at)}`); // a batch and one
    const args = ["potato", "--question", `best=${[...responses.keys()]}`];
    const { stdout } = await scoreFile(args, JSON.stringify({ prompt, responses }));
    expect(JSON.parse(stdout)).toMatchObject({ reward_margin: 0, label_suggestions: {} });
  });

  it("scores a pair once, however many rows hold it, and says how far it is", async () => {
    const rows = [PAIR, { ...PAIR, response: "Paris." }, PAIR];
    const { stdout, stderr } = await scoreFile(["jsonl"], rows.map((row) => JSON.stringify(row)).join("\n"));
    expect(stderr).toBe("scored 2 of 2 pairs\n");
    const [first, other, again] = stdout.trim().split("\n");
    expect(again).toBe(first);
    expect(JSON.parse(other!).reward_response).not.toBe(JSON.parse(first!).reward_response);
  });

  it("says of a row that is no chat what a chat has", async () => {
    const { exitCode, stderr } = await scoreFile(["openai-chat"], "{}");
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      "line 1: expected messages, a list of turns, or input and preferred_output, found no messages\n",
    );
  });

  it("answers as the how-to says, with the projects of the other how-tos", async () => {
    const config = join(await temporaryFolder(), "labels.xml");
    await writeFile(config, (await documented("label-studio", "xml"))[0]!);
    const data = { prompt, response_a: response, response_b: "Paris." };
    const question = await documentedQuestion("label-studio");
    const tasks = await scoreFile(
      ["label-studio", "--config", config, "--question", question],
      JSON.stringify({ data }),
    );
    expect(tasks.exitCode, tasks.stderr).toBe(0);
    expect(JSON.parse(tasks.stdout).predictions[0].result).toContainEqual(
      expect.objectContaining({ from_name: "best", value: { choices: ["B"] } }),
    );

    const items = (await documented("potato", "json"))[0]!;
    const { stdout } = await scoreFile(["potato", "--question", await documentedQuestion("potato")], items);
    expect(JSON.parse(stdout).label_suggestions).toEqual({ preference: "B" });
  });

  it("reports bad rows, writes them as they were and exits with 1", async () => {
    const lines = [JSON.stringify(PAIR), "not json", '{"prompt": "p", "response": 1.0}'];
    const { exitCode, stdout, stderr } = await scoreFile(["jsonl"], lines.join("\n"));
    expect(exitCode).toBe(1);
    expect(stderr.split("\n")).toEqual([
      'line 2: expected an object, found text that is not JSON: "not json"',
      "line 3: expected response, a string, found response of type number",
      "scored 1 of 1 pairs",
      "",
    ]);
    expect(stdout.split("\n").slice(1)).toEqual(lines.slice(1));
  });

  it("refuses an output that cannot be written before it scores, and leaves none when scoring fails", async () => {
    const place = await temporaryFolder();
    const args = ["score", "--model", join(place, "no-model"), "--format", "jsonl", "--output"];
    const refused = await runCommand([...args, join(place, "missing", "out")], {
      input: JSON.stringify(PAIR),
    });
    expect(refused).toMatchObject({ exitCode: 1, stdout: "" });
    expect(refused.stderr).toMatch(/^reward-scorer: ENOENT: .*missing.out/);
    const failed = await runCommand([...args, join(place, "out")], { input: JSON.stringify(PAIR) });
    expect(failed.stderr).toContain("no-model: expected a model folder");
    expect(await readdir(place)).toEqual([]);
  });

  it("uses the alpha it is told, and refuses one too large", async () => {
    const input = JSON.stringify(PAIR);
    const told = JSON.parse((await scoreFile(["jsonl", "--alpha", "-2"], input)).stdout);
    expect(told).toMatchObject({ reward_alpha: -2, reward_score_response: -2 * told.reward_response });
    const { exitCode, stdout, stderr } = await scoreFile(["jsonl", "--alpha", "-1e309"], input);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("--alpha");
  });

  it("says of a text that grows over the longest string that it is too long", async () => {
    const zeros = Array(1_000_000).fill("0").join(); // in so deep a list each is indented by 610 spaces
    const row = JSON.stringify(PAIR).replace(
      "{",
      `{\n${" ".repeat(10)}"n": ${"[".repeat(60)}${zeros}${"]".repeat(60)},`,
    );
    const { exitCode, stdout, stderr } = await scoreFile(["jsonl"], row);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(
      /^reward-scorer: output: expected at most \d+ characters with the rewards, found more/m,
    );
  });

  it("says of an alpha that makes a score more than a number holds that it is the alpha", async () => {
    const unbounded = await convertFixture("bert-seqcls", await temporaryFolder());
    const args = ["score", "--model", unbounded, "--format", "jsonl", "--alpha", "1e308"];
    const { exitCode, stdout, stderr } = await runCommand(args, { input: JSON.stringify(PAIR) });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr.split("\n").slice(1)).toEqual([
      expect.stringMatching(
        /^reward-scorer: --alpha: score: expected a finite number, got 1e\+308 × -3\.\d+$/,
      ),
      "",
    ]);
  });

  it.each([
    ["an unknown format", ["excel"], /--format <name>' argument 'excel' is invalid. Allowed choices are /],
    [
      "no config",
      ["label-studio"],
      /^reward-scorer: label-studio: expected a labeling config, found none\n$/,
    ],
    [
      "a question where the format has none",
      ["jsonl", "--question", "quality=a,b"],
      /^reward-scorer: jsonl: expected no questions, which only label-studio, argilla, potato, doccano can use\n$/,
    ],
    [
      "a config where the format has none",
      ["prodigy", "--config", join(import.meta.dirname, "score-file.test.ts")],
      /^reward-scorer: prodigy: expected no config, which only label-studio can use\n$/,
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

  it.each(["question", ""])('refuses its options without a format: --prompt-field "%s"', async (field) => {
    const args = ["score", "--model", DEMO, "--prompt-field", field];
    expect(await runCommand(args, { input: "{}" })).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: expect.stringContaining("--prompt-field, --response-field"),
    });
  });

  it("refuses bytes that are not UTF-8, and a config that is no XML", async () => {
    const place = await temporaryFolder();
    const config = join(place, "config.xml");
    await writeFile(config, "<View>");
    const broken = await scoreFile(["label-studio", "--config", config], "[]");
    expect(broken).toMatchObject({ exitCode: 2, stdout: "" });
    expect(broken.stderr).toMatch(/^reward-scorer: labeling config: expected XML: /);
    const gzip = await scoreFile(["jsonl"], gzipSync("{}").subarray(0, -4));
    expect(gzip).toMatchObject({ exitCode: 2, stdout: "" });
    expect(gzip.stderr).toMatch(/^reward-scorer: -: expected a whole gzip file: /);
    const bad = Buffer.concat([Buffer.from('{"prompt": "é"}\n\n'), Uint8Array.of(0xff)]);
    for (const input of [bad, gzipSync(bad)]) {
      expect(await scoreFile(["jsonl"], input)).toMatchObject({
        exitCode: 2,
        stderr: "reward-scorer: -: line 3: expected UTF-8, found bytes that are not\n",
      });
    }
  });
});

/** The blocks of code of a how-to. */
async function documented(page: string, language: string): Promise<string[]> {
  const path = join(import.meta.dirname, `../../docs/embedding/${page}.md`);
  const blocks = (await readFile(path, "utf8")).matchAll(/^```(\w+)\n(.*?)^```/gms);
  return [...blocks].filter(([, name]) => name === language).map(([, , code]) => code!);
}

/** What the how-to asks of a format. */
async function documentedQuestion(format: string): Promise<string> {
  const commands = await documented("files", "sh");
  const command = commands.find((code) => code.includes(`--format ${format} `))!;
  return /--question (\S+)/.exec(command)![1]!;
}
