import { describeGpu, findGpu } from "./gpu";
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
const aboutList = document.querySelector("#about")!;

let rows: Measured[] = [];
let about: string[] = [];
let steps = 0;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void measure(new FormData(form));
});
copy.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(report(rows, about));
    step.textContent = "Copied";
  } catch (error) {
    step.textContent = `Not copied: ${wordsOf(error)}`;
  }
});

const gpu = await findGpu();
showGpu();
start.disabled = false;

async function measure(wanted: FormData): Promise<void> {
  const devices = wanted.getAll("device") as ("wasm" | "webgpu")[];
  if (devices.length === 0) {
    step.textContent = "Choose where to measure";
    return;
  }
  const stop = new AbortController();
  const onCancel = () => stop.abort(new DOMException("Cancelled", "AbortError"));
  cancel.addEventListener("click", onCancel);
  rows = [];
  about = [];
  table.tBodies[0]!.replaceChildren();
  aboutList.replaceChildren();
  setRunning(true);
  progress.max = devices.length * TRIAL_STEPS;
  describeBrowser().forEach(tell);
  try {
    for (const device of devices) {
      const options = {
        device,
        theirDtype: device === "wasm" ? "q8" : gpu?.features.has("shader-f16") ? "fp16" : "fp32",
        rounds: Number(wanted.get("rounds")),
        pairs: Number(wanted.get("pairs")),
        signal: stop.signal,
        onStep: showStep,
        onFailure: (side, reason) => tell(`${device}: ${side} does not run: ${wordsOf(reason)}`),
      } satisfies Parameters<typeof runTrial>[0];
      const trial = runTrial(options, ({ ours, theirs }) => {
        if (ours) tell(`${device}: ours ${ours.dtype}, ${ours.threads} threads`);
        if (theirs) tell(`${device}: theirs ${theirs.dtype}, ${theirs.threads} threads`);
      });
      for await (const row of trial) show(row);
    }
    step.textContent = "Done";
  } catch (error) {
    step.textContent = wordsOf(error);
    tell(`not finished: ${wordsOf(error)}`);
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

/** A line below the table, copied with it. */
function tell(words: string): void {
  about.push(words);
  const line = document.createElement("li");
  line.textContent = words;
  aboutList.append(line);
}

/** Told as a step begins: those before it are done. */
function showStep(words: string): void {
  progress.value = steps++;
  step.textContent = `${words} (${steps} of ${progress.max})`;
}

function setRunning(running: boolean): void {
  start.disabled = running;
  cancel.disabled = !running;
  copy.disabled = running || rows.length === 0;
  progress.hidden = !running;
  progress.value = 0;
  steps = 0;
}

function showGpu(): void {
  const box = form.querySelector<HTMLInputElement>("[value=webgpu]")!;
  box.disabled = !gpu;
  box.checked = gpu !== undefined && !gpu.info.isFallbackAdapter;
  document.querySelector("#adapter")!.textContent = gpu ? describeGpu(gpu) : "no WebGPU here";
}

function describeBrowser(): string[] {
  return [
    navigator.userAgent,
    `GPU: ${gpu ? describeGpu(gpu) : "none"}; ${navigator.hardwareConcurrency} logical processors; cross-origin isolated: ${crossOriginIsolated ? "yes" : "no"}`,
    __VERSIONS__,
    new Date().toISOString(),
  ];
}

/** One line: the rest is a stack. */
function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
}
