import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const SRC = join(ROOT, "src");

/** A line of CONTRIBUTING.md's table: a room, and those that it may import. */
const ROOM = /^\| `src\/(\w+)\/` \|.*\|(.*)\|$/gm;

/** Of another room's module, at load or at run time; the worker's file is taken by its URL, which is no import. */
const IMPORT = /(?:from |import |import\()"\.\.\/(\w+)\/[^"?]+"/g;

it("keeps each room of src/ to the imports that CONTRIBUTING.md allows it", async () => {
  const table = await readFile(join(ROOT, "CONTRIBUTING.md"), "utf8");
  const allowed = new Map([...table.matchAll(ROOM)].map(([, room, others]) => [room!, others!]));
  const files = await readdir(SRC, { recursive: true });
  expect(files.filter((file) => !file.includes("/")).sort()).toEqual([...allowed.keys()].sort());

  const forbidden: string[] = [];
  for (const file of files) {
    const [room, name] = file.split("/");
    if (!/^(?!test-).*(?<!\.test)\.ts$/.test(name ?? "")) continue;
    for (const [found, other] of (await readFile(join(SRC, file), "utf8")).matchAll(IMPORT)) {
      if (!allowed.get(room!)!.includes(`\`${other}\``)) forbidden.push(`src/${file}: ${found}`);
    }
  }
  expect(forbidden).toEqual([]);
});
