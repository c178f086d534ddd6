import { css, html, LitElement, nothing } from "lit";
import { type CachedFile, clearCachedFiles, listCachedFiles } from "../shared/file-cache";
import { controlStyles } from "./control-styles";
import { ENGLISH, type Locale } from "./locale";

/** What the browser keeps of models and runtime, and a way to be rid of it. */
export class StoredFiles extends LitElement {
  static override properties = {
    locale: { attribute: false },
    files: { state: true },
  };

  declare locale: Locale;
  declare files: readonly CachedFile[];

  static override styles = [
    controlStyles,
    css`
      ul {
        margin: 0 0 1rem;
        padding: 0;
        list-style: none;
      }

      li {
        display: flex;
        gap: 1rem;
        justify-content: space-between;
        padding: 0.25rem 0;
        border-bottom: 1px solid var(--rule);
        overflow-wrap: anywhere;
      }

      li span:last-child {
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  constructor() {
    super();
    this.locale = ENGLISH;
    this.files = [];
  }

  /** Look again. A browser that refuses storage keeps nothing. */
  async refresh(): Promise<void> {
    this.files = await listCachedFiles().catch(() => []);
  }

  protected override render() {
    const { files, locale } = this;
    const { strings, formats } = locale;
    const megabytes = formats.megabytes(files.reduce((sum, { bytes }) => sum + bytes, 0));
    return html`
      <p aria-live="polite">
        ${files.length === 0 ? strings.nothingStored : strings.stored(files.length, formats.count(files.length), megabytes)}
      </p>
      ${files.length === 0 ? nothing : this.#list()}
    `;
  }

  #list() {
    const { strings, formats } = this.locale;
    return html`
      <ul role="list">
        ${this.files.map(
          ({ path, bytes }) => html`<li><span>${path}</span><span>${formats.megabytes(bytes)} MB</span></li>`,
        )}
      </ul>
      <button type="button" @click=${this.#clear}>${strings.deleteStored}</button>
    `;
  }

  async #clear(): Promise<void> {
    await clearCachedFiles().catch(() => undefined); // what is left stays on the list
    await this.refresh();
  }
}
