import { createReadStream, existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, mergeConfig, type Plugin } from "vite";
import site, { PAGES } from "../vite.config.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Where a static site may be put: the server answers the same below this path. */
const SUB_PATH = /^\/some\/path(?=\/)/;

/** Serves the model folders made from the fixtures, beside those of the site. */
function fixtureModels(): Plugin {
  return {
    name: "fixture-models",
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        request.url = request.url!.replace(SUB_PATH, "");
        const file = `${root}.cache${request.url.split("?")[0]}`;
        if (!request.url.startsWith("/models/") || request.url.includes("..") || !existsSync(file)) {
          return next();
        }
        response.setHeader("Content-Length", statSync(file).size);
        createReadStream(file).pipe(response);
      });
    },
  };
}

/** The site as it is shipped, with two pages more for the tests. */
export default defineConfig(
  mergeConfig(site, {
    root,
    appType: "mpa", // a missing file is a 404, as on a static host
    plugins: [fixtureModels()],
    build: {
      outDir: ".cache/e2e-site",
      emptyOutDir: true,
      rolldownOptions: {
        input: { ...PAGES, engine: "e2e/pages/engine.html", kernels: "e2e/pages/kernels.html" },
      },
    },
  }),
);
