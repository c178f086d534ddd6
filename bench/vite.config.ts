import { fileURLToPath } from "node:url";
import { defineConfig, mergeConfig } from "vite";
import { common } from "../vite.config.ts";
import { timedRuntime } from "./timed-runtime.ts";
import { versions } from "./versions.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

/** A page for each engine, built as an app would be, and the page for anyone's own machine. */
export default defineConfig(
  mergeConfig(common, {
    root,
    publicDir: false,
    define: { __VERSIONS__: JSON.stringify(versions()) },
    worker: { plugins: () => [timedRuntime()] },
    build: {
      outDir: "../.cache/peers/site",
      emptyOutDir: true,
      rolldownOptions: {
        input: {
          index: `${root}index.html`,
          ours: `${root}peers/ours.html`,
          theirs: `${root}peers/theirs.html`,
        },
      },
    },
  }),
);
