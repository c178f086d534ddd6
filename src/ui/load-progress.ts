import { css, html, LitElement } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import type { LoadProgress as Progress } from "../shared/contract";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import type { Locale } from "./locale";
import { progressStyles } from "./progress-styles";
import { progressFraction, progressWords } from "./progress-words";

/**
 * One bar with the stage of a load in words. A quick load passes unseen: it appears after 300 ms.
 *
 * @fires cancel
 */
export class LoadProgress extends LitElement {
  static override properties = {
    locale: { attribute: false },
    progress: { attribute: false },
  };

  declare locale: Locale;
  declare progress: Progress | undefined;

  static override styles = [
    controlStyles,
    progressStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: center;
        gap: 0 1rem;
        animation: appear 1ms 300ms both;
      }

      @keyframes appear {
        from {
          visibility: hidden;
        }
      }

      span {
        font-variant-numeric: tabular-nums;
      }

      progress {
        --done: var(--accent);
        --rest: var(--rule);
        margin-top: 0.375rem;
      }
    `,
  ];

  protected override render() {
    return html`
      <div>
        <span id="words">${progressWords(this.progress, this.locale)}</span>
        <progress aria-labelledby="words" value=${ifDefined(progressFraction(this.progress))}></progress>
      </div>
      <button type="button" @click=${() => emit(this, "cancel")}>${this.locale.strings.cancel}</button>
    `;
  }
}
