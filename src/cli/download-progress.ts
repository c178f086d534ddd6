import { type Options, SingleBar } from "cli-progress";
import { printable, tell } from "./printable";

/** What a person sees of a download. */
export interface DownloadProgress {
  start(name: string, totalBytes: number): void;
  update(loadedBytes: number): void;
  stop(): void;
}

const BAR: Options = {
  format: "{name} {bar} {percentage}% of {size}, {eta_formatted} left",
  clearOnComplete: false,
};

/** A bar on a terminal, a line a file elsewhere; always on standard error. */
export function downloadProgress(): DownloadProgress {
  return process.stderr.isTTY ? new ProgressBar() : new ProgressLines();
}

class ProgressBar implements DownloadProgress {
  #bar = new SingleBar(BAR);

  start(name: string, totalBytes: number): void {
    this.#bar.start(totalBytes, 0, { name: printable(name), size: megabytes(totalBytes) });
  }

  update(loadedBytes: number): void {
    this.#bar.update(loadedBytes);
  }

  stop(): void {
    this.#bar.stop();
  }
}

class ProgressLines implements DownloadProgress {
  start(name: string, totalBytes: number): void {
    tell(`downloading ${name}, ${megabytes(totalBytes)}`);
  }

  update(): void {}

  stop(): void {}
}

function megabytes(bytes: number): string {
  return bytes < 1e5 ? `${bytes} bytes` : `${(bytes / 1e6).toFixed(1)} MB`;
}
