import { Ending } from "../shared/ending";

/** Notices when a GPU device is lost or reports an error: what it computes after that is not to be trusted. */
export class GpuWatch {
  readonly #device: GPUDevice;
  readonly #ending = new Ending();

  constructor(device: GPUDevice) {
    this.#device = device;
    device.lost.then(({ reason, message }) => this.#fail(`the GPU was lost: ${reason}: ${message}`));
    device.addEventListener("uncapturederror", ({ error }) => {
      const kind = error instanceof GPUOutOfMemoryError ? "out of memory" : "error";
      this.#fail(`the GPU reported: ${kind}: ${error.message}`);
    });
  }

  /** The work's own outcome, unless the GPU fails first: then the work might never end. */
  race<T>(work: Promise<T>): Promise<T> {
    return this.#ending.race(work);
  }

  destroy(): void {
    this.#device.destroy();
  }

  #fail(detail: string): void {
    this.#ending.end(new Error(detail));
  }
}
