import { spawnSync } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { withLock } from "./download-lock";
import { temporaryFolder } from "./test-command";

it("lets one at a time work, and leaves nothing", async () => {
  const folder = await temporaryFolder();
  const lock = join(folder, "a.lock");
  let finish = () => {};
  const first = withLock(lock, "a", () => new Promise<void>((resolve) => (finish = resolve)));
  await expect.poll(() => readdir(folder)).toEqual(["a.lock"]);
  await expect(withLock(lock, "weights", async () => 1)).rejects.toMatchObject({
    code: "download-failed",
    message: expect.stringContaining(`weights: process ${process.pid} is downloading it; wait for it`),
  });
  finish();
  await first;
  expect(await withLock(lock, "a", async () => 2)).toBe(2);
  expect(await readdir(folder)).toEqual([]);
});

it.each([
  ["a process that is gone", String(spawnSync(process.execPath, ["-e", ""]).pid)],
  ["no process", ""],
])("takes over what was left by %s", async (_, left) => {
  const lock = join(await temporaryFolder(), "a.lock");
  await writeFile(lock, left);
  expect(await withLock(lock, "a", async () => 3)).toBe(3);
});
