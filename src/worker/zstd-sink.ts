import { Decompress } from "fzstd";
import { ScorerError } from "../shared/errors";
import type { FileEntry } from "../shared/manifest";
import { ByteSink } from "./byte-sink";
import type { Sink } from "./sink";

/** Takes a file that is sent compressed by zstd: length and sha256 of its entry are those of the content. */
export class ZstdSink implements Sink {
  readonly #content: ByteSink;
  #received = 0;
  #decoder!: Decompress;

  /** @throws ScorerError `out-of-memory` */
  constructor(
    readonly file: FileEntry,
    readonly sentBytes: number,
  ) {
    this.#content = new ByteSink(file);
    this.restart();
  }

  get received(): number {
    return this.#received;
  }

  get filled(): number {
    return this.#content.filled;
  }

  get complete(): boolean {
    return this.#content.complete;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#content.bytes;
  }

  write(chunk: Uint8Array): void {
    this.#received += chunk.length;
    try {
      this.#decoder.push(chunk);
    } catch (cause) {
      if (cause instanceof ScorerError) throw cause;
      throw new ScorerError("integrity-mismatch", `${this.file.path}: not compressed by zstd`, { cause });
    }
  }

  restart(): void {
    this.#content.restart();
    this.#received = 0;
    this.#decoder = new Decompress((piece) => this.#content.write(piece));
  }
}
