/** Reads little-endian values one after the other; a read past the end is `onEnd`'s error. */
export class ByteCursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #onEnd: (offset: number) => Error;
  offset = 0;

  constructor(bytes: Uint8Array, onEnd: (offset: number) => Error) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#onEnd = onEnd;
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** @param length at most 8 */
  signed(length: number): bigint {
    let value = 0n;
    for (const [i, byte] of this.bytes(length).entries()) value |= BigInt(byte) << BigInt(8 * i);
    return BigInt.asIntN(8 * length, value);
  }

  float64BigEndian(): number {
    return this.#view.getFloat64(this.#take(8));
  }

  bytes(length: number): Uint8Array {
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** Bytes up to the next line feed, which is skipped. */
  line(): Uint8Array {
    const end = this.#bytes.indexOf(0x0a, this.offset);
    if (end < 0) throw this.#onEnd(this.#bytes.length);
    const line = this.bytes(end - this.offset);
    this.offset++;
    return line;
  }

  #take(length: number): number {
    const start = this.offset;
    if (start + length > this.#bytes.length) throw this.#onEnd(start);
    this.offset = start + length;
    return start;
  }
}
