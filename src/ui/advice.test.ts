import { describe, expect, it } from "vitest";
import { ScorerError } from "../shared/errors";
import { adviceFor, messages } from "./advice";
import { english } from "./strings";

describe("adviceFor", () => {
  it("goes by the error's code", () => {
    expect(adviceFor(new ScorerError("out-of-memory", "x"), english)).toBe(english.errors["out-of-memory"]);
  });

  it("has something for what is not ours", () => {
    expect(adviceFor(new TypeError("x"), english)).toBe(english.errors.unknown);
  });
});

describe("messages", () => {
  it("tells what led to the error", () => {
    const cause = new Error("status 503", { cause: "tired" });
    expect(messages(new Error("demo: no answer", { cause }))).toEqual([
      "demo: no answer",
      "status 503",
      "tired",
    ]);
  });
});
