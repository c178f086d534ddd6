import type { ReactiveController, ReactiveControllerHost } from "lit";
import { hasNewerPage } from "./newer-page";

/** How long a page that stays open goes without looking for a newer version, in milliseconds. */
const LOOK_EVERY_MS = 3_600_000;

/**
 * Knows whether a newer version of the page is ready. It is offered and never forced: what is open goes on, with
 * the files of its own version.
 */
export class VersionController implements ReactiveController {
  newer = false;
  readonly #host: ReactiveControllerHost;
  readonly #registered: Promise<ServiceWorkerRegistration | undefined>;
  #lastLook = Date.now();
  #life = new AbortController();

  constructor(host: ReactiveControllerHost, registered: Promise<ServiceWorkerRegistration | undefined>) {
    this.#host = host;
    this.#registered = registered;
    host.addController(this);
  }

  hostConnected(): void {
    this.#life = new AbortController();
    void this.#watch(this.#life.signal);
  }

  hostDisconnected(): void {
    this.#life.abort();
  }

  /** Also worth doing when files of this version have failed: they may be gone. */
  async look(): Promise<void> {
    if (this.newer || !(await hasNewerPage())) return;
    this.newer = true;
    this.#host.requestUpdate();
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const registration = await this.#registered;
    if (!registration) return;
    const onUpdate = () => this.#lookWhenReady(registration.installing, signal);
    registration.addEventListener("updatefound", onUpdate, { signal });
    onUpdate();
    if (registration.waiting) void this.look();
    document.addEventListener("visibilitychange", () => this.#onVisible(registration), { signal });
  }

  /** Its files are stored by then. */
  #lookWhenReady(worker: ServiceWorker | null, signal: AbortSignal): void {
    const onChange = () => worker?.state === "installed" && void this.look();
    worker?.addEventListener("statechange", onChange, { signal });
  }

  #onVisible(registration: ServiceWorkerRegistration): void {
    if (document.hidden || Date.now() - this.#lastLook < LOOK_EVERY_MS) return;
    this.#lastLook = Date.now();
    registration.update().catch(() => undefined); // without a network
  }
}
