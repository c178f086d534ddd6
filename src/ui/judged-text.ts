import { css, html, LitElement, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import type { UnreadMark } from "./unread-words";

/**
 * A text area that grows with its text and shows where the model stopped reading.
 *
 * A mirror of the text lies behind the text area: it gives both their height, and carries the hairline and
 * the shade of the unread end.
 *
 * @fires text-input the text, after each edit
 */
export class JudgedText extends LitElement {
  static override properties = {
    label: { type: String },
    hideLabel: { type: Boolean },
    description: { type: String },
    text: { type: String },
    mark: { attribute: false },
  };

  declare label: string;
  declare hideLabel: boolean;
  /** Read out after the label. */
  declare description: string;
  declare text: string;
  declare mark: UnreadMark | undefined;

  #scrolled = false;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }

      label {
        display: block;
        margin-bottom: 0.5rem;
        font-weight: 600;
      }

      .stack {
        display: grid;
        position: relative;
        border: 1px solid var(--edge);
        border-radius: 6px;
        background: var(--sheet);
      }

      .stack:focus-within {
        border-color: var(--accent);
        outline: 1px solid var(--accent);
      }

      textarea,
      .mirror {
        grid-area: 1 / 1;
        width: 100%;
        min-height: 4.75rem;
        max-height: 20rem;
        margin: 0;
        padding: 0.625rem 0.875rem;
        border: 0;
        font: 1.0625rem / 1.5 var(--serif);
        letter-spacing: normal;
        white-space: pre-wrap;
        overflow-wrap: break-word;
        tab-size: 4;
        scrollbar-gutter: stable;
        unicode-bidi: plaintext;
      }

      .mirror {
        overflow: hidden;
        color: transparent;
        user-select: none;
        pointer-events: none;
      }

      textarea {
        position: relative;
        height: 100%;
        overflow-y: auto;
        background: transparent;
        color: var(--ink);
        resize: none;
      }

      textarea:focus-visible {
        outline: none;
      }

      .unread {
        background: color-mix(in oklab, var(--rule) 45%, transparent);
        border-inline-start: 2px solid var(--warn);
        margin-inline-start: -2px;
      }

      p {
        margin: 0.25rem 0 0;
        color: var(--warn);
        font-size: 0.875rem;
      }

      p::before {
        content: "";
        display: inline-block;
        width: 2px;
        height: 0.875em;
        margin-right: 0.5rem;
        background: currentColor;
        vertical-align: -0.1em;
      }

      /* A text area is printed as far as it is tall, the mirror whole. */
      @media print {
        textarea {
          visibility: hidden;
        }

        .mirror {
          max-height: none;
          color: var(--ink);
        }
      }

      @media (forced-colors: active) {
        .mirror {
          forced-color-adjust: none;
        }

        .unread {
          background: transparent;
          border-inline-start: 3px solid CanvasText;
          margin-inline-start: -3px;
        }

        p::before {
          background: CanvasText;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.label = "";
    this.hideLabel = false;
    this.description = "";
    this.text = "";
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector("textarea")?.focus(options);
  }

  protected override render() {
    return html`
      <label for="text" class=${this.hideLabel ? "visually-hidden" : nothing}>${this.label}</label>
      <div class="stack">
        <div class="mirror" dir="auto" aria-hidden="true">${this.#mirrored()}</div>
        <textarea
          id="text"
          dir="auto"
          aria-describedby="description mark"
          spellcheck="true"
          .value=${live(this.text)}
          @input=${this.#onInput}
          @scroll=${this.#align}
        ></textarea>
      </div>
      <span id="description" class="visually-hidden">${this.description}</span>
      <p id="mark" ?hidden=${!this.mark}>${this.mark?.words}</p>
    `;
  }

  /**
   * Before the next frame is drawn: asking for positions now would lay out the page for each text anew. Of a
   * text never scrolled nothing is asked, which may be far from the screen and not laid out at all.
   */
  protected override updated(): void {
    if (this.mark && this.#scrolled) requestAnimationFrame(() => this.#align());
  }

  /** The zero width space gives a last empty line its height. */
  #mirrored() {
    const from = this.mark?.from ?? this.text.length;
    const read = this.text.slice(0, from);
    const unread = this.text.slice(from);
    return html`${read}${unread ? html`<span class="unread">${unread}</span>` : nothing}${"\u200b"}`;
  }

  #onInput(event: InputEvent): void {
    emit(this, "text-input", (event.currentTarget as HTMLTextAreaElement).value);
  }

  /** The mirror scrolls with the text. */
  #align(): void {
    const { scrollTop } = this.renderRoot.querySelector("textarea")!;
    this.#scrolled = true;
    this.renderRoot.querySelector(".mirror")!.scrollTop = scrollTop;
  }
}
