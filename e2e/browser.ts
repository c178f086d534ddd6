import { existsSync } from "node:fs";
import { chromium, type LaunchOptions } from "@playwright/test";
import { CHROMIUM_PLACES } from "../scripts/chromium.mjs";

/** WebGPU on a machine without a GPU: SwiftShader, which comes with Chromium. */
const SOFTWARE_GPU = [
  "--enable-unsafe-webgpu",
  "--enable-features=Vulkan",
  "--use-webgpu-adapter=swiftshader",
];

/** Nothing but the page's own requests goes over the network. */
const QUIET = [
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How to start the browser of the tests. @param gpu whether it has WebGPU */
export function launchOptions(gpu = true): LaunchOptions {
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const webgpu = gpu ? SOFTWARE_GPU : ["--disable-features=WebGPU,WebGPUService", "--disable-gpu"];
  return { executablePath: findChromium(), args: [...sandbox, ...QUIET, ...webgpu] };
}

function findChromium(): string {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  return CHROMIUM_PLACES.find((path) => existsSync(path)) ?? chromium.executablePath();
}
