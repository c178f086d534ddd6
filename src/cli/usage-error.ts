/** The command was called in a way that cannot work: exit 2, nothing was done. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
