import { ScorerError } from "../shared/errors";
import type { FileEntry } from "../shared/manifest";
import type { Sink } from "./sink";

/** Memory taken before a byte has arrived. */
const FIRST_BYTES = 1_000_000;

/**
 * Memory for one file of known length: it grows with what arrives, whatever length a manifest states, and
 * never past that.
 */
export class ByteSink implements Sink {
  #memory: Uint8Array<ArrayBuffer>;
  #received = 0;

  /** @throws ScorerError `out-of-memory` */
  constructor(readonly file: FileEntry) {
    this.#memory = allocate(file, Math.min(file.bytes, FIRST_BYTES));
  }

  get received(): number {
    return this.#received;
  }

  get sentBytes(): number {
    return this.file.bytes;
  }

  get filled(): number {
    return this.#received;
  }

  get complete(): boolean {
    return this.#received === this.file.bytes;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#memory;
  }

  write(chunk: Uint8Array): void {
    const end = this.#received + chunk.length;
    if (end > this.file.bytes) throw wrongLength(this.file, `at least ${end}`);
    if (end > this.#memory.length) this.#grow(end);
    this.#memory.set(chunk, this.#received);
    this.#received = end;
  }

  restart(): void {
    this.#received = 0;
  }

  /** Twice as much, so that each byte is copied once on average. */
  #grow(end: number): void {
    const memory = allocate(this.file, Math.min(this.file.bytes, Math.max(end, 2 * this.#memory.length)));
    memory.set(this.#memory.subarray(0, this.#received));
    this.#memory = memory;
  }
}

export function wrongLength(file: FileEntry, found: string): ScorerError {
  return new ScorerError("integrity-mismatch", `${file.path}: expected ${file.bytes} bytes, got ${found}`);
}

function allocate(file: FileEntry, bytes: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch (cause) {
    throw new ScorerError("out-of-memory", `${file.path}: no memory for ${bytes} bytes`, { cause });
  }
}
