import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import { FocusKeeper } from "./focus-keeper";
import type { Locale } from "./locale";
import { type ModelChoice, titleOf } from "./model-choice";
import type { View } from "./view";

/**
 * Under the header: how far the model has come, why it has not, or, once it is there, what it does.
 *
 * @fires load the model, to be loaded now
 * @fires choose the model, instead of the one asked for
 * @fires cancel
 * @fires retry
 */
export class ModelStrip extends LitElement {
  static override properties = {
    locale: { attribute: false },
    view: { attribute: false },
    instead: { attribute: false },
  };

  declare locale: Locale;
  declare view: View;
  /** A model of this site, for whoever declines another's. */
  declare instead: ModelChoice | undefined;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        align-items: center;
        min-height: 3.5rem;
      }

      :host > * {
        grid-area: 1 / 1;
      }

      /* Focused when the button that was pressed is gone: what stands here now is read out. */
      :host(:focus) {
        outline: none;
      }

      .lead {
        max-width: 44rem;
        margin: 0;
        color: var(--quiet);
        text-wrap: pretty;
      }

      .lead strong {
        font-weight: inherit;
        color: var(--ink);
      }

      /* As long as the load goes unseen. */
      .lead[data-yields] {
        animation: yield 1ms 300ms both;
      }

      @keyframes yield {
        to {
          visibility: hidden;
        }
      }

      .idle {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem 1rem;
      }

      @media (width < 45rem) {
        :host {
          min-height: 5rem;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.view = { phase: "starting" };
    new FocusKeeper(this, () => this.focus());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.tabIndex = -1;
  }

  /** Whoever pressed the button far from here is to see why nothing came of it. */
  protected override updated(changed: PropertyValues<this>): void {
    const failed = this.view.phase === "failed" && changed.get("view")?.phase !== "failed";
    if (changed.has("view") && failed) this.scrollIntoView({ block: "nearest" });
  }

  protected override render() {
    const { view, locale } = this;
    const { strings } = locale;
    switch (view.phase) {
      case "starting":
        return html`<p class="lead">${strings.lead}</p>`;
      case "ready":
        return html`<p class="lead">
          ${this.#lead(view.choice)} ${view.model.cached ? nothing : strings.notCached}
        </p>`;
      case "loading":
        return html`
          <p class="lead" data-yields>${this.#lead(view.choice)}</p>
          <rs-load-progress
            .locale=${locale}
            .progress=${view.progress}
            @cancel=${() => emit(this, "cancel")}
          ></rs-load-progress>
        `;
      case "idle":
        return html`<div class="idle">
          ${strings.notLoaded}
          <button type="button" @click=${() => emit(this, "load", view.choice)}>${strings.loadModel}</button>
        </div>`;
      case "confirming":
        return html`<rs-origin-consent
          .locale=${locale}
          .choice=${view.choice}
          .instead=${this.instead && titleOf(this.instead, locale.lang)}
          @agree=${() => emit(this, "load", view.choice)}
          @decline=${() => emit(this, "choose", this.instead)}
        ></rs-origin-consent>`;
      case "failed":
        return html`<rs-error-notice
          .locale=${locale}
          .error=${view.error}
          @retry=${() => emit(this, "retry")}
        ></rs-error-notice>`;
    }
  }
  #lead({ demonstration }: ModelChoice) {
    const { strings } = this.locale;
    return html`${strings.lead} ${demonstration ? html`<strong>${strings.demonstrationLead}</strong>` : nothing}`;
  }
}
