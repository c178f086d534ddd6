import { css, html, LitElement } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import { FocusKeeper } from "./focus-keeper";
import type { Locale } from "./locale";

/** A way back: to the example, or to texts that a press took off the page. */
export type DraftOffer = "reset" | "undo";

/**
 * Where the typed texts are kept, and the ways back.
 *
 * @fires reset
 * @fires undo
 */
export class DraftNote extends LitElement {
  static override properties = {
    locale: { attribute: false },
    kept: { type: Boolean },
    offers: { attribute: false },
  };

  declare locale: Locale;
  /** Whether the browser stores the texts. */
  declare kept: boolean;
  declare offers: readonly DraftOffer[];

  static override styles = [
    controlStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 0.75rem;
        color: var(--quiet);
        font-size: 0.875rem;
        line-height: 1.5rem;
      }
    `,
  ];

  constructor() {
    super();
    this.kept = true;
    this.offers = [];
    new FocusKeeper(this, () => this.renderRoot.querySelector("span")?.focus());
  }

  protected override render() {
    const { strings } = this.locale;
    return html`
      <span tabindex="-1">${this.kept ? strings.kept : strings.notKept}</span>
      ${repeat(
        this.offers,
        (offer) => offer,
        (offer) =>
          html`<button class="plain" type="button" @click=${() => emit(this, offer)}>${strings[offer]}</button>`,
      )}
    `;
  }
}
