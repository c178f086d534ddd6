import { defaultClientConditions, defineConfig } from "vite";

/** Cross-origin isolation: with it WASM has threads. A static host without these headers gets one thread. */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Some servers know no media type for `.mjs`, and browsers then refuse to import it. */
function assetFileNames({ names }: { names: string[] }): string {
  return names[0]?.endsWith(".mjs") ? "assets/[name]-[hash].js" : "assets/[name]-[hash][extname]";
}

export default defineConfig({
  base: "./",
  // Without the condition ONNX Runtime embeds its loaders and Vite would emit WebAssembly nobody fetches.
  resolve: { conditions: ["onnxruntime-web-use-extern-wasm", ...defaultClientConditions] },
  optimizeDeps: { exclude: ["onnxruntime-web"] },
  worker: {
    format: "es",
    rolldownOptions: { output: { assetFileNames, entryFileNames: "assets/scorer-worker-[hash].js" } },
  },
  server: { headers: isolation },
  preview: { headers: isolation },
  build: {
    // Promise.withResolvers, and top-level await in ONNX Runtime.
    target: ["chrome119", "edge119", "firefox121", "safari17.4"],
  },
});
