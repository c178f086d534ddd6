import { fileURLToPath } from "node:url";
import { defineConfig, mergeConfig } from "vite";
import { common } from "../../vite.config.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

/** A page for each engine, built as an app would be. */
export default defineConfig(
  mergeConfig(common, {
    root,
    publicDir: false,
    build: {
      outDir: "../../.cache/peers/site",
      emptyOutDir: true,
      rolldownOptions: { input: { ours: `${root}ours.html`, theirs: `${root}theirs.html` } },
    },
  }),
);
