import type { Plugin } from "vite";

const BUILDS = /^onnxruntime-web\/(wasm|webgpu|jspi)$/;
const PREFIX = "\0timed:";

/** Our engine gets an ONNX Runtime that adds up the milliseconds of its runs in the worker's `runMs`. */
export function timedRuntime(): Plugin {
  return {
    name: "timed-runtime",
    enforce: "pre",
    resolveId(source, importer) {
      const ours = importer?.endsWith("/src/worker/runtime.ts");
      return ours && BUILDS.test(source) ? `${PREFIX}${source}` : undefined;
    },
    load(id) {
      if (!id.startsWith(PREFIX)) return undefined;
      const runtime = JSON.stringify(id.slice(PREFIX.length));
      return `
        import { InferenceSession as Untimed } from ${runtime};
        export * from ${runtime};
        self.runMs = 0;
        export const InferenceSession = {
          async create(...options) {
            const session = await Untimed.create(...options);
            const run = session.run.bind(session);
            session.run = async (...feeds) => {
              const start = performance.now();
              try {
                return await run(...feeds);
              } finally {
                self.runMs += performance.now() - start;
              }
            };
            return session;
          },
        };`;
    },
  };
}
