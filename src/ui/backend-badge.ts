import { css, html, LitElement, nothing } from "lit";
import type { Attempt, LoadedModel } from "../shared/contract";
import { badgeWords } from "./badge-words";
import { controlStyles } from "./control-styles";
import type { Locale } from "./locale";
import { speedWords } from "./speed-words";
import type { View } from "./view";

/** What runs the model, in three words; opened, every backend that was tried and what came of it. */
export class BackendBadge extends LitElement {
  static override properties = {
    locale: { attribute: false },
    view: { attribute: false },
  };

  declare locale: Locale;
  declare view: View;

  static override styles = [
    controlStyles,
    css`
      :host {
        font-size: 0.9375rem;
        white-space: nowrap;
      }

      button,
      .state {
        display: inline-flex;
        align-items: center;
        gap: 0.5rem;
        min-height: 2.25rem;
        padding: 0 0.75rem;
        border: 1px solid transparent;
        anchor-name: --badge;
      }

      button {
        border-color: var(--rule);
        border-radius: 2rem;
      }

      /* It says something unpressed. */
      @media print {
        button {
          display: inline-flex !important;
        }
      }

      .state {
        color: var(--quiet);
      }

      .dot {
        width: 0.5rem;
        height: 0.5rem;
        border: 2px solid currentColor;
        border-radius: 50%;
      }

      button .dot {
        border-color: var(--accent);
        background: var(--accent);
      }

      [popover] {
        --width: min(26rem, 100vw - 2rem);
        width: var(--width);
        margin: 0.5rem 0;
        padding: 1rem 1.25rem;
        border: 1px solid var(--edge);
        border-radius: 8px;
        background: var(--sheet);
        color: var(--ink);
        white-space: normal;
        inset: 4rem 1rem auto auto;
      }

      /* Under the badge, its right edge at the badge's where that leaves room. */
      @supports (anchor-name: --badge) {
        [popover] {
          position-anchor: --badge;
          inset: anchor(bottom) auto auto max(1rem, anchor(right) - var(--width));
        }
      }

      h2 {
        margin: 0;
        font-size: 1rem;
      }

      p {
        margin: 0.25rem 0 0;
        color: var(--quiet);
      }

      ol {
        margin: 0.75rem 0 0;
        padding: 0;
        list-style: none;
      }

      li {
        padding: 0.625rem 0;
        border-top: 1px solid var(--rule);
        overflow-wrap: anywhere;
      }

      li strong {
        font-weight: 600;
      }
    `,
  ];

  constructor() {
    super();
    this.view = { phase: "starting" };
  }

  protected override render() {
    const { view } = this;
    const { strings } = this.locale;
    switch (view.phase) {
      case "ready":
        return this.#badge(view.model);
      case "failed":
        return this.#state(strings.badgeFailed);
      case "idle":
      case "confirming":
        return this.#state(strings.badgeIdle);
      default:
        return this.#state(strings.badgeLoading);
    }
  }

  #state(words: string) {
    return html`<span class="state"><span class="dot"></span>${words}</span>`;
  }

  #badge(model: LoadedModel) {
    const { strings } = this.locale;
    return html`
      <button type="button" popovertarget="attempts">
        <span class="dot"></span>${badgeWords(model, this.locale)}
      </button>
      <div id="attempts" popover>
        <h2>${strings.attemptsTitle}</h2>
        <p>${strings.attemptsLead}</p>
        <ol role="list">
          ${model.attempts.map((attempt) => this.#attempt(attempt))}
        </ol>
        ${model.speeds.length > 0 ? html`<p>${speedWords(model.speeds, this.locale)}</p>` : nothing}
        ${model.adapter ? html`<p>${strings.adapter(model.adapter)}</p>` : nothing}
      </div>
    `;
  }

  #attempt(attempt: Attempt) {
    const { strings, formats } = this.locale;
    const { executionProvider, dtype, attention, subgroups, outcome, maxError } = attempt;
    const kind = [
      strings.backends[executionProvider],
      dtype,
      attention && strings.attention(attention),
      subgroups && strings.subgroups,
    ];
    const error = maxError === undefined ? "" : `; ${strings.maxError(formats.error(maxError))}`;
    return html`
      <li>
        <strong>${kind.filter(Boolean).join(" · ")}</strong> — ${strings.outcomes[outcome]}
        <p>${this.#result(attempt)}${error}</p>
      </li>
    `;
  }

  #result({ outcome, detail, checkedPairs }: Attempt) {
    const { strings, formats } = this.locale;
    if (outcome === "chosen") return strings.agrees(checkedPairs, formats.count(checkedPairs));
    return html`<span lang="en">${detail}</span>`;
  }
}
