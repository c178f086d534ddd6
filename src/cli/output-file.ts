import { once } from "node:events";
import { createWriteStream, rmSync } from "node:fs";
import { realpath, rename, rm, stat } from "node:fs/promises";
import type { Writable } from "node:stream";
import { beforeSignal } from "./before-signal";

export interface Output {
  stream: Writable;
  /** Whether the stream is to be ended after the last line; standard output is not ours to end. */
  ends: boolean;
  /** Put the file in its place. */
  commit(): Promise<void>;
  /** Leave nothing of it. */
  discard(): Promise<void>;
}

/**
 * Where scores go: standard output, or a file that appears when it is whole, even over the input. A signal leaves
 * nothing of it. Rejects where the file cannot be written, before anything is.
 */
export async function openOutput(path: string | undefined): Promise<Output> {
  const nothing = async () => undefined;
  if (path === undefined || path === "-") {
    return { stream: process.stdout, ends: false, commit: nothing, discard: nothing };
  }
  if (await isDevice(path)) {
    return { stream: await openStream(path), ends: true, commit: nothing, discard: nothing };
  }
  const target = await realpath(path).catch(() => path); // a link stays one
  const partial = `${target}.partial-${process.pid}`;
  const stopListening = beforeSignal(() => rmSync(partial, { force: true }));
  const stream = await openStream(partial).catch((error) => {
    stopListening();
    throw error;
  });
  return {
    stream,
    ends: true,
    commit: () => rename(partial, target).finally(stopListening),
    discard: () => {
      stream.destroy();
      return rm(partial, { force: true }).finally(stopListening);
    },
  };
}

async function openStream(path: string): Promise<Writable> {
  const stream = createWriteStream(path);
  await once(stream, "open");
  return stream;
}

/** A pipe or a terminal has no place to be moved to. */
async function isDevice(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isFile();
  } catch {
    return false;
  }
}
