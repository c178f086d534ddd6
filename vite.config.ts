import { defaultClientConditions, defineConfig } from "vite";

/** Cross-origin isolation: with it WASM has threads. A static host without these headers gets one thread. */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/**
 * For every response, the worker's above all: a worker has the policy of its own response and not the
 * page's, which index.html holds and which is stricter. `https:` and this machine, since the worker fetches the model of
 * another site once a person has agreed. docs/security.md tells hosts of it.
 */
const policy = {
  "Content-Security-Policy": [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join("; "),
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
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
  preview: { headers: { ...isolation, ...policy } },
  build: {
    // Promise.withResolvers, and top-level await in ONNX Runtime.
    target: ["chrome119", "edge119", "firefox121", "safari17.4"],
  },
});
