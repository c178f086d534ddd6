import { css, html, LitElement, nothing } from "lit";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import type { Locale } from "./locale";
import type { Row } from "./sheet";
import { turnToDraw } from "./turn-to-draw";
import { unreadMark } from "./unread-words";

/**
 * One response with its number, its text and its result.
 *
 * @fires text-input the text, after each edit
 * @fires remove
 */
export class ResponseRow extends LitElement {
  static override properties = {
    locale: { attribute: false },
    row: { attribute: false },
    place: { type: Number },
    places: { type: Number },
    current: { type: Boolean },
    alpha: { type: Number },
    fullBar: { type: Number },
  };

  declare locale: Locale;
  declare row: Row;
  /** In the order written, from 0. */
  declare place: number;
  declare places: number;
  /** Whether the reward belongs to the texts now on the page. */
  declare current: boolean;
  declare alpha: number;
  declare fullBar: number;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: 2rem minmax(0, 1fr) var(--result-width);
        column-gap: 0;
      }

      .margin {
        display: flex;
        flex-direction: column;
        padding-top: 0.5rem;
      }

      .number {
        color: var(--quiet);
        font-variant-numeric: tabular-nums;
        line-height: 1.75rem;
      }

      .remove {
        display: grid;
        place-items: center;
        width: 1.5rem;
        min-height: 1.5rem;
        margin-left: -0.5rem;
        padding: 0;
        border: 0;
        color: var(--quiet);
      }

      .remove svg {
        width: 0.75rem;
        height: 0.75rem;
        stroke: currentColor;
        stroke-width: 1.5;
      }

      .remove:hover {
        color: var(--ink);
      }

      /* Through the gap between the rows, so that their zero lines meet. */
      rs-score-result {
        margin-bottom: calc(-1 * var(--row-gap));
        padding-left: 1.5rem;
      }

      @media (width < 45rem) {
        :host {
          grid-template-columns: 2rem minmax(0, 1fr);
        }

        rs-score-result {
          grid-column: 2;
          margin: 0.25rem 0 0;
          padding: 0;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.row = { id: 0, response: "", reading: undefined };
    this.place = 0;
    this.places = 1;
    this.current = false;
    this.alpha = 1;
    this.fullBar = 0;
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>("rs-judged-text")?.focus(options);
  }

  protected override async scheduleUpdate(): Promise<void> {
    await turnToDraw(this.place, this.hasUpdated);
    super.scheduleUpdate();
  }

  protected override render() {
    const { strings, formats } = this.locale;
    const { response, reading } = this.row;
    const number = formats.count(this.place + 1);
    return html`
      <div class="margin">
        <span class="number" aria-hidden="true">${number}</span>
        ${this.places > 1 ? this.#removeButton(number) : nothing}
      </div>
      <rs-judged-text
        .label=${strings.response}
        .hideLabel=${true}
        .description=${strings.responsePlace(number, formats.count(this.places))}
        .text=${response}
        .mark=${this.current ? unreadMark(reading?.reward.unread.response, this.locale) : undefined}
        @text-input=${(event: CustomEvent<string>) => emit(this, "text-input", event.detail)}
      ></rs-judged-text>
      <rs-score-result
        .locale=${this.locale}
        .reward=${reading?.reward}
        .alpha=${this.alpha}
        .fullBar=${this.fullBar}
        .stale=${reading !== undefined && !this.current}
        .empty=${response.trim() === ""}
      ></rs-score-result>
    `;
  }

  #removeButton(number: string) {
    return html`
      <button class="remove" type="button" @click=${() => emit(this, "remove")}>
        <svg viewBox="0 0 12 12" aria-hidden="true"><path d="M1 1 11 11M11 1 1 11" /></svg>
        <span class="visually-hidden">${this.locale.strings.removeResponse(number)}</span>
      </button>
    `;
  }
}
