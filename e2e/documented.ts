import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LIB } from "./library-site";

const DOCS = join(import.meta.dirname, "../docs/embedding");

/**
 * A block of code of a how-to, as it stands there, but for what its reader has to fill in: the library's
 * address, the hash of its script, and the device, which in tests is WASM.
 *
 * @param page the how-to, without its ending
 * @param language as the block names it
 * @param origin where the library, or the site, is served
 */
export function documentedCode(page: string, language: string, origin: string): string {
  const markdown = readFileSync(join(DOCS, `${page}.md`), "utf8");
  const block = markdown.match(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "ms"));
  if (!block) throw new Error(`${page}.md: expected a block of ${language}, found none`);
  const hashes: Record<string, string> = JSON.parse(readFileSync(join(LIB, "integrity.json"), "utf8"));
  return block[1]!
    .replaceAll(/https:\/\/your\.host\/reward-scorer(\/0\.1\.0)?/g, origin)
    .replaceAll("sha384-…", hashes[`${page}.classic.js`] ?? "")
    .replaceAll('device: "auto"', 'device: "wasm"')
    .replaceAll("device=auto", "device=wasm");
}
