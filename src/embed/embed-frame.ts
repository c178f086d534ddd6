import { css, html, LitElement, nothing } from "lit";
import type { Pair } from "../shared/contract";
import { isScorerError } from "../shared/errors";
import { revisionOf } from "../shared/revision-of";
import { FocusKeeper } from "../ui/focus-keeper";
import { loadType } from "../ui/load-type";
import { localeOf } from "../ui/locale";
import type { ModelChoice } from "../ui/model-choice";
import { hasNewerPage } from "../ui/newer-page";
import { applyLanguage, currentLanguage } from "../ui/page-language";
import { problemWords, unknownModelWords } from "../ui/problem-words";
import type { RewardScorer, ScoredDetail } from "../ui/reward-scorer";
import { startModel } from "../ui/start-model";
import { parseUrlParameters } from "../ui/url-parameters";
import type { FrameScores, ScoreParams } from "./frame-messages";
import { HostConnection } from "./host-connection";
import { samePairs } from "./same-pairs";

/** The origins that may connect, set by the build; none stands for every one. */
declare const __EMBED_ORIGINS__: readonly string[];

/** Stands in embed.html. */
const SIGN = "<title>reward-scorer</title>";

/** What a host has asked for and was not told yet. */
interface Call extends PromiseWithResolvers<FrameScores> {
  pairs: readonly Pair[];
}

/** Where the frame stands with the page around it. */
type Host = { phase: "none" | "waiting" } | { phase: "connected" | "origin" | "version"; origin: string };

/**
 * The page of embed.html: the rewards of the texts that the page around it gives, and who that is. The model
 * is downloaded when a person presses the button, never because a page asks.
 */
export class EmbedFrame extends LitElement {
  static override properties = {
    host: { state: true },
    model: { state: true },
    problems: { state: true },
    error: { state: true },
  };

  declare private host: Host;
  declare private model: ModelChoice | undefined;
  /** What of the address could not be used, in words. */
  declare private problems: readonly string[];
  /** Why the list of models is not there. */
  declare private error: unknown;

  readonly #parameters = parseUrlParameters(location.search);
  readonly #locale = localeOf(currentLanguage(this.#parameters.parameters.lang));
  readonly #scorer: RewardScorer = document.createElement("reward-scorer");
  #connection: HostConnection | undefined;
  #call: Call | undefined;

  static override styles = css`
    :host {
      display: block;
      padding: 0.25rem 0.5rem; /* the focus ring's, and the paper's margin */
      overflow-wrap: anywhere;
    }

    div:focus {
      outline: none;
    }

    p {
      margin: 0.25rem 0 0;
      font-size: 0.75rem;
      color: var(--quiet);
    }

    p[role="alert"] {
      color: var(--warn);
    }

    a {
      color: inherit;
    }
  `;

  constructor() {
    super();
    const { parameters, problems } = this.#parameters;
    this.host = { phase: window.parent === window ? "none" : "waiting" };
    this.problems = problems.map((problem) => problemWords(problem, this.#locale));
    Object.assign(this.#scorer, { device: parameters.device, alpha: parameters.alpha, responses: [] });
    new FocusKeeper(this, () => this.renderRoot.querySelector("div")?.focus({ preventScroll: true }));
    this.#scorer.addEventListener("score", ({ detail }) => this.#tell(detail));
    this.#scorer.addEventListener("error", ({ detail }) => void this.#fail(detail));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    applyLanguage(this.#locale);
    void this.#choose();
    if (this.host.phase === "none") return;
    this.#connection = new HostConnection(
      __EMBED_ORIGINS__,
      { score: (params, signal) => this.#score(params, signal) },
      {
        onConnected: (origin) => this.#meet({ phase: "connected", origin }),
        onClosed: () => this.#meet({ phase: "waiting" }),
        onRefused: (origin, reason) => this.#meet({ phase: reason, origin }),
      },
    );
    new ResizeObserver(() => this.#tellHeight()).observe(this);
  }

  protected override render() {
    const { strings } = this.#locale;
    return html`
      <div tabindex="-1">
        ${this.problems.map((problem) => html`<p role="alert">${problem}</p>`)}
        ${this.model ? this.#scorer : nothing}
        ${
          this.error === undefined
            ? nothing
            : html`<rs-error-notice .locale=${this.#locale} .error=${this.error} @retry=${this.#choose}></rs-error-notice>`
        }
        <p>
          ${this.model?.foreignOrigin ? html`${strings.frame.modelFrom(this.model.foreignOrigin)} ` : nothing}
          ${this.#hostWords()}
          <a href="./" target="_blank" rel="noopener">${strings.appName}</a>
        </p>
      </div>
    `;
  }

  #hostWords(): string {
    const { frame } = this.#locale.strings;
    switch (this.host.phase) {
      case "none":
        return frame.alone;
      case "waiting":
        return frame.waiting;
      case "connected":
        return frame.connected(this.host.origin === "null" ? frame.noOrigin : this.host.origin);
      case "origin":
        return frame.refused(this.host.origin);
      case "version":
        return frame.otherVersion(this.host.origin);
    }
  }

  async #choose(): Promise<void> {
    this.error = undefined;
    try {
      const start = await startModel(this.#parameters.parameters.model, document.baseURI);
      const { choice, unknown } = start;
      if (unknown !== undefined)
        this.problems = [...this.problems, unknownModelWords(unknown, start, this.#locale)];
      this.model = choice;
      this.#scorer.model = choice.url;
    } catch (error) {
      this.error = error;
      this.#call?.reject(error);
    }
  }

  /** The newest call alone is on show. */
  async #score({ prompt, responses, alpha }: ScoreParams, signal: AbortSignal): Promise<FrameScores> {
    if (this.error !== undefined) throw this.error;
    const pairs = responses.map((response) => ({ prompt, response }));
    const call: Call = { ...Promise.withResolvers<FrameScores>(), pairs };
    this.#call?.reject(new DOMException("score: a newer call took its place", "AbortError"));
    this.#call = call;
    this.#show({ prompt, responses, alpha });
    signal.addEventListener("abort", () => {
      call.reject(signal.reason);
      if (this.#call === call) this.#show({ prompt: "", responses: [], alpha: undefined });
    });
    return call.promise;
  }

  #show({ prompt, responses, alpha = this.#parameters.parameters.alpha }: ScoreParams): void {
    this.#scorer.responses = []; // each call is told of, also of the same texts as before
    Object.assign(this.#scorer, { prompt, responses, alpha });
  }

  /**
   * A worker does not start when the host has a newer version in the place of this one's files: that is opened, once,
   * and what was asked is asked again by the page around.
   */
  async #fail(error: unknown): Promise<void> {
    const call = this.#call;
    const mayBeGone = isScorerError(error) && error.code === "worker-crashed";
    if (mayBeGone && loadType() !== "reload" && (await hasNewerPage(SIGN))) location.reload();
    else call?.reject(error);
  }

  /** The scores that came are told if they are of the texts that the call named. */
  #tell({ pairs, scores, alpha, model }: ScoredDetail): void {
    const call = this.#call;
    if (!call || !samePairs(pairs, call.pairs)) return;
    call.resolve({
      scores: scores.map(({ reward, score, tokens, truncated }) => ({ reward, score, tokens, truncated })),
      alpha,
      model: {
        name: model.manifest.name,
        revision: revisionOf(model.manifest.source),
        dtype: model.dtype,
        backend: model.executionProvider,
      },
    });
  }

  #meet(host: Host): void {
    this.host = host;
    this.#tellHeight();
  }

  #tellHeight(): void {
    this.#connection?.tellHeight(Math.ceil(this.getBoundingClientRect().height));
  }
}
