import { css, html, LitElement, nothing } from "lit";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import type { Locale } from "./locale";
import { type OpenedResults, openResults } from "./open-results";
import type { Result } from "./result";
import { fitsCsv, formatCsv } from "./results-csv";
import { formatJsonLines } from "./results-jsonl";
import { saveFile } from "./save-file";

/**
 * Saves the results on show as a file, and opens such a file again.
 *
 * @fires results-open what an opened file holds, where that is not nothing
 */
export class ResultsFiles extends LitElement {
  static override properties = {
    locale: { attribute: false },
    results: { attribute: false },
    unfit: { state: true },
    failed: { state: true },
  };

  declare locale: Locale;
  /** What would be saved now. */
  declare results: readonly Result[];
  /** A text that CSV cannot hold was to be saved so. */
  declare private unfit: boolean;
  /** The file last opened, where it gave nothing. */
  declare private failed: OpenedResults | undefined;

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

      p {
        margin: 0.5rem 0 0;
        color: var(--warn);
      }

      p,
      rs-opened-report {
        text-align: right;
      }

      @media (width < 45rem) {
        .buttons {
          justify-content: flex-start;
        }

        p,
        rs-opened-report {
          text-align: left;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.results = [];
    this.unfit = false;
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
      <div aria-live="polite">${this.unfit ? html`<p>${strings.unfitForCsv}</p>` : nothing}</div>
      <rs-opened-report .locale=${this.locale} .opened=${this.failed}></rs-opened-report>
    `;
  }

  #saveCsv(): void {
    this.unfit = !fitsCsv(this.results);
    if (!this.unfit) saveFile(this.#fileName("csv"), "text/csv", formatCsv(this.results));
  }

  #saveJsonLines(): void {
    this.unfit = false;
    saveFile(this.#fileName("jsonl"), "application/x-ndjson", formatJsonLines(this.results));
  }

  /** By the model and the day, the person's own. */
  #fileName(extension: string): string {
    const now = new Date();
    const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
    const written = day.map((part) => String(part).padStart(2, "0")).join("-");
    return `${this.results[0]!.model}-${written}.${extension}`;
  }

  #pick(): void {
    this.renderRoot.querySelector("input")?.click();
  }

  async #open(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (!file) return;
    this.unfit = false;
    const opened = await openResults(file);
    this.failed = opened.fileProblem && opened;
    if (!this.failed) emit(this, "results-open", opened);
    input.value = ""; // else choosing the same file again would be no change
  }
}
