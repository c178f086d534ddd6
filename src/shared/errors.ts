/** What a conversion finds in a checkpoint. */
export type CheckpointErrorCode =
  | "malformed-safetensors"
  | "malformed-pickle"
  | "malformed-checkpoint"
  | "unsupported-dtype"
  | "unsupported-architecture";

/** Every failure a caller can act on. Strings, so they survive minifying and structured clone. */
export type ScorerErrorCode =
  | CheckpointErrorCode
  | "model-not-found"
  | "download-failed"
  | "integrity-mismatch"
  | "malformed-model"
  | "no-execution-provider"
  | "out-of-memory"
  | "run-failed"
  | "model-not-loaded"
  | "worker-crashed";

/** Longest message, in UTF-16 code units: names in a file may be megabytes long. */
const MAX_MESSAGE_LENGTH = 2000;

/** An error with a stable `code`; `message` says what was found against what was expected. */
export class ScorerError extends Error {
  override readonly name = "ScorerError";

  constructor(
    readonly code: ScorerErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(
      message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)}…` : message,
      options,
    );
  }
}

/**
 * Whether an error is ours, also when it comes from another copy of this code or another frame, whose
 * classes are others.
 */
export function isScorerError(thrown: unknown): thrown is ScorerError {
  return isError(thrown) && thrown.name === "ScorerError" && "code" in thrown;
}

/** Whether something thrown is an error, of whatever frame. */
export function isError(thrown: unknown): thrown is Error {
  return typeof thrown === "object" && thrown !== null && "name" in thrown && "message" in thrown;
}

/** What crosses the worker boundary. Comlink alone keeps only name, message and stack. */
export interface WireError {
  code: ScorerErrorCode | undefined;
  name: string;
  message: string;
  stack: string | undefined;
  cause: WireError | undefined;
}

export function toWireError(thrown: unknown): WireError {
  const error = isError(thrown) ? thrown : new Error(String(thrown));
  return {
    code: isScorerError(error) ? error.code : undefined,
    name: error.name,
    message: error.message,
    stack: error.stack,
    cause: error.cause === undefined ? undefined : toWireError(error.cause),
  };
}

export function fromWireError(wire: WireError): Error {
  const options = wire.cause ? { cause: fromWireError(wire.cause) } : undefined;
  const error = revive(wire, options);
  if (wire.stack !== undefined) error.stack = wire.stack;
  return error;
}

function revive(wire: WireError, options: ErrorOptions | undefined): Error {
  if (wire.code) return new ScorerError(wire.code, wire.message, options);
  if (wire.name === "AbortError") return new DOMException(wire.message, "AbortError");
  if (wire.name === "TypeError") return new TypeError(wire.message, options);
  if (wire.name === "RangeError") return new RangeError(wire.message, options);
  return Object.assign(new Error(wire.message, options), { name: wire.name });
}
