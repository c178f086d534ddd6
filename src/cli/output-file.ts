import { createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import type { Writable } from "node:stream";

export interface Output {
  stream: Writable;
  /** Whether the stream is to be ended after the last line; standard output is not ours to end. */
  ends: boolean;
  /** Put the file in its place. */
  commit(): Promise<void>;
  /** Leave nothing of it. */
  discard(): Promise<void>;
}

/** Where scores go: standard output, or a file that appears when it is whole, even over the input. */
export async function openOutput(path: string | undefined): Promise<Output> {
  const nothing = async () => undefined;
  if (path === undefined || path === "-") {
    return { stream: process.stdout, ends: false, commit: nothing, discard: nothing };
  }
  if (await isDevice(path)) {
    return { stream: createWriteStream(path), ends: true, commit: nothing, discard: nothing };
  }
  const partial = `${path}.partial-${process.pid}`;
  return {
    stream: createWriteStream(partial),
    ends: true,
    commit: () => rename(partial, path),
    discard: () => rm(partial, { force: true }),
  };
}

/** A pipe or a terminal has no place to be moved to. */
async function isDevice(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isFile();
  } catch {
    return false;
  }
}
