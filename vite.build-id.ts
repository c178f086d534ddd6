import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = import.meta.dirname;

/**
 * Names what is built, by the sources and the packages: two copies on a page may share what they hold if theirs is
 * the same. The version is not enough: hosts are deployed between two of them.
 */
export function buildId(): string {
  const files = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" });
  const sources = files.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  const hash = createHash("sha256").update(readFileSync(join(ROOT, "package-lock.json")));
  for (const file of sources.toSorted()) hash.update(readFileSync(join(ROOT, "src", file)));
  return hash.digest("hex").slice(0, 12);
}
