/** Whether the browser is one of iOS, where threads of WASM are of no use. @param userAgent as the browser says it */
export function isIos(userAgent: string): boolean {
  return /\b(?:iPhone|iPad|iPod)\b/.test(userAgent);
}
