/**
 * The sha256 of some bytes, 64 lower-case hexadecimal digits.
 *
 * `crypto.subtle` exists only in secure contexts: a page served over plain http on a local network falls
 * back to a WebAssembly implementation.
 */
export async function sha256Hex(
  bytes: Uint8Array<ArrayBuffer>,
  subtle: SubtleCrypto | null = globalThis.crypto.subtle ?? null,
): Promise<string> {
  if (!subtle) {
    const { sha256 } = await import("hash-wasm");
    return sha256(bytes);
  }
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
