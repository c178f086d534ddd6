import { snippet } from "./snippet";

/** A block of code of a how-to, with the library's address in it. */
export function pasted(page: string, language: string, library: string): string {
  return snippet(page, language).replaceAll("https://your.host/reward-scorer/0.1.0", library);
}
