import { css, html, LitElement } from "lit";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import { FocusKeeper } from "./focus-keeper";
import type { Locale } from "./locale";
import { progressStyles } from "./progress-styles";
import { progressWords } from "./progress-words";
import type { Task } from "./view";

/**
 * The button that scores, and beside it how far that is, or how the responses compare.
 *
 * @fires score
 * @fires cancel
 */
export class ScoreTask extends LitElement {
  static override properties = {
    locale: { attribute: false },
    task: { attribute: false },
    waiting: { type: Boolean },
    verdict: { type: String },
  };

  declare locale: Locale;
  declare task: Task;
  /** Scoring was asked for and starts when the model is there. */
  declare waiting: boolean;
  /** How the responses compare, in words. */
  declare verdict: string;

  static override styles = [
    controlStyles,
    progressStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: flex-end;
        gap: 0.75rem 1rem;
        font-variant-numeric: tabular-nums;
      }

      .words {
        color: var(--quiet);
      }

      /* A short run passes unseen. */
      .progress {
        display: flex;
        align-items: center;
        gap: 1rem;
        animation: appear 1ms 300ms both;
      }

      @keyframes appear {
        from {
          visibility: hidden;
        }
      }

      .verdict {
        color: var(--ink);
      }

      progress {
        --done: var(--accent);
        --rest: var(--rule);
        width: 6rem;
      }

      .primary {
        min-width: 9.5rem;
      }

      kbd {
        margin-left: 0.75rem;
        font: inherit;
        font-size: 0.875rem;
        font-weight: 400;
      }

      @media (width < 45rem) {
        .primary {
          flex: 1 0 100%;
        }
      }

      @media (hover: none) {
        kbd {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.task = { kind: "rest" };
    this.waiting = false;
    this.verdict = "";
    new FocusKeeper(this, () => this.focus());
  }

  /** The button that scores. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLButtonElement>(".primary")?.focus();
  }

  protected override render() {
    const { strings } = this.locale;
    return html`
      ${this.#state()}
      <button
        class="primary"
        type="button"
        aria-keyshortcuts="Control+Enter Meta+Enter"
        @click=${() => emit(this, "score")}
      >
        ${strings.score}<kbd aria-hidden="true">${shortcut()}</kbd>
      </button>
    `;
  }

  #state() {
    const { task } = this;
    const { strings } = this.locale;
    if (task.kind === "scoring") return this.#progress(task);
    if (this.waiting) return html`<span class="words">${strings.waiting}</span>`;
    return html`<span class="verdict">${this.verdict}</span>`;
  }

  #progress({ scoredPairs, totalPairs, reload }: Extract<Task, { kind: "scoring" }>) {
    const { strings, formats } = this.locale;
    const words = reload
      ? progressWords(reload, this.locale)
      : strings.scoredPairs(formats.count(scoredPairs), formats.count(totalPairs));
    return html`
      <span class="progress">
        <span class="words" id="words">${words}</span>
        <progress aria-labelledby="words" max=${totalPairs} value=${scoredPairs}></progress>
        <button type="button" @click=${() => emit(this, "cancel")}>${strings.cancel}</button>
      </span>
    `;
  }
}

function shortcut(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘ ↵" : "Ctrl ↵";
}
