import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import { glideFrom, positions } from "./flip";
import type { Locale } from "./locale";
import { bestFirst, largestReward } from "./ranking";
import { addRow, editRow, isCurrent, type Row, type Sheet } from "./sheet";
import { ROWS_A_FRAME } from "./turn-to-draw";
import { promptMark } from "./unread-words";

/**
 * The prompt and its responses, each with its result.
 *
 * @slot alpha the alpha control, above the results
 * @slot note beside the prompt's label
 * @slot opened what the file gave that the texts came from
 * @slot task what the model is doing, and the button that starts it
 * @slot failure why scoring failed
 * @fires sheet-change the sheet after an edit
 * @fires response-remove the row that is to go
 * @fires best-first-change whether the best response is to stand first
 * @fires score-request Ctrl or ⌘ with Enter
 */
export class PairEditor extends LitElement {
  static override properties = {
    locale: { attribute: false },
    sheet: { attribute: false },
    alpha: { type: Number },
    bestFirst: { type: Boolean },
  };

  declare locale: Locale;
  declare sheet: Sheet;
  declare alpha: number;
  declare bestFirst: boolean;

  /** Rows on the page so far. */
  #drawn = 0;
  /** Where the rows stood before a change of order. */
  #before: Map<Element, number> | undefined;
  #order = "";

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        --result-width: clamp(20rem, 38vw, 26.5rem);
      }

      .prompt {
        position: relative;
      }

      .note {
        position: absolute;
        top: 0;
        right: 0;
      }

      .head {
        display: grid;
        grid-template-columns: minmax(0, 1fr) var(--result-width);
        align-items: end;
        margin-top: 2rem;
        padding-bottom: 0.75rem;
      }

      h2 {
        margin: 0;
        font-size: 1rem;
        line-height: 2.25rem;
      }

      .alpha {
        padding-left: 1.5rem;
      }

      ol {
        margin: 0;
        padding: 0;
        list-style: none;
      }

      /*
       * Those far from the screen are not laid out. The padding has room for focus rings, which are cut at its
       * edge. As list items they would all be numbered anew in every frame that adds some.
       */
      li {
        --row-gap: 1.5rem;
        margin: -0.25rem -0.75rem 0;
        padding: 0.25rem 0.75rem var(--row-gap);
        display: block;
        content-visibility: auto;
        contain-intrinsic-block-size: auto 7rem;
      }

      li:last-of-type {
        --row-gap: 0rem;
        margin-bottom: 1.25rem;
        padding-bottom: 0.25rem;
      }

      /* A score stays beside its text where the page ends. */
      @media print {
        li {
          content-visibility: visible;
          break-inside: avoid;
        }
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        align-items: start;
        gap: 0.75rem 1.5rem;
      }

      .actions > button {
        margin-left: 2rem;
      }

      /* Below many responses it stays in sight where it is one line of many. Its own controls need no scrolling to be clear. */
      @media screen and (height >= 30rem) and (width >= 45rem) {
        ol:has(li:nth-child(5)) + .actions {
          --focus-margin: var(--clear-below) 0 calc(-1 * var(--clear-below));
          position: sticky;
          bottom: 0;
          margin: -0.75rem;
          padding: calc(0.75rem - 1px) 0.75rem 0.75rem;
          border-top: 1px solid var(--rule);
          background: var(--paper);
        }
      }

      .best-first {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-height: 2.5rem;
      }

      .best-first input {
        width: 1.125rem;
        height: 1.125rem;
        margin: 0;
        accent-color: var(--accent);
      }

      slot[name="task"] {
        display: block;
        flex: 1;
      }

      ::slotted([slot="failure"]) {
        flex-basis: 100%;
      }

      @media (width < 45rem) {
        .note {
          position: static;
          margin-top: 0.25rem;
        }

        .head {
          grid-template-columns: minmax(0, 1fr);
        }

        .alpha {
          padding: 0;
        }

        .actions > button {
          margin-left: 0;
        }

        slot[name="task"] {
          flex-basis: 100%;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.sheet = { prompt: "", rows: [] };
    this.alpha = 1;
    this.bestFirst = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#drawn = Math.min(this.#drawn + ROWS_A_FRAME, this.sheet.rows.length);
    if (!changed.has("sheet") && !changed.has("bestFirst")) return;
    const order = this.#shown()
      .map(({ id }) => id)
      .join();
    this.#before = order === this.#order ? undefined : positions(this.renderRoot.querySelectorAll("li"));
    this.#order = order;
  }

  /** A moved node loses the focus: give it back, without scrolling after it. */
  protected override update(changed: PropertyValues<this>): void {
    const focused = (this.renderRoot as ShadowRoot | null)?.activeElement;
    super.update(changed);
    if (focused?.isConnected && focused !== (this.renderRoot as ShadowRoot).activeElement) {
      (focused as HTMLElement).focus({ preventScroll: true });
    }
    if (this.#before) glideFrom(this.#before);
    this.#before = undefined;
  }

  protected override updated(): void {
    if (this.#drawn < this.sheet.rows.length) requestAnimationFrame(() => this.requestUpdate());
  }

  protected override render() {
    const { strings } = this.locale;
    const fullBar = largestReward(this.sheet.rows);
    return html`
      <div @keydown=${this.#onKeydown}>
        <div class="prompt">
          <rs-judged-text
            .label=${strings.prompt}
            .text=${this.sheet.prompt}
            .mark=${promptMark(this.sheet, this.locale)}
            @text-input=${(event: CustomEvent<string>) => this.#change({ ...this.sheet, prompt: event.detail })}
          ></rs-judged-text>
          <div class="note"><slot name="note"></slot></div>
        </div>
        <slot name="opened"></slot>
        <div class="head">
          <h2>${strings.responses}</h2>
          <div class="alpha"><slot name="alpha"></slot></div>
        </div>
        <ol role="list">
          ${repeat(
            this.#shown().slice(0, this.#drawn),
            ({ id }) => id,
            (row) => this.#item(row, fullBar),
          )}
        </ol>
        <div class="actions">
          <button type="button" @click=${this.#add}>${strings.addResponse}</button>
          ${this.sheet.rows.length > 1 ? this.#bestFirstToggle() : nothing}
          <slot name="task"></slot>
          <slot name="failure"></slot>
        </div>
      </div>
    `;
  }

  #item(row: Row, fullBar: number) {
    const { rows } = this.sheet;
    const place = rows.indexOf(row);
    return html`
      <li value=${place + 1}>
        <rs-response-row
          .locale=${this.locale}
          .row=${row}
          .place=${place}
          .places=${rows.length}
          .current=${isCurrent(this.sheet, row)}
          .alpha=${this.alpha}
          .fullBar=${fullBar}
          @text-input=${(event: CustomEvent<string>) => this.#change(editRow(this.sheet, row.id, event.detail))}
          @remove=${() => this.#remove(row)}
        ></rs-response-row>
      </li>
    `;
  }

  #bestFirstToggle() {
    return html`
      <label class="best-first">
        <input
          type="checkbox"
          .checked=${this.bestFirst}
          @change=${(event: Event) => emit(this, "best-first-change", (event.target as HTMLInputElement).checked)}
        />
        ${this.locale.strings.bestFirst}
      </label>
    `;
  }

  #shown(): readonly Row[] {
    return this.bestFirst ? bestFirst(this.sheet.rows) : this.sheet.rows;
  }

  /** The texts in the order shown, the prompt first. */
  #texts(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>(".prompt rs-judged-text, rs-response-row")];
  }

  #change(sheet: Sheet): void {
    emit(this, "sheet-change", sheet);
  }

  async #add(): Promise<void> {
    this.#change(addRow(this.sheet));
    await this.#settled();
    this.#texts().at(-1)?.focus();
  }

  /** The focus goes to the text that takes the place of the removed one, or to the one before it. */
  async #remove(row: Row): Promise<void> {
    const at = 1 + this.#shown().indexOf(row);
    emit(this, "response-remove", row);
    await this.#settled();
    const texts = this.#texts();
    (texts[at] ?? texts.at(-1))?.focus();
  }

  /** After the owner has handed down the changed sheet, and the rows have drawn it. */
  async #settled(): Promise<void> {
    await Promise.resolve();
    await this.updateComplete;
    await (this.renderRoot.querySelector("li:last-of-type > *") as LitElement | null)?.updateComplete;
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      emit(this, "score-request");
    }
    const direction = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!direction || !event.altKey || event.ctrlKey || event.metaKey) return;
    const texts = this.#texts();
    const at = texts.indexOf((this.renderRoot as ShadowRoot).activeElement as HTMLElement);
    if (at < 0) return;
    event.preventDefault();
    texts[at + direction]?.focus();
  }
}
