import { constants } from "node:buffer";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodeText } from "./decode-text";
import { COMMAND_TIMEOUT_MS } from "./test-command";

describe("decodeText", () => {
  it("says how many bytes it takes at most", () => {
    const bytes = new Uint8Array(constants.MAX_STRING_LENGTH + 1);
    const message = `x: expected at most ${constants.MAX_STRING_LENGTH} bytes, found ${bytes.length}`;
    expect(() => decodeText("x", bytes)).toThrow(message);
  });

  it(
    "unzips no more than that",
    () => {
      const megabyte = gzipSync(new Uint8Array(2 ** 20));
      const bytes = Buffer.concat(Array<Buffer>(600).fill(megabyte)); // one after the other is a gzip file, too
      const message = `x: expected at most ${constants.MAX_STRING_LENGTH} bytes, unzipped, found more`;
      expect(() => decodeText("x", bytes)).toThrow(message);
    },
    COMMAND_TIMEOUT_MS,
  );
});
