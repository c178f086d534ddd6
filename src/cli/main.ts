import { CommanderError } from "commander";
import { ScorerError } from "../shared/errors";
import { printable } from "./printable";
import { createProgram } from "./program";
import { UsageError } from "./usage-error";

/**
 * Run the command.
 *
 * @param argv what follows the command's own name
 * @returns the exit code: 0, 1 (the work failed) or 2 (bad usage)
 */
export async function main(argv: readonly string[]): Promise<number> {
  process.stdout.on("error", exitOnLostOutput);
  let exitCode = 0;
  const program = createProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    console.error(`reward-scorer: ${redact(describe(error))}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** `reward-scorer … | head` is no failure of ours, and not told; a full disk is told. */
function exitOnLostOutput(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") console.error(`reward-scorer: ${describe(error)}`);
  process.exit(1);
}

/** What went wrong, with its causes; the stack only for a fault of ours, or with `DEBUG` set. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return printable(String(error));
  if (process.env.DEBUG || !isExpected(error)) {
    return (error.stack ?? error.message).split("\n").map(printable).join("\n");
  }
  const cause = error.cause === undefined ? "" : `: ${describeCause(error.cause)}`;
  return printable(error.message + cause);
}

function describeCause(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause === undefined ? cause.message : `${cause.message}: ${describeCause(cause.cause)}`;
}

/** Ours, or the operating system's (they carry the call that failed). */
function isExpected(error: Error): boolean {
  return error instanceof ScorerError || error instanceof UsageError || "syscall" in error;
}

/** A token must not reach a log, whoever wrote the message. */
function redact(message: string): string {
  const token = process.env.HF_TOKEN?.trim();
  return token ? message.replaceAll(token, "[token]") : message;
}
