import { ScorerError, type ScorerErrorCode } from "../shared/errors";

/**
 * Decodes UTF-8, and nothing else: `Blob.text` would put U+FFFD for what is not.
 *
 * @param subject where the bytes are from, for the message
 * @throws ScorerError `code`
 */
export async function decodeUtf8(file: Blob, subject: string, code: ScorerErrorCode): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
  } catch (cause) {
    throw new ScorerError(code, `${subject}: not UTF-8`, { cause });
  }
}
