import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import type { LoadedModel } from "../shared/contract";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import type { Locale } from "./locale";
import { type FileProblem, MAX_FILE_BYTES, type OpenedResults, openResults } from "./open-results";
import { type Reproduction, reproduce } from "./reproduction";
import type { Result } from "./result";
import { fitsCsv, formatCsv } from "./results-csv";
import { formatJsonLines } from "./results-jsonl";
import { saveFile } from "./save-file";
import type { Sheet } from "./sheet";

/**
 * Saves the results on show as a file, and opens such a file again.
 *
 * @fires results-open what an opened file holds
 */
export class ResultsFiles extends LitElement {
  static override properties = {
    locale: { attribute: false },
    results: { attribute: false },
    opened: { attribute: false },
    sheet: { attribute: false },
    model: { attribute: false },
    unfit: { state: true },
  };

  declare locale: Locale;
  /** What would be saved now. */
  declare results: readonly Result[];
  /** The file last opened. */
  declare opened: OpenedResults | undefined;
  declare sheet: Sheet;
  /** The model that scores. */
  declare model: LoadedModel | undefined;
  /** A text that CSV cannot hold was to be saved so. */
  declare private unfit: boolean;

  /** Of the texts as they were opened: edits since do not change it, another model does. */
  #reproduction: Reproduction | undefined;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        margin-top: 1.5rem;
        font-size: 0.9375rem;
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 1.5rem;
        justify-content: flex-end;
      }

      button.plain:disabled {
        text-decoration: none;
      }

      p,
      ul {
        margin: 0.5rem 0 0;
        color: var(--quiet);
        text-align: right;
      }

      ul {
        padding: 0;
        list-style: none;
        color: var(--warn);
        overflow-wrap: anywhere;
      }

      @media (width < 45rem) {
        .buttons {
          justify-content: flex-start;
        }

        p,
        ul {
          text-align: left;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.results = [];
    this.sheet = { prompt: "", rows: [] };
    this.unfit = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("opened") || changed.has("model")) this.#reproduction = undefined;
    if (this.opened && this.model)
      this.#reproduction ??= reproduce(this.sheet, this.opened.results, this.model);
  }

  protected override render() {
    const { strings } = this.locale;
    const none = this.results.length === 0;
    return html`
      <div class="buttons">
        <button class="plain" type="button" @click=${this.#pick}>${strings.openFile}</button>
        <button class="plain" type="button" ?disabled=${none} @click=${this.#saveCsv}>${strings.saveCsv}</button>
        <button class="plain" type="button" ?disabled=${none} @click=${this.#saveJsonLines}>
          ${strings.saveJsonLines}
        </button>
        <input
          type="file"
          hidden
          aria-label=${strings.openFile}
          accept=".csv,.tsv,.jsonl,.ndjson,.json"
          @change=${this.#open}
        />
      </div>
      <div aria-live="polite">
        ${this.unfit ? html`<ul role="list"><li>${strings.unfitForCsv}</li></ul>` : nothing}
        ${this.opened ? this.#report(this.opened) : nothing}
      </div>
    `;
  }

  #report({ file, fileProblem, pairs, partResults, problems, leftOut }: OpenedResults) {
    const { strings, formats } = this.locale;
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
              ${problems.map((problem) => html`<li lang="en">${problem}</li>`)}
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

  #saveCsv(): void {
    this.unfit = !fitsCsv(this.results);
    if (!this.unfit) saveFile(this.#fileName("csv"), "text/csv", formatCsv(this.results));
  }

  #saveJsonLines(): void {
    this.unfit = false;
    saveFile(this.#fileName("jsonl"), "application/x-ndjson", formatJsonLines(this.results));
  }

  /** By the model and the day. */
  #fileName(extension: string): string {
    return `${this.results[0]!.model}-${new Date().toISOString().slice(0, 10)}.${extension}`;
  }

  #pick(): void {
    this.renderRoot.querySelector("input")?.click();
  }

  async #open(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (!file) return;
    this.unfit = false;
    emit(this, "results-open", await openResults(file));
    input.value = ""; // else choosing the same file again would be no change
  }
}
