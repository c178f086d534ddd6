import { html, LitElement, nothing } from "lit";
import { nameAlpha } from "./address-alpha";
import { ALPHA_BEFORE_MODEL, clampAlpha } from "./alpha-scale";
import { appStyles } from "./app-styles";
import { controlStyles } from "./control-styles";
import { EXAMPLES, isExample } from "./draft";
import { bringBack, type EarlierTexts, hasEarlier, keepTexts, type Texts } from "./earlier-texts";
import { keepDraft, keepsDrafts, keptDraft } from "./kept-draft";
import type { Language } from "./language";
import { type Locale, localeOf } from "./locale";
import type { ModelChoice } from "./model-choice";
import type { OpenedResults } from "./open-results";
import { applyLanguage, chooseLanguage, currentLanguage } from "./page-language";
import { type Problem, problemWords, unknownModelWords } from "./problem-words";
import { verdict } from "./ranking";
import { reloadForThreads } from "./reload-for-threads";
import { toResults } from "./result";
import type { ScoreTask } from "./score-task";
import { createScorer } from "./scorer";
import { ScorerController } from "./scorer-controller";
import { registerServiceWorker } from "./service-worker";
import {
  createSheet,
  hasOtherWeights,
  isScored,
  questions,
  type Row,
  removeRow,
  type Sheet,
  toDraft,
  withoutReadings,
  withReadingsOf,
  withRewards,
} from "./sheet";
import { type StartModel, startModel } from "./start-model";
import { parseUrlParameters, type UrlParameters } from "./url-parameters";
import { announcement, verdictWords } from "./verdict-words";
import { VersionController } from "./version-controller";
import { chosenModel, loadedModel, REST } from "./view";

/** The page: it holds the texts and the alpha, and leads them to the scorer and back. */
export class AppShell extends LitElement {
  static override properties = {
    locale: { state: true },
    sheet: { state: true },
    alpha: { state: true },
    bestFirst: { state: true },
    models: { state: true },
    problems: { state: true },
    waiting: { state: true },
    said: { state: true },
    earlier: { state: true },
    kept: { state: true },
    opened: { state: true },
  };

  declare private locale: Locale;
  declare private sheet: Sheet;
  declare private alpha: number;
  declare private bestFirst: boolean;
  /** What the picker offers. */
  declare private models: readonly ModelChoice[];
  /** What of the address could not be used. */
  declare private problems: readonly Problem[];
  /** Score as soon as the model allows. */
  declare private waiting: boolean;
  /** What the live region says. */
  declare private said: string;
  /** The texts that a reset, a file or a removal took away. */
  declare private earlier: EarlierTexts;
  /** Whether the browser stores the texts. */
  declare private kept: boolean;
  /** The file that the texts came from. */
  declare private opened: OpenedResults | undefined;

  readonly #parameters: UrlParameters;
  readonly #scorer = new ScorerController(this, createScorer);
  readonly #serviceWorker = registerServiceWorker();
  readonly #version = new VersionController(this, this.#serviceWorker);
  /** The person, or the address, chose the alpha: loading leaves it. */
  #alphaChosen: boolean;
  /** The alpha that a file's took the place of, until another is set, and the texts that it goes with. */
  #alphaBefore: { alpha: number; chosen: boolean; texts: Texts } | undefined;

  static override styles = [controlStyles, appStyles];

  constructor() {
    super();
    const { parameters, problems } = parseUrlParameters(location.search);
    this.#parameters = parameters;
    this.locale = localeOf(currentLanguage(parameters.lang));
    this.#alphaChosen = parameters.alpha !== undefined;
    this.sheet = createSheet(keptDraft(this.locale.lang));
    this.alpha = parameters.alpha ?? ALPHA_BEFORE_MODEL;
    this.bestFirst = false;
    this.models = [];
    this.problems = problems.map((problem) => ({
      parameter: problem.parameter,
      words: (locale) => problemWords(problem, locale),
    }));
    this.waiting = true;
    this.said = "";
    this.earlier = [];
    this.kept = keepsDrafts();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    applyLanguage(this.locale);
    if (this.#scorer.view.phase === "starting") void this.#start();
  }

  protected override render() {
    const { strings } = this.locale;
    const { view } = this.#scorer;
    const model = loadedModel(view);
    const task = view.phase === "ready" ? view.task : REST;
    return html`
      <header>
        <h1>${strings.appName}</h1>
        <rs-model-picker
          .locale=${this.locale}
          .models=${this.models}
          .chosen=${chosenModel(view)}
          ?hidden=${this.models.length === 0}
          @choose=${(event: CustomEvent<ModelChoice>) => this.#choose(event.detail)}
        ></rs-model-picker>
        <rs-backend-badge .locale=${this.locale} .view=${view}></rs-backend-badge>
        <rs-language-toggle
          .locale=${this.locale}
          @choose=${(event: CustomEvent<Language>) => this.#speak(event.detail)}
        ></rs-language-toggle>
        <rs-theme-toggle .locale=${this.locale}></rs-theme-toggle>
      </header>
      <main>
        <rs-update-notice
          .locale=${this.locale}
          ?newer=${this.#version.newer}
          @reload=${() => location.reload()}
        ></rs-update-notice>
        ${this.problems.length > 0 ? this.#problemList() : nothing}
        <rs-model-strip
          .locale=${this.locale}
          .view=${view}
          .instead=${this.#instead()}
          @load=${(event: CustomEvent<ModelChoice>) => this.#load(event.detail)}
          @choose=${(event: CustomEvent<ModelChoice>) => this.#choose(event.detail)}
          @cancel=${this.#cancelLoad}
          @retry=${() => this.#retry(chosenModel(view))}
        ></rs-model-strip>
        <rs-pair-editor
          .locale=${this.locale}
          .sheet=${this.sheet}
          .alpha=${this.alpha}
          .bestFirst=${this.bestFirst}
          @sheet-change=${(event: CustomEvent<Sheet>) => this.#edit(event.detail)}
          @response-remove=${(event: CustomEvent<Row>) => this.#remove(event.detail)}
          @best-first-change=${(event: CustomEvent<boolean>) => {
            this.bestFirst = event.detail;
          }}
          @score-request=${this.#score}
        >
          <rs-draft-note
            slot="note"
            .locale=${this.locale}
            .kept=${this.kept}
            .changed=${!isExample(toDraft(this.sheet), this.locale.lang)}
            .earlier=${hasEarlier(this.earlier, this.sheet)}
            @reset=${this.#reset}
            @undo=${this.#undo}
          ></rs-draft-note>
          <rs-opened-report
            slot="opened"
            .locale=${this.locale}
            .opened=${this.opened}
            .sheet=${this.sheet}
            .model=${model}
          ></rs-opened-report>
          <rs-alpha-control
            slot="alpha"
            .locale=${this.locale}
            .alpha=${this.alpha}
            .defaultAlpha=${model && clampAlpha(model.manifest.defaultAlpha)}
            @alpha-change=${(event: CustomEvent<number>) => this.#setAlpha(event.detail)}
          ></rs-alpha-control>
          <rs-score-task
            slot="task"
            .locale=${this.locale}
            .task=${task}
            .waiting=${this.waiting && view.phase !== "failed"}
            .verdict=${this.#verdictWords()}
            @score=${this.#score}
            @cancel=${() => this.#scorer.cancelScore()}
          ></rs-score-task>
          ${task.kind === "failed" ? this.#scoringFailure(task.error) : nothing}
        </rs-pair-editor>
        <rs-results-files
          .locale=${this.locale}
          .results=${toResults(this.sheet, this.alpha)}
          @results-open=${(event: CustomEvent<OpenedResults>) => this.#open(event.detail)}
        ></rs-results-files>
        <div class="visually-hidden" aria-live="polite">${this.said}</div>
      </main>
      <rs-page-footer
        .locale=${this.locale}
        .model=${model}
        .demonstration=${chosenModel(view)?.demonstration ?? false}
      ></rs-page-footer>
    `;
  }

  #scoringFailure(error: unknown) {
    return html`<rs-error-notice
      slot="failure"
      .locale=${this.locale}
      .error=${error}
      @retry=${this.#scoreAgain}
    ></rs-error-notice>`;
  }

  #problemList() {
    return html`<div role="alert">
      <ul class="problems" role="list">
        ${this.problems.map(({ words }) => html`<li>${words(this.locale)}</li>`)}
      </ul>
    </div>`;
  }

  /** Another model than the one asked for. */
  #instead(): ModelChoice | undefined {
    return this.models.find(({ foreignOrigin }) => foreignOrigin === undefined);
  }

  async #start(): Promise<void> {
    await reloadForThreads(this.#serviceWorker, this.#parameters.device);
    let start: StartModel;
    try {
      start = await startModel(this.#parameters.model, document.baseURI);
    } catch (error) {
      return this.#scorer.fail(error);
    }
    const { choice, listed, unknown } = start;
    if (unknown !== undefined)
      this.problems = [
        ...this.problems,
        { parameter: "model", words: (locale) => unknownModelWords(unknown, start, locale) },
      ];
    this.models = listed.includes(choice) ? listed : [...listed, choice];
    if (choice.foreignOrigin === undefined) await this.#load(choice);
    else this.#scorer.ask(choice);
  }

  async #load(choice: ModelChoice): Promise<void> {
    this.sheet = withoutReadings(this.sheet);
    this.said = "";
    if (!(await this.#scorer.load(choice, this.#parameters.device))) return this.#version.look();
    const model = loadedModel(this.#scorer.view);
    if (model && !this.#alphaChosen) this.alpha = clampAlpha(model.manifest.defaultAlpha);
    if (this.waiting) await this.#score();
  }

  #retry(choice: ModelChoice | undefined): void {
    this.waiting = true;
    if (choice) return void this.#load(choice);
    this.#scorer.start();
    void this.#start();
  }

  /** The address follows, so that it can be shared; another model starts from its own alpha. */
  #choose(choice: ModelChoice): void {
    const address = new URL(location.href);
    address.searchParams.set("model", choice.parameter);
    address.searchParams.delete("alpha");
    history.replaceState(null, "", address);
    this.problems = [];
    this.#alphaChosen = false;
    this.#alphaBefore = undefined;
    this.waiting = true;
    if (choice.foreignOrigin === undefined) void this.#load(choice);
    else this.#scorer.ask(choice);
  }

  #cancelLoad(): void {
    this.waiting = false;
    this.#scorer.cancelLoad();
  }

  /** Score what has no current reward; while the model is busy, wait for it. */
  async #score(): Promise<void> {
    const { view } = this.#scorer;
    const asked = questions(this.sheet);
    this.waiting = asked.length > 0;
    if (!this.waiting) return;
    if (view.phase === "idle") return this.#load(view.choice);
    if (view.phase === "failed") return this.#retry(view.choice);
    if (view.phase !== "ready" || view.task.kind === "scoring") return;
    this.waiting = false;
    this.said = "";
    const rewards = await this.#scorer.score(asked.map(({ pair }) => pair));
    if (!rewards) {
      const now = this.#scorer.view;
      if (now.phase === "ready" && now.choice === view.choice) this.waiting = false; // else another model was chosen
      return;
    }
    const model = loadedModel(this.#scorer.view)!;
    const fellBack = hasOtherWeights(this.sheet, model);
    this.sheet = withRewards(this.sheet, asked, rewards, model);
    const result = verdict(this.sheet, this.alpha);
    const again = (this.waiting || fellBack) && !isScored(this.sheet); // edited meanwhile, or of other weights
    this.waiting = false;
    if (again) await this.#score();
    else if (result) this.said = announcement(result, this.locale);
  }

  /** The notice that asked for it goes, and its button with it. */
  #scoreAgain(): void {
    this.renderRoot.querySelector<ScoreTask>("rs-score-task")?.focus();
    void this.#score();
  }

  #edit(sheet: Sheet): void {
    this.sheet = sheet;
    this.said = "";
    this.kept = keepDraft(toDraft(sheet), this.locale.lang);
  }

  #remove({ id, response }: Row): void {
    if (response !== "") this.earlier = keepTexts(this.earlier, this.#texts());
    this.#edit(removeRow(this.sheet, id));
  }

  #reset(): void {
    this.#replace({ sheet: createSheet(EXAMPLES[this.locale.lang]), opened: undefined });
  }

  /** Its rewards are given anew here, to be held against the file's; its alpha is taken over. */
  #open(opened: OpenedResults): void {
    const { prompt } = opened.pairs[0]!;
    const responses = opened.pairs.map(({ response }) => response);
    this.#replace({ sheet: createSheet({ prompt, responses }), opened });
    const alpha = opened.results[0]?.alpha;
    if (alpha === undefined) return;
    const before = { alpha: this.alpha, chosen: this.#alphaChosen, texts: this.earlier.at(-1)! };
    this.#setAlpha(clampAlpha(alpha));
    this.#alphaBefore = before;
  }

  #replace(texts: Texts): void {
    this.earlier = keepTexts(this.earlier, this.#texts());
    this.#alphaBefore = undefined;
    this.#show(texts);
  }

  #undo(): void {
    const found = bringBack(this.earlier, this.#texts());
    if (!found) return;
    const { back, earlier } = found;
    const before = this.#alphaBefore;
    this.earlier = earlier;
    if (before?.texts === back) this.#setAlpha(before.alpha, before.chosen);
    this.#show(back);
  }

  #show({ sheet, opened }: Texts): void {
    this.opened = opened;
    this.#edit(withReadingsOf(loadedModel(this.#scorer.view), sheet));
    this.#scorer.cancelScore(); // of texts that are gone
    if (!isScored(this.sheet)) void this.#score();
  }

  #texts(): Texts {
    return { sheet: this.sheet, opened: this.opened };
  }

  #setAlpha(alpha: number, chosen = true): void {
    this.alpha = alpha;
    this.#alphaChosen = chosen;
    this.#alphaBefore = undefined;
    this.said = "";
    nameAlpha(alpha);
  }

  /** Texts, scores and model stay; what was said last is not said again. */
  #speak(lang: Language): void {
    chooseLanguage(lang);
    this.problems = this.problems.filter(({ parameter }) => parameter !== "lang");
    this.locale = localeOf(lang);
    applyLanguage(this.locale);
    this.said = "";
  }

  #verdictWords(): string {
    const result = verdict(this.sheet, this.alpha);
    return result ? verdictWords(result, this.locale) : "";
  }
}
