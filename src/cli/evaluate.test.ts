import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { DEMO_REVISION } from "../../test/demo-revision";
import { COMMAND_TIMEOUT_MS, runCommand, temporaryFolder } from "./test-command";

const DEMO = join(import.meta.dirname, "../../public/models/demo");

const FRANCE = "What is the capital of France?";
const EGG = "How do I boil an egg?";
const COLOURS = "Name three colours.";

/** Responses with the rewards that the model gives them, far enough apart for any machine. */
const PARIS = "The capital of France is Paris."; // 0.346, 31 characters
const GOOGLE = "Google it pal."; // -0.349, 14
const BOIL = "Put the egg in boiling water for eight minutes, then cool it."; // 0.271, 61
const NO_IDEA = "No idea."; // -0.134, 8
const RED = "Red, green and blue."; // 0.195, 20
const WHO_CARES = "Who cares about colours, ask someone else and leave me alone please."; // -0.783, 68
const ROT = "Rot"; // -0.491, 3

/** The model agrees with three of four, the longer response with two. */
const ROWS = [
  { prompt: FRANCE, chosen: PARIS, rejected: GOOGLE },
  { prompt: EGG, chosen: NO_IDEA, rejected: BOIL },
  { prompt: COLOURS, chosen: RED, rejected: WHO_CARES },
  { prompt: EGG, chosen: BOIL, rejected: ROT },
];

/** Two ties: texts of the same tokens, and texts of eight characters each. */
const TIES = [
  { input: FRANCE, output_1: PARIS, output_2: `${PARIS}  `, label: 1 },
  { input: EGG, output_1: "Egg 🥚🥚🥚🥚", output_2: NO_IDEA, label: 2 },
];

const toLines = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).join("\n");

async function writeFiles(files: Record<string, string | Uint8Array>): Promise<string[]> {
  const folder = await temporaryFolder();
  const paths = Object.keys(files).map((name) => join(folder, name));
  await Promise.all(Object.values(files).map((content, at) => writeFile(paths[at]!, content)));
  return paths;
}

const evaluate = (...args: string[]) => runCommand(["evaluate", "--model", DEMO, ...args]);

async function evaluateToJson(...args: string[]) {
  const { exitCode, stdout, stderr } = await evaluate("--json", ...args);
  return { exitCode, stderr, ...JSON.parse(stdout) };
}

const turns = (prompt: string, response: string) => [
  { role: "user", content: prompt },
  { role: "assistant", content: response },
];

const reply = (text: string, rank: number) => ({ text, role: "assistant", rank });

const LABELS = ["--label", "a", "--label", "b"];
const LABELLED = ["--response-field", "chosen", "--response-field", "rejected"];

/** The first preference, as each format has it. */
const FORMS: [string, unknown][] = [
  ["preference", ROWS[0]],
  ["preference", { chosen: turns(FRANCE, PARIS), rejected: turns(FRANCE, GOOGLE) }],
  [
    "preference",
    {
      chosen: `\n\nHuman: ${FRANCE}\n\nAssistant: ${PARIS}`,
      rejected: `\n\nHuman: ${FRANCE}\n\nAssistant: ${GOOGLE}`,
    },
  ],
  [
    "openai-chat",
    {
      input: { messages: turns(FRANCE, PARIS).slice(0, 1) },
      preferred_output: turns(FRANCE, PARIS).slice(1),
      non_preferred_output: turns(FRANCE, GOOGLE).slice(1),
    },
  ],
  ["llmbar", { input: FRANCE, output_1: GOOGLE, output_2: PARIS, label: 2 }],
  ["oasst", { message_tree_id: "1", prompt: { text: FRANCE, replies: [reply(GOOGLE, 1), reply(PARIS, 0)] } }],
];

describe("evaluate", { timeout: COMMAND_TIMEOUT_MS }, () => {
  it("gives the figures of each file and of all", async () => {
    const paths = await writeFiles({ "rows.jsonl": toLines(ROWS), "ties.json": JSON.stringify(TIES) });
    const { exitCode, stderr, files, all, ...judge } = await evaluateToJson(...paths);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "scored 9 of 9 pairs\n" });
    expect(judge).toEqual({
      model: "demo",
      revision: DEMO_REVISION,
      dtype: "w8",
      backend: "cpu",
      repository: "reward-scorer-demo",
      tieWithin: expect.closeTo(1.203e-5, 7),
      version: packageJson.version,
      options: {},
    });
    const [rows, ties] = files;
    expect(rows).toEqual({
      file: paths[0],
      sha256: createHash("sha256").update(toLines(ROWS)).digest("hex"),
      format: "preference",
      comparisons: 4,
      prompts: 3,
      accuracy: { rate: 0.75, interval: near(0.3006, 0.9544), won: 3, tied: 0 },
      longerWins: { rate: 0.5, interval: near(0.15, 0.85), won: 2, tied: 0 },
      // Ranks by reward and by length differ by 2, 0, 0, 2, 1, 6 and 1: 1 - 6 * 46 / (7 * 48).
      lengthCorrelation: expect.closeTo(0.1786, 4),
      distinctPairs: 7,
      truncated: 0,
      withEarlierTurns: 0,
      skipped: [],
      uncomparedRows: 0,
    });
    expect(ties).toMatchObject({ format: "llmbar", comparisons: 2, distinctPairs: 4 });
    expect(ties.accuracy).toMatchObject({ tied: 1 });
    expect(ties.longerWins).toEqual({ rate: 0.25, interval: near(0.0267, 0.8021), won: 0, tied: 1 });
    expect(all).toMatchObject({ comparisons: 6, distinctPairs: 9 });
    expect(all.accuracy).toMatchObject({ won: 3 + ties.accuracy.won, tied: 1 });
    expect(all.accuracy.rate).toBeCloseTo((all.accuracy.won + 0.5) / 6, 12);
  });

  it("prints a table for people", async () => {
    const [path] = await writeFiles({ "rows.jsonl": toLines(ROWS) });
    const { exitCode, stdout } = await evaluate(path!);
    const [model, , header, row, total, , ...notes] = stdout.split("\n");
    expect(exitCode).toBe(0);
    expect(model).toBe(`demo@${DEMO_REVISION}:w8 on cpu`);
    expect(header).toMatch(/^file +comparisons +accuracy +95 % +ties +longer wins +95 % +length corr\./);
    const figures = ["4", "0.750", "0.301 to 0.954", "0", "0.500", "0.150 to 0.850", "0.179", "0", "0", "0"];
    expect(row!.split(/ {2,}/)).toEqual([path, ...figures]);
    expect(total!.split(/ {2,}/)).toEqual(["all", ...figures]);
    expect(notes.join(" ")).toContain("a tie counting half");
    expect(notes).toContain("the comparisons have 3 prompts: the intervals take each to have one of its own");
    expect(notes.join(" ")).not.toContain("read with");
    const [alone] = await writeFiles({ "row.jsonl": toLines(ROWS.slice(0, 1)) });
    expect((await evaluate(alone!)).stdout).not.toContain("prompts:");
  });

  it.each(FORMS)("reads %s in %j", async (format, row) => {
    const [path] = await writeFiles({ "row.gz": gzipSync(JSON.stringify(row)) });
    const { exitCode, files } = await evaluateToJson(path!);
    expect(exitCode).toBe(0);
    expect(files).toMatchObject([{ format, comparisons: 1, accuracy: { rate: 1, won: 1 } }]);
  });

  it("reports bad rows by line, compares the rest and exits with 1", async () => {
    const transcript = (prompt: string) => `\n\nHuman: ${prompt}\n\nAssistant: ${PARIS}`;
    const bad = [
      "not json",
      '{"prompt": "p", "chosen": "c"}',
      JSON.stringify({ chosen: transcript(FRANCE), rejected: transcript(EGG) }),
    ];
    const [path] = await writeFiles({ "rows.jsonl": [toLines(ROWS), "", ...bad].join("\n") });
    const { exitCode, stderr, files } = await evaluateToJson(path!);
    const skipped = [
      { place: "line 6", problem: 'expected an object, found text that is not JSON: "not json"' },
      { place: "line 7", problem: "expected rejected, a string, found no rejected" },
      {
        place: "line 8",
        problem: "expected one prompt for the responses, found prompts that differ",
      },
    ];
    expect(exitCode).toBe(1);
    expect(files).toMatchObject([{ comparisons: 4, accuracy: { rate: 0.75 }, skipped }]);
    expect(stderr.split("\n").slice(0, 3)).toEqual(
      skipped.map(({ place, problem }) => `${path}: ${place}: ${problem}`),
    );
  });

  it("counts what the model did not read, and rows that compare nothing", async () => {
    const long = { prompt: FRANCE, chosen: PARIS, rejected: "and so on ".repeat(300) };
    const talk = [...turns("Hello.", "Hello."), turns(EGG, "")[0]];
    const later = { prompt: talk, chosen: BOIL, rejected: NO_IDEA };
    const tree = (lang: string, ...replies: unknown[]) => ({ prompt: { text: EGG, lang, replies } });
    const [rows, trees] = await writeFiles({
      "rows.jsonl": toLines([long, later]),
      "trees.jsonl": toLines([
        tree("en", reply(BOIL, 0), reply(NO_IDEA, 1), reply("egg", 1)),
        tree("en", reply(BOIL, 0)),
        tree("pt-BR", reply("Ferva.", 0), reply("Sei lá.", 1)),
      ]),
    });
    expect((await evaluateToJson(rows!)).all).toMatchObject({ truncated: 1, withEarlierTurns: 1 });
    expect((await evaluate(rows!)).stdout).toContain(
      "comparisons with turns before the prompt, which the model did not read: 1",
    );
    expect((await evaluateToJson("--single-turn", rows!)).files).toMatchObject([
      { comparisons: 1, withEarlierTurns: 0, uncomparedRows: 1 },
    ]);
    const { exitCode, files } = await evaluateToJson("--lang", "en", trees!);
    expect(exitCode).toBe(0);
    expect(files).toMatchObject([{ comparisons: 2, uncomparedRows: 2, skipped: [] }]);
  });

  it("leaves out a row with earlier turns once, also where its prompts differ", async () => {
    const talk = (question: string, answer: string) =>
      `\n\nHuman: Hello.\n\nAssistant: Hello.\n\nHuman: ${question}\n\nAssistant: ${answer}`;
    const differing = { chosen: talk(FRANCE, PARIS), rejected: talk(EGG, BOIL) };
    const [path] = await writeFiles({ "rows.jsonl": toLines([ROWS[0], differing]) });
    const { exitCode, files } = await evaluateToJson("--single-turn", path!);
    expect(files).toMatchObject([{ comparisons: 1, skipped: [], uncomparedRows: 1 }]);
    expect(exitCode).toBe(0);
  });

  it("has no figures where nothing is compared, and exits with 1", async () => {
    const [path] = await writeFiles({ "empty.jsonl": "" });
    const { exitCode, stderr, all } = await evaluateToJson("--format", "preference", path!);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(`${path}: expected preferences, found nothing to compare\n`);
    const none = { rate: null, interval: null, won: 0, tied: 0 };
    expect(all).toMatchObject({ accuracy: none, longerWins: none, lengthCorrelation: null });
  });

  it("reads fields of other names", async () => {
    const [path] = await writeFiles({ "rows.jsonl": toLines([{ q: FRANCE, good: PARIS, bad: GOOGLE }]) });
    const fields = ["--prompt-field", "q", "--response-field", "good", "--response-field", "bad"];
    const { all } = await evaluateToJson(...fields, path!);
    expect(all).toMatchObject({ comparisons: 1, accuracy: { won: 1 } });
  });

  it("reads which response is preferred from a label", async () => {
    const rows = [
      { prompt: FRANCE, response_0: GOOGLE, response_1: PARIS, better_response_id: 1 },
      { prompt: FRANCE, response_0: PARIS, response_1: GOOGLE, better_response_id: 0 },
      { prompt: FRANCE, response_0: PARIS, response_1: GOOGLE, better_response_id: -1 },
    ];
    const [path] = await writeFiles({ "rows.jsonl": toLines(rows) });
    const fields = ["--response-field", "response_0", "--response-field", "response_1"];
    const labels = ["--label-field", "better_response_id", "--label", "0", "--label", "1"];
    const { exitCode, files } = await evaluateToJson(...fields, ...labels, path!);
    expect(exitCode).toBe(0);
    expect(files[0]).toMatchObject({ comparisons: 2, accuracy: { won: 2 }, uncomparedRows: 1 });
    expect(files[0].labels).toEqual({ "1": 1, "0": 1, "-1": 1 });
    const { stdout } = await evaluate(...fields, ...labels, path!);
    expect(stdout).toContain('\nbetter_response_id that prefers neither: "-1" 1\n');
  });

  it("takes a number for a label however it is spelt", async () => {
    const rows = [
      `{"prompt":"${FRANCE}","a":"${PARIS}","b":"${GOOGLE}","label":1.0}`,
      `{"prompt":"${FRANCE}","a":"${GOOGLE}","b":"${PARIS}","label":-1.0}`,
    ];
    const [path] = await writeFiles({ "rows.jsonl": rows.join("\n") });
    const fields = ["--response-field", "a", "--response-field", "b", "--label-field", "label"];
    const { exitCode, all } = await evaluateToJson(...fields, "--label", "1.0", "--label", "-1", path!);
    expect({ exitCode, all }).toMatchObject({ exitCode: 0, all: { comparisons: 2, accuracy: { won: 2 } } });
  });

  it("tells a label that no row has", async () => {
    const rows = ["model_a", "model_a", "Model_B"].map((winner) => ({
      prompt: FRANCE,
      a: PARIS,
      b: GOOGLE,
      winner,
    }));
    const [path] = await writeFiles({ "rows.jsonl": toLines(rows) });
    const fields = ["--response-field", "a", "--response-field", "b", "--label-field", "winner"];
    const { exitCode, stderr } = await evaluate(...fields, "--label", "model_a", "--label", "model_b", path!);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      '--label: expected "model_b" in a row\'s winner, found "model_a" 2, "Model_B" 1\n',
    );
  });

  it("compares rows that another model has written its rewards to", async () => {
    const row = { ...ROWS[0], reward_chosen: 1.5, reward_rejected: -2, reward_model: "x" };
    const [path] = await writeFiles({ "rows.jsonl": toLines([row]) });
    const { exitCode, all } = await evaluateToJson(path!);
    expect({ exitCode, all }).toMatchObject({ exitCode: 0, all: { comparisons: 1 } });
  });

  it("says with which options it read", async () => {
    const [path] = await writeFiles({
      "rows.jsonl": toLines([{ prompt: FRANCE, good: PARIS, bad: GOOGLE }]),
    });
    const fields = ["--response-field", "good", "--response-field", "bad"];
    const args = ["--format", "preference", ...fields, "--single-turn", path!];
    const { stdout } = await evaluate(...args);
    expect(stdout.split("\n").at(-2)).toBe(
      "read with: --format preference --response-field good --response-field bad --single-turn",
    );
    expect((await evaluateToJson(...args)).options).toEqual({
      format: "preference",
      responseField: ["good", "bad"],
      singleTurn: true,
    });
  });

  it.each([
    [
      "rows of no known format",
      [],
      { prompt: "p", response: "r" },
      "expected rows of preference, openai-chat",
    ],
    ["a language of rows without one", ["--lang", "en"], ROWS[0], "--lang: expected oasst, found preference"],
    [
      "one response",
      ["--response-field", "chosen"],
      ROWS[0],
      "--response-field: expected two, the preferred one first, found 1",
    ],
    [
      "a single turn made of several",
      ["--single-turn", "--context", "all"],
      ROWS[0],
      "--single-turn: expected no --context all beside it",
    ],
    [
      "a label without the responses",
      ["--label-field", "chosen", ...LABELS],
      ROWS[0],
      "with --response-field",
    ],
    [
      "labels without their field",
      [...LABELLED, ...LABELS],
      ROWS[0],
      "--label-field, --label: expected both",
    ],
    ["a field without labels", [...LABELLED, "--label-field", "prompt"], ROWS[0], "two different labels"],
    [
      "one label for both",
      [...LABELLED, "--label-field", "prompt", "--label", "a", "--label", "a"],
      ROWS[0],
      "two different labels",
    ],
    ["fields that have their names", ["--prompt-field", "q"], TIES[0], "expected preference, found llmbar"],
  ])("exits with 2 for %s", async (_, args, row, says) => {
    const [path] = await writeFiles({ "rows.jsonl": JSON.stringify(row) });
    const { exitCode, stdout, stderr } = await evaluate(...args, path!);
    expect(stderr).toContain(says);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });

  it.each([
    ["NaN", '{"prompt": "p", "chosen": "a", "rejected": "b", "x": NaN}', /: line 1: .* not JSON: "\{/],
    ["a table", "prompt,chosen,rejected\na,b,c\n", /: line 1: .* not JSON: "prompt,/],
    [
      "a name that is there twice",
      '\ufeff{"chosen": "a", "chosen": "b"}',
      /: line 1: .*"chosen" is listed twice/,
    ],
  ])("says what it cannot read where all rows have %s", async (_, rows, says) => {
    const [path] = await writeFiles({ "rows.jsonl": rows });
    const { exitCode, stdout, stderr } = await evaluate(path!);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(says);
  });

  it("names a folder that it was given as a file", async () => {
    const folder = await temporaryFolder();
    expect(await evaluate(folder)).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: `reward-scorer: ${folder}: expected a file, found a folder\n`,
    });
  });

  it("exits with 1 for a file that is not there", async () => {
    const { exitCode, stdout, stderr } = await evaluate("no-such-file.jsonl");
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(/^reward-scorer: ENOENT/);
  });
});

/** To four digits, as tables of the interval have it. */
function near(low: number, high: number) {
  return [expect.closeTo(low, 4), expect.closeTo(high, 4)];
}
