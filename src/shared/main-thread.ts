/** Of these sources, set by the build. */
declare const __BUILD__: string;

/**
 * Where the engine's script, imported on the page itself, leaves the function that serves a message port:
 * for pages that let no worker start. Copies of another build leave theirs elsewhere.
 */
export const SERVE_KEY = Symbol.for(`reward-scorer.serve@${__BUILD__}`);

/** What a worker says once it listens; Comlink passes over it. */
export const READY = "reward-scorer: ready";

/** @returns what frees the engine */
export type Serve = (port: MessagePort) => () => void;
