import { readFile, rm, writeFile } from "node:fs/promises";
import { ScorerError } from "../shared/errors";

/**
 * Do something while no other process does it: two that download one file would write into each other's.
 *
 * @param path of the file that says which process is at it; left behind by one that was killed, it is taken over
 * @throws ScorerError `download-failed` — another process is at it
 */
export async function withLock<T>(path: string, name: string, work: () => Promise<T>): Promise<T> {
  await take(path, name);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string, name: string): Promise<void> {
  const mine = () => writeFile(path, String(process.pid), { flag: "wx" });
  try {
    await mine();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const owner = Number(await readFile(path, "utf8").catch(() => ""));
    if (isAlive(owner)) {
      const way = `wait for it, or delete ${path} if it is none of ours`;
      throw new ScorerError("download-failed", `${name}: process ${owner} is downloading it; ${way}`);
    }
    await rm(path, { force: true });
    await mine();
  }
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // another user's
  }
}
