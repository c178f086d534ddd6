import { ScorerError } from "../shared/errors";
import type { FileEntry } from "../shared/manifest";

/** Memory for one file of known length: never takes more bytes than that. */
export class ByteSink {
  readonly bytes: Uint8Array<ArrayBuffer>;
  #received = 0;

  /** @throws ScorerError `out-of-memory` */
  constructor(readonly file: FileEntry) {
    this.bytes = allocate(file);
  }

  get received(): number {
    return this.#received;
  }

  get complete(): boolean {
    return this.#received === this.file.bytes;
  }

  /** @throws ScorerError `integrity-mismatch` — more bytes than the manifest states */
  write(chunk: Uint8Array): void {
    const end = this.#received + chunk.length;
    if (end > this.file.bytes) throw wrongLength(this.file, `at least ${end}`);
    this.bytes.set(chunk, this.#received);
    this.#received = end;
  }

  restart(): void {
    this.#received = 0;
  }
}

export function wrongLength(file: FileEntry, found: string): ScorerError {
  return new ScorerError("integrity-mismatch", `${file.path}: expected ${file.bytes} bytes, got ${found}`);
}

function allocate(file: FileEntry): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(file.bytes);
  } catch (cause) {
    throw new ScorerError("out-of-memory", `${file.path}: no memory for ${file.bytes} bytes`, { cause });
  }
}
