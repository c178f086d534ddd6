import { html, LitElement, nothing, type PropertyValues } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import type { Device, LoadedModel, LoadProgress, Pair, Score } from "../shared/contract";
import type { ScorerError } from "../shared/errors";
import { scoreOf } from "../shared/score";
import { adviceFor, messages } from "./advice";
import type { ElementLocale } from "./element-locale";
import { ElementScores, type ElementView } from "./element-scores";
import { engineOptions } from "./engine-options";
import type { EngineOptions } from "./engine-pool";
import { FocusKeeper } from "./focus-keeper";
import { isSame } from "./is-same";
import { loadButtonWords } from "./load-button-words";
import { NearestLocale } from "./nearest-locale";
import { progressFraction, progressWords } from "./progress-words";
import { rewardScorerStyles } from "./reward-scorer-styles";

/** What a `score` event tells. */
export interface ScoredDetail {
  /** The texts that were read, one pair a response. */
  pairs: readonly Pair[];
  /** One a response, same order. */
  scores: readonly Score[];
  alpha: number;
  model: LoadedModel;
}

/** The element's events by name. Of what cannot be asked, `error` tells a TypeError or RangeError. */
export interface RewardScorerEventMap extends Omit<HTMLElementEventMap, "error"> {
  score: CustomEvent<ScoredDetail>;
  error: CustomEvent<ScorerError | Error>;
}

/** What the scores depend on; alpha only multiplies. */
const ASKED = ["model", "device", "base", "prompt", "response", "responses"];

/**
 * How good responses to a prompt are, beside them. Nothing is downloaded before it is wanted: when its
 * button is pressed, when it comes into view (`loading="lazy"`) or at once (`loading="eager"`). A button
 * serves every element of the page that waits for the same model.
 *
 * @attr model a model folder's address @default the demonstration model that comes with the library
 * @attr alpha score = alpha × reward @default the model's own
 * @attr device auto, webgpu or wasm @default auto
 * @attr base where the worker, ONNX Runtime and the demonstration model are @default beside the library
 * @attr loading press, lazy or eager @default press
 * @attr name of the value in a form
 * @attr lang en or pt-BR; the nearest ancestor's where it is not there @default en
 * @fires score {@link ScoredDetail}; bubbles, and leaves shadow trees
 * @fires error the error; bubbles, and leaves shadow trees
 * @csspart button
 * @csspart score
 * @csspart reward
 * @csspart progress
 * @csspart failure
 * @cssproperty --reward-scorer-font
 * @cssproperty --reward-scorer-color
 * @cssproperty --reward-scorer-quiet
 * @cssproperty --reward-scorer-accent
 * @cssproperty --reward-scorer-warn
 * @cssproperty --reward-scorer-score-size
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the interface has HTMLElement's own methods, typed
export class RewardScorer extends LitElement {
  static formAssociated = true;

  static override properties = {
    model: { type: String },
    alpha: { converter: numberOf },
    device: { type: String },
    base: { type: String },
    loading: { type: String },
    prompt: { type: String },
    response: { type: String },
    responses: { attribute: false, noAccessor: true },
  };

  declare model: string | null | undefined;
  declare alpha: number | null | undefined;
  declare device: Device | null | undefined;
  declare base: string | null | undefined;
  declare loading: "press" | "lazy" | "eager" | null | undefined;
  declare prompt: string;
  declare response: string;

  static override styles = rewardScorerStyles;

  readonly #scores = new ElementScores(this, () => this.#scoreIfLoaded());
  readonly #nearest = new NearestLocale(this);
  readonly #internals = this.attachInternals();
  #responses: readonly string[] | undefined;
  #sight: IntersectionObserver | undefined;
  /** Whether the model may be downloaded; undefined until somebody says. */
  #wanted: boolean | undefined;
  /** One a response while there are rewards, with the alpha of now. */
  #current: Score[] | undefined;
  /** The outcome that listeners were last told. */
  #told: ElementView | undefined;

  constructor() {
    super();
    this.prompt = "";
    this.response = "";
    new FocusKeeper(this, () => this.renderRoot.querySelector("div")?.focus({ preventScroll: true }));
  }

  /**
   * Several responses to the prompt, where `response` is not the only one. A list that says the same as the one
   * before asks nothing anew: hosts that draw anew at every score make their lists anew.
   */
  get responses(): readonly string[] | undefined {
    return this.#responses;
  }

  set responses(responses: readonly string[] | undefined) {
    const before = this.#responses;
    if (isSame(before, responses)) return;
    this.#responses = copy(responses);
    this.requestUpdate("responses", before);
  }

  /** The scores as a form sends them, JSON; null before there are any. */
  get value(): string | null {
    if (!this.#current) return null;
    return JSON.stringify(this.#current.map(({ reward, score }) => ({ reward, score })));
  }

  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  /** Download the model if need be, and score; once it is on the page. */
  load(): void {
    this.#wanted = true;
    this.#sight?.disconnect();
    this.#scoreIfAllowed();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch();
    if (this.hasUpdated && this.#scores.view.phase === "idle") this.#scoreIfAllowed();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sight?.disconnect();
  }

  /** What was scored before is no longer what is asked: from the change on, the form has no value. */
  override requestUpdate(...args: Parameters<LitElement["requestUpdate"]>): void {
    super.requestUpdate(...args);
    const [property] = args;
    if (property === undefined || !this.isUpdatePending) return;
    this.#current = undefined;
    this.#internals.setFormValue(null);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("loading")) this.#watch();
    const asks = [...changed.keys()].some((name) => ASKED.includes(String(name)));
    const repaired = changed.has("alpha") && this.#scores.view.phase === "failed";
    if (asks || repaired) this.#scoreIfAllowed();
    this.#applyAlpha();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { view } = this.#scores;
    this.#internals.states.clear();
    if (view.phase === "loading" || view.phase === "scored") this.#internals.states.add(view.phase);
    this.#internals.setFormValue(this.value);
    if (view === this.#told && !changed.has("alpha")) return;
    this.#told = view;
    if (view.phase === "scored") {
      this.#tell("score", {
        pairs: view.pairs,
        scores: this.#current!,
        alpha: this.#alphaOf(view.model),
        model: view.model,
      } satisfies ScoredDetail);
    }
    if (view.phase === "failed") this.#tell("error", view.error);
  }

  /** One template for every view, so that its button stays the same one, and keeps the focus; when it goes, what is said now has it. */
  protected override render() {
    const { content, button } = this.#parts();
    return html`
      <div lang=${this.#locale.lang} tabindex="-1">
        ${content}
        ${
          button
            ? html`<button part="button" type="button" @click=${button.press}>${button.words}</button>`
            : nothing
        }
      </div>
    `;
  }

  get #locale(): ElementLocale {
    return this.#nearest.locale;
  }

  #parts(): { content: unknown; button?: { words: string; press: () => void } } {
    const { view } = this.#scores;
    const { strings } = this.#locale;
    switch (view.phase) {
      case "idle":
        return { content: nothing, button: { words: this.#loadWords(), press: this.load } };
      case "loading":
        return {
          content: this.#progress(view.progress),
          button: { words: strings.cancel, press: this.#cancel },
        };
      case "scoring":
        return { content: html`<span class="words">${strings.scoring}</span>` };
      case "scored":
        return { content: this.#results(this.#current!) };
      case "failed":
        return {
          content: this.#failure(view.error),
          button: { words: strings.tryAgain, press: this.load },
        };
    }
  }

  #progress(progress: LoadProgress | undefined) {
    return html`
      <span class="words" id="words">${progressWords(progress, this.#locale)}</span>
      <progress part="progress" aria-labelledby="words" value=${ifDefined(progressFraction(progress))}></progress>
    `;
  }

  #results(scores: readonly Score[]) {
    const { strings, formats } = this.#locale;
    const one = ({ reward, score, truncated, unread }: Score) => {
      const unreadTokens = (unread.prompt?.tokens ?? 0) + (unread.response?.tokens ?? 0);
      return html`
        <output>
          <span class="score" part="score">${formats.score(score)}</span>
          <span class="facts" part="reward">
            ${strings.reward} ${formats.reward(reward)}
            ${truncated ? html`· ${strings.unread(unreadTokens, formats.count(unreadTokens))}` : nothing}
          </span>
        </output>
      `;
    };
    if (!this.responses) return scores.map(one);
    return html`<ol>
      ${scores.map((score) => html`<li>${one(score)}</li>`)}
    </ol>`;
  }

  #failure(error: unknown) {
    return html`
      <div class="failure" part="failure" role="alert">
        ${adviceFor(error, this.#locale.strings).title} (<span lang="en">${messages(error)[0]}</span>)
      </div>
    `;
  }

  #loadWords(): string {
    return loadButtonWords(this.model != null ? undefined : (this.device ?? "auto"), this.#locale);
  }

  /** Others that wait for the model go on waiting. */
  #cancel(): void {
    this.#wanted = false;
    this.#scores.stop();
  }

  /** A model that is there already needs no press of this element's own. Off the page, none is taken. */
  #scoreIfAllowed(): void {
    const question = this.#question();
    if (!question) return;
    const pressed = this.loading !== "lazy" && this.#scores.isLoaded(question.options);
    if (this.isConnected && (this.#wanted || pressed))
      void this.#scores.score(question.options, question.pairs);
    else this.#scores.stop();
  }

  /** A model that has loaded serves whoever waits for it; one that failed is not asked for again unbidden. */
  #scoreIfLoaded(): void {
    const question = this.#question();
    if (question && this.#scores.isLoaded(question.options)) this.#scoreIfAllowed();
  }

  /** What is asked of which model. What cannot be asked is a failure like any other, and undefined. */
  #question(): { options: EngineOptions; pairs: readonly Pair[] } | undefined {
    try {
      return { options: engineOptions(this), pairs: this.#pairs() };
    } catch (error) {
      this.#scores.stop();
      this.#scores.fail(error);
      return undefined;
    }
  }

  #pairs(): Pair[] {
    const { prompt } = this;
    const responses = this.responses ?? [this.response];
    if (!Array.isArray(responses)) throw new TypeError(`responses: expected a list, got ${typeof responses}`);
    return responses.map((response) => ({ prompt, response }));
  }

  /** An alpha that gives no number is a failure like any other. */
  #applyAlpha(): void {
    const { view } = this.#scores;
    this.#current = undefined;
    if (view.phase !== "scored") return;
    const alpha = this.#alphaOf(view.model);
    try {
      this.#current = view.rewards.map((reward) => ({ ...reward, score: scoreOf(reward.reward, alpha) }));
    } catch (error) {
      this.#scores.fail(error);
    }
  }

  #alphaOf({ manifest }: LoadedModel): number {
    return this.alpha ?? manifest.defaultAlpha;
  }

  /** Load as soon as `loading` says. */
  #watch(): void {
    this.#sight?.disconnect();
    if (this.#wanted !== undefined || !this.isConnected) return;
    if (this.loading === "eager") this.load();
    if (this.loading !== "lazy") return;
    this.#sight = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) this.load();
    });
    this.#sight.observe(this);
  }

  #tell(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** Its listeners, those of its own events among them. */
export interface RewardScorer {
  addEventListener: Listen<AddEventListenerOptions>;
  removeEventListener: Listen<EventListenerOptions>;
}

interface Listen<Options> {
  <Name extends keyof RewardScorerEventMap>(
    type: Name,
    listener: (this: RewardScorer, event: RewardScorerEventMap[Name]) => unknown,
    options?: boolean | Options,
  ): void;
  (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | Options): void;
}

/** A host may write into its list later. */
function copy<T>(value: T): T {
  return Array.isArray(value) ? ([...value] as T) : value;
}

/** An empty attribute says nothing, where Number says 0. */
function numberOf(attribute: string | null): number | null {
  return attribute?.trim() ? Number(attribute) : null;
}
