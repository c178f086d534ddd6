import { css, html, LitElement } from "lit";
import { controlStyles } from "./control-styles";
import type { Locale } from "./locale";

/**
 * A text over the page, closed by its button, by Escape or by a click beside it.
 *
 * @slot the text
 */
export class PageDialog extends LitElement {
  static override properties = {
    locale: { attribute: false },
    heading: { type: String },
  };

  declare locale: Locale;
  declare heading: string;

  #pressedBeside = false;

  static override styles = [
    controlStyles,
    css`
      dialog {
        width: min(42rem, 100vw - 2rem);
        max-height: min(48rem, 100dvh - 2rem);
        padding: 0;
        border: 1px solid var(--edge);
        border-radius: 10px;
        background: var(--sheet);
        color: var(--ink);
      }

      dialog::backdrop {
        background: rgb(0 0 0 / 45%);
      }

      .head {
        display: flex;
        position: sticky;
        top: 0;
        align-items: center;
        justify-content: space-between;
        gap: 1rem;
        padding: 1rem 1.5rem;
        border-bottom: 1px solid var(--rule);
        background: var(--sheet);
      }

      h2 {
        margin: 0;
        font-size: 1.125rem;
      }

      .text {
        padding: 1rem 1.5rem 1.5rem;
      }
    `,
  ];

  constructor() {
    super();
    this.heading = "";
  }

  show(): void {
    const dialog = this.renderRoot.querySelector("dialog");
    if (!dialog?.open) dialog?.showModal();
  }

  protected override render() {
    return html`
      <dialog aria-labelledby="heading" @pointerdown=${this.#onPointerdown} @click=${this.#onClick}>
        <div class="head">
          <h2 id="heading">${this.heading}</h2>
          <button type="button" @click=${this.#close}>${this.locale.strings.close}</button>
        </div>
        <div class="text"><slot></slot></div>
      </dialog>
    `;
  }

  #onPointerdown(event: PointerEvent): void {
    this.#pressedBeside = isBeside(event);
  }

  /** A selection dragged out of the text ends in a click beside it too. */
  #onClick(event: MouseEvent): void {
    if (this.#pressedBeside && isBeside(event)) this.#close();
  }

  #close(): void {
    this.renderRoot.querySelector("dialog")?.close();
  }
}

/** The dialog itself is only ever hit beside its content: on the backdrop. */
function isBeside(event: Event): boolean {
  return event.composedPath()[0] === event.currentTarget;
}
