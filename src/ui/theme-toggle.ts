import { css, html, LitElement } from "lit";
import { controlStyles } from "./control-styles";
import type { Locale } from "./locale";
import { applyTheme, chooseTheme, currentTheme, type Theme, watchSystemTheme } from "./theme";

/** Light or dark. */
export class ThemeToggle extends LitElement {
  static override properties = {
    locale: { attribute: false },
    theme: { state: true },
  };

  declare locale: Locale;
  declare theme: Theme;
  #watch = new AbortController();

  static override styles = [
    controlStyles,
    css`
      button {
        display: grid;
        place-items: center;
        width: 2.25rem;
        min-height: 2.25rem;
        padding: 0;
        border-color: transparent;
        border-radius: 50%;
      }

      svg {
        width: 1.125rem;
        height: 1.125rem;
      }
    `,
  ];

  constructor() {
    super();
    this.theme = currentTheme();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch = new AbortController();
    watchSystemTheme(() => this.#show(currentTheme()), this.#watch.signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.abort();
  }

  protected override render() {
    const dark = this.theme === "dark";
    return html`
      <button type="button" aria-pressed=${dark} @click=${() => this.#choose(dark ? "light" : "dark")}>
        <svg viewBox="0 0 18 18" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.5">
          <circle cx="9" cy="9" r="7.25" />
          <path d="M9 1.75a7.25 7.25 0 0 1 0 14.5z" fill="currentColor" />
        </svg>
        <span class="visually-hidden">${this.locale.strings.darkTheme}</span>
      </button>
    `;
  }

  #choose(theme: Theme): void {
    chooseTheme(theme);
    this.#show(theme);
  }

  #show(theme: Theme): void {
    applyTheme(theme);
    this.theme = theme;
  }
}
