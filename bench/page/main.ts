import { cellsOf, report } from "./report";
import { type Measured, runTrial, TRIAL_STEPS } from "./trial";

declare const __VERSIONS__: string;

const form = document.querySelector("form")!;
const start = form.querySelector<HTMLButtonElement>("[type=submit]")!;
const cancel = document.querySelector<HTMLButtonElement>("#cancel")!;
const copy = document.querySelector<HTMLButtonElement>("#copy")!;
const progress = document.querySelector("progress")!;
const step = document.querySelector("#step")!;
const table = document.querySelector("table")!;

let rows: Measured[] = [];
let about: string[] = [];

const gpu = await findGpu();
showGpu();
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void measure(new FormData(form));
});
copy.addEventListener("click", async () => {
  await navigator.clipboard.writeText(report(rows, about));
  step.textContent = "Copied";
});

async function measure(wanted: FormData): Promise<void> {
  const devices = wanted.getAll("device") as ("wasm" | "webgpu")[];
  const stop = new AbortController();
  const onCancel = () => stop.abort(new DOMException("Cancelled", "AbortError"));
  cancel.addEventListener("click", onCancel);
  setRunning(true);
  progress.max = devices.length * TRIAL_STEPS;
  rows = [];
  about = describeBrowser();
  table.tBodies[0]!.replaceChildren();
  try {
    for (const device of devices) {
      const options = {
        device,
        theirDtype: device === "wasm" ? "q8" : gpu?.features.has("shader-f16") ? "fp16" : "fp32",
        rounds: Number(wanted.get("rounds")),
        pairs: Number(wanted.get("pairs")),
        signal: stop.signal,
        onStep: showStep,
      } as const;
      const trial = runTrial(options, (ours, theirs) => {
        const threads = device === "wasm" ? `, ${ours.threads} and ${theirs.threads} threads` : "";
        about.push(`${device}: ours ${ours.dtype}, theirs ${theirs.dtype}${threads}`);
      });
      for await (const row of trial) show(row);
    }
    step.textContent = "Done";
  } catch (error) {
    step.textContent = error instanceof Error ? error.message : String(error);
  } finally {
    cancel.removeEventListener("click", onCancel);
    setRunning(false);
  }
}

function show(row: Measured): void {
  rows.push(row);
  const [what, ...numbers] = cellsOf(row);
  const line = table.tBodies[0]!.insertRow();
  const header = document.createElement("th");
  header.scope = "row";
  header.textContent = what!;
  line.append(header);
  for (const number of numbers) line.insertCell().textContent = number;
  table.hidden = false;
}

function showStep(words: string): void {
  progress.value++;
  step.textContent = words;
}

function setRunning(running: boolean): void {
  start.disabled = running;
  cancel.disabled = !running;
  copy.disabled = running || rows.length === 0;
  progress.hidden = !running;
  progress.value = 0;
}

async function findGpu(): Promise<GPUAdapter | undefined> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
  return adapter ?? undefined;
}

function showGpu(): void {
  const box = form.querySelector<HTMLInputElement>("[value=webgpu]")!;
  box.disabled = !gpu;
  box.checked = gpu !== undefined && !gpu.info.isFallbackAdapter;
  document.querySelector("#adapter")!.textContent = gpu ? describeGpu(gpu) : "no WebGPU here";
}

function describeGpu({ info, features }: GPUAdapter): string {
  const f16 = features.has("shader-f16") ? "with" : "without";
  return `${info.vendor} ${info.architecture} ${info.description}`.trim().concat(`, ${f16} shader-f16`);
}

function describeBrowser(): string[] {
  return [
    navigator.userAgent,
    `GPU: ${gpu ? describeGpu(gpu) : "none"}; ${navigator.hardwareConcurrency} logical processors; cross-origin isolated: ${crossOriginIsolated ? "yes" : "no"}`,
    __VERSIONS__,
    new Date().toISOString(),
  ];
}
