import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import { launchOptions } from "../e2e/browser";
import { Host, LIB } from "../e2e/library-site";
import { formatTable } from "../src/cli/table";
import { writeSection } from "./document";
import { markdownTable } from "./markdown-table";

/**
 * Time the first score on a page with one element and on a page with 200, from the press on a button, turn
 * by turn. It fails when 200 take more than a tenth longer.
 *
 * usage: npm run elements -- [--rounds 9] [--write]
 */
const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "9" }, write: { type: "boolean", default: false } },
});

const MANY = 200;
const MAX_RATIO = 1.1;
const HEADER = ["cache", "buttons pressed", "elements", "first score, ms", "against one", "all scores, ms"];

interface Case {
  cache: "empty" | "full";
  /** One press serves all; `loading="eager"` is as a press on each. */
  pressed: "one" | "each";
}

const CASES: Case[] = [
  { cache: "empty", pressed: "one" },
  { cache: "full", pressed: "one" },
  { cache: "full", pressed: "each" },
];

interface Times {
  /** From the press to the first score event, in milliseconds. */
  firstMs: number;
  /** To the last. */
  allMs: number;
}

execFileSync(process.execPath, [join(import.meta.dirname, "../scripts/build-lib.mjs")], { stdio: "ignore" });
const host = await Host.start(LIB);
const browser = await chromium.launch(launchOptions());
const rows = [HEADER];
let worst = 0;
try {
  for (const which of CASES) {
    const [one, many] = await timeInTurn(browser, which);
    const ratio = many.firstMs / one.firstMs;
    worst = Math.max(worst, ratio);
    rows.push(row(which, 1, one, 1), row(which, MANY, many, ratio));
  }
} finally {
  await browser.close();
  host[Symbol.dispose]();
}
console.log(formatTable(rows));
if (worst > MAX_RATIO) {
  console.error(
    `first score: expected at most ${MAX_RATIO} times that of one element, got ${worst.toFixed(2)}`,
  );
  process.exitCode = 1;
}
if (options.write) {
  const command = `\`npm run elements -- --rounds ${options.rounds}\`, Chromium ${browser.version()}, ${new Date().toISOString().slice(0, 10)}, medians:`;
  await writeSection("embedding/many-elements.md", "elements", `${command}\n\n${markdownTable(rows)}`);
}

/** Medians with one element, and with many. */
async function timeInTurn(browser: Browser, which: Case): Promise<[Times, Times]> {
  const found = new Map<number, Times[]>([1, MANY].map((count) => [count, []]));
  const kept = await browser.newContext();
  if (which.cache === "full") await timeLoad(kept, 1, which);
  for (let round = 0; round < Number(options.rounds); round++) {
    // Whoever comes second in a round finds a warmer machine.
    for (const count of round % 2 === 0 ? [1, MANY] : [MANY, 1]) {
      const context = which.cache === "full" ? kept : await browser.newContext();
      found.get(count)!.push(await timeLoad(context, count, which));
      if (context !== kept) await context.close();
    }
  }
  await kept.close();
  return [median(found.get(1)!), median(found.get(MANY)!)];
}

async function timeLoad(context: BrowserContext, count: number, { pressed }: Case): Promise<Times> {
  const page = await context.newPage();
  const elements = Array.from(
    { length: count },
    (_, at) =>
      `<reward-scorer device="wasm" prompt="What is the capital of France?" response="Answer ${at}."></reward-scorer>`,
  );
  await host.open(page, `<script type="module" src="LIB/element.js"></script>${elements.join("")}`);
  await page
    .getByRole("button")
    .nth(count - 1)
    .waitFor();
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve))); // nobody presses what is not drawn yet
  const times = await page.evaluate(
    ([count, pressed]) =>
      new Promise<Times>((resolve, reject) => {
        const start = performance.now();
        let firstMs = 0;
        let heard = 0;
        document.addEventListener("score", () => {
          heard++;
          const now = performance.now() - start;
          if (heard === 1) firstMs = now;
          if (heard === count) resolve({ firstMs, allMs: now });
        });
        document.addEventListener("error", (event: Event) => reject((event as CustomEvent).detail));
        const [first, ...others] = document.querySelectorAll("reward-scorer");
        for (const element of [first!, ...(pressed === "each" ? others : [])]) {
          element.shadowRoot!.querySelector("button")!.click();
        }
      }),
    [count, pressed] as const,
  );
  await page.close();
  return times;
}

function median(times: readonly Times[]): Times {
  const middle = (name: keyof Times) =>
    times.map((time) => time[name]).toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;
  return { firstMs: middle("firstMs"), allMs: middle("allMs") };
}

function row({ cache, pressed }: Case, count: number, { firstMs, allMs }: Times, ratio: number): string[] {
  return [cache, pressed, String(count), firstMs.toFixed(0), ratio.toFixed(2), allMs.toFixed(0)];
}
