import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import fc from "fast-check";
import { build } from "vite";
import type { FrameAnswer } from "../src/embed/frame-messages";
import { MAX_RESPONSES, MAX_TEXT_LENGTH } from "../src/embed/read-request";
import { press, SITE, widget } from "./frame-host";
import { hostOf, serveFolders } from "./library-site";

const ROOT = join(import.meta.dirname, "..");

/** The site for one host alone. */
const RESTRICTED = join(ROOT, ".cache/restricted-site");

const host = hostOf(SITE);

const HELLO = { type: "reward-scorer:hello", version: 1 };
const CONNECT = { type: "reward-scorer:connect", version: 1 };
const PARAMS = { prompt: "What is the capital of France?", responses: ["Paris.", "Google it pal."] };
const SCORE = { method: "score", params: PARAMS };

/** A host that speaks without embed.js, and so may speak wrongly. */
const RAW_HOST = `
  <iframe src="LIB/embed.html?device=wasm" title="Reward"></iframe>
  <script>
    const hellos = [];
    const frame = document.querySelector("iframe");
    addEventListener("message", ({ source, origin, data }) => {
      if (source === frame.contentWindow) hellos.push({ origin, data });
    });
    const channels = [];
    function connect(message, count = 1) {
      const made = Array.from({ length: count }, () => new MessageChannel());
      for (const { port1 } of made) {
        const heard = [];
        port1.onmessage = ({ data }) => heard.push(data);
        channels.push({ port: port1, heard });
      }
      frame.contentWindow.postMessage(message, "*", made.map(({ port2 }) => port2));
    }
  </script>`;

declare const hellos: { origin: string; data: unknown }[];
declare const channels: { port: MessagePort; heard: FrameAnswer[] }[];
declare function connect(message: unknown, count?: number): void;
declare const frame: HTMLIFrameElement;

async function openRaw(page: Page): Promise<void> {
  await host.open(page, RAW_HOST);
  await expect.poll(() => page.evaluate(() => hellos.length)).toBeGreaterThan(0);
}

/** Everything that was sent before has been answered by then: a question of our own is. */
async function answered(page: Page, channel: number): Promise<FrameAnswer[]> {
  const id = await page.evaluate((channel) => {
    const id = Number.MAX_SAFE_INTEGER - channels[channel]!.heard.length;
    channels[channel]!.port.postMessage({ id, method: "none" });
    return id;
  }, channel);
  const heard = () => page.evaluate((channel) => channels[channel]!.heard, channel);
  await expect
    .poll(async () => (await heard()).some((answer) => "id" in answer && answer.id === id))
    .toBe(true);
  return (await heard()).filter((answer) => !("id" in answer && answer.id === id));
}

const results = (answers: readonly FrameAnswer[]) => answers.filter((answer) => "result" in answer);
const problems = (answers: readonly FrameAnswer[]) =>
  answers.flatMap((answer) => ("error" in answer ? [`${answer.error.name}: ${answer.error.message}`] : []));

test("says hello with nothing in it, until it is connected", async ({ page }) => {
  await openRaw(page);
  const [hello] = await page.evaluate(() => hellos);
  expect(hello).toEqual({ origin: host.library, data: HELLO });
  await page.evaluate((message) => connect(message), CONNECT);
  const answers = await answered(page, 0);
  expect(answers[0]).toEqual({ type: "connected" });
  await expect(widget(page).getByText(`Connected to ${host.origin}.`)).toBeVisible();
});

test("is connected with once", async ({ page }) => {
  await openRaw(page);
  await page.evaluate((message) => connect(message), CONNECT);
  await answered(page, 0);
  await page.evaluate((message) => connect(message), CONNECT);
  await page.evaluate((message) => channels[1]!.port.postMessage({ id: 1, ...message }), SCORE);
  await answered(page, 0);
  expect(await page.evaluate(() => channels[1]!.heard)).toEqual([]);
});

test("hears no call before it is connected with", async ({ page }) => {
  await openRaw(page);
  await page.evaluate((call) => frame.contentWindow!.postMessage({ id: 1, ...call }, "*"), SCORE);
  await page.evaluate((message) => connect(message), CONNECT);
  expect(results(await answered(page, 0))).toEqual([]);
  await press(page);
  await expect(widget(page).locator("reward-scorer:state(scored)")).toHaveCount(1);
  await expect(widget(page).getByRole("status")).toHaveCount(0);
});

test("refuses another version, in words, and takes its own", async ({ page }) => {
  await openRaw(page);
  await page.evaluate((message) => connect(message), { ...CONNECT, version: 2 });
  await expect(
    widget(page).getByText(`${host.origin} speaks to another version of this widget.`),
  ).toBeVisible();
  await page.evaluate((message) => connect(message), CONNECT);
  await answered(page, 1);
  expect(await page.evaluate(() => channels[0]!.heard)).toEqual([]);
});

test("takes neither no port nor two", async ({ page }) => {
  await openRaw(page);
  await page.evaluate((message) => {
    connect(message, 0);
    connect(message, 2);
    connect(message);
  }, CONNECT);
  await answered(page, 2);
  const heard = await page.evaluate(() => channels.map(({ heard }) => heard.length > 0));
  expect(heard).toEqual([false, false, true]);
});

test("hears its parent alone, not another frame of the same page", async ({ page }) => {
  await host.open(
    page,
    `${RAW_HOST}<iframe srcdoc="<script>
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { parent.intruded = true; };
      parent.frames[0].postMessage({ type: 'reward-scorer:connect', version: 1 }, '*', [port2]);
      parent.asked = true;
    </script>"></iframe>`,
  );
  await expect.poll(() => page.evaluate(() => hellos.length)).toBeGreaterThan(0);
  await page.locator("iframe[srcdoc]").evaluate((element: HTMLIFrameElement) => {
    element.srcdoc += "<p>again, now that the frame listens</p>";
  });
  await page.frameLocator("iframe[srcdoc]").getByText("again").waitFor();
  await page.evaluate((message) => connect(message), CONNECT);
  expect((await answered(page, 0))[0]).toEqual({ type: "connected" });
  expect(await page.evaluate(() => ["asked" in window, "intruded" in window])).toEqual([true, false]);
});

test("refuses an origin that its build does not allow", async ({ page }) => {
  process.env.EMBED_ORIGINS = host.origin;
  await build({ root: ROOT, logLevel: "error", build: { outDir: RESTRICTED, emptyOutDir: true } });
  delete process.env.EMBED_ORIGINS;
  using restricted = await serveFolders(RESTRICTED);
  await host.open(page, RAW_HOST.replaceAll("LIB", restricted.origin));
  await expect.poll(() => page.evaluate(() => hellos.length)).toBeGreaterThan(0);
  await page.evaluate((message) => connect(message), CONNECT);
  expect((await answered(page, 0))[0]).toEqual({ type: "connected" });

  const other = host.origin.replace("127.0.0.1", "localhost");
  await page.goto(other);
  await expect.poll(() => page.evaluate(() => hellos.length)).toBeGreaterThan(0);
  await page.evaluate((message) => connect(message), CONNECT);
  await expect(widget(page).getByText(`${other} may not use this widget.`)).toBeVisible();
  expect(await page.evaluate(() => channels[0]!.heard)).toEqual([]);
});

for (const origins of ["https://tool.example/path", "tool.example", ""]) {
  test(`refuses a build for "${origins}", which is no origin`, async () => {
    process.env.EMBED_ORIGINS = origins;
    await expect(build({ root: ROOT, logLevel: "silent", build: { write: false } })).rejects.toThrow(
      `EMBED_ORIGINS: expected origins like https://tool.example, got ${origins}`,
    );
    delete process.env.EMBED_ORIGINS;
  });
}

test("says of a call what is wrong with it", async ({ page }) => {
  await openRaw(page);
  await page.evaluate((message) => connect(message), CONNECT);
  const { prompt, responses } = PARAMS;
  const long = "a".repeat(MAX_TEXT_LENGTH + 1);
  const calls: [object, string][] = [
    [{ method: "none" }, "method: expected score, cancel or close"],
    [
      { ...SCORE, params: { prompt: long, responses } },
      "params.prompt: expected at most 200000 characters, got 200001",
    ],
    [
      { ...SCORE, params: { prompt, responses: [long] } },
      "params.responses.0: expected at most 200000 characters, got 200001",
    ],
    [
      { ...SCORE, params: { prompt, responses: Array(MAX_RESPONSES + 1).fill("a") } },
      "params.responses: expected at most 100, got 101",
    ],
    [{ ...SCORE, params: { prompt, responses: [] } }, "params.responses: expected at least one"],
    [{ ...SCORE, params: { prompt: 7, responses } }, "params.prompt: expected a string"],
    [{ ...SCORE, params: { prompt, responses, alpha: "ten" } }, "params.alpha: expected a number"],
  ];
  await page.evaluate(
    (calls) => {
      for (const [id, call] of calls.entries()) channels[0]!.port.postMessage({ id, ...call });
    },
    calls.map(([call]) => call),
  );
  expect(problems(await answered(page, 0))).toEqual(calls.map(([, problem]) => `TypeError: ${problem}`));
});

test("is not changed by 10,000 messages that say nothing", async ({ page }) => {
  await openRaw(page);
  await flood(page, wrongMessages(2_500, 1), "window");
  await page.evaluate((message) => {
    channels.length = 0;
    connect(message);
  }, CONNECT);
  await page.evaluate((call) => channels[0]!.port.postMessage({ id: 1, ...call }), SCORE);
  await press(page);
  await expect(widget(page).getByRole("status")).toHaveCount(2);
  const showing = async () => [
    await widget(page).getByRole("status").allInnerTexts(),
    await widget(page).getByText("Connected to").innerText(),
  ];
  const shown = await showing();
  const [first] = results(await answered(page, 0));

  await flood(page, wrongMessages(2_500, 2), "window");
  await flood(page, wrongMessages(5_000, 3), "port");
  const answers = await answered(page, 0);
  expect(results(answers)).toEqual([first]);
  expect(problems(answers).every((problem) => problem.startsWith("TypeError: "))).toBe(true);
  expect(await showing()).toEqual(shown);
  expect(page.workers()).toHaveLength(1);

  await page.evaluate((call) => channels[0]!.port.postMessage({ id: 2, ...call }), SCORE);
  await expect.poll(async () => results(await answered(page, 0)).length).toBe(2);
  const [, second] = results(await answered(page, 0));
  expect(second).toEqual({ ...first, id: 2 });
});

/** Messages, half of them close to right ones, of which none asks for anything. */
function wrongMessages(count: number, seed: number): unknown[] {
  const text = fc.string({ unit: "grapheme", maxLength: 30 });
  const notText = fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(text),
    fc.object({ maxDepth: 1 }),
  );
  const notId = fc.oneof(fc.constant(-1), fc.constant(0.5), text, fc.constant(null));
  const id = fc.nat();
  const params = fc.record({ prompt: text, responses: fc.array(text, { minLength: 1, maxLength: 3 }) });
  const wrongParams = fc.oneof(
    notText,
    fc.record({ prompt: notText, responses: fc.array(text) }),
    fc
      .record({
        prompt: text,
        responses: fc.oneof(notText, fc.constant([]), fc.array(notText, { minLength: 1 })),
      })
      .filter(({ responses }) => !isListOfTexts(responses)),
    fc.record({ prompt: text, responses: fc.constant(["a"]), alpha: fc.oneof(text, fc.constant(null)) }),
    params.map((right) => ({ ...right, extra: 1 })),
  );
  const message = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.record({ id, method: fc.constant("score"), params: wrongParams }),
    fc.record({ id: notId, method: fc.constant("score"), params }),
    fc.record({ id, method: text, params }),
    fc.record({ id, method: fc.constant("score"), params, more: text }),
    fc.record({ id, method: fc.constant("cancel"), params: fc.record({ call: fc.nat() }) }),
    fc.record({ type: fc.constant("reward-scorer:connect"), version: fc.constant(1) }), // without a port
    fc.record({ type: text, version: fc.constant(1) }),
  );
  return fc.sample(message, { numRuns: count, seed });
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string");
}

/** Between them, what JSON cannot hold. */
async function flood(page: Page, messages: readonly unknown[], to: "window" | "port"): Promise<void> {
  await page.evaluate(
    ([messages, to]) => {
      const odd = [
        undefined,
        Number.NaN,
        1n,
        new Map([["id", 1]]),
        new Date(),
        new Uint8Array(9),
        /x/,
        new Error("x"),
      ];
      const post = (message: unknown) => {
        if (to === "window") frame.contentWindow!.postMessage(message, "*");
        else channels[0]!.port.postMessage(message);
      };
      messages.forEach((message, at) => {
        post(message);
        if (at % 100 === 0) post(odd[(at / 100) % odd.length]);
      });
    },
    [messages, to] as const,
  );
}
