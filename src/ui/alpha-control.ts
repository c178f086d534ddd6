import { css, html, LitElement } from "lit";
import { live } from "lit/directives/live.js";
import { ALPHA_MAX, ALPHA_MIN, pageAlpha, parseTypedAlpha, snapAlpha, stepAlpha } from "./alpha-scale";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import { FocusKeeper } from "./focus-keeper";
import type { Locale } from "./locale";

/**
 * A slider for the alpha, and a field for an exact one. The field is one for text: a browser's number fields
 * know the browser's decimal sign alone, not the page's.
 *
 * The slider's value is the alpha itself, whatever stands in the field; keys and dragging move it along the
 * scale of `alpha-scale.ts`.
 *
 * @fires alpha-change the alpha
 */
export class AlphaControl extends LitElement {
  static override properties = {
    locale: { attribute: false },
    alpha: { type: Number },
    defaultAlpha: { type: Number },
  };

  declare locale: Locale;
  declare alpha: number;
  /** The model's own, offered when another is set. */
  declare defaultAlpha: number | undefined;
  #dragging = false;
  /** The alpha when the field got the focus. */
  #alphaBefore = 0;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: auto minmax(4rem, 1fr) auto;
        align-items: center;
        gap: 0 0.75rem;
        position: relative;
      }

      label {
        font-size: 0.9375rem;
        white-space: nowrap;
      }

      input[type="range"] {
        width: 100%;
        height: 1.5rem;
        margin: 0;
        accent-color: var(--accent);
      }

      input[type="text"] {
        width: 4.75rem;
        height: 2.25rem;
        padding: 0 0.5rem;
        border: 1px solid var(--edge);
        border-radius: 6px;
        background: var(--sheet);
        font-variant-numeric: tabular-nums;
        text-align: right;
      }

      input[aria-invalid="true"] {
        border-color: var(--warn);
        outline: 1px solid var(--warn);
      }

      button.plain {
        position: absolute;
        right: 0;
        bottom: 100%;
        color: var(--quiet);
        font-size: 0.875rem;
      }
    `,
  ];

  constructor() {
    super();
    this.alpha = 1;
    new FocusKeeper(this, () => this.#slider.focus());
  }

  protected override render() {
    const { strings, formats } = this.locale;
    const { defaultAlpha } = this;
    return html`
      <label for="slider">${strings.alpha}</label>
      <input
        id="slider"
        type="range"
        min=${ALPHA_MIN}
        max=${ALPHA_MAX}
        step="any"
        aria-valuetext=${formats.alpha(this.alpha)}
        .value=${live(String(this.alpha))}
        @pointerdown=${() => this.#drag(true)}
        @pointerup=${() => this.#drag(false)}
        @pointercancel=${() => this.#drag(false)}
        @keydown=${this.#onKeydown}
        @input=${this.#onSlide}
        @change=${() => this.#drag(false)}
      />
      <label for="field" class="visually-hidden">${strings.alphaValue}</label>
      <input
        id="field"
        type="text"
        inputmode="decimal"
        autocomplete="off"
        @focus=${this.#enterField}
        @input=${this.#onField}
        @blur=${this.#leaveField}
      />
      ${
        defaultAlpha === undefined || defaultAlpha === this.alpha
          ? ""
          : html`<button class="plain" type="button" @click=${() => this.#set(defaultAlpha)}>
              ${strings.alphaDefault(formats.alpha(defaultAlpha))}
            </button>`
      }
    `;
  }

  /** Whoever is typing in the field is left to it. */
  protected override updated(): void {
    const field = this.#field;
    const typing = (this.renderRoot as ShadowRoot).activeElement === field;
    if (!typing) field.value = this.locale.formats.typedAlpha(this.alpha);
    field.setAttribute("aria-invalid", String(parseTypedAlpha(field.value) === undefined));
  }

  get #slider(): HTMLInputElement {
    return this.renderRoot.querySelector<HTMLInputElement>("#slider")!;
  }

  get #field(): HTMLInputElement {
    return this.renderRoot.querySelector<HTMLInputElement>("#field")!;
  }

  #set(alpha: number): void {
    if (alpha !== this.alpha) emit(this, "alpha-change", alpha);
  }

  #drag(dragging: boolean): void {
    this.#dragging = dragging;
  }

  #onSlide(event: Event): void {
    const value = Number((event.target as HTMLInputElement).value);
    this.#set(this.#dragging ? snapAlpha(value) : value);
    this.requestUpdate(); // a thumb dragged within one step goes back to where the alpha is
  }

  #onKeydown(event: KeyboardEvent): void {
    const { alpha } = this;
    const next = {
      ArrowRight: stepAlpha(alpha, 1),
      ArrowUp: stepAlpha(alpha, 1),
      ArrowLeft: stepAlpha(alpha, -1),
      ArrowDown: stepAlpha(alpha, -1),
      PageUp: pageAlpha(alpha, 1),
      PageDown: pageAlpha(alpha, -1),
    }[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#set(next);
  }

  #enterField(): void {
    this.#alphaBefore = this.alpha;
  }

  #onField(): void {
    const alpha = parseTypedAlpha(this.#field.value);
    if (alpha !== undefined) this.#set(alpha);
    this.requestUpdate();
  }

  /** What cannot be used does not stay, nor does what it was on the way: the 2 of 25. */
  #leaveField(): void {
    const field = this.#field;
    const alpha = parseTypedAlpha(field.value) === undefined ? this.#alphaBefore : this.alpha;
    field.value = this.locale.formats.typedAlpha(alpha);
    field.setAttribute("aria-invalid", "false");
    this.#set(alpha);
  }
}
