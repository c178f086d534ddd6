import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A block of code in docs/embedding as it stands there. @param nth of its language, from 0 */
export function snippet(page: string, language: string, nth = 0): string {
  const text = readFileSync(join(import.meta.dirname, "../docs/embedding", page), "utf8");
  const blocks = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].filter(([, name]) => name === language);
  const code = blocks[nth]?.[2];
  if (code === undefined)
    throw new Error(`${page}: expected block ${nth} of ${language}, got ${blocks.length}`);
  return code;
}
