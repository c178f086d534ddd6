import { describe, expect, it } from "vitest";
import {
  addRow,
  createSheet,
  editRow,
  hasOtherWeights,
  isCurrent,
  isScored,
  questions,
  removeRow,
  type Sheet,
  toDraft,
  withoutReadings,
  withReadingsOf,
  withRewards,
} from "./sheet";
import { testModel } from "./test-model";
import { testReward } from "./test-reward";

const draft = { prompt: "p", responses: ["a", "b"] };

function scored(sheet: Sheet, ...rewards: number[]): Sheet {
  return withRewards(
    sheet,
    questions(sheet),
    rewards.map((reward) => testReward(reward)),
    testModel(),
  );
}

const idAt = ({ rows }: Sheet, place: number) => rows[place]!.id;
const edit = (sheet: Sheet, place: number, text: string) => editRow(sheet, idAt(sheet, place), text);
const remove = (sheet: Sheet, place: number) => removeRow(sheet, idAt(sheet, place));
const currents = (sheet: Sheet) => sheet.rows.map((row) => isCurrent(sheet, row));

describe("sheet", () => {
  it("gives back the draft it was made of", () => {
    expect(toDraft(createSheet(draft))).toEqual(draft);
  });

  it("never gives an id twice", () => {
    const first = addRow(createSheet(draft));
    const ids = [first, addRow(remove(first, 2)), createSheet(draft)].map(({ rows }) =>
      rows.map(({ id }) => id),
    );
    expect(new Set(ids.flat()).size).toBe(6);
  });
});

describe("isCurrent", () => {
  it("holds for rewards of the texts on the page", () => {
    expect(currents(scored(createSheet(draft), 0.5, -0.5))).toEqual([true, true]);
  });

  it("ends for one row when its response is edited, and returns when the edit is undone", () => {
    const sheet = scored(createSheet(draft), 0.5, -0.5);
    expect(currents(edit(sheet, 1, "b!"))).toEqual([true, false]);
    expect(currents(edit(edit(sheet, 1, "b!"), 1, "b"))).toEqual([true, true]);
  });

  it("ends for every row when the prompt is edited", () => {
    expect(currents({ ...scored(createSheet(draft), 0.5, -0.5), prompt: "q" })).toEqual([false, false]);
  });
});

describe("questions", () => {
  it("asks only for what has no current reward", () => {
    const sheet = edit(scored(createSheet(draft), 0.5, -0.5), 1, "c");
    expect(questions(sheet)).toEqual([{ id: idAt(sheet, 1), pair: { prompt: "p", response: "c" } }]);
  });

  it("asks for everything again when nothing is missing", () => {
    expect(questions(scored(createSheet(draft), 0.5, -0.5))).toHaveLength(2);
  });

  it("leaves out empty responses", () => {
    expect(questions(createSheet({ prompt: "", responses: ["", " \n", "x"] }))).toHaveLength(1);
  });
});

describe("isScored", () => {
  it("ends with an edit, and asks nothing of an empty response", () => {
    const sheet = scored(createSheet(draft), 0.5, -0.5);
    expect(isScored(createSheet(draft))).toBe(false);
    expect(isScored(sheet)).toBe(true);
    expect(isScored(addRow(sheet))).toBe(true);
    expect(isScored(edit(sheet, 1, "c"))).toBe(false);
  });
});

describe("withRewards", () => {
  it("keeps a reward that arrives late with the texts it was given for", () => {
    const before = createSheet(draft);
    const asked = questions(before);
    const after = withRewards(edit(before, 0, "edited"), asked, [testReward(1), testReward(2)], testModel());
    expect(currents(after)).toEqual([false, true]);
    expect(after.rows[0]?.reading?.pair.response).toBe("a");
  });

  it("drops a reward whose row is gone", () => {
    const before = createSheet(draft);
    const after = withRewards(
      remove(before, 0),
      questions(before),
      [testReward(1), testReward(2)],
      testModel(),
    );
    expect(after.rows.map(({ reading }) => reading?.reward.reward)).toEqual([2]);
  });
});

describe("rewards that come late", () => {
  it("are for no row of another sheet, nor for one added where theirs was", () => {
    const before = createSheet(draft);
    const rewards = [testReward(1), testReward(2)];
    for (const later of [createSheet(draft), addRow(remove(remove(before, 1), 0))]) {
      const after = withRewards(later, questions(before), rewards, testModel());
      expect(after.rows.every(({ reading }) => reading === undefined)).toBe(true);
    }
  });
});

describe("hasOtherWeights", () => {
  it("tells rewards from before a fallback, which the next ones push out", () => {
    const before = scored(createSheet(draft), 1, 2);
    const fallback = testModel({ executionProvider: "wasm", dtype: "q8" });
    expect(hasOtherWeights(before, testModel())).toBe(false);
    expect(hasOtherWeights(before, fallback)).toBe(true);
    const edited = edit(before, 1, "c");
    const after = withRewards(edited, questions(edited), [testReward(3)], fallback);
    expect(after.rows.map(({ reading }) => reading?.reward.reward)).toEqual([undefined, 3]);
    expect(hasOtherWeights(after, fallback)).toBe(false);
  });
});

describe("withReadingsOf", () => {
  it("keeps the rewards of one model, as it was loaded that time", () => {
    const sheet = scored(createSheet(draft), 0.5, -0.5);
    const { model } = sheet.rows[0]!.reading!;
    expect(withReadingsOf(model, sheet)).toEqual(sheet);
    expect(currents(withReadingsOf(testModel(), sheet))).toEqual([false, false]);
    expect(currents(withReadingsOf(undefined, sheet))).toEqual([false, false]);
  });
});

describe("withoutReadings", () => {
  it("forgets what another model said", () => {
    expect(withoutReadings(scored(createSheet(draft), 1, 2)).rows.every(({ reading }) => !reading)).toBe(
      true,
    );
  });
});
