import { expect, type Page, type Request } from "@playwright/test";
import { SCORE } from "./shown-score";

export const SCRIPT = `<script type="module" src="LIB/element.js"></script>`;
export const PAIR = `prompt="What is the capital of France?" response="Google it pal."`;
export const WASM = `<reward-scorer device="wasm" ${PAIR}></reward-scorer>`;
export const widget = (page: Page) => page.locator("reward-scorer");
export const loadButtons = (page: Page) => page.getByRole("button", { name: /^Load model/ });
export const cancelButtons = (page: Page) => page.getByRole("button", { name: "Cancel" });

export async function expectShown(page: Page, count: number): Promise<void> {
  await expect(page.getByRole("status").filter({ hasText: SCORE })).toHaveCount(count);
}

/** What the engine asked for; the host's page and the library's scripts are not counted. */
export function listenForFiles(page: Page): Request[] {
  const asked: Request[] = [];
  page.on("request", (request) => {
    if (/\.(?:zstd|onnx|onnx_data|json)$/.test(new URL(request.url()).pathname)) asked.push(request);
  });
  return asked;
}

export const failures = (page: Page) => page.getByRole("alert");
export const tryAgain = (page: Page) => page.getByRole("button", { name: "Try again" });
export const EAGER = `<reward-scorer loading="eager" device="wasm" ${PAIR}></reward-scorer>`;
