import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fields, FormatOptions } from "./format";
import { FORMATS, type FormatName } from "./formats";
import { openFile } from "./open-file";
import { PROPERTY_TIMEOUT_MS, TRICKY_TEXTS, writeFile } from "./test-rewards";

interface Sample {
  /** A row of the format. */
  row(prompt: string, a: string, b: string, more: Fields): Fields;
  /** The responses read from it. */
  responses: 1 | 2;
  options?: FormatOptions;
}

const turn = (role: string, content: string) => ({ role, content });

const CONFIG = `<View><Text name="a" value="$response_a"/><Text name="b" value="$response_b"/>
  <Pairwise name="better" toName="a,b"/></View>`;

/** A row of each format, with two texts where it compares. */
const SAMPLES: Record<Exclude<FormatName, "csv" | "inception">, Sample> = {
  "label-studio": {
    row: (prompt, response_a, response_b, more) => ({
      ...more,
      data: { ...more, prompt, response_a, response_b },
    }),
    responses: 2,
    options: { config: CONFIG },
  },
  argilla: {
    row: (prompt, response_a, response_b, more) => ({
      ...more,
      fields: { ...more, chat: [turn("user", prompt)], response_a, response_b },
      metadata: more,
      suggestions: { other: { value: 1, score: null, agent: null } },
    }),
    responses: 2,
    options: { prompt: "chat", questions: [{ name: "best", values: ["a", "b"] }] },
  },
  prodigy: {
    row: (text, a, b, more) => ({
      ...more,
      text,
      meta: more,
      options: [
        { ...more, id: 1, text: a },
        { id: 2, text: b, meta: "kept" },
      ],
    }),
    responses: 2,
  },
  potato: {
    row: (prompt, a, b, more) => ({ ...more, prompt, responses: [a, b] }),
    responses: 2,
    options: { questions: [{ name: "best", values: ["A", "B"] }] },
  },
  doccano: {
    row: (prompt, text, _, more) => ({ ...more, prompt, text, label: [] }),
    responses: 1,
    options: { questions: [{ name: "label", values: ["bad", "good"] }] },
  },
  jsonl: { row: (prompt, response, _, more) => ({ ...more, prompt, response }), responses: 1 },
  preference: {
    row: (prompt, chosen, rejected, more) => ({ ...more, prompt, chosen, rejected }),
    responses: 2,
  },
  ultrafeedback: {
    row: (instruction, a, b, more) => ({
      ...more,
      instruction,
      completions: [
        { ...more, response: a },
        { response: b, overall_score: 8.5 },
      ],
    }),
    responses: 2,
  },
  "openai-chat": {
    row: (prompt, a, b, more) => ({
      ...more,
      input: { ...more, messages: [turn("user", prompt)] },
      preferred_output: [turn("assistant", a)],
      non_preferred_output: [turn("assistant", b)],
    }),
    responses: 2,
  },
  llmbar: {
    row: (input, output_1, output_2, more) => ({ ...more, input, output_1, output_2, label: 2 }),
    responses: 2,
  },
  oasst: {
    row: (prompt, a, b, more) => ({
      ...more,
      message_tree_id: "1",
      prompt: { ...more, text: prompt, replies: [{ ...more, text: a, rank: 1 }, { text: b }] },
    }),
    responses: 2,
  },
};

const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...TRICKY_TEXTS));
const more = fc.dictionary(
  text.map((name) => `x${name}`),
  fc.jsonValue(),
);
const texts = fc.tuple(text, text, text, more);

describe.each(Object.keys(SAMPLES) as (keyof typeof SAMPLES)[])(
  "%s",
  { timeout: PROPERTY_TIMEOUT_MS },
  (name) => {
    const { row, responses, options = {} } = SAMPLES[name];
    const open = (content: string) => openFile(name, content, options);

    it("reads texts as they stand and loses nothing else", () => {
      fc.assert(
        fc.property(fc.array(texts), (rows) => {
          const given = rows.map((parts) => row(...parts));
          const file = open(given.map((fields) => JSON.stringify(fields)).join("\n"));
          expect(file.problems).toEqual([]);
          expect(file.pairs).toEqual(
            rows.flatMap(([prompt, a, b]) =>
              [a, b].slice(0, responses).map((response) => ({ prompt, response })),
            ),
          );
          const written = writeFile(file).split("\n").filter(Boolean);
          for (const [at, fields] of given.entries()) {
            expect(withoutLabels(JSON.parse(written[at]!))).toMatchObject(withoutLabels(plain(fields)));
          }
        }),
      );
    });

    it("replaces its own scores in a file that it has written, and adds nothing", () => {
      fc.assert(
        fc.property(fc.array(texts, { maxLength: 3 }), (rows) => {
          const once = writeFile(open(JSON.stringify(rows.map((parts) => row(...parts)))));
          expect(writeFile(open(once))).toBe(once);
          const other = (content: string) => writeFile(open(content), undefined, { dtype: "fp32", alpha: 2 });
          expect(other(other(once))).toBe(other(once));
        }),
        { numRuns: 30 },
      );
    });

    it("carries what an audit needs", () => {
      const written = writeFile(open(JSON.stringify([row("p", "aa", "b", {})])));
      const [found] = JSON.parse(written);
      const rewards = { ...found, ...found.data, ...found.metadata, ...found.prompt };
      expect(rewards).toMatchObject({
        reward_model: "demo",
        reward_revision: "0123456789abcdef0123456789abcdef01234567",
        reward_dtype: "w8",
        reward_backend: "cpu",
        reward_alpha: 10,
      });
      const numbers = Object.entries(rewards).filter(([field]) =>
        /^reward_(score|tokens|truncated)_/.test(field),
      );
      expect(numbers.length % 3).toBe(0);
      expect(numbers.length).toBeGreaterThan(0);
    });

    it("throws for nothing that a file may hold, and writes what it cannot read as it was", () => {
      const sample = row("p", "a", "b", {});
      const spoilt = fc
        .tuple(fc.constantFrom(...Object.keys(sample)), fc.jsonValue())
        .map(([field, value]) => JSON.stringify({ ...sample, [field]: value }));
      const lines = fc.array(
        fc.oneof(
          spoilt,
          fc.jsonValue().map((value) => JSON.stringify(value)),
          fc.string(),
        ),
      );
      fc.assert(
        fc.property(lines, (given) => {
          const content = given.join("\n");
          const file = open(content);
          const written = writeFile(file);
          if (file.rows.length === 0) expect(written).toBe(content);
        }),
        { numRuns: 100 },
      );
    });

    it("keeps the ends of lines, the byte order mark and the rows that are bad", () => {
      const lines = [JSON.stringify(row("p", "a", "b", {})), "", "not json", "{}", '{"a": 1.0 }'];
      const content = `\ufeff${lines.join("\r\n")}\r\n`;
      const file = open(content);
      expect(file.problems.map(({ place }) => place)).toEqual(["line 3", "line 4", "line 5"]);
      const [first, ...rest] = writeFile(file).split("\r\n");
      expect(first).toMatch(/^\ufeff\{.*\}$/);
      expect(rest).toEqual([...lines.slice(1), ""]);
    });
  },
);

describe("FORMATS", () => {
  it("has a sample of each here, but for those with a test of their own", () => {
    expect(Object.keys(FORMATS).sort()).toEqual([...Object.keys(SAMPLES), "csv", "inception"].sort());
  });
});

/** As JSON holds it: no -0. */
function plain(value: Fields): Fields {
  return JSON.parse(JSON.stringify(value));
}

/** A row without doccano's label, which is empty until it is written. */
function withoutLabels({ label: _, ...row }: Fields): Fields {
  return row;
}
