import { css, html, LitElement, nothing } from "lit";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import { FocusKeeper } from "./focus-keeper";
import type { Locale } from "./locale";

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
    changed: { type: Boolean },
    earlier: { type: Boolean },
  };

  declare locale: Locale;
  /** Whether the browser stores the texts. */
  declare kept: boolean;
  /** Whether the texts are others than the example's. */
  declare changed: boolean;
  /** Whether there are texts that a press took off the page. */
  declare earlier: boolean;

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
    this.changed = false;
    this.earlier = false;
    new FocusKeeper(this, () => this.renderRoot.querySelector("span")?.focus());
  }

  protected override render() {
    const { strings } = this.locale;
    return html`
      <span tabindex="-1">${this.kept ? strings.kept : strings.notKept}</span>
      ${this.changed ? this.#offer("reset") : nothing} ${this.earlier ? this.#offer("undo") : nothing}
    `;
  }

  #offer(way: "reset" | "undo") {
    return html`<button class="plain" type="button" @click=${() => emit(this, way)}>
      ${this.locale.strings[way]}
    </button>`;
  }
}
