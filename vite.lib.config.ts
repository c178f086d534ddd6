import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, mergeConfig } from "vite";
import entries from "./library-entries.json" with { type: "json" };
import { parseManifest } from "./src/shared/manifest";
import { downloadBytes } from "./src/worker/download-bytes";
import { common } from "./vite.config";
import { runtimeBytes } from "./vite.runtime";

/** Names without hashes: whoever hosts the library puts the version into the address. */
const names = {
  chunkFileNames: "chunk-[name].js",
  assetFileNames: ({ names: [name] }: { names: string[] }) =>
    name?.endsWith(".mjs") ? "[name].js" : "[name][extname]",
};

const demonstration = parseManifest(
  readFileSync(join(import.meta.dirname, "public/models/demo/reward.json"), "utf8"),
);

/**
 * Every entry of library-entries.json: the module `<name>.js` and the package's subpath `./<name>`, and where
 * it says `classic` also one script, for hosts that take no modules.
 */
const modules = {
  input: Object.fromEntries(entries.map(({ name, source }) => [name, source])),
  output: { ...names, entryFileNames: "[name].js" },
};

/** One entry as one script. */
function classic(name: string) {
  const { source } = entries.find((entry) => entry.name === name)!;
  return {
    input: source,
    output: {
      ...names,
      format: "iife",
      name: "RewardScorer",
      extend: true,
      entryFileNames: `${name}.classic.js`,
    },
  };
}

const sent = await runtimeBytes();

/** Its chunks are not the page's, even where both are named alike. */
const worker = { ...names, entryFileNames: "scorer-worker.js", chunkFileNames: "worker-[name].js" };

/** The library in `lib/`; the mode is `modules`, or the name of an entry that is to be one script. */
export default defineConfig(({ mode }) =>
  mergeConfig(common, {
    publicDir: false,
    define: { __DEMONSTRATION_BYTES__: JSON.stringify(downloadBytes(demonstration, sent)) },
    worker: { rolldownOptions: { output: worker } },
    build: {
      outDir: "lib",
      emptyOutDir: false,
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: {
        preserveEntrySignatures: "strict",
        ...(mode === "modules" ? modules : classic(mode)),
      },
    },
  }),
);
