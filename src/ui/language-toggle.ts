import { css, html, LitElement } from "lit";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import { LANGUAGES, type Language } from "./language";
import type { Locale } from "./locale";

/** How each language calls itself. */
const NAMES: Record<Language, { short: string; long: string }> = {
  en: { short: "EN", long: "English" },
  "pt-BR": { short: "PT", long: "Português" },
};

/**
 * The languages of the page, the one in force pressed.
 *
 * @fires choose the language
 */
export class LanguageToggle extends LitElement {
  static override properties = {
    locale: { attribute: false },
  };

  declare locale: Locale;

  static override styles = [
    controlStyles,
    css`
      div {
        display: flex;
      }

      button {
        min-width: 2.25rem;
        min-height: 2.25rem;
        padding: 0 0.375rem;
        border: 0;
        font-size: 0.875rem;
        color: var(--quiet);
      }

      button[aria-pressed="true"] {
        font-weight: 650;
        color: inherit;
        text-decoration: underline;
        text-decoration-color: var(--accent);
        text-decoration-thickness: 2px;
        text-underline-offset: 0.375em;
      }

      button + button {
        position: relative;
      }

      button + button::before {
        content: "";
        position: absolute;
        left: 0;
        top: calc(50% - 0.4375rem);
        height: 0.875rem;
        border-left: 1px solid var(--edge);
      }
    `,
  ];

  protected override render() {
    return html`
      <div role="group" aria-label=${this.locale.strings.language}>
        ${LANGUAGES.map((lang) => this.#button(lang))}
      </div>
    `;
  }

  #button(lang: Language) {
    const { short, long } = NAMES[lang];
    return html`<button
      type="button"
      lang=${lang}
      aria-pressed=${lang === this.locale.lang}
      @click=${() => emit(this, "choose", lang)}
    >
      ${short}<span class="visually-hidden"> (${long})</span>
    </button>`;
  }
}
