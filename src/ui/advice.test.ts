import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { ScorerError } from "../shared/errors";
import { adviceFor, messages } from "./advice";
import { english } from "./strings";

/** An error as another frame of the page makes it. */
const foreign = runInNewContext(`
  Object.assign(new Error("weights: no answer", { cause: new TypeError("failed to fetch") }), {
    name: "ScorerError",
    code: "download-failed",
  })
`);

describe("adviceFor", () => {
  it("goes by the error's code", () => {
    expect(adviceFor(new ScorerError("out-of-memory", "x"), english)).toBe(english.errors["out-of-memory"]);
  });

  it("goes by the code of another frame's error, whose class is another", () => {
    expect(foreign).not.toBeInstanceOf(Error);
    expect(adviceFor(foreign, english)).toBe(english.errors["download-failed"]);
  });

  it.each(["hasOwnProperty", "not-known-here", "malformed-pickle"])(
    "has something for code %s, which has no words here",
    (code) => {
      const later = Object.assign(new Error("x"), { name: "ScorerError", code });
      expect(adviceFor(later, english)).toBe(english.errors.unknown);
    },
  );

  it("has something for what is not ours", () => {
    expect(adviceFor(new TypeError("x"), english)).toBe(english.errors.unknown);
  });
});

describe("messages", () => {
  it("tells what led to an error of another frame", () => {
    expect(messages(foreign)).toEqual(["weights: no answer", "failed to fetch"]);
  });

  it("tells what led to the error", () => {
    const cause = new Error("status 503", { cause: "tired" });
    expect(messages(new Error("demo: no answer", { cause }))).toEqual([
      "demo: no answer",
      "status 503",
      "tired",
    ]);
  });
});
