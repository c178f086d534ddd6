import { defineConfig } from "@playwright/test";
import { launchOptions } from "./e2e/browser";

/** Another one lets two checkouts test at once. */
const PORT = Number(process.env.E2E_PORT ?? 4191);

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/setup.ts",
  outputDir: ".cache/test-results",
  forbidOnly: true,
  // The software GPU takes its time, and two of them at once take more than twice as long.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    baseURL: `http://localhost:${PORT}`,
    launchOptions: launchOptions(),
    // Requests are the page's own, and a test can answer them; the specs of the service worker allow it.
    serviceWorkers: "block",
  },
  webServer: {
    command: `npx vite build --config e2e/vite.config.ts && npx vite preview --config e2e/vite.config.ts --port ${PORT} --strictPort`,
    url: `http://localhost:${PORT}/e2e/pages/engine.html`,
    timeout: 600_000, // a first build compresses ONNX Runtime
    stdout: "ignore",
  },
});
