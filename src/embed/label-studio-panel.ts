import { html, LitElement, noChange, nothing, type PropertyValues } from "lit";
import type { Pair, Score } from "../shared/contract";
import { messages } from "../ui/advice";
import { NearestLocale } from "../ui/nearest-locale";
import type { ScoredDetail } from "../ui/reward-scorer";
import { keepPress } from "./keep-press";
import { type Offer, offersFor } from "./label-studio-offers";
import type { RewardsOptions } from "./label-studio-options";
import { labelStudioPanelStyles } from "./label-studio-panel-styles";
import type { OnShow } from "./label-studio-store";
import type { TaskTexts } from "./label-studio-texts";
import { labelStudioWords } from "./label-studio-words";
import { samePairs } from "./same-pairs";

/** What the annotator has on show, and its texts, or why there are none. */
export type Sight = OnShow & { texts: TaskTexts | undefined; problem: Error | undefined };

/**
 * The rewards of a task's responses, and the buttons that fill the annotation's controls by them. It shows
 * no score of other texts than those on show, and fills nothing but on a press.
 */
export class LabelStudioPanel extends LitElement {
  static override properties = {
    options: { attribute: false },
    sight: { attribute: false, hasChanged: looksOther },
    scored: { state: true },
  };

  declare options: RewardsOptions;
  declare sight: Sight;
  declare private scored: ScoredDetail | undefined;
  /** Sets `sight` anew, as Label Studio has it now; takes the panel away when nothing is on show. */
  look: () => void = () => undefined;

  static override styles = labelStudioPanelStyles;

  readonly #nearest = new NearestLocale(this);
  /** Whether the scorer had the focus before the update. */
  #hadFocus = false;

  get #words() {
    return labelStudioWords[this.#nearest.locale.lang];
  }

  constructor() {
    super();
    keepPress(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#hadFocus = this.renderRoot.querySelector("reward-scorer:focus-within") !== null;
    const before = changed.get("options");
    if (before && engineOf(before) !== engineOf(this.options)) this.scored = undefined;
  }

  protected override render() {
    const { options, sight } = this;
    const { texts } = sight;
    const scored = this.#current();
    return html`
      <section aria-labelledby="title" tabindex="-1" lang=${this.#nearest.locale.lang}>
        <header>
          <h2 id="title">${this.#words.title}</h2>
          ${scored ? html`<span class="quiet">${this.#provenance(scored)}</span>` : nothing}
        </header>
        ${sight.problem ? html`<p class="problem" role="alert" lang="en">${messages(sight.problem)[0]}</p>` : nothing}
        <reward-scorer
          ?hidden=${Boolean(scored) || !texts}
          .model=${options.model}
          .alpha=${options.alpha}
          .device=${options.device}
          .base=${options.base}
          .prompt=${texts ? texts.prompt : noChange}
          .responses=${texts ? texts.responses : noChange}
          @score=${({ detail }: CustomEvent<ScoredDetail>) => {
            this.scored = detail;
          }}
        ></reward-scorer>
        ${scored ? this.#results(scored.scores) : nothing}
      </section>
    `;
  }

  /** What had the focus is hidden when the scores come: what is said now has it. */
  protected override updated(changed: PropertyValues): void {
    if (changed.has("scored") && this.scored && this.#hadFocus) {
      this.renderRoot.querySelector("section")!.focus({ preventScroll: true });
    }
  }

  #results(scores: readonly Score[]) {
    const { closed } = this.sight;
    const { offers, problem } = this.#offers();
    const button = (offer: Offer) => html`
      <button type="button" ?disabled=${closed !== undefined} @click=${() => this.#fill(offer)}>
        ${this.#offerWords(offer)}
      </button>
    `;
    return html`
      <ol role="list">
        ${scores.map(
          (score, place) => html`
            <li>
              <span class="response">${this.options.responses[place]}</span>
              ${this.#result(score)}
              <span class="offers">${offers.filter((offer) => offer.place === place).map(button)}</span>
            </li>
          `,
        )}
      </ol>
      ${problem ? html`<p class="problem" role="alert" lang="en">${messages(problem)[0]}</p>` : nothing}
      ${closed && offers.length > 0 ? html`<p class="quiet">${this.#words.closed[closed]}</p>` : nothing}
    `;
  }

  #result({ score, reward, truncated, unread }: Score) {
    const { strings, formats } = this.#nearest.locale;
    const tokens = (unread.prompt?.tokens ?? 0) + (unread.response?.tokens ?? 0);
    return html`
      <output>
        <span class="score">${formats.score(score)}</span>
        <span class="quiet">
          ${strings.reward} ${formats.reward(reward)}
          ${truncated ? html`· ${strings.unread(tokens, formats.count(tokens))}` : nothing}
        </span>
      </output>
    `;
  }

  #offerWords({ place, stars }: Offer): string {
    const { count } = this.#nearest.locale.formats;
    const response = this.options.responses[place]!;
    return stars
      ? this.#words.rate(response, count(stars.given), count(stars.of))
      : this.#words.prefer(response);
  }

  #provenance({ model, alpha }: ScoredDetail): string {
    return this.#words.model(model.manifest.name, this.#nearest.locale.formats.alpha(alpha));
  }

  /** The scores, if they are those of the texts on show. */
  #current(): ScoredDetail | undefined {
    const { scored, sight } = this;
    return scored && sight.texts && samePairs(scored.pairs, pairsOf(sight.texts)) ? scored : undefined;
  }

  #offers(): { offers: readonly Offer[]; problem?: unknown } {
    const scored = this.#current();
    if (!scored) return { offers: [] };
    const scores = scored.scores.map(({ score }) => score);
    try {
      return { offers: offersFor(this.options, scores, this.sight.annotation) };
    } catch (problem) {
      return { offers: [], problem };
    }
  }

  /** Fills what was offered if it is still on offer, whatever the host did since it was drawn. */
  #fill(pressed: Offer): void {
    this.look();
    if (!this.isConnected || this.sight.closed) return;
    this.#offers()
      .offers.find((offer) => offer.place === pressed.place && offer.stars?.given === pressed.stars?.given)
      ?.fill();
  }
}

function pairsOf({ prompt, responses }: TaskTexts): Pair[] {
  return responses.map((response) => ({ prompt, response }));
}

/** The page changes all the time, what is on show seldom. */
function looksOther(now: Sight, before: Sight | undefined): boolean {
  const same =
    now.annotation === before?.annotation &&
    now.closed === before.closed &&
    now.texts === before.texts &&
    now.problem === before.problem;
  return !same;
}

/** What the rewards and scores depend on beside the texts. */
function engineOf({ model, alpha, device, base }: RewardsOptions): string {
  return JSON.stringify([model, alpha, device, base]);
}
