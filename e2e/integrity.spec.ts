import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { documentedCode } from "./documented";
import { Host, LIB } from "./library-site";
import { SCORE } from "./shown-score";

const INTEGRITY: Record<string, string> = JSON.parse(readFileSync(join(LIB, "integrity.json"), "utf8"));

const WIDGET = `<reward-scorer loading="eager" device="wasm" prompt="Why?" response="Because."></reward-scorer>`;

let changed: string;
let host: Host;

test.beforeEach(async () => {
  changed = mkdtempSync(join(tmpdir(), "reward-scorer-"));
  host = await Host.start(changed, LIB);
});

test.afterEach(() => {
  host[Symbol.dispose]();
  rmSync(changed, { recursive: true });
});

/** Serve a file with one bit of it turned. */
function change(name: string): void {
  const bytes = readFileSync(join(LIB, name));
  bytes[bytes.length - 1]! ^= 1;
  mkdirSync(dirname(join(changed, name)), { recursive: true });
  writeFileSync(join(changed, name), bytes);
}

async function expectRefused(page: Page, html: string): Promise<void> {
  const refused = page.waitForEvent("console", (message) => /integrity/i.test(message.text()));
  await host.open(page, html);
  await refused;
  expect(await page.evaluate(() => customElements.get("reward-scorer") === undefined)).toBe(true);
}

test("lists the hash of every script, the runtime's loaders included", () => {
  const scripts = readdirSync(LIB).filter((name) => name.endsWith(".js"));
  expect(scripts.filter((name) => name.startsWith("ort-wasm"))).toHaveLength(3);
  const hashes = scripts.map((name) => [name, sha384(readFileSync(join(LIB, name)))]);
  expect(INTEGRITY).toEqual(Object.fromEntries(hashes));
});

test("holds the classic script against the hash in its tag", async ({ page }) => {
  const tag = documentedCode("integrity", "html", { origin: host.library });
  await host.open(page, tag + WIDGET);
  await expect(page.getByRole("status")).toHaveText(SCORE);
  change("element.classic.js");
  await expectRefused(page, tag + WIDGET);
});

test("holds the modules against those of an import map, what they import included", async ({ page }) => {
  const tags = documentedCode("integrity", "html", { origin: host.library, nth: 1 });
  await host.open(page, tags + WIDGET);
  await expect(page.getByRole("status")).toHaveText(SCORE);
  for (const name of withImports("element.js")) {
    change(name);
    await expectRefused(page, tags + WIDGET);
    rmSync(join(changed, name));
  }
});

for (const name of ["ort-wasm-simd-threaded.wasm.zstd", "models/demo/onnx/model_quantized.onnx_data"]) {
  test(`holds ${name} against its hash before use`, async ({ page }) => {
    change(name);
    await host.open(page, `<script type="module" src="LIB/element.js"></script>${WIDGET}`);
    await expect(page.getByRole("alert")).toContainText("A file is not the one the model names");
  });
}

/** The names of a module of the library and of all that it imports. */
function withImports(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  const imports = readFileSync(join(LIB, name), "utf8").matchAll(/(?:from|import) ?"\.\/([^"]+)"/g);
  for (const [, imported] of imports) withImports(imported!, found);
  return found;
}

function sha384(bytes: Buffer): string {
  return `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
}
