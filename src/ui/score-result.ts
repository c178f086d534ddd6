import { css, html, LitElement, nothing } from "lit";
import type { Reward } from "../shared/contract";
import { scoreOf } from "../shared/score";
import { controlStyles } from "./control-styles";
import type { Locale } from "./locale";
import { rewardBar } from "./reward-bar";

/** What the model said of one response: the score, the reward behind it, and a bar from the zero line. */
export class ScoreResult extends LitElement {
  static override properties = {
    locale: { attribute: false },
    reward: { attribute: false },
    alpha: { type: Number },
    fullBar: { type: Number },
    stale: { type: Boolean, reflect: true },
    empty: { type: Boolean },
  };

  declare locale: Locale;
  declare reward: Reward | undefined;
  declare alpha: number;
  /** The absolute reward of a full bar. */
  declare fullBar: number;
  /** The reward was given for texts edited since. */
  declare stale: boolean;
  /** There is no text to score. */
  declare empty: boolean;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        font-variant-numeric: tabular-nums lining-nums;
      }

      output {
        display: grid;
        grid-template: "bar score" auto "bar facts" 1fr / minmax(0, 1fr) var(--score-width, 10.5rem);
        position: relative;
        column-gap: 1rem;
        height: 100%;
      }

      .score {
        grid-area: score;
        font-size: 2.625rem;
        line-height: 3rem;
        font-weight: 600;
        letter-spacing: -0.02em;
        text-align: right;
        white-space: nowrap;
      }

      .facts {
        grid-area: facts;
        min-height: 2.5rem;
        margin: 0;
        color: var(--quiet);
        font-size: 0.875rem;
        line-height: 1.25rem;
        text-align: right;
      }

      .facts span {
        display: block;
      }

      svg {
        grid-area: bar;
        position: absolute;
        width: 100%;
        height: 100%;
      }

      .zero {
        stroke: var(--edge);
        stroke-width: 1px;
        shape-rendering: crispEdges;
      }

      .bar {
        fill: var(--accent);
      }

      .bar.against {
        fill: var(--against);
      }

      .none {
        color: var(--quiet);
        font-weight: 400;
      }

      :host([stale]) .score {
        color: var(--quiet);
        font-weight: 300;
      }

      :host([stale]) .bar {
        opacity: 0.4;
      }

      .staleness {
        color: var(--warn);
      }

      /* As high as the text beside it, it would go to another page. */
      @media print {
        output {
          height: auto;
        }
      }

      @media (forced-colors: active) {
        .bar,
        .bar.against {
          fill: CanvasText;
        }

        .zero {
          stroke: CanvasText;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.alpha = 1;
    this.fullBar = 0;
    this.stale = false;
    this.empty = false;
  }

  protected override render() {
    return html`
      <output aria-live="off">
        ${this.reward ? this.#scored(this.reward) : this.#unscored()}
        ${rewardBar(this.reward?.reward ?? 0, this.fullBar)}
      </output>
    `;
  }

  #scored({ reward, tokens }: Reward) {
    const { strings, formats } = this.locale;
    return html`
      <div class="score">${formats.score(scoreOf(reward, this.alpha))}</div>
      <p class="facts">
        ${this.stale ? html`<span class="staleness">${strings.stale}</span>` : nothing}
        <span>${strings.reward} ${formats.reward(reward)}</span>
        ${this.stale ? nothing : html`<span>${strings.tokens(tokens, formats.count(tokens))}</span>`}
      </p>
    `;
  }

  #unscored() {
    const { strings } = this.locale;
    return html`
      <div class="score none" aria-hidden="true">–</div>
      <p class="facts"><span>${this.empty ? strings.emptyResponse : strings.notScored}</span></p>
    `;
  }
}
