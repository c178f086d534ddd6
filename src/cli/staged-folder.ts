import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { mkdir, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { FolderTarget } from "../convert/write-hashed";
import { MANIFEST_FILE } from "../shared/manifest";
import { beforeSignal } from "./before-signal";
import { UsageError } from "./usage-error";

/**
 * A model folder in the making, beside the place where it will be. `commit` puts it there whole, and what
 * an older one held besides a model stays; `discard`, and a signal that ends the process, leave everything as
 * it was before.
 */
export class StagedFolder implements FolderTarget {
  readonly #out: string;
  /** The outermost folder made on the way to `out`, if any. */
  readonly #madeParent: string | undefined;
  readonly path: string;
  readonly #stopListening: () => void;

  /** @throws UsageError when `out` holds something that is not a model folder */
  static async create(out: string): Promise<StagedFolder> {
    await expectReplaceable(out);
    const target = existsSync(out) ? await realpath(out) : resolve(out);
    const madeParent = await mkdir(dirname(target), { recursive: true });
    const staged = new StagedFolder(target, madeParent);
    await mkdir(staged.path);
    return staged;
  }

  private constructor(out: string, madeParent: string | undefined) {
    this.#out = out;
    this.#madeParent = madeParent;
    this.path = `${out}.partial-${process.pid}`;
    this.#stopListening = beforeSignal(() => this.discard());
  }

  async write(path: string, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    const file = join(this.path, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, parts, { flag: "wx" });
  }

  async remove(path: string): Promise<void> {
    await rm(join(this.path, path));
  }

  /** Synchronous, so that no signal is heard while there is no folder or there are two. */
  commit(): void {
    const old = `${this.#out}.old-${randomUUID()}`;
    const replaces = existsSync(this.#out);
    if (replaces) renameSync(this.#out, old);
    try {
      renameSync(this.path, this.#out);
    } catch (error) {
      if (replaces) renameSync(old, this.#out);
      throw error;
    }
    if (replaces) {
      keepOthers(old, this.#out);
      rmSync(old, { recursive: true });
    }
    this.#stopListening();
  }

  discard(): void {
    this.#stopListening();
    rmSync(this.path, { recursive: true, force: true, maxRetries: 3 });
    if (this.#madeParent !== undefined) removeEmpty(dirname(this.#out), this.#madeParent);
  }
}

async function expectReplaceable(out: string): Promise<void> {
  if (!existsSync(out)) return;
  const names = await readdir(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOTDIR") throw new UsageError(`${out}: expected a folder, found a file`);
    throw error;
  });
  if (names.length === 0 || names.includes(MANIFEST_FILE)) return;
  throw new UsageError(`${out}: expected a model folder or an empty one, found no ${MANIFEST_FILE} in it`);
}

/** What a model folder holds besides the model is its owner's: a model card, a checkpoint, a repository. */
function keepOthers(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    const kept = join(to, name);
    if (!existsSync(kept)) renameSync(join(from, name), kept);
  }
}

/** Remove folders from the inside out, up to `last`, until one is in use. */
function removeEmpty(folder: string, last: string): void {
  try {
    rmdirSync(folder);
  } catch {
    return;
  }
  if (folder !== last) removeEmpty(dirname(folder), last);
}
