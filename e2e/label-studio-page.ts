import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { RewardsOptions } from "../src/embed/label-studio";
import type { Annotation, Store } from "../src/embed/label-studio-store";
import { documentedCode } from "./documented";
import { Host, LIB, type Site, serveFolders } from "./library-site";

/** A result as Label Studio sends it. */
export interface Result {
  id: string;
  from_name: string;
  to_name: string;
  type: string;
  value: object;
}

export interface Task {
  id: number;
  data: Record<string, unknown>;
  predictions?: object[];
  annotations?: object[];
}

type EditorAnnotation = Annotation & { serializeAnnotation(): Result[]; setEdit(editable: boolean): void };

interface EditorStore extends Store {
  setFlags(flags: { isLoading: boolean }): void;
  annotationStore: Store["annotationStore"] & {
    selected: EditorAnnotation;
    annotations: EditorAnnotation[];
    predictions: EditorAnnotation[];
    addAnnotation(options: object): EditorAnnotation;
    selectAnnotation(id: string): void;
    selectPrediction(id: string): void;
  };
}

declare global {
  interface Window {
    Htx: EditorStore;
    RewardScorer: { showRewards(options: RewardsOptions): () => void };
    submitted: Result[][];
    openTask(task: Task): void;
  }
}

const EDITOR = join(import.meta.dirname, "../node_modules/@heartexlabs/label-studio/build/static");

/** The labeling config of the documentation. */
export const CONFIG = documentedCode("label-studio", "xml");

export const OPTIONS: RewardsOptions = {
  prompt: "prompt",
  responses: ["response_a", "response_b"],
  device: "wasm",
  pairwise: "better",
};

/** Label Studio's editor on one site, the library on another, the page on a third. */
export class EditorHost implements Disposable {
  readonly #editor: Site;
  readonly #host: Host;

  private constructor(editor: Site, host: Host) {
    this.#editor = editor;
    this.#host = host;
  }

  static async start(): Promise<EditorHost> {
    return new EditorHost(await serveFolders(EDITOR), await Host.start(LIB));
  }

  /** A page with the editor, as Label Studio's own pages have it, and nothing of ours. */
  async open(page: Page, task: Task, config = CONFIG, headers: Record<string, string> = {}): Promise<void> {
    await this.openHtml(page, editorHtml(task, config), headers);
    await page.locator(".lsf-main-view").waitFor();
  }

  /** The addresses of the documentation stand for the sites that run here. */
  async openHtml(page: Page, html: string, headers: Record<string, string> = {}): Promise<void> {
    const adapted = Object.entries(headers).map(([name, value]) => [name, this.adapt(value)]);
    await this.#host.open(page, this.adapt(html), Object.fromEntries(adapted));
  }

  adapt(code: string): string {
    const integrity = JSON.parse(readFileSync(join(LIB, "integrity.json"), "utf8"));
    return code
      .replaceAll("https://your.host/reward-scorer/0.1.0", this.#host.library)
      .replaceAll("https://your.host/label-studio", this.#editor.origin)
      .replaceAll("sha384-…", integrity["label-studio.classic.js"]);
  }

  async showRewards(page: Page, options: Partial<RewardsOptions> = {}): Promise<void> {
    await page.addScriptTag({
      url: this.adapt("https://your.host/reward-scorer/0.1.0/label-studio.classic.js"),
    });
    await page.evaluate(
      (options) => {
        window.RewardScorer.showRewards(options);
      },
      { ...OPTIONS, ...options },
    );
  }

  get libraryOrigin(): string {
    return this.#host.library;
  }

  [Symbol.dispose](): void {
    for (const site of [this.#editor, this.#host]) site[Symbol.dispose]();
  }
}

function editorHtml(task: Task, config: string): string {
  const json = (value: unknown) => JSON.stringify(value).replaceAll("<", "\\u003c");
  return `
    <link rel="stylesheet" href="https://your.host/label-studio/css/main.css" />
    <body><div id="label-studio"></div>
    <script src="https://your.host/label-studio/js/main.js"></script>
    <script nonce="page">
      window.submitted = [];
      const begin = ({ annotationStore }) => {
        if (annotationStore.annotations.length === 0) annotationStore.addAnnotation({ userGenerate: true });
        annotationStore.selectAnnotation(annotationStore.annotations[0].id);
      };
      const editor = new LabelStudio("label-studio", {
        config: ${json(config)},
        interfaces: ["topbar", "infobar", "panel", "controls", "submit", "update", "skip", "side-column",
          "annotations:menu", "annotations:tabs", "annotations:current", "annotations:add-new",
          "predictions:tabs", "predictions:menu"],
        user: { id: 1, pk: 1, firstName: "Ada", lastName: "L" },
        task: ${json(task)},
        onStorageInitialized: begin,
        onSubmitAnnotation: (_, annotation) => submitted.push(annotation.serializeAnnotation()),
      });
      window.openTask = (task) => {
        Htx.resetState();
        Htx.assignTask(task);
        Htx.initializeStore(task);
        begin(Htx);
      };
    </script>`;
}
