import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { openFile } from "./open-file";
import { PROPERTY_TIMEOUT_MS, TRICKY_TEXTS, writeFile } from "./test-rewards";

const open = (content: string) => openFile("csv", content);

const cells = (content: string, delimiter = ",") => Papa.parse<string[]>(content, { delimiter }).data;

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom(..."=+-@'\"\t\r\n,; a\uff1d0") }),
  fc.constantFrom(...TRICKY_TEXTS.filter((text) => text.isWellFormed())),
);

describe("readCsvRows", { timeout: PROPERTY_TIMEOUT_MS }, () => {
  it("reads every cell as it stands, behind its guard", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text)), (rows) => {
        const content = Papa.unparse([["note", "prompt", "response"], ...rows], { newline: "\r\n" });
        const file = open(content);
        expect(file.problems).toEqual([]);
        const unguarded = (cell: string) => (/^'+[=+\-@\t\r\n\uff1d]/.test(cell) ? cell.slice(1) : cell);
        expect(file.pairs).toEqual(
          rows.map(([, prompt, response]) => ({ prompt: unguarded(prompt), response: unguarded(response) })),
        );
      }),
    );
  });

  it("changes no cell but those that a spreadsheet would run, and is the same when done again", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1 }), (rows) => {
        const content = Papa.unparse([["note", "prompt", "response"], ...rows], { newline: "\r\n" });
        const once = writeFile(open(content));
        const written = cells(once).slice(1, -1);
        expect(written.length).toBe(rows.length);
        for (const [at, row] of rows.entries()) {
          for (const [column, cell] of row.entries()) {
            const found = written[at]![column]!;
            expect(found === cell || found === `'${cell}`).toBe(true);
            expect(found).not.toMatch(/^[=@\t\r\n\uff1d\uff0b\uff0d\uff20]|^[+-](?![\d.]+$)/);
          }
        }
        expect(writeFile(open(once))).toBe(once);
      }),
    );
  });

  it("keeps the line that tells Excel the delimiter", () => {
    const file = open("sep=;\r\nresponse;prompt\r\na;p\r\n");
    expect(file.pairs).toEqual([{ prompt: "p", response: "a" }]);
    expect(writeFile(file)).toMatch(/^sep=;\r\nresponse;prompt;reward_response;/);
  });

  it("appends columns, keeps the delimiter, the mark, the ends of lines and numbers", () => {
    const content = '\ufeffn;response;prompt;n\r\n-0.5;"a\nb";p;\'-5\r\n';
    const [header, row] = cells(writeFile(open(content)).slice(1), ";");
    expect(header!.slice(0, 6)).toEqual([
      "n",
      "response",
      "prompt",
      "n",
      "reward_response",
      "reward_score_response",
    ]);
    expect(row!.slice(0, 6)).toEqual(["-0.5", "a\nb", "p", "'-5", "3", "30"]);
    expect(writeFile(open(content))).toMatch(/^\ufeffn;.*\r\n-0\.5;.*\r\n$/s);
  });

  it("tells bad rows by the line they begin on and writes them as they were", () => {
    const content = 'prompt,response\np,"a\nb"\np\n\np,"b"x"\np,c,d\np,e\np,"f"x\np,g';
    const file = open(content);
    const stray = "expected cells, found a quotation mark out of place";
    expect(file.problems).toEqual([
      { place: "line 4", problem: "expected 2 cells as in the header, found 1" },
      { place: "line 6", problem: stray },
      { place: "line 7", problem: "expected 2 cells as in the header, found 3" },
      { place: "line 9", problem: `${stray}, which makes one cell of the text up to line 10` },
    ]);
    expect(file.pairs.map(({ response }) => response)).toEqual(["a\nb", "e"]);
    expect(writeFile(file)).toMatch(/\np\n\np,"b"x"\np,c,d\np,e,1,.*\np,"f"x\np,g$/);
  });

  it("says which columns it looks for", () => {
    const file = openFile("csv", "a,b\n1,2\n", { prompt: "q", responses: ["r1", "r2"] });
    expect(file.problems).toEqual([
      { place: "line 1", problem: "expected a header with q and r1 and r2, found none" },
    ]);
    expect(writeFile(file)).toBe("a,b\n1,2\n");
  });

  it("takes no header that names a column twice", () => {
    const text = "prompt,response,response\np,a,b\n";
    const file = openFile("csv", text);
    const problem = "expected a header with response once, found it twice";
    expect(file.problems).toEqual([{ place: "line 1", problem }]);
    expect(writeFile(file)).toBe(text);
  });

  it("finds the two responses of a comparison, as in JSON", () => {
    const csv = openFile("csv", "prompt,response_a,response_b\np,a,b\n");
    const json = openFile("jsonl", JSON.stringify({ prompt: "p", chosen: "a", rejected: "b" }));
    for (const { pairs } of [csv, json]) expect(pairs.map(({ response }) => response)).toEqual(["a", "b"]);
  });

  it("finds a column again whose name a spreadsheet would run", () => {
    const options = { prompt: "@prompt", responses: ["=r"] };
    const once = writeFile(openFile("csv", "@prompt,=r\np,a\n", options));
    expect(once).toMatch(/^'@prompt,'=r,/);
    expect(writeFile(openFile("csv", once, options))).toBe(once);
  });

  it("reads tabs, and several responses a row", () => {
    const file = openFile("csv", "q\tx\ty\n1\t22\t3\n", { prompt: "q", responses: ["x", "y"] });
    expect(writeFile(file)).toMatch(/^q\tx\ty\treward_x\t.*\treward_y\t.*\treward_margin\t/);
  });
});
