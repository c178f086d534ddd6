import { css, html, LitElement } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import type { LoadProgress as Progress } from "../shared/contract";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import type { Locale } from "./locale";
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
        --stripes: repeating-linear-gradient(-60deg, var(--accent) 0 0.25rem, var(--rule) 0.25rem 0.75rem);
        display: block;
        width: 100%;
        height: 0.375rem;
        margin-top: 0.375rem;
        border: 0;
        border-radius: 3px;
        overflow: hidden;
        background: var(--rule);
        accent-color: var(--accent);
        appearance: none;
      }

      progress::-webkit-progress-bar {
        background: var(--rule);
      }

      progress::-webkit-progress-value {
        background: var(--accent);
      }

      progress::-moz-progress-bar {
        background: var(--accent);
      }

      progress:indeterminate {
        background: var(--stripes);
      }

      progress:indeterminate::-webkit-progress-bar {
        background: var(--stripes);
      }

      progress:indeterminate::-moz-progress-bar {
        background: transparent;
      }

      @media (forced-colors: active) {
        progress {
          appearance: auto;
          height: 1rem;
        }
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
