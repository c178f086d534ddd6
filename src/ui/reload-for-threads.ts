import type { Device } from "../shared/contract";
import { loadType } from "./load-type";
import { needsOneThread } from "./one-thread";

/** Longest wait for the service worker before the model loads on one thread, in milliseconds. */
export const WAIT_MS = 3_000;

/** What is asked of a GPUAdapter; not every browser tells. */
interface Adapter {
  info?: { isFallbackAdapter?: boolean };
}

/**
 * Where the host does not isolate the page, its service worker does, from the next load on: so a first visit
 * loads once more, before the model is asked for. It does not when that takes long, when the person has begun to do
 * something, and where threads would be of no use. A load that is itself a reload stays.
 *
 * @returns once the model may load; never, where the page is about to be reloaded
 */
export async function reloadForThreads(
  registered: Promise<ServiceWorkerRegistration | undefined>,
  device: Device,
): Promise<void> {
  if (crossOriginIsolated || !isFirstVisit() || needsOneThread(navigator)) return;
  const stop = new AbortController();
  const worker = startedWorker(registered, device);
  const willReload = await Promise.race([worker, firstTouch(stop.signal), waitInVain()]);
  stop.abort();
  if (!willReload) return;
  location.reload();
  await new Promise(() => undefined);
}

function isFirstVisit(): boolean {
  return !navigator.serviceWorker?.controller && loadType() === "navigate";
}

/** @returns whether there is one now that will isolate the page */
async function startedWorker(
  registered: Promise<ServiceWorkerRegistration | undefined>,
  device: Device,
): Promise<boolean> {
  const registration = await registered;
  if (!registration) return false;
  const installed = isInstalled(registration);
  return !(await usesGpu(device)) && installed;
}

/** @returns whether its service worker is there: one whose install fails never gets ready */
function isInstalled({ installing }: ServiceWorkerRegistration): Promise<boolean> {
  const ready = navigator.serviceWorker.ready.then(() => true);
  const failed = new Promise<false>((resolve) => {
    installing?.addEventListener("statechange", () => installing.state === "redundant" && resolve(false));
  });
  return Promise.race([ready, failed]);
}

async function usesGpu(device: Device): Promise<boolean> {
  if (device !== "auto") return device === "webgpu";
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<Adapter | null> } };
  const adapter = await gpu?.requestAdapter().catch(() => null);
  return adapter ? adapter.info?.isFallbackAdapter !== true : false; // software: WASM goes first
}

function firstTouch(signal: AbortSignal): Promise<false> {
  return new Promise((resolve) => {
    for (const event of ["keydown", "pointerdown", "input"]) {
      addEventListener(event, () => resolve(false), { signal, capture: true });
    }
  });
}

function waitInVain(): Promise<false> {
  return new Promise((resolve) => void setTimeout(resolve, WAIT_MS, false));
}
