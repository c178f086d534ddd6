/** What a page's `navigator` says of its machine; a worker's leaves out the touch points. */
export interface Machine {
  userAgent: string;
  maxTouchPoints: number;
}

/** Whether the browser is one of iOS, where threads of WASM are of no use. iPads call themselves Macs, which have no touch. */
export function isIos({ userAgent, maxTouchPoints }: Machine): boolean {
  return (
    /\b(?:iPhone|iPad|iPod)\b/.test(userAgent) || (userAgent.includes("Macintosh") && maxTouchPoints > 1)
  );
}
