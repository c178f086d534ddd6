import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { truncateLongestFirst } from "./truncate";

describe("truncateLongestFirst", () => {
  it("keeps what fits", () => {
    expect(truncateLongestFirst(300, 209, 509)).toEqual([300, 209]);
  });

  it("cuts only the longer text while it is the longer one", () => {
    expect(truncateLongestFirst(600, 100, 509)).toEqual([409, 100]);
    expect(truncateLongestFirst(0, 600, 509)).toEqual([0, 509]);
  });

  it("leaves the prompt the odd token when both are cut", () => {
    expect(truncateLongestFirst(600, 600, 509)).toEqual([255, 254]);
  });

  it("drops the same tokens as dropping one at a time, for all short texts", () => {
    for (let prompt = 0; prompt <= 20; prompt++) {
      for (let response = 0; response <= 20; response++) {
        for (let room = 0; room <= 41; room++) {
          const kept = truncateLongestFirst(prompt, response, room);
          expect(kept, `${prompt}, ${response}, ${room}`).toEqual(dropOneAtATime(prompt, response, room));
        }
      }
    }
  });

  it("drops the same tokens as dropping one at a time, for texts of any length", () => {
    const length = fc.nat({ max: 5000 });
    fc.assert(
      fc.property(length, length, length, (prompt, response, room) => {
        expect(truncateLongestFirst(prompt, response, room)).toEqual(dropOneAtATime(prompt, response, room));
      }),
    );
  });
});

/** The reference: transformers' `truncate_sequences` with `longest_first`, step by step as it goes. */
function dropOneAtATime(prompt: number, response: number, room: number): [number, number] {
  while (prompt + response > room) {
    if (prompt > response) prompt--;
    else response--;
  }
  return [prompt, response];
}
