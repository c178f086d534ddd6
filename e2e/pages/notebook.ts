import * as base from "@jupyter-widgets/base";
import * as controls from "@jupyter-widgets/controls";
import { HTMLManager } from "@jupyter-widgets/html-manager";

type Traits = Record<string, unknown>;
type Classes = Record<string, typeof base.WidgetModel | typeof base.WidgetView>;
type Message = { content: { data: unknown } };

declare global {
  var notebook: Notebook;
  interface Window {
    define: (dependencies: string[], make: (given: typeof base) => Classes) => void;
  }
}

/** A page of Jupyter's widget manager with anywidget in it, and the kernel's end of a widget. */
export class Notebook {
  /** Each message to the kernel: the traits that it sets. */
  readonly saved: Traits[] = [];
  readonly #classes: Classes;
  #model: base.DOMWidgetModel | undefined;
  #views: base.DOMWidgetView[] = [];
  #hear: (message: Message) => Promise<void> = async () => undefined;

  constructor(classes: Classes) {
    this.#classes = classes;
  }

  async create(traits: Traits): Promise<void> {
    const classes = this.#classes;
    class Manager extends HTMLManager {
      protected override async loadClass(name: string, module: string) {
        if (module === "anywidget") return classes[name]!;
        const own: object = module === "@jupyter-widgets/base" ? base : controls;
        return (own as Classes)[name]!;
      }
    }
    const names = {
      model_name: "AnyModel",
      model_module: "anywidget",
      model_module_version: "0.11.0",
      view_name: "AnyView",
      view_module: "anywidget",
      view_module_version: "0.11.0",
    };
    const own = Object.entries(names).map(([name, value]) => [`_${name}`, value]);
    this.#model = (await new Manager().new_model(
      { ...names, model_id: "widget", comm: this.#comm() },
      { _anywidget_id: "test.RewardScorer", ...Object.fromEntries(own), ...traits },
    )) as base.DOMWidgetModel;
  }

  /** Another output cell. */
  async display(): Promise<void> {
    const manager = this.#model!.widget_manager as HTMLManager;
    const view = await manager.create_view(this.#model!);
    await manager.display_view(view, document.body.appendChild(document.createElement("section")));
    this.#views.push(view as base.DOMWidgetView);
  }

  closeViews(): void {
    for (const view of this.#views.splice(0)) view.remove();
  }

  /** The kernel sets traits. Resolves when the page has heard of it. */
  async kernelSets(traits: Traits): Promise<void> {
    await this.#hear({ content: { data: { method: "update", state: traits, buffer_paths: [] } } });
  }

  get(trait: string): unknown {
    return this.#model!.get(trait);
  }

  #comm(): base.IClassicComm {
    return {
      comm_id: "widget",
      target_name: "jupyter.widget",
      on_msg: (hear: (message: Message) => Promise<void>) => {
        this.#hear = hear;
      },
      on_close: () => undefined,
      close: () => "",
      open: () => "",
      send: (data: { state: Traits }, callbacks: base.ICallbacks) => {
        this.saved.push(data.state);
        const idle = { content: { execution_state: "idle" } };
        queueMicrotask(() => callbacks.iopub?.status?.(idle as never));
        return String(this.saved.length);
      },
    } as unknown as base.IClassicComm;
  }
}

window.define = (_, make) => {
  globalThis.notebook = new Notebook(make(base));
};
await import("anywidget");
