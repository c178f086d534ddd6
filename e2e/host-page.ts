import { join } from "node:path";
import { build, type PluginOption } from "vite";

const ROOT = join(import.meta.dirname, "..");

/** Where the scripts of the tests' host pages are built. */
export const HOST_PAGES = join(ROOT, ".cache/host-pages");

/** Build a real client of a tool, from its npm package, into `<name>.js`. */
export async function buildHostPage(
  name: string,
  source: string,
  plugins: PluginOption[] = [],
): Promise<void> {
  await build({
    configFile: false,
    root: ROOT,
    publicDir: false,
    logLevel: "error",
    plugins,
    build: {
      outDir: HOST_PAGES,
      emptyOutDir: false,
      minify: false,
      modulePreload: false,
      target: "esnext",
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        input: { [name]: join(ROOT, "e2e/pages", source) },
        output: {
          entryFileNames: "[name].js",
          chunkFileNames: `${name}-[name].js`,
          banner: 'globalThis.__webpack_public_path__ = "";', // Jupyter's packages were written for webpack
        },
      },
    },
  });
}
