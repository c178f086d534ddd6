/** Those that ask a process to end. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Take away what is half made before a signal ends the process.
 *
 * @param cleanUp synchronous: nothing else runs any more
 * @returns stops listening, once there is nothing to take away
 */
export function beforeSignal(cleanUp: () => void): () => void {
  const stop = () => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
  const end = (signal: NodeJS.Signals) => {
    stop();
    cleanUp();
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return stop;
}
