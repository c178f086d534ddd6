import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import type { openFile } from "../src/formats/index";
import { launchOptions } from "./browser";
import { Host, LIB } from "./library-site";

// The code of the documentation names no device.
test.use({ launchOptions: launchOptions(false) });

const ROOT = join(import.meta.dirname, "..");
const DOCS = readFileSync(join(ROOT, "docs/embedding/files.md"), "utf8");

const ROWS = [
  '{"id": 12345678901234567890, "prompt": "What is the capital of France?", "chosen": "Paris.", "rejected": "$& </script>"}',
  "not json",
  '{"prompt": "What is the capital of France?", "chosen": "It is Paris.", "rejected": "Google it pal."}',
];

declare const scored: string;
declare const file: ReturnType<typeof openFile>;

test("scores a file in a page, as the documentation has it", async ({ page }) => {
  using host = await Host.start(LIB);
  await page.route("**/rows.jsonl", (route) => route.fulfill({ body: ROWS.join("\n") }));
  const [, code] = /```js\n(.*?)```/s.exec(DOCS)!;
  const script = code!.replace(/https:\/\/your\.host\/reward-scorer\/[\d.]+/g, "LIB");
  await host.open(page, `<script type="module">${script} Object.assign(window, { file, scored });</script>`);
  await page.waitForFunction(() => "scored" in window);
  const { text, problems, ranks, rewards } = await page.evaluate(() => ({
    text: scored,
    problems: file.problems,
    ranks: file.rows.map((row) => row.ranks),
    rewards: JSON.parse(scored.split("\n")[2]!),
  }));
  const lines = text.split("\n");
  expect(problems.map(({ place }) => place)).toEqual(["line 2"]);
  expect(ranks).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect(lines[0]).toMatch(
    /^\{"id":12345678901234567890,.*"rejected":"\$& <\/script>",.*"reward_chosen":-?[\d.]+,/,
  );
  expect(lines[1]).toBe("not json");
  expect(rewards).toMatchObject({
    reward_model: "demo",
    reward_dtype: "q8",
    reward_backend: "wasm",
    reward_alpha: 10,
  });
  expect(rewards.reward_score_chosen).toBe(10 * rewards.reward_chosen);
});

test("reads and writes files in Node", () => {
  const code = `
    import { judgeOf, openFile, versionOf } from "./formats.js";
    import manifest from "./models/demo/reward.json" with { type: "json" };
    const judge = judgeOf(manifest, { dtype: "w8", backend: "cpu" });
    const { pairs } = openFile("csv", "prompt,response\\np,r\\n");
    console.log([versionOf(judge), pairs.length].join(" "));`;
  const args = ["--no-warnings", "--input-type=module", "--eval", code];
  const found = execFileSync(process.execPath, args, { cwd: LIB, encoding: "utf8" });
  expect(found).toMatch(/^demo@sha256-[0-9a-f]{12}:w8 1\n$/);
});
