import { readFileSync } from "node:fs";
import { join } from "node:path";
import { codeBlock } from "../src/embed/code-block";
import { LIB } from "./library-site";

const DOCS = join(import.meta.dirname, "../docs/embedding");

/** A hash is that of the script named before it. */
const HASH_OF_SCRIPT = /([\w.-]+\.js)((?:(?!\.js).)*?)sha384-…/gs;

/** What the reader of a how-to has to fill in. */
export interface FilledIn {
  /** Where the library, or the site, is served. @default as it stands there */
  origin?: string;
  /** Which block of its language, from 0. @default 0 */
  nth?: number;
}

/**
 * A block of code of a how-to, as it stands there, but for what its reader has to fill in: the library's
 * address, the hashes of its scripts, and the device, which in tests is WASM.
 *
 * @param page the how-to, without its ending
 * @param language as the block names it
 */
export function documentedCode(page: string, language: string, { origin, nth = 0 }: FilledIn = {}): string {
  const markdown = readFileSync(join(DOCS, `${page}.md`), "utf8");
  const code = codeBlock(markdown, language, nth);
  if (code === undefined) throw new Error(`${page}.md: expected block ${nth} of ${language}, found none`);
  if (origin === undefined) return code;
  const hashes: Record<string, string> = JSON.parse(readFileSync(join(LIB, "integrity.json"), "utf8"));
  return code
    .replaceAll(/https:\/\/your\.host\/reward-scorer(\/0\.1\.0)?/g, origin)
    .replaceAll(HASH_OF_SCRIPT, (_, name, between) => `${name}${between}${hashes[name]}`)
    .replaceAll('device: "auto"', 'device: "wasm"')
    .replaceAll("device=auto", "device=wasm");
}
