import { html, LitElement, type PropertyValues } from "lit";
import { type EmbeddedScorer, embedRewardScorer } from "./embed";
import type { LiveTexts } from "./gallery-live";

/** A frame and the page around it, which prints what it is told. */
export class GalleryFrame extends LitElement {
  static override properties = { texts: { attribute: false }, told: { state: true } };

  declare texts: LiveTexts;
  declare private told: string;
  #scorer: Promise<EmbeddedScorer> | undefined;

  constructor() {
    super();
    this.told = "nothing yet";
  }

  protected override render() {
    const { device } = this.texts;
    return html`
      <iframe part="frame" src="embed.html?lang=en&device=${device}" title="Reward, in a frame"></iframe>
      <p>This page was told: <code>${this.told}</code></p>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("texts")) void this.#score();
  }

  async #score(): Promise<void> {
    const { prompt, responses } = this.texts;
    this.#scorer ??= embedRewardScorer(this.renderRoot.querySelector("iframe")!);
    this.told = "nothing yet";
    try {
      const { scores } = await (await this.#scorer).score({ prompt, responses });
      this.told = JSON.stringify(scores.map(({ reward }) => reward));
    } catch (error) {
      if ((error as Error).name !== "AbortError") this.told = String(error);
    }
  }
}
