import { defineConfig, mergeConfig } from "vite";
import packageJson from "./package.json" with { type: "json" };
import site from "./vite.config";

/** Names without hashes: whoever hosts the library puts the version into the address. */
const names = {
  chunkFileNames: "[name].js",
  assetFileNames: ({ names: [name] }: { names: string[] }) =>
    name?.endsWith(".mjs") ? "[name].js" : "[name][extname]",
};

/** ES modules, the element apart from the rest. */
const module = {
  input: { library: "src/ui/library.ts", "library-element": "src/ui/library-element.ts" },
  output: { ...names, entryFileNames: "[name].js" },
};

/** One script, for hosts that take no modules. */
const classic = {
  input: "src/ui/library-element.ts",
  output: { ...names, format: "iife", name: "RewardScorer", entryFileNames: "reward-scorer.classic.js" },
};

/** The library in `lib/`; the mode says in which form. */
export default defineConfig(({ mode }) =>
  mergeConfig(site, {
    publicDir: false,
    define: { __VERSION__: JSON.stringify(packageJson.version) },
    worker: { rolldownOptions: { output: { ...names, entryFileNames: "scorer-worker.js" } } },
    build: {
      outDir: "lib",
      emptyOutDir: false,
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: { preserveEntrySignatures: "strict", ...(mode === "classic" ? classic : module) },
    },
  }),
);
