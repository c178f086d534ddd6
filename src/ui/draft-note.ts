import { css, html, LitElement, nothing } from "lit";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import { FocusKeeper } from "./focus-keeper";
import type { Locale } from "./locale";

/**
 * Where the typed texts are kept, and the way back to the example.
 *
 * @fires reset
 * @fires undo
 */
export class DraftNote extends LitElement {
  static override properties = {
    locale: { attribute: false },
    kept: { type: Boolean },
    offer: { type: String },
  };

  declare locale: Locale;
  /** Whether the browser stores the texts. */
  declare kept: boolean;
  declare offer: "reset" | "undo" | undefined;

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
    new FocusKeeper(this, () => this.renderRoot.querySelector("span")?.focus());
  }

  protected override render() {
    const { strings } = this.locale;
    const { offer } = this;
    return html`
      <span tabindex="-1">${this.kept ? strings.kept : strings.notKept}</span>
      ${
        offer === undefined
          ? nothing
          : html`<button class="plain" type="button" @click=${() => emit(this, offer)}>
              ${offer === "reset" ? strings.reset : strings.undo}
            </button>`
      }
    `;
  }
}
