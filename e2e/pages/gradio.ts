import { mount } from "svelte";
import App from "./GradioApp.svelte";

/** A page with Gradio's component in it. */
export interface GradioPage {
  /** What the app's Python would hear of. */
  heard: ["update_value" | "submit", Record<string, unknown>][];
  /** What an event of the app's Python returns for the component. */
  send(value: unknown): void;
}

declare global {
  var openGradio: (options: Record<string, unknown>) => GradioPage;
}

globalThis.openGradio = (options) => {
  const heard: GradioPage["heard"] = [];
  const props = { elem_classes: [], css_template: "", apply_default_css: true, heard, ...options };
  const { send } = mount(App, { target: document.body, props }) as Pick<GradioPage, "send">;
  return { heard, send };
};
