import { writeSync } from "node:fs";

/** How long to wait for a pipe that is full, in milliseconds. */
const WAIT_MS = 5;

/** Writes a line to standard output before anything else is done, however slowly it is read. */
export function writeLine(line: string): void {
  let rest = Buffer.from(`${line}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  }
}
