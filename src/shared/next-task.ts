/**
 * Let the messages that have arrived be handled: a new task, queued behind theirs. `setTimeout` would
 * wait for milliseconds once nested.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
