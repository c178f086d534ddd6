import { css, html, LitElement, nothing } from "lit";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import type { Locale } from "./locale";
import type { ModelChoice } from "./model-choice";

/**
 * Asks before a model folder of another site is loaded.
 *
 * @fires agree
 * @fires decline
 */
export class OriginConsent extends LitElement {
  static override properties = {
    locale: { attribute: false },
    choice: { attribute: false },
    instead: { type: String },
  };

  declare locale: Locale;
  declare choice: ModelChoice;
  /** Title of the model that declining leads to; undefined when there is none. */
  declare instead: string | undefined;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        padding: 0.75rem 1.25rem 1rem;
        border: 1px solid var(--rule);
        border-left: 4px solid var(--accent);
        border-radius: 6px;
        background: var(--sheet);
      }

      h2 {
        margin: 0;
        font-size: 1rem;
        overflow-wrap: anywhere;
      }

      p {
        margin: 0.25rem 0 0;
      }

      code {
        font: 0.875rem / 1.5 var(--mono);
        overflow-wrap: anywhere;
      }

      div {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem;
        margin-top: 0.75rem;
      }

      button {
        padding-block: 0.375rem;
        overflow-wrap: anywhere;
      }
    `,
  ];

  protected override render() {
    const { strings } = this.locale;
    const origin = this.choice.foreignOrigin ?? "";
    return html`
      <h2>${strings.confirmTitle(origin)}</h2>
      <p>${strings.confirmBody}</p>
      <p><code>${this.choice.url}</code></p>
      <p>${strings.confirmSafe}</p>
      <div>
        <button type="button" @click=${() => emit(this, "agree")}>${strings.confirmYes(origin)}</button>
        ${
          this.instead === undefined
            ? nothing
            : html`<button class="primary" type="button" @click=${() => emit(this, "decline")}>
                ${strings.confirmNo(this.instead)}
              </button>`
        }
      </div>
    `;
  }
}
