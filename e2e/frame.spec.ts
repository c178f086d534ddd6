import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import type { FrameScores } from "../src/embed/embed";
import { DEMO_TOLERANCE } from "../src/shared/tolerance";
import { DEMO_REVISION } from "../test/demo-revision";
import { readFixturePairs } from "../test/fixture";
import { documentedCode } from "./documented";
import { expectAgreement } from "./engine-page";
import { hostPage, press, type Scorer, SITE, score, widget } from "./frame-host";
import { hostOf } from "./library-site";
import { SCORE, SCORE_IN_PORTUGUESE } from "./shown-score";

/** What hosts load of ours, gzip, in bytes; it was 1,200 when this was written. */
const MAX_HOST_SCRIPT_BYTES = 3_000;

const host = hostOf(SITE);

declare const scorer: Scorer;

const LAZY_FRAMES = [
  ["lazy frame", ""],
  ["lazy frame without an origin", `sandbox="allow-scripts"`],
] as const;

const PROMPT = "What is the capital of France?";
const RESPONSES = ["Paris is the capital of France.", "Google it pal."] as const;

function openWithKeeper(page: Page): Promise<void> {
  const keeper = `<iframe name="reward-scorer-keeper" src="LIB/embed.html" hidden></iframe>`;
  return host.open(page, keeper + hostPage());
}

/** With the press that a first load waits for. */
async function scoreFirst(page: Page): Promise<FrameScores> {
  const told = score(page, { prompt: PROMPT, responses: RESPONSES });
  await press(page);
  return told;
}

test("downloads nothing before a person presses, then tells the reference rewards", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await host.open(page, hostPage());
  const pairs = readFixturePairs("demo");
  const all = page.evaluate(async (pairs) => {
    const told: FrameScores[] = [];
    for (const pair of pairs) told.push(await (await scorer).score(pair));
    return told;
  }, pairs);
  await expect(widget(page).getByText(`Connected to ${host.origin}.`)).toBeVisible();
  await expect(widget(page).getByRole("button", { name: /^Load model/ })).toBeVisible();
  expect(asked.filter((path) => /wasm|worker|onnx/.test(path))).toEqual([]);
  await press(page);
  const told = await all;
  const scores = told.map(({ scores: [score] }) => score!);
  expectAgreement(scores, "q8", "demo", { worst: DEMO_TOLERANCE, mean: DEMO_TOLERANCE });
  for (const { reward, score } of scores) expect(score).toBe(10 * reward);
  expect(told[0]!.model).toEqual({ name: "demo", revision: DEMO_REVISION, dtype: "q8", backend: "wasm" });
  await expect(widget(page).getByRole("status")).toHaveText(SCORE);
});

test("works as pasted from the documentation", async ({ page }) => {
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  const pasted = documentedCode("frame", "html", { origin: host.library });
  await host.open(page, pasted.replace("embed.html", "embed.html?device=wasm"));
  await press(page);
  await expect(widget(page).getByRole("status")).toHaveCount(2);
  await expect.poll(() => said.length).toBe(1);
  expect(said[0]).toContain("demo");
});

test("takes a list that a framework watches", async ({ page }) => {
  await host.open(page, hostPage());
  const told = page.evaluate(
    async ([prompt, responses]) => (await scorer).score({ prompt, responses: new Proxy(responses, {}) }),
    [PROMPT, [...RESPONSES]] as const,
  );
  await press(page);
  expect((await told).scores).toHaveLength(2);
});

test("shows the newest call alone, and says so to the one before", async ({ page }) => {
  await host.open(page, hostPage());
  const outcomes = page.evaluate(
    async ([prompt, responses]) => {
      const frame = await scorer;
      const calls = [
        { prompt, response: "An older text." },
        { prompt, responses, alpha: 2 },
      ];
      const settled = await Promise.allSettled(calls.map((call) => frame.score(call)));
      return settled.map((one) => (one.status === "fulfilled" ? one.value : String(one.reason)));
    },
    [PROMPT, RESPONSES] as const,
  );
  await press(page);
  const [older, newer] = await outcomes;
  expect(older).toBe("AbortError: score: a newer call took its place");
  const { scores, alpha } = newer as FrameScores;
  expect(alpha).toBe(2);
  expect(scores.map(({ score }) => score)).toEqual(scores.map(({ reward }) => 2 * reward));
  await expect(widget(page).getByRole("status")).toHaveCount(2);
});

for (const [colorScheme, other, paper, ink] of [
  ["light", "black", "rgb(250, 248, 243)", "rgb(31, 28, 24)"],
  ["dark", "white", "rgb(23, 22, 20)", "rgb(236, 231, 221)"],
] as const) {
  test(`stands on ${colorScheme} paper of its own in a ${other} page`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await host.open(page, `<style>html { background: ${other}; }</style>${hostPage()}`);
    await expect(widget(page).getByRole("button", { name: /^Load model/ })).toHaveCSS("color", ink);
    await expect(widget(page).locator("html")).toHaveCSS("background-color", paper);
  });
}

test("gives the frame the height of its content", async ({ page }) => {
  await host.open(page, hostPage());
  const height = () => page.locator("iframe").evaluate(({ clientHeight }) => clientHeight);
  const content = () =>
    widget(page)
      .locator("rs-embed-frame")
      .evaluate(({ clientHeight }) => clientHeight);
  const one = score(page, { prompt: PROMPT, response: RESPONSES[0] });
  await press(page);
  await one;
  await expect.poll(async () => (await height()) - (await content())).toBe(0);
  const before = await height();
  await score(page, { prompt: PROMPT, responses: Array.from({ length: 20 }, (_, at) => `Answer ${at}.`) });
  await expect.poll(async () => (await height()) - (await content())).toBe(0);
  expect(await height()).toBeGreaterThan(before + 200);
});

test("can be cancelled, and forgets the texts", async ({ page }) => {
  await host.open(page, hostPage());
  const cancelled = await page.evaluate(
    async ([prompt, responses]) => {
      const frame = await scorer;
      const stop = new AbortController();
      const call = frame.score({ prompt, responses }, { signal: stop.signal });
      stop.abort(new Error("another record"));
      return call.catch(({ message }) => message);
    },
    [PROMPT, RESPONSES] as const,
  );
  expect(cancelled).toBe("another record");
  await press(page);
  await expect(widget(page).locator("reward-scorer:state(scored)")).toHaveCount(1);
  await expect(widget(page).getByRole("status")).toHaveCount(0);
});

test("rejects calls when the connection is closed, and after", async ({ page }) => {
  await host.open(page, hostPage());
  const outcomes = await page.evaluate(
    async (request) => {
      const frame = await scorer;
      const before = frame.score(request);
      frame.close();
      const settled = await Promise.allSettled([before, frame.score(request)]);
      return settled.map((one) => one.status === "rejected" && String(one.reason));
    },
    { prompt: PROMPT, responses: RESPONSES },
  );
  expect(outcomes).toEqual(Array(2).fill("AbortError: embed: the connection was closed"));
});

test("is connected with again after it was closed, and forgets what it was asked before", async ({
  page,
}) => {
  await host.open(page, hostPage());
  await page.evaluate(
    async ([origin, request]) => {
      const { embedRewardScorer }: typeof import("../src/embed/embed") = await import(`${origin}/embed.js`);
      const first = await scorer;
      first.score({ ...request, response: "An older text." }).catch(() => undefined);
      first.close();
      Object.assign(globalThis, { scorer: embedRewardScorer(document.querySelector("iframe")!) });
    },
    [host.library, { prompt: PROMPT }] as const,
  );
  const told = score(page, { prompt: PROMPT, responses: RESPONSES });
  await press(page);
  expect((await told).scores).toHaveLength(2);
  await expect(widget(page).getByRole("status")).toHaveCount(2);
  await expect(widget(page).getByText(`Connected to ${host.origin}.`)).toBeVisible();
});

for (const [name, first] of [
  ["is closed", "embedRewardScorer(frame).then((first) => first.close())"],
  ["is given up at once", "embedRewardScorer(frame, { signal: AbortSignal.abort() }).catch(() => undefined)"],
  [
    "is given up when the frame has said hello",
    `embedRewardScorer(frame, { signal: stop.signal }).catch(() => undefined);
    addEventListener("message", () => stop.abort(), { once: true })`,
  ],
] as const) {
  test(`takes the second of two connections when the first ${name}`, async ({ page }) => {
    await host.open(
      page,
      `<iframe src="LIB/embed.html?device=wasm" title="Reward"></iframe>
      <script type="module">
        import { embedRewardScorer } from "LIB/embed.js";
        const frame = document.querySelector("iframe");
        const stop = new AbortController();
        ${first};
        window.scorer = embedRewardScorer(frame);
      </script>`,
    );
    const told = score(page, { prompt: PROMPT, responses: RESPONSES });
    await press(page);
    expect((await told).scores).toHaveLength(2);
  });
}

test("rejects with the signal's reason, before it is connected and after", async ({ page }) => {
  await host.open(page, hostPage(`loading="lazy"`));
  const reasons = await page.evaluate(
    async ([origin, request]) => {
      const { embedRewardScorer }: typeof import("../src/embed/embed") = await import(`${origin}/embed.js`);
      (await scorer).close();
      const frame = document.querySelector("iframe")!;
      const never = frame.cloneNode() as HTMLIFrameElement;
      const stop = new AbortController();
      const waiting = embedRewardScorer(never, { signal: stop.signal });
      const call = (await embedRewardScorer(frame, { signal: stop.signal })).score(request);
      stop.abort(new Error("unmounted"));
      const late = embedRewardScorer(frame, { signal: stop.signal });
      const settled = await Promise.allSettled([waiting, call, late]);
      return settled.map((one) => one.status === "rejected" && String(one.reason));
    },
    [host.library, { prompt: PROMPT, responses: RESPONSES }] as const,
  );
  expect(reasons).toEqual(Array(3).fill("Error: unmounted"));
});

test("gives up a lazy frame that is taken away before it has loaded", async ({ page }) => {
  await host.open(page, `<div style="height: 20000px"></div>${hostPage(`loading="lazy"`)}`);
  await page.waitForFunction("'scorer' in window");
  const reason = await page.evaluate(async () => {
    const outcome = scorer.catch(String);
    document.querySelector("iframe")!.remove();
    return outcome;
  });
  expect(reason).toBe("AbortError: embed: the frame was taken off the page");
});

for (const [kind, attributes] of LAZY_FRAMES) {
  test(`waits for a ${kind} until it has loaded, and 30 s from then on`, async ({ page }) => {
    await page.clock.install();
    await page.route("**/embed.html*", (route) => route.fulfill({ status: 404 }));
    await host.open(page, `<div style="height: 20000px"></div>${hostPage(`loading="lazy" ${attributes}`)}`);
    await page.waitForFunction("'scorer' in window");
    await page.evaluate(() => {
      scorer.catch((reason) => Object.assign(window, { reason: String(reason) }));
    });
    const reason = () => page.evaluate(() => (window as { reason?: string }).reason);
    await page.clock.fastForward(31_000);
    expect(await reason()).toBeUndefined();
    await page.locator("iframe").evaluate((frame) => {
      const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
      frame.scrollIntoView();
      return loaded;
    });
    await page.clock.fastForward(31_000);
    await expect.poll(reason).toMatch(/^Error: embed: expected an answer of .* in 30 s, got none$/);
  });
}

for (const [kind, attributes] of LAZY_FRAMES) {
  test(`gives up a ${kind} that had loaded before, and does not answer`, async ({ page }) => {
    await page.route("**/embed.html*", (route) => route.fulfill({ status: 404, body: "Not here" }));
    const frame = `<iframe src="LIB/embed.html" title="Reward" loading="lazy" ${attributes}></iframe>`;
    await host.open(page, frame);
    await expect(widget(page).getByText("Not here")).toBeVisible();
    const reason = await page.evaluate(async (origin) => {
      const { embedRewardScorer }: typeof import("../src/embed/embed") = await import(`${origin}/embed.js`);
      return embedRewardScorer(document.querySelector("iframe")!, { timeoutMs: 100 }).catch(String);
    }, host.library);
    expect(reason).toBe(`Error: embed: expected an answer of ${host.library}/embed.html in 0.1 s, got none`);
  });
}

test("is connected with again after it was moved, and answers what was asked", async ({ page }) => {
  await host.open(page, `${hostPage()}<div id="there"></div>`);
  await page.evaluate(() => scorer);
  await page.evaluate(() => document.querySelector("#there")!.append(document.querySelector("iframe")!));
  const told = score(page, { prompt: PROMPT, responses: RESPONSES });
  await press(page);
  expect((await told).scores).toHaveLength(2);
});

test("says whose model it would load, and what of its address it cannot use", async ({ page }) => {
  await host.open(page, hostPage("", "model=https://models.example/other/&device=tpu"));
  await expect(widget(page).getByText("The model is on https://models.example.")).toBeVisible();
  await expect(widget(page).getByRole("alert")).toHaveText(
    "device=tpu is not known: auto, webgpu and wasm are. Using auto.",
  );
});

test("speaks Portuguese", async ({ page }) => {
  await host.open(page, hostPage("", "device=wasm&lang=pt-BR"));
  await expect(widget(page).getByText(`Conectado a ${host.origin}.`)).toBeVisible();
  const told = score(page, { prompt: PROMPT, response: RESPONSES[1] });
  await widget(page).getByRole("button", { name: "Carregar" }).click();
  await told;
  await expect(widget(page).getByRole("status")).toHaveText(SCORE_IN_PORTUGUESE);
});

test("shows markup as text", async ({ page }) => {
  await host.open(page, hostPage());
  const markup = `<img src=x onerror="parent.broken = top.broken = 1"></script><script>top.broken = 1</script>`;
  const told = score(page, { prompt: markup, responses: [markup, "$" + "{top.broken=1}{{x}}"] });
  await press(page);
  expect((await told).scores).toHaveLength(2);
  expect(await page.evaluate(() => "broken" in window)).toBe(false);
  await expect(widget(page).locator("img, script:not([src])")).toHaveCount(0);
});

test("shares the models of a keeper with frames that come and go", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await openWithKeeper(page);
  const { scores } = await scoreFirst(page);
  const files = () => asked.filter((path) => /onnx|\.zstd$/.test(path)).length;
  const downloaded = files();
  await page.evaluate(async (origin) => {
    const { embedRewardScorer } = await import(`${origin}/embed.js`);
    const old = document.querySelector<HTMLIFrameElement>("iframe[title]")!;
    const next = old.cloneNode() as HTMLIFrameElement;
    old.replaceWith(next);
    (globalThis as { scorer?: unknown }).scorer = embedRewardScorer(next);
  }, host.library);
  const again = await score(page, { prompt: PROMPT, responses: RESPONSES });
  expect(again.scores).toEqual(scores);
  expect(files()).toBe(downloaded);
  expect(page.workers()).toHaveLength(1);
});

test("loads the model itself when the keeper has gone", async ({ page }) => {
  await openWithKeeper(page);
  const { scores } = await scoreFirst(page);
  await page.locator("iframe[hidden]").evaluate((element) => element.remove());
  await expect.poll(() => page.workers().length).toBe(0);
  const again = await score(page, { prompt: PROMPT, responses: RESPONSES });
  expect(again.scores).toEqual(scores);
});

test("ends a load when the frame that waited for it is taken away", async ({ page }) => {
  await page.route("**/*.onnx_data", () => undefined);
  await openWithKeeper(page);
  await press(page);
  await expect.poll(() => page.workers().length).toBe(1);
  await page.locator("iframe[title]").evaluate((element) => element.remove());
  await expect.poll(() => page.workers().length).toBe(0);
});

test("says on its own that it is made for a frame", async ({ page }) => {
  await page.goto(`${host.library}/embed.html`);
  await expect(page.getByText("This page is made for a frame in another page.")).toBeVisible();
});

test("keeps within its budget", () => {
  const size = gzipSync(readFileSync(join(SITE, "embed.js"))).length;
  expect(size).toBeLessThan(MAX_HOST_SCRIPT_BYTES);
});
