import { expect, type Page, test } from "@playwright/test";
import { readFixturePairs } from "../test/fixture";
import { changeManifest, expectAgreement, keepOnly, loadAndScore, PAGE } from "./engine-page";
import { expectScored, openScored, WASM_PAGE } from "./page";
import { EVAL, hearViolations, runScript } from "./security-page";

const MODEL = "../../models/bert-seqcls";
const PAIRS = readFixturePairs("bert-seqcls").slice(0, 2);

test("loads and scores on threads of WASM within the policies of page and worker", async ({ page }) => {
  const violations = await hearViolations(page);
  await openScored(page);
  await expect(page.getByRole("button", { name: /^WASM · [2-9] threads · checked$/ })).toBeVisible();
  expect(await violations()).toEqual([]);
});

for (const build of ["jspi", "asyncify"]) {
  test(`scores on WebGPU with ${build} within the worker's policy`, async ({ page }) => {
    const violations = await hearViolations(
      page,
      build === "asyncify" ? "delete WebAssembly.Suspending" : "",
    );
    await changeManifest(page, (manifest) => {
      keepOnly(manifest, ({ dtype }) => dtype === "w8");
      manifest.artifacts[0]!.graphs.length = 1;
    });
    const runtimes: string[] = [];
    page.on("request", (request) => runtimes.push(request.url()));
    await page.goto(PAGE);
    const { model, scores } = await loadAndScore(page, { model: MODEL, device: "webgpu" }, PAIRS);
    expect(model.executionProvider).toBe("webgpu");
    expect(runtimes.filter((url) => url.endsWith(".zstd"))).toEqual([expect.stringContaining(`.${build}.`)]);
    expectAgreement(scores, "w8");
    expect(await violations()).toEqual([]);
  });
}

test("hears what the worker's policy refuses", async ({ page }) => {
  const violations = await hearViolations(page, EVAL);
  await openScored(page);
  expect(await violations()).toEqual(["worker: script-src: eval"]);
});

test("runs no script that text would bring into the page", async ({ page }) => {
  await expectRefused(page, WASM_PAGE, expectScored);
});

test("runs no script that text would bring into the frame", async ({ page }) => {
  await expectRefused(page, "/embed.html?device=wasm", () =>
    expect(page.getByRole("button", { name: /^Load model/ })).toBeVisible(),
  );
});

/** Whatever a text could try, where it would be read as markup or script after all. */
async function expectRefused(
  page: Page,
  address: string,
  ready: (page: Page) => Promise<void>,
): Promise<void> {
  const violations = await hearViolations(page);
  await page.goto(address);
  await ready(page);
  await page.route("https://evil.example/**", (route) =>
    route.fulfill({ contentType: "text/javascript", body: "window.broken = 'foreign script'" }),
  );
  await runScript(
    page,
    `
    const outcomes = (window.outcomes = {});
    const attempt = (name, act) => {
      try { act(); outcomes[name] = "done"; } catch (error) { outcomes[name] = error.name; }
    };
    const add = (tag, properties) => document.body.append(Object.assign(document.createElement(tag), properties));
    attempt("eval", () => eval("window.broken = 'eval'"));
    attempt("Function", () => new Function("window.broken = 'Function'")());
    attempt("timeout", () => setTimeout("window.broken = 'timeout'"));
    attempt("innerHTML", () => { document.body.innerHTML += "<img src=x onerror=\\"window.broken='innerHTML'\\">"; });
    attempt("write", () => document.write("<p>"));
    attempt("srcdoc", () => add("iframe", { srcdoc: "<p>" }));
    attempt("script text", () => add("script", { textContent: "window.broken = 'script text'" }));
    attempt("foreign script", () => add("script", { src: "https://evil.example/x.js" }));
    attempt("foreign worker", () => new Worker("https://evil.example/x.js"));
    attempt("data worker", () => new Worker("data:text/javascript,"));
    attempt("policy", () => trustedTypes.createPolicy("mine", {}));
    const image = document.createElement("img");
    image.setAttribute("src", "https://evil.example/x.png");
    attempt("handler", () => image.setAttribute("onerror", "window.broken = 'handler'"));
    document.body.append(image);
    const link = document.createElement("a");
    link.href = "javascript:window.broken='link'";
    document.body.append(link);
    link.click();
    const form = document.createElement("form");
    form.action = "https://evil.example/";
    document.body.append(form);
    form.requestSubmit();
    const styled = document.createElement("p");
    styled.setAttribute("style", "color: red");
    document.body.append(styled);
    window.styled = getComputedStyle(styled).color;
    `,
  );
  const outcomes = await page.evaluate(() => (window as unknown as { outcomes: object }).outcomes);
  expect(outcomes).toEqual({
    eval: "EvalError",
    Function: "EvalError",
    timeout: "TypeError",
    innerHTML: "TypeError",
    write: "TypeError",
    srcdoc: "TypeError",
    "script text": "TypeError",
    "foreign script": "TypeError",
    "foreign worker": "TypeError",
    "data worker": "TypeError",
    policy: "TypeError",
    handler: "TypeError",
  });
  for (const directive of [
    "require-trusted-types-for",
    "script-src",
    "form-action",
    "img-src",
    "style-src",
  ]) {
    await expect.poll(violations, directive).toContainEqual(expect.stringContaining(directive));
  }
  expect(await page.evaluate(() => [location.pathname + location.search, "broken" in window])).toEqual([
    address,
    false,
  ]);
  expect(await page.evaluate(() => (window as unknown as { styled: string }).styled)).not.toBe(
    "rgb(255, 0, 0)",
  );
}

test("runs no inline script of a page that was tampered with", async ({ page }) => {
  const violations = await hearViolations(page);
  await page.route("/?*", async (route) => {
    const response = await route.fetch();
    const markup = `<script>window.broken = 1</script><img src="favicon.svg" onload="window.broken = 2"><base href="https://evil.example/">`;
    await route.fulfill({ response, body: (await response.text()).replace("</body>", `${markup}</body>`) });
  });
  await page.goto(WASM_PAGE);
  await expectScored(page);
  expect(await page.evaluate(() => "broken" in window)).toBe(false);
  // Twice each: by the page's own policy and by the one that its host sends.
  expect([...new Set(await violations())].sort()).toEqual([
    "base-uri: https://evil.example/",
    "script-src-attr: inline",
    "script-src-elem: inline",
  ]);
});

/** What the page and its worker reach by their own code, the host sending a policy or none. */
async function reach(page: Page, policy: "policy" | "no policy"): Promise<Record<string, string>> {
  const reached: Record<string, string> = {};
  await page.exposeFunction("hearReach", (who: string, what: string, outcome: string) => {
    reached[`${who}: ${what}`] = outcome;
  });
  const attempts = (who: string, tell: string) => `
    for (const url of ["https://models.example/x", "http://models.example/x"]) {
      fetch(url).then(() => "reached", () => "refused").then((outcome) => ${tell}("${who}", url, outcome));
    }
    try { eval("1"); ${tell}("${who}", "eval", "ran"); } catch { ${tell}("${who}", "eval", "refused"); }`;
  await page.route(/^https?:\/\/models\.example\//, (route) =>
    route.fulfill({ headers: { "Access-Control-Allow-Origin": "*" }, body: "x" }),
  );
  await page.route(/^http:\/\/localhost:/, async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    if (policy === "no policy") delete headers["content-security-policy"];
    if (!route.request().url().includes("scorer-worker")) return route.fulfill({ response, headers });
    const tell = `const tell = (...told) => new BroadcastChannel("reach").postMessage(told)`;
    const body = `${tell}; ${attempts("worker", "tell")}\n${await response.text()}`;
    return route.fulfill({ response, headers, body });
  });
  await page.addInitScript(() => {
    const { hearReach } = window as unknown as { hearReach(...told: string[]): void };
    new BroadcastChannel("reach").onmessage = ({ data }) => hearReach(...(data as string[]));
  });
  await openScored(page);
  await runScript(page, attempts("page", "hearReach"));
  await expect.poll(() => Object.keys(reached).length).toBe(6);
  return reached;
}

test("keeps the page to its own origin, and the worker to the policy of its own response", async ({
  page,
}) => {
  expect(await reach(page, "policy")).toEqual({
    "page: eval": "refused",
    "page: https://models.example/x": "refused",
    "page: http://models.example/x": "refused",
    "worker: eval": "refused",
    "worker: https://models.example/x": "reached",
    "worker: http://models.example/x": "refused",
  });
});

test("keeps the page to its own origin where the host sends no policy, but not the worker", async ({
  page,
}) => {
  expect(await reach(page, "no policy")).toEqual({
    "page: eval": "refused",
    "page: https://models.example/x": "refused",
    "page: http://models.example/x": "refused",
    "worker: eval": "ran",
    "worker: https://models.example/x": "reached",
    "worker: http://models.example/x": "reached",
  });
});
