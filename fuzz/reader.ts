import type { Bytes } from "./mutate-bytes";
import type { Random } from "./random";

/** A reader of a file that a stranger may have written, and how to tell that it reads what is there. */
export interface Reader<T = unknown> {
  /** A file that is wrong in some way, or still sound. */
  mutant(random: Random): Bytes;
  /** What the product does with such a file. A `ScorerError` refuses it. */
  read(bytes: Bytes): Promise<T>;
  /** @throws AssertionError — what was read is not what the file says, by other code than the reader's */
  judge(bytes: Bytes, read: T): Promise<void> | void;
}
