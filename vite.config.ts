import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build, defaultClientConditions, mergeConfig, type Plugin, type UserConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { buildId } from "./vite.build-id.ts";
import { listedModels } from "./vite.models.ts";
import { compressedRuntime } from "./vite.runtime.ts";

/** Cross-origin isolation: with it WASM has threads. A static host without these headers gets one thread. */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/**
 * For every response, the worker's above all: a worker has the policy of its own response and not the
 * page's, which index.html holds and which is stricter. `https:` and this machine, since the worker fetches the
 * model of another site once a person has agreed. docs/security.md tells hosts of it.
 */
const policy = {
  "Content-Security-Policy": [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join("; "),
  "X-Content-Type-Options": "nosniff",
  // A frame with sandbox="allow-scripts" has no origin, and reads its own files as another site would.
  "Access-Control-Allow-Origin": "*",
  "Referrer-Policy": "no-referrer",
};

/** Some servers know no media type for `.mjs`, and browsers then refuse to import it. */
function assetFileNames({ names }: { names: string[] }): string {
  return names[0]?.endsWith(".mjs") ? "assets/[name]-[hash].js" : "assets/[name]-[hash][extname]";
}

/** The origins whose pages may connect with the frame; none, where the variable is not set, allows every one. */
function embedOrigins(): string[] {
  const { EMBED_ORIGINS } = process.env;
  if (EMBED_ORIGINS === undefined) return [];
  const origins = EMBED_ORIGINS.trim().split(/[\s,]+/);
  for (const origin of origins) {
    const found = URL.canParse(origin) ? new URL(origin).origin : undefined;
    if (found !== origin)
      throw new Error(`EMBED_ORIGINS: expected origins like https://tool.example, got ${origin}`);
  }
  return origins;
}

/** Frames in pages of any site, isolated ones too. */
const framed = {
  "Content-Security-Policy": policy["Content-Security-Policy"]
    .replace("; frame-ancestors 'self'", "")
    .replace("worker-src 'self'", "worker-src 'self' data:"), // of a frame without an origin
  "Cross-Origin-Resource-Policy": "cross-origin",
};

/** `vite preview` with the headers that a host should send. */
const siteHeaders: Plugin = {
  name: "site-headers",
  configurePreviewServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      const { pathname } = new URL(request.url!, "http://localhost");
      const headers = { ...isolation, ...policy, ...(pathname.endsWith("/embed.html") ? framed : {}) };
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      next();
    });
  },
};

/** What the site and the library have in common. */
export const common: UserConfig = {
  base: "./",
  plugins: [compressedRuntime],
  define: {
    __BUILD__: JSON.stringify(buildId()),
    __EMBED_ORIGINS__: JSON.stringify(embedOrigins()),
    __RUNTIME_BYTES__: "undefined", // as it is, but in builds
  },
  // Without the condition ONNX Runtime embeds its loaders and Vite would emit WebAssembly nobody fetches.
  resolve: { conditions: ["onnxruntime-web-use-extern-wasm", ...defaultClientConditions] },
  optimizeDeps: { exclude: ["onnxruntime-web"] },
  worker: {
    format: "es",
    plugins: () => [compressedRuntime],
    rolldownOptions: { output: { assetFileNames, entryFileNames: "assets/scorer-worker-[hash].js" } },
  },
  build: {
    // `reward-scorer:state(scored)`: older ones have no custom states, or want dashes in their names.
    target: ["chrome125", "edge125", "firefox126", "safari17.4"],
  },
};

/** The pages of the site. */
export const PAGES = { index: "index.html", embed: "embed.html", "embed-demo": "embed-demo.html" };

const HOST_SCRIPT = "src/embed/embed.ts";

/** `embed.js`, for pages around the frame: one file, whose address does not change with its content. */
const hostScript: Plugin = {
  name: "host-script",
  configureServer({ middlewares }) {
    middlewares.use((request, _, next) => {
      if (request.url === "/embed.js") request.url = `/${HOST_SCRIPT}`;
      next();
    });
  },
  async generateBundle() {
    const bundle = { input: HOST_SCRIPT, preserveEntrySignatures: "strict" } as const;
    const built = await build({
      configFile: false,
      logLevel: "error",
      build: { write: false, target: common.build!.target!, rolldownOptions: bundle },
    });
    if (!("output" in built)) throw new Error("embed.js: expected one output");
    this.emitFile({ type: "asset", fileName: "embed.js", source: built.output[0].code });
  },
};

/** Grows on the host without a new version. */
const MODEL_LIST = "models/index.json";

/**
 * The hash of each file, so that none of another version is stored: while a deployment is under way, caches
 * between host and visitor send old files beside new ones.
 *
 * @param folder where the site is written
 */
function withIntegrity(folder: string) {
  return async <Entry extends { url: string }>(entries: Entry[]) => {
    const manifest = entries.map(async (entry) => {
      if (entry.url === MODEL_LIST) return entry;
      const sha256 = createHash("sha256").update(await readFile(join(folder, entry.url)));
      return { ...entry, integrity: `sha256-${sha256.digest("base64")}` };
    });
    return { manifest: await Promise.all(manifest) };
  };
}

/**
 * `service-worker.js` and in it the list of what it keeps: the page and its scripts. Not the other pages, nor
 * what the engine keeps itself, models and WebAssembly.
 */
const serviceWorker = VitePWA({
  strategies: "injectManifest",
  srcDir: "src/offline",
  filename: "service-worker.ts",
  injectRegister: false, // the page does, and no other one
  manifest: false,
  includeManifestIcons: false,
  injectManifest: {
    globPatterns: ["index.html", "assets/*.{js,css}", MODEL_LIST, "*.{svg,png,webmanifest}"],
  },
  integration: {
    configureOptions({ root, build }, { injectManifest }) {
      injectManifest!.manifestTransforms = [withIntegrity(resolve(root, build.outDir))];
    },
  },
});

const site: UserConfig = {
  plugins: [listedModels, siteHeaders, hostScript, serviceWorker],
  server: { headers: isolation },
  build: { rolldownOptions: { input: PAGES } },
};

export default mergeConfig(common, site);
