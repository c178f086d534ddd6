import { describe, expect, it } from "vitest";
import { type FormatOptions, openFile } from "./index";
import { writeFile } from "./test-rewards";

const CONFIG = `<View>
  <Text name="p" value="$prompt"/><Text name="a" value="$response_a"/><Text name="b" value="$response_b"/>
  <Pairwise name="better" toName="a,b"/>
  <Rating name="stars" toName="b" maxRating="4"/>
  <Choices name="verdict" toName="p"><Choice value="A"/><Choice value="B"/></Choices>
  <TextArea name="note" toName="p"/>
</View>`;

const SINGLE = `<View><Text name="p" value="$prompt"/><Text name="r" value="$response"/>
  <Rating name="stars" toName="r"/>
  <Choices name="verdict" toName="r"><Choice value="good"/><Choice value="bad"/></Choices></View>`;

const open = (tasks: unknown, options: FormatOptions = {}) =>
  openFile("label-studio", JSON.stringify(tasks), { config: CONFIG, ...options });

const task = (a: string, b: string, more = {}) => ({
  data: { prompt: "p", response_a: a, response_b: b },
  ...more,
});

describe("labelStudio", () => {
  it("fills the controls of a comparison", () => {
    const questions = [
      { name: "verdict", values: ["A", "B"] },
      { name: "note", values: [] },
    ];
    const file = open([task("a", "b", { id: 7 })], { questions });
    expect(file.pairs).toEqual([
      { prompt: "p", response: "a" },
      { prompt: "p", response: "b" },
    ]);
    const [written] = JSON.parse(writeFile(file, [-1, 2]));
    const [{ result, ...prediction }] = written.predictions;
    expect(prediction).toEqual({ model_version: "demo@0123456789ab:w8" });
    expect(result.map(({ id: _, ...rest }: { id: string }) => rest)).toEqual([
      { from_name: "better", to_name: "better", type: "pairwise", value: { selected: "right" } },
      { from_name: "stars", to_name: "b", type: "rating", value: { rating: 4 } },
      { from_name: "verdict", to_name: "p", type: "choices", value: { choices: ["B"] } },
      {
        from_name: "note",
        to_name: "p",
        type: "textarea",
        value: { text: [expect.stringContaining("response_b: reward 2.000")] },
      },
    ]);
    expect(written.data).toEqual({
      ...task("a", "b").data,
      ...{
        reward_response_a: -1,
        reward_score_response_a: -10,
        reward_tokens_response_a: 5,
        reward_truncated_response_a: false,
      },
      ...{
        reward_response_b: 2,
        reward_score_response_b: 20,
        reward_tokens_response_b: 5,
        reward_truncated_response_b: false,
      },
      reward_margin: 3,
      reward_model: "demo",
      reward_revision: "0123456789abcdef0123456789abcdef01234567",
      reward_dtype: "w8",
      reward_backend: "cpu",
      reward_alpha: 10,
      reward_note:
        "prediction score: none, nothing in this file to rank it by; stars: quantiles of the rewards in this file",
    });
  });

  it("follows what the config shows left and right, whatever the order of the responses", () => {
    const file = open([task("a", "b")], { responses: ["response_b", "response_a"] });
    const [written] = JSON.parse(writeFile(file, [1, 0]));
    expect(written.predictions[0].result[0].value).toEqual({ selected: "right" });
  });

  it("selects no side where the rewards are equal", () => {
    const [written] = JSON.parse(writeFile(open([task("a", "b")]), [1, 1]));
    expect(written.predictions[0].result.map(({ type }: { type: string }) => type)).toEqual(["rating"]);
  });

  it("gives a probability for a confidence only where the model is pairwise", () => {
    const tasks = [task("a", "b"), task("a", "b"), task("a", "b")];
    const scores = (pairwise: boolean) =>
      JSON.parse(writeFile(open(tasks), [0, 2, 5, 4, 0, 0.5], { pairwise })).map(
        ({ predictions: [{ score }] }: { predictions: [{ score: number }] }) => score,
      );
    expect(scores(true)).toEqual([1 / (1 + Math.exp(-2)), 1 / (1 + Math.exp(-1)), 1 / (1 + Math.exp(-0.5))]);
    expect(scores(false)).toEqual([5 / 6, 1 / 2, 1 / 6]);
  });

  it("rates single responses by quantiles of the file", () => {
    const tasks = [...Array(10).keys()].map((at) => ({ data: { prompt: "p", response: `${at}` } }));
    const questions = [{ name: "verdict", values: ["bad", "good"] }];
    const file = open(tasks, { config: SINGLE, questions });
    const written = JSON.parse(writeFile(file, [...Array(10).keys()]));
    const values = written.map(
      ({ predictions: [{ result }] }: { predictions: [{ result: { value: object }[] }] }) =>
        result.map(({ value }) => value),
    );
    expect(values[0]).toEqual([{ rating: 1 }, { choices: ["bad"] }]);
    expect(values[5]).toEqual([{ rating: 3 }, { choices: ["good"] }]);
    expect(values[9]).toEqual([{ rating: 5 }, { choices: ["good"] }]);
  });

  it("gives every result an id of its own", () => {
    const written = JSON.parse(writeFile(open([task("a", "b"), task("a", "b"), task("a", "b", { id: 1 })])));
    const ids = written.flatMap(
      ({ predictions: [{ result }] }: { predictions: [{ result: { id: string }[] }] }) =>
        result.map(({ id }) => id),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("replaces its own prediction and leaves those of others", () => {
    const others = [{ id: 3, model_version: "other", result: [] }, 12];
    const once = writeFile(open([task("aa", "b", { predictions: others })]));
    expect(writeFile(openFile("label-studio", once, { config: CONFIG }))).toBe(once);
    const [twice] = JSON.parse(
      writeFile(openFile("label-studio", once, { config: CONFIG }), [0, 1], { dtype: "fp32" }),
    );
    expect(
      twice.predictions.map((prediction: { model_version: string }) => prediction.model_version),
    ).toEqual(["other", undefined, "demo@0123456789ab:w8", "demo@0123456789ab:fp32"]);
    expect(twice.data).toMatchObject({ reward_dtype: "fp32", reward_response_b: 1 });
  });

  it("drops the rewards of a field that is no longer scored", () => {
    const once = writeFile(open([task("aa", "b")]));
    const again = openFile("label-studio", once, { config: CONFIG, responses: ["response_a"] });
    const [{ data }] = JSON.parse(writeFile(again));
    expect(Object.keys(data).filter((name) => /_b$|margin/.test(name))).toEqual(["response_b"]);
  });

  it("tells bad tasks and writes them back as they were", () => {
    const bad = [
      { id: 1 },
      task("a", 3 as never),
      { data: { prompt: "p", response_a: "a" } },
      { data: { ...task("a", "b").data, reward_model: "another" } },
      { ...task("a", "b"), predictions: "none" },
    ];
    const file = open([...bad, task("a", "b")]);
    expect(file.problems).toEqual([
      { place: "item 1", problem: "expected an object with data, found no data" },
      { place: "item 2", problem: "expected response_b, a string, found response_b of type number" },
      { place: "item 3", problem: "expected response_b, a string, found no response_b" },
      { place: "item 4", problem: "expected no field reward_model, found one of another program" },
      { place: "item 5", problem: "expected predictions, a list, found predictions of type string" },
    ]);
    const written = JSON.parse(writeFile(file));
    expect(written.slice(0, 5)).toEqual(bad);
    expect(written[5].predictions).toHaveLength(1);
  });

  it("says which controls it leaves empty", () => {
    expect(open([]).notes).toEqual([
      "choices verdict: left empty: no question names it",
      "textarea note: left empty: no question names it",
    ]);
  });

  it.each<[string, FormatOptions, string]>([
    ["no config", { config: undefined as never }, "label-studio: expected a labeling config, found none"],
    [
      "a question that is not in it",
      { questions: [{ name: "x", values: [] }] },
      "question x: expected a control of the config (better, stars, verdict, note)",
    ],
    [
      "a question that is answered anyway",
      { questions: [{ name: "stars", values: ["1"] }] },
      "question stars: expected Choices or a TextArea, found rating, which is filled anyway",
    ],
    [
      "a value that is no choice",
      { questions: [{ name: "verdict", values: ["A", "C"] }] },
      "question verdict: expected values of A, B, found C",
    ],
  ])("throws for %s", (_, options, message) => {
    expect(() => open([], options)).toThrow(new TypeError(message));
  });
});
