import { css, html, LitElement, nothing } from "lit";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import type { Locale } from "./locale";

/**
 * Offers a newer version of the page.
 *
 * @fires reload
 */
export class UpdateNotice extends LitElement {
  static override properties = {
    locale: { attribute: false },
    newer: { type: Boolean },
  };

  declare locale: Locale;
  declare newer: boolean;

  static override styles = [
    controlStyles,
    css`
      p {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem 1rem;
        margin: 1rem 0 0;
        padding: 0.5rem 1rem;
        border-left: 4px solid var(--accent);
        background: var(--sheet);
      }
    `,
  ];

  constructor() {
    super();
    this.newer = false;
  }

  protected override render() {
    return html`<div aria-live="polite">${this.newer ? this.#notice() : nothing}</div>`;
  }

  #notice() {
    const { strings } = this.locale;
    return html`<p>
      ${strings.newerVersion}
      <button type="button" @click=${() => emit(this, "reload")}>${strings.loadNewerVersion}</button>
    </p>`;
  }
}
