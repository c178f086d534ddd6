import { expect, test } from "@playwright/test";
import { hostPage, press, SITE, score, widget } from "./frame-host";
import { hostOf } from "./library-site";
import { EVAL, hearViolations } from "./security-page";
import { SCORE } from "./shown-score";

const host = hostOf(SITE);

const PAIR = { prompt: "What is the capital of France?", response: "Google it pal." };

for (const headers of ["the headers of the documentation", "no headers"]) {
  for (const attributes of ["", `sandbox="allow-scripts"`]) {
    const frame = attributes ? "a frame without an origin" : "a frame";
    test(`scores on one thread within its policy in ${frame}, with ${headers}`, async ({ page, baseURL }) => {
      const violations = await hearViolations(page);
      const origin = headers === "no headers" ? host.library : baseURL!;
      await host.open(page, hostPage(attributes).replaceAll("LIB", origin));
      const told = score(page, PAIR);
      await press(page);
      expect((await told).model.backend).toBe("wasm");
      await expect(widget(page).getByRole("status")).toHaveText(SCORE);
      expect(page.workers()).toHaveLength(1);
      expect(await violations()).toEqual([]);
    });
  }
}

test("hears what the policy of a worker refuses in a frame without an origin", async ({ page, baseURL }) => {
  const violations = await hearViolations(page, EVAL);
  await host.open(page, hostPage(`sandbox="allow-scripts"`).replaceAll("LIB", baseURL!));
  const told = score(page, PAIR);
  await press(page);
  await told;
  expect(await violations()).toEqual(["worker: require-trusted-types-for: trusted-types-sink"]);
});

test("lets every site frame embed.html, and none the page", async ({ page, baseURL }) => {
  const framed = (path: string) =>
    host.open(page, `<iframe src="${baseURL}${path}" title="Reward"></iframe>`);
  await framed("/embed.html?device=wasm");
  await expect(widget(page).getByRole("button", { name: /^Load model/ })).toBeVisible();
  const refused = page.waitForEvent("console", (message) => /frame-ancestors/.test(message.text()));
  await framed("/?device=wasm");
  await refused;
  await expect(widget(page).getByRole("heading", { name: "reward-scorer" })).toHaveCount(0);
});
