import { describe, expect, it } from "vitest";
import { ScorerError } from "../shared/errors";
import { runError } from "./run-error";

describe("runError", () => {
  it.each([
    "std::bad_alloc",
    "Array buffer allocation failed",
    "WebAssembly.Memory(): could not allocate memory",
    "Failed to allocate memory for requested buffer of size 100",
    "Not enough memory left: out of memory",
  ])("knows %s for out of memory", (message) => {
    expect(runError("run", new Error(message)).code).toBe("out-of-memory");
  });

  it.each([
    "Failed to fetch dynamically imported module: http://localhost/assets/ort.js",
    "error loading dynamically imported module",
    "Importing a module script failed.",
  ])("knows %s for a failed download", (message) => {
    expect(runError("session", new TypeError(message)).code).toBe("download-failed");
  });

  it("keeps the cause and its first line", () => {
    const cause = new Error("bad node\n  at gpu.cc:1");
    expect(runError("run", cause)).toMatchObject({ code: "run-failed", message: "run: bad node", cause });
  });

  it("takes a bare number", () => {
    expect(runError("session", 4711).message).toBe("session: 4711");
  });

  it("leaves our own errors as they are", () => {
    const error = new ScorerError("run-failed", "reward logits: expected finite numbers, got NaN");
    expect(runError("run", error)).toBe(error);
  });
});
