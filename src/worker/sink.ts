import type { FileEntry } from "../shared/manifest";

/** Takes a file as it comes from a server, in pieces. */
export interface Sink {
  readonly file: FileEntry;
  /** Bytes of the whole as a server sends it. */
  readonly sentBytes: number;
  /** Of them, those that came: where a cut connection is taken up. */
  readonly received: number;
  readonly complete: boolean;
  /** Bytes of the file that there are so far. */
  readonly filled: number;
  /** The file, once it is complete. */
  readonly bytes: Uint8Array<ArrayBuffer>;

  /**
   * @throws ScorerError `integrity-mismatch` — more bytes than the manifest states, or not what was to come
   * @throws ScorerError `out-of-memory`
   */
  write(chunk: Uint8Array): void;
  restart(): void;
}
