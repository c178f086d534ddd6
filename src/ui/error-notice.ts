import { css, html, LitElement, nothing } from "lit";
import { adviceFor, messages } from "./advice";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import type { Locale } from "./locale";

/**
 * What failed, what is safe, and one thing to do.
 *
 * @fires retry
 */
export class ErrorNotice extends LitElement {
  static override properties = {
    locale: { attribute: false },
    error: { attribute: false },
  };

  declare locale: Locale;
  declare error: unknown;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }

      div {
        padding: 0.75rem 1.25rem 1rem;
        border: 1px solid var(--rule);
        border-left: 4px solid var(--warn);
        border-radius: 6px;
        background: var(--sheet);
      }

      h2 {
        margin: 0;
        font-size: 1rem;
      }

      p {
        max-width: 44rem;
        margin: 0.25rem 0 0;
      }

      .message {
        font: 0.875rem / 1.5 var(--mono);
        color: var(--quiet);
        overflow-wrap: anywhere;
      }

      button {
        margin-top: 0.75rem;
      }
    `,
  ];

  protected override render() {
    const { strings } = this.locale;
    const { title, advice } = adviceFor(this.error, strings);
    return html`
      <div role="alert">
        <h2>${title}</h2>
        ${messages(this.error).map((message) => (message ? html`<p class="message" lang="en">${message}</p>` : nothing))}
        <p>${strings.safe} ${advice}</p>
        <button type="button" @click=${() => emit(this, "retry")}>${strings.tryAgain}</button>
      </div>
    `;
  }
}
