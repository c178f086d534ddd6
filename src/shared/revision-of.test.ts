import { describe, expect, it } from "vitest";
import type { Manifest } from "./manifest";
import { revisionOf } from "./revision-of";

const commit = "0123456789abcdef0123456789abcdef01234567";
const sha256 = "2502d5f69545".padEnd(64, "0");

const sourceOf = (source: object) => source as Manifest["source"];

describe("revisionOf", () => {
  it("names the commit, whole", () => {
    expect(revisionOf(sourceOf({ revision: commit, weights: [{ sha256 }] }))).toBe(commit);
  });

  it("names the weights where there is no commit", () => {
    expect(revisionOf(sourceOf({ weights: [{ sha256 }] }))).toBe("sha256-2502d5f69545");
  });

  it("tells weights of several files apart by each of them", () => {
    const second = "6b1f0c7e93d4".padEnd(64, "0");
    const revision = revisionOf(sourceOf({ weights: [{ sha256 }, { sha256: second }] }));
    expect(revision).toBe("sha256-2502d5f69545-6b1f0c7e93d4");
  });

  it("says so where there is neither", () => {
    expect(revisionOf(sourceOf({ weights: [] }))).toBe("sha256-unknown");
  });
});
