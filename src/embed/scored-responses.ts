import { css, html, LitElement, nothing } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import type { Device, LoadedModel, Score } from "../shared/contract";
import "../ui/element";
import { NearestLocale } from "../ui/nearest-locale";
import type { ScoredDetail } from "../ui/reward-scorer";
import { rewardScorerStyles } from "../ui/reward-scorer-styles";
import { bestResponse } from "./best-response";
import { keepPress } from "./keep-press";

/** What scores, and how; see the attributes of `<reward-scorer>`. */
export interface ScorerSettings {
  model?: string;
  alpha?: number;
  device?: Device;
  base?: string;
  /** Of the first score: what comes after it is scored at once. @default "press" */
  loading?: "press" | "lazy" | "eager";
}

/** A response, and what people here call it. */
export interface LabelledResponse {
  label: string;
  text: string;
}

/** Every score of one set of texts. */
export interface AllScores {
  prompt: string;
  responses: readonly string[];
  /** One a response, same order. */
  scores: readonly Score[];
  alpha: number;
  model: LoadedModel;
}

const TAG = "reward-scorer-responses";

/**
 * A line with its score for each of several responses to a prompt, from one press, and a button for whoever
 * agrees with the highest.
 *
 * @fires scored when the texts' last score is there: `scored` has them all
 * @fires choose the place in `responses` of the highest, when its button is pressed
 */
export class ScoredResponses extends LitElement {
  static override properties = {
    settings: { attribute: false },
    prompt: { attribute: false },
    responses: { attribute: false },
    problem: { attribute: false },
    choosable: { attribute: false },
  };

  declare settings: ScorerSettings;
  declare prompt: string;
  declare responses: readonly LabelledResponse[];
  /** Why there is nothing to score, for people. */
  declare problem: string | undefined;
  /** Whether there is an answer that the button could give. */
  declare choosable: boolean;

  static override styles = [
    rewardScorerStyles,
    css`
      :host {
        display: block;
      }

      ol {
        padding: 0;
        list-style: none;
      }

      li {
        display: flex;
        gap: 0.75em;
        align-items: baseline;
      }

      .label {
        min-width: 1.5em;
        font-weight: 600;
      }

      button {
        margin-top: 0.5em;
      }
    `,
  ];

  readonly #nearest = new NearestLocale(this);
  /** The last outcome of each line, with the texts that it is of. */
  readonly #rows: ScoredDetail[] = [];
  /** Whether the first response has had a score: the model is there, and wanted. */
  #open = false;

  constructor() {
    super();
    this.settings = {};
    this.prompt = "";
    this.responses = [];
    this.choosable = false;
    keepPress(this);
    this.addEventListener("click", leaveButton);
  }

  /** The scores of the texts of now; undefined while one is missing, or is of another backend than the first. */
  get scored(): AllScores | undefined {
    const { prompt, responses } = this;
    const rows = this.#currentRows();
    const [first] = rows;
    if (!first || !rows.every((row) => sameBackend(row, first))) return undefined;
    const { alpha, model } = first;
    const scores = rows.map((row) => row.scores[0]!);
    return { prompt, responses: responses.map(({ text }) => text), scores, alpha, model };
  }

  /** One a response, with the texts of now; none while one is missing. */
  #currentRows(): ScoredDetail[] {
    const { prompt, responses } = this;
    const rows = this.#rows.slice(0, responses.length);
    const current = responses.every(({ text }, at) => {
      const pair = rows[at]?.pairs[0];
      return pair?.prompt === prompt && pair.response === text;
    });
    return current ? rows : [];
  }

  protected override render() {
    if (this.problem !== undefined)
      return html`<div class="failure" role="alert" lang="en">${this.problem}</div>`;
    const shown = this.#open ? this.responses : this.responses.slice(0, 1);
    return html`
      <ol role="list">
        ${shown.map((response, at) => html`<li>${this.#row(response, at)}</li>`)}
      </ol>
      ${this.#choice()}
    `;
  }

  #row({ label, text }: LabelledResponse, at: number) {
    const { model, alpha, device, base, loading = "press" } = this.settings;
    return html`
      ${this.#open && label ? html`<span class="label">${label}</span>` : nothing}
      <reward-scorer
        model=${ifDefined(model)}
        alpha=${ifDefined(alpha)}
        device=${ifDefined(device)}
        base=${ifDefined(base)}
        loading=${this.#open ? "eager" : loading}
        .prompt=${this.prompt}
        .response=${text}
        @score=${({ detail }: CustomEvent<ScoredDetail>) => this.#take(at, detail)}
      ></reward-scorer>
    `;
  }

  #choice() {
    const scores = this.scored?.scores.map(({ score }) => score) ?? [];
    const best = this.choosable ? bestResponse(scores) : undefined;
    if (best === undefined) return nothing;
    const choose = () => this.dispatchEvent(new CustomEvent("choose", { detail: best }));
    const { lang, strings } = this.#nearest.locale;
    const words = strings.chooseHighest(this.responses[best]!.label);
    return html`<button part="choose" type="button" lang=${lang} @click=${choose}>${words}</button>`;
  }

  #take(at: number, scored: ScoredDetail): void {
    this.#rows[at] = scored;
    this.#open = true;
    this.requestUpdate();
    if (this.scored) this.dispatchEvent(new CustomEvent("scored"));
    else this.#scoreAgain(scored);
  }

  /** Where the engine has gone over to another backend meanwhile, the rows that were scored before. */
  #scoreAgain(newest: ScoredDetail): void {
    const elements = this.renderRoot.querySelectorAll("reward-scorer");
    for (const [at, row] of this.#currentRows().entries())
      if (!sameBackend(row, newest)) elements[at]!.load();
  }
}

if (!customElements.get(TAG)) customElements.define(TAG, ScoredResponses);

declare global {
  interface HTMLElementTagNameMap {
    [TAG]: ScoredResponses;
  }
}

/** A worker that failed is replaced, in the end by one on another backend. */
function sameBackend({ model: a }: ScoredDetail, { model: b }: ScoredDetail): boolean {
  return a.executionProvider === b.executionProvider && a.dtype === b.dtype;
}

/** After a press with the mouse the keys are the tool's again; a press with the keyboard has no `detail`. */
function leaveButton(event: MouseEvent): void {
  if (event.detail > 0) (event.composedPath()[0] as HTMLElement).blur();
}
