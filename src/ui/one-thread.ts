/** What a page's `navigator` says of its machine; a worker's leaves out the touch points. */
export interface Machine {
  userAgent: string;
  maxTouchPoints: number;
}

/**
 * Whether threads of WASM do more harm than good in this browser. On iOS their shared memory makes the page run out
 * of it. Firefox (153) at times takes a worker's worker for garbage as it speaks, or stands still as it starts one:
 * ONNX Runtime then waits for its threads for ever.
 */
export function needsOneThread(machine: Machine): boolean {
  return isIos(machine) || isGecko(machine);
}

/** iPads call themselves Macs, which have no touch. */
function isIos({ userAgent, maxTouchPoints }: Machine): boolean {
  return (
    /\b(?:iPhone|iPad|iPod)\b/.test(userAgent) || (userAgent.includes("Macintosh") && maxTouchPoints > 1)
  );
}

/** Other engines say that they are "like Gecko". */
function isGecko({ userAgent }: Machine): boolean {
  return userAgent.includes("Gecko/");
}
