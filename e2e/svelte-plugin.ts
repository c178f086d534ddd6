import { compile } from "svelte/compiler";
import type { Plugin } from "vite";

/** Compile components as Gradio's own build does, for the browser. */
export function svelte(): Plugin {
  return {
    name: "svelte",
    config: () => ({ resolve: { conditions: ["svelte", "browser", "module", "import"] } }),
    transform(code, id) {
      if (!id.endsWith(".svelte")) return undefined;
      return { ...compile(code, { filename: id, generate: "client", css: "injected" }).js, moduleType: "js" };
    },
  };
}
