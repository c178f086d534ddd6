import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import type { LoadedModel } from "../shared/contract";
import type { Language } from "./language";
import type { Locale } from "./locale";
import { type FileProblem, MAX_FILE_BYTES, type OpenedResults } from "./open-results";
import { type Reproduction, reproduce } from "./reproduction";
import { type RowProblem, rowProblemWords } from "./row-problem";
import { rowProblemPortuguese } from "./row-problem-pt-br";
import type { Sheet } from "./sheet";

const ROW_PROBLEM_WORDS: Record<Language, (problem: RowProblem) => string> = {
  en: rowProblemWords,
  "pt-BR": rowProblemPortuguese,
};

/** What an opened file gave: how many responses, how its rewards compare with those given here, what is not shown. */
export class OpenedReport extends LitElement {
  static override properties = {
    locale: { attribute: false },
    opened: { attribute: false },
    sheet: { attribute: false },
    model: { attribute: false },
  };

  declare locale: Locale;
  /** Undefined while there is nothing to tell. */
  declare opened: OpenedResults | undefined;
  declare sheet: Sheet;
  /** The model that scores. */
  declare model: LoadedModel | undefined;

  /** Of the texts as they were opened: edits since do not change it, another model does. */
  #reproduction: Reproduction | undefined;

  static override styles = css`
    :host {
      display: block;
      font-size: 0.9375rem;
    }

    p,
    ul {
      margin: 0.5rem 0 0;
      color: var(--quiet);
      overflow-wrap: anywhere;
    }

    ul {
      padding: 0;
      list-style: none;
      color: var(--warn);
    }
  `;

  constructor() {
    super();
    this.sheet = { prompt: "", rows: [] };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("opened") || changed.has("model")) this.#reproduction = undefined;
    if (this.opened && this.model)
      this.#reproduction ??= reproduce(this.sheet, this.opened.results, this.model);
  }

  protected override render() {
    return html`<div aria-live="polite">${this.opened ? this.#report(this.opened) : nothing}</div>`;
  }

  #report({ file, fileProblem, pairs, partResults, problems, leftOut }: OpenedResults) {
    const { lang, strings, formats } = this.locale;
    const reproduction = this.#reproduction;
    return html`
      <p>
        ${strings.opened(pairs.length, formats.count(pairs.length), file)}
        ${reproduction && reproduction.compared > 0 ? this.#compared(reproduction) : nothing}
        ${reproduction && reproduction.foreign > 0 ? strings.foreignResults : nothing}
        ${partResults > 0 ? strings.partResults(partResults, formats.count(partResults)) : nothing}
      </p>
      ${
        fileProblem || problems.length + leftOut.length > 0
          ? html`<ul role="list">
              ${fileProblem ? html`<li>${this.#fileProblemWords(fileProblem)}</li>` : nothing}
              ${problems.map((problem) => html`<li>${ROW_PROBLEM_WORDS[lang](problem)}</li>`)}
              ${leftOut.map(({ why, rows }) => html`<li>${strings.leftOut(rows, formats.count(rows), strings.leftOutWhy[why])}</li>`)}
            </ul>`
          : nothing
      }
    `;
  }

  #fileProblemWords(problem: FileProblem): string {
    const { strings, formats } = this.locale;
    if (problem.why !== "tooLarge") return strings.fileProblems[problem.why];
    return strings.fileProblems.tooLarge(formats.megabytes(problem.bytes), formats.megabytes(MAX_FILE_BYTES));
  }

  #compared({ compared, maxDifference }: Reproduction) {
    const { strings, formats } = this.locale;
    const count = formats.count(compared);
    if (maxDifference === 0) return strings.reproduced(compared, count);
    return strings.notReproduced(compared, count, formats.error(maxDifference));
  }
}
