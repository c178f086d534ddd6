import { expect, test } from "@playwright/test";
import { hostPage, press, SITE, score } from "./frame-host";
import { hostOf } from "./library-site";

/** A call of a host. */
const PAIR = { prompt: "What is the capital of France?", response: "Paris." };

const host = hostOf(SITE);

test("tells a host that takes no part in the handshake", async ({ page }) => {
  await page.route("**/embed.html*", (route) =>
    route.fulfill({ contentType: "text/html", body: "<p>other</p>" }),
  );
  await host.open(page, hostPage());
  const outcome = await page.evaluate(async (origin) => {
    const { embedRewardScorer } = await import(`${origin}/embed.js`);
    const iframe = document.querySelector("iframe")!;
    return embedRewardScorer(iframe, { timeoutMs: 200 }).catch(({ message }: Error) => message);
  }, host.library);
  expect(outcome).toBe(
    `embed: expected an answer of ${host.library}/embed.html?device=wasm in 0.2 s, got none`,
  );
});

test("connects a host that is busy while its frame says hello again and again", async ({ page }) => {
  await host.open(
    page,
    `<iframe src="LIB/embed.html?device=wasm" title="Reward"></iframe>
    <script type="module">
      import { embedRewardScorer } from "LIB/embed.js";
      const frame = document.querySelector("iframe");
      window.heard = 0;
      addEventListener("message", () => window.heard++);
      window.scorer = embedRewardScorer(frame);
      frame.addEventListener("load", () => {
        for (const until = performance.now() + 1_500; performance.now() < until; );
      });
    </script>`,
  );
  const told = score(page, PAIR);
  await press(page);
  expect((await told).scores).toHaveLength(1);
  expect(await page.evaluate("heard")).toBeGreaterThan(1);
});

test("tells a host that a frame is of another version", async ({ page }) => {
  const body = `<script>parent.postMessage({ type: "reward-scorer:hello", version: 2 }, "*")</script>`;
  await page.route("**/embed.html*", (route) => route.fulfill({ contentType: "text/html", body }));
  await host.open(page, hostPage());
  const outcome = await page.evaluate(async (origin) => {
    const { embedRewardScorer } = await import(`${origin}/embed.js`);
    const iframe = document.querySelector("iframe")!;
    const outcome = embedRewardScorer(iframe).catch(({ message }: Error) => message);
    iframe.src = `${iframe.src}&again`;
    return outcome;
  }, host.library);
  expect(outcome).toBe("embed: expected a frame of version 1, got 2");
});

test("lets a host speak neither to another window nor to another origin in its frame", async ({ page }) => {
  // The frame leaves for a page of the host's own origin, and a second frame says hello as well.
  const spy = `<script>
    addEventListener("message", () => { top.told = true; });
    setInterval(() => {
      parent.postMessage({ type: "reward-scorer:hello", version: 1 }, "*");
      parent.said += 1;
    }, 20);
  </script>`;
  await page.route("**/embed.html*", (route) =>
    route.fulfill({ contentType: "text/html", body: `<script>location = "${host.origin}/spy"</script>` }),
  );
  await page.route("**/spy", (route) => route.fulfill({ contentType: "text/html", body: spy }));
  await host.open(page, `<script>var said = 0</script>${hostPage()}<iframe src="/spy"></iframe>`);
  await page.waitForFunction("'scorer' in window");
  await expect.poll(() => page.frames().filter((one) => one.url().endsWith("/spy")).length).toBe(2);
  const before = await page.evaluate<number>("said");
  await expect.poll(() => page.evaluate<number>("said")).toBeGreaterThan(before + 10);
  expect(await page.evaluate(() => "told" in window)).toBe(false);
});

test("lets a host hear its own frame, not another one of the same site", async ({ page }) => {
  const spy = `<script>
    setInterval(() => parent.postMessage({ type: "reward-scorer:hello", version: 2 }, "*"), 20);
  </script>`;
  await page.route("**/spy", (route) => route.fulfill({ contentType: "text/html", body: spy }));
  const heard = () => page.evaluate<number>("heard");
  await page.route("**/embed.html*", async (route) => {
    await expect.poll(heard).toBeGreaterThan(10);
    await route.continue();
  });
  const count = `<script>var heard = 0; addEventListener("message", () => { heard += 1; })</script>`;
  await host.open(page, `${count}${hostPage()}<iframe src="LIB/spy"></iframe>`);
  const scored = score(page, PAIR);
  await press(page);
  expect((await scored).scores).toHaveLength(1);
});
