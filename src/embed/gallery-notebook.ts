import { html, LitElement, type PropertyValues } from "lit";
import widget, { type TraitModel } from "./anywidget";
import type { LiveTexts } from "./gallery-live";

/** The traits of a notebook's widget, without a kernel. */
export class GalleryNotebook extends LitElement implements TraitModel {
  static override properties = { texts: { attribute: false } };

  declare texts: LiveTexts;
  readonly #traits = new Map<string, unknown>();
  readonly #changes = new EventTarget();

  get(name: string): unknown {
    return this.#traits.get(name);
  }

  set(name: string, value: unknown): void {
    if (this.#traits.get(name) === value) return;
    this.#traits.set(name, value);
    this.#changes.dispatchEvent(new Event(`change:${name}`));
  }

  save_changes(): void {
    this.requestUpdate();
  }

  on(event: string, listener: () => void): void {
    this.#changes.addEventListener(event, listener);
  }

  off(event: string, listener: () => void): void {
    this.#changes.removeEventListener(event, listener);
  }

  protected override render() {
    return html`
      <div></div>
      <p><code>scorer.score</code> is <code>${String(this.get("score") ?? "None")}</code></p>
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("texts")) return;
    const { prompt, responses, model, device } = this.texts;
    const [response = ""] = responses;
    const own =
      this.#traits.size === 0 ? { score: null, reward: null, error: null, scored: null, alpha: null } : {};
    for (const [name, value] of Object.entries({ ...own, prompt, response, model, device }))
      this.set(name, value);
  }

  protected override firstUpdated(): void {
    widget.initialize({ model: this });
    void widget.render({ model: this, el: this.renderRoot.querySelector("div")! });
  }
}
