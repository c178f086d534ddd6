import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { common } from "../vite.config";

const ROOT = join(import.meta.dirname, "..");

/** As `build.target` has them. */
function versionsIn(page: string): string[][] {
  const text = readFileSync(join(ROOT, page), "utf8");
  const named = text.matchAll(
    /Chrome (?:and|or) Edge (\d+),\s+Firefox\s+(\d+)(?:,| or)\s+Safari\s+(\d+\.\d+)/g,
  );
  return [...named].map(([, chromium, firefox, safari]) => [
    `chrome${chromium}`,
    `edge${chromium}`,
    `firefox${firefox}`,
    `safari${safari}`,
  ]);
}

describe("build.target", () => {
  it.each(["README.md", "docs/embedding/README.md", "docs/embedding/frame.md"])(
    "is what %s says of browsers",
    (page) => {
      expect(versionsIn(page)).toEqual([common.build!.target]);
    },
  );

  it("takes the custom states of the element", () => {
    const target = common.build!.target as string[];
    const version = (browser: string) =>
      Number(target.find((name) => name.startsWith(browser))!.slice(browser.length));
    expect(version("chrome")).toBeGreaterThanOrEqual(125);
    expect(version("edge")).toBeGreaterThanOrEqual(125);
    expect(version("firefox")).toBeGreaterThanOrEqual(126);
    expect(version("safari")).toBeGreaterThanOrEqual(17.4);
  });
});
