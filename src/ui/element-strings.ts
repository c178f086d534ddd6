import type { CheckpointErrorCode, ScorerErrorCode } from "../shared/errors";

/** What to tell about a failure, beside the error's own message. */
export interface Advice {
  title: string;
  /** One thing to do. */
  advice: string;
}

/** Failures that the page can show: it converts no checkpoints. */
type ShownCode = Exclude<ScorerErrorCode, CheckpointErrorCode> | "unknown";

/** The words of `<reward-scorer>`, alone or in a list of responses, in English. Numbers arrive already formatted. */
export const elementEnglish = {
  reward: "reward",
  unread: (count: number, shown: string) =>
    count === 1 ? "the last token was not read" : `the last ${shown} tokens were not read`,
  scoring: "Scoring",
  chooseHighest: (label: string) => `Choose the highest: ${label}`,
  cancel: "Cancel",
  tryAgain: "Try again",
  loadModel: "Load model",
  loadModelOf: (megabytes: string) => `Load model (${megabytes} MB)`,
  loadModelOfAbout: (megabytes: string) => `Load model (about ${megabytes} MB)`,
  starting: "Starting",
  stageRuntime: (loaded: string, total: string) => `Runtime ${loaded} of ${total} MB`,
  stageModel: (loaded: string, total: string) => `Model ${loaded} of ${total} MB`,
  stageSession: (backend: string) => `Preparing the model on ${backend}`,
  stageCheck: (checked: string, total: string) => `Checking ${total} reference rewards, ${checked} done`,
  backends: { webgpu: "WebGPU", wasm: "WASM" },
  errors: {
    "model-not-found": {
      title: "The model is not there",
      advice: "Check its address and that its folder is there, or use another model if there is one.",
    },
    "download-failed": {
      title: "The download failed",
      advice: "Check the connection, then try again: files that arrived whole are kept.",
    },
    "integrity-mismatch": {
      title: "A file is not the one the model names",
      advice: "Try again: the file is fetched anew. If this stays, the folder has to be converted again.",
    },
    "malformed-model": {
      title: "The model folder cannot be read",
      advice: "Convert the model again, or choose another one.",
    },
    "no-execution-provider": {
      title: "No backend could run the model",
      advice: "Try another browser, or open the page with ?device=wasm.",
    },
    "out-of-memory": {
      title: "The model did not fit in memory",
      advice: "Close other tabs, or convert the model with a smaller dtype.",
    },
    "run-failed": { title: "The model failed while running", advice: "Try again." },
    "model-not-loaded": { title: "The model is no longer loaded", advice: "Load it again." },
    "worker-crashed": { title: "The worker that runs the model ended", advice: "Load the model again." },
    unknown: { title: "Something went wrong", advice: "Try again." },
  } satisfies Record<ShownCode, Advice>,
};

export type ElementStrings = typeof elementEnglish;
