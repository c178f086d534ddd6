import { html, LitElement, type PropertyValues } from "lit";
import type { LiveTexts } from "./gallery-live";
import component, { type Scored } from "./streamlit";

/** A component of Streamlit's, and the app that runs anew with each of its values. */
export class GalleryStreamlit extends LitElement {
  static override properties = { texts: { attribute: false }, scored: { state: true } };

  declare texts: LiveTexts;
  declare private scored: Scored | undefined;

  protected override render() {
    return html`
      <div></div>
      <p>The app ran with <code>${JSON.stringify(this.scored?.scores ?? null)}</code></p>
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("texts")) this.scored = undefined;
  }

  protected override updated(): void {
    const { prompt, responses, model, device } = this.texts;
    component({
      data: { prompt, responses, model, device },
      parentElement: this.renderRoot.querySelector("div")!,
      setStateValue: (_, scored) => {
        this.scored = scored;
      },
    });
  }
}
