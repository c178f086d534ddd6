/** Notices when a GPU device is lost or reports an error: what it computes after that is not to be trusted. */
export class GpuWatch {
  readonly #device: GPUDevice;
  readonly #failure = Promise.withResolvers<never>();

  constructor(device: GPUDevice) {
    this.#device = device;
    this.#failure.promise.catch(() => undefined); // surfaces through whichever work is waiting
    device.lost.then(({ reason, message }) => this.#fail(`the GPU was lost: ${reason}: ${message}`));
    device.addEventListener("uncapturederror", ({ error }) => {
      const kind = error instanceof GPUOutOfMemoryError ? "out of memory" : "error";
      this.#fail(`the GPU reported: ${kind}: ${error.message}`);
    });
  }

  /** The work's own outcome, unless the GPU fails first: then the work might never end. */
  async race<T>(work: Promise<T>): Promise<T> {
    return Promise.race([this.#failure.promise, work]);
  }

  destroy(): void {
    this.#device.destroy();
  }

  #fail(detail: string): void {
    this.#failure.reject(new Error(detail));
  }
}
