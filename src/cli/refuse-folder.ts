import { stat } from "node:fs/promises";
import { UsageError } from "./usage-error";

/** The system's own error for a folder that is read does not name it. @throws UsageError — the path is a folder's */
export async function refuseFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw new UsageError(`${path}: expected a file, found a folder`);
}
