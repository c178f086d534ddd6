/** Those that ask a process to end: what it has half made is to be taken away first. */
export const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
