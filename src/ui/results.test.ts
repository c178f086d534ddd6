import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromCell, toCell } from "../shared/spreadsheet-cell";
import { openResults } from "./open-results";
import { RESULT_FIELDS, type Result } from "./result";
import { fitsCsv, formatCsv } from "./results-csv";
import { formatJsonLines } from "./results-jsonl";
import { rowProblemWords } from "./row-problem";

/** What spreadsheets, CSV and terminals take for something else than text. */
const TRICKY = [
  '=HYPERLINK("http://x.example","y")',
  "+1",
  "-1",
  "@SUM(1)",
  "\t=1",
  "\r=1",
  "\n=1",
  "'=1",
  "''=1",
  "'tis",
  "\uff1d1",
  'a "quoted", cell; with\ttabs\r\nand lines\n',
  "\ufeff",
  "\0",
  " padded ",
  "",
  "__proto__",
];
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(..."=+-@'\"\t\r\n,; a\ufeff\uff1d") }),
  fc.constantFrom(...TRICKY),
);
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);

const result: fc.Arbitrary<Result> = fc.record({
  prompt: fc.constant("p"),
  response: text,
  reward: number,
  alpha: number,
  score: number,
  tokens: fc.nat(512),
  truncated: fc.boolean(),
  model: text,
  repository: text,
  revision: text,
  dtype: fc.constantFrom("q8", "w8"),
  backend: fc.constantFrom("wasm", "webgpu"),
});
/** One prompt, as the page has it. */
const results = fc
  .tuple(text, fc.array(result, { minLength: 1, maxLength: 5 }))
  .map(([prompt, rows]) => rows.map((row) => ({ ...row, prompt })));

const asCsv = (rows: readonly Result[]) => new File([formatCsv(rows)], "results.csv");
const asJsonLines = (rows: readonly Result[]) => new File([formatJsonLines(rows)], "results.jsonl");

describe("formatJsonLines", () => {
  it("loses nothing that openResults reads again, half characters included", async () => {
    const anyText = fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((u) => String.fromCharCode(u)),
    });
    const any = fc.tuple(results, anyText).map(([rows, prompt]) => rows.map((row) => ({ ...row, prompt })));
    await fc.assert(
      fc.asyncProperty(any, async (rows) => {
        expect(await openResults(asJsonLines(rows))).toMatchObject({ results: rows, problems: [] });
      }),
    );
  });
});

describe("formatCsv", () => {
  it("loses nothing that openResults reads again", async () => {
    await fc.assert(
      fc.asyncProperty(results, async (rows) => {
        expect(fitsCsv(rows)).toBe(true);
        const pairs = rows.map(({ prompt, response }) => ({ prompt, response }));
        expect(await openResults(asCsv(rows))).toMatchObject({ pairs, results: rows, problems: [] });
      }),
      { numRuns: 1000 },
    );
  });

  it("begins no text with what a spreadsheet takes for a formula", () => {
    for (const response of TRICKY) {
      expect(toCell(response)).not.toMatch(/^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/);
      expect(fromCell(toCell(response))).toBe(response);
    }
    const [row] = fc.sample(result, 1);
    const line = formatCsv([{ ...row!, response: "=1+1", reward: -0.5 }]).split("\r\n")[1];
    expect(line).toContain("'=1+1");
    expect(line).toContain(",-0.5,");
  });

  it("begins with what tells spreadsheets that it is UTF-8, and a header", () => {
    expect(formatCsv([])).toBe(`\ufeff${RESULT_FIELDS.join(",")}\r\n`);
  });

  it("is told beforehand of texts that have no UTF-8", () => {
    const [row] = fc.sample(result, 1);
    for (const field of ["prompt", "response"]) {
      expect(fitsCsv([{ ...row!, prompt: "p", response: "r", [field]: "\ud800" }])).toBe(false);
    }
  });
});

describe("openResults", () => {
  /** What could not be read, in the words of the page. */
  const open = async (name: string, ...content: BlobPart[]) => {
    const opened = await openResults(new File(content, name));
    return { ...opened, problems: opened.problems.map(rowProblemWords) };
  };

  it("reads pairs with other columns, in any order, as spreadsheets write them", async () => {
    const semicolons = '\ufeffnote;response;prompt\r\nx;"a\nb";p\r\n\r\ny;\'tis;p\r\n';
    expect(await open("pairs.CSV", semicolons)).toMatchObject({
      pairs: [
        { prompt: "p", response: "a\nb" },
        { prompt: "p", response: "'tis" },
      ],
      results: [],
      problems: [],
    });
  });

  it("reads results that went through a spreadsheet with a decimal comma", async () => {
    const [row] = fc.sample(result, 1);
    const known = { ...row!, prompt: "p", response: "r, s", reward: -0.244, alpha: 10, score: -2.44e-5 };
    const cells = { ...known, reward: "-0,244", alpha: "10", score: "-2,44E-05", truncated: "VERDADEIRO" };
    const line = (values: readonly unknown[]) => values.map((value) => `"${value}"`).join(";");
    const fields = { ...cells, model: "m", repository: "r", revision: "v" };
    const saved = [RESULT_FIELDS, RESULT_FIELDS.map((field) => fields[field])].map(line).join("\r\n");
    const { results: found, problems } = await open("results.csv", saved);
    expect(problems).toEqual([]);
    expect(found).toEqual([{ ...known, model: "m", repository: "r", revision: "v", truncated: true }]);
    expect((await open("results.csv", saved.replace("VERDADEIRO", "FALSO"))).results).toEqual([
      { ...found[0], truncated: false },
    ]);
  });

  it("says of rewards that they are not whole results, and why the first is none", async () => {
    const [row] = fc.sample(result, 1);
    const part = (changes: object) => JSON.stringify({ ...row, prompt: "p", reward: 1, ...changes });
    const lines = [part({}), part({ reward: "0,244" }), part({ dtype: undefined }), part({ reward: null })];
    expect(await open("x.jsonl", lines.join("\n"))).toMatchObject({
      results: [{ reward: 1 }],
      partResults: 2,
      problems: ['line 2: expected a whole result, found reward "0,244"'],
    });
    expect((await open("x.jsonl", lines[2]!)).problems).toEqual([
      "line 1: expected a whole result, found no dtype",
    ]);
    expect(await open("x.csv", 'prompt,response,reward\np,a,\np,b,"0,244"\n')).toMatchObject({
      partResults: 1,
      problems: ['line 3: expected a whole result, found reward "0,244"'],
    });
  });

  it("reads cells parted by tabs, and a list of JSON", async () => {
    const pairs = [{ prompt: "p", response: "a, b" }];
    expect(await open("x.tsv", "prompt\tresponse\np\ta, b\n")).toMatchObject({ pairs, problems: [] });
    const list = JSON.stringify([pairs[0], { prompt: "p" }]);
    expect(await open("x.json", list)).toMatchObject({
      pairs,
      problems: [expect.stringMatching(/^item 2: expected an object with prompt and response/)],
    });
    const twice = '[{"prompt":"p","response":"a","response":"b"}]';
    expect(await open("x.json", twice)).toMatchObject({
      pairs: [],
      problems: ['file: expected rows, found JSON in which "response" is listed twice'],
    });
  });

  it("reads over the line that tells Excel the delimiter", async () => {
    expect(await open("x.csv", "sep=;\r\nprompt;response\r\np;a\r\np\r\n")).toMatchObject({
      pairs: [{ prompt: "p", response: "a" }],
      problems: ["line 4: expected 2 cells as in the header, found 1"],
    });
  });

  it("tells bad rows by line and opens the rest", async () => {
    const lines = [
      '{"prompt":"p","response":"a"}',
      "{",
      "",
      '{"prompt":"p"}',
      '{"prompt":"q","response":"b"}',
    ];
    expect(await open("x.jsonl", lines.join("\n"))).toMatchObject({
      pairs: [{ prompt: "p", response: "a" }],
      problems: [
        'line 2: expected an object with prompt and response, both strings, found text that is not JSON: "{"',
        "line 4: expected an object with prompt and response, both strings, found prompt of type string and no response",
      ],
      leftOut: [{ why: "otherPrompt", rows: 1 }],
    });
    expect(await open("x.csv", 'prompt,response\np,a\np\np,"b"x"\n')).toMatchObject({
      pairs: [{ prompt: "p", response: "a" }],
      problems: [
        "line 3: expected 2 cells as in the header, found 1",
        "line 4: expected cells, found a quotation mark out of place",
      ],
    });
  });

  it("tells the line of the file that a bad row of CSV begins on, and how far its cell goes", async () => {
    const content = `prompt,response\np,"a\n\nb"\np\np,"never closed\n${"p,c\n".repeat(1995)}`;
    expect(await open("x.csv", content)).toMatchObject({
      pairs: [{ prompt: "p", response: "a\n\nb" }],
      problems: [
        "line 5: expected 2 cells as in the header, found 1",
        "line 6: expected cells, found a quotation mark out of place, which makes one cell of the text up to line 2001",
      ],
    });
    expect((await open("x.csv", 'prompt,response\rp,"b"x"\r')).problems).toEqual([
      "line 2: expected cells, found a quotation mark out of place",
    ]);
  });

  it("takes no CSV that names a column of results twice", async () => {
    expect(await open("x.csv", "prompt,response,response\np,a,b\n")).toMatchObject({
      pairs: [],
      problems: ["line 1: expected a header with response once, found it twice"],
    });
    expect((await open("x.csv", "prompt,note,note,response\np,1,2,a\n")).pairs).toHaveLength(1);
  });

  it("says what a file is that it cannot read", async () => {
    expect(await open("x.csv", "chosen,rejected\n1,2\n")).toMatchObject({
      fileProblem: { why: "noRows" },
      problems: ["line 1: expected a header with prompt and response, found none"],
    });
    expect((await open("x.jsonl", '{"chosen":"a","rejected":"b"}')).fileProblem).toEqual({ why: "noRows" });
    expect((await open("x.jsonl", "\n")).fileProblem).toEqual({ why: "noRows" });
    expect((await open("x.csv", Uint8Array.of(0xff))).fileProblem).toEqual({ why: "notUtf8" });
    const bytes = 20_000_001;
    expect((await open("x.jsonl", new Uint8Array(bytes))).fileProblem).toEqual({ why: "tooLarge", bytes });
    const gone = new File([], "x.jsonl");
    gone.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotFoundError"));
    expect((await openResults(gone)).fileProblem).toEqual({ why: "unreadable" });
    expect((await open("x.jsonl", '{"prompt":"p","response":"a"}\n{')).fileProblem).toBeUndefined();
  });

  it("opens as many responses as the page holds", async () => {
    const lines = Array.from({ length: 502 }, (_, at) => JSON.stringify({ prompt: "p", response: `${at}` }));
    const { pairs, leftOut } = await open("x.jsonl", lines.join("\n"));
    expect(pairs).toHaveLength(500);
    expect(leftOut).toEqual([{ why: "overLimit", rows: 2 }]);
  });

  it("takes a row for a result only when all of it is there", async () => {
    const [row] = fc.sample(result, 1);
    for (const field of RESULT_FIELDS.filter((field) => !["prompt", "response"].includes(field))) {
      const { results: found, pairs } = await open("x.jsonl", JSON.stringify({ ...row, [field]: null }));
      expect([found, pairs.length]).toEqual([[], 1]);
    }
  });
});
