import { css, html, LitElement, nothing } from "lit";
import type { CachedFile } from "../shared/file-cache";
import { clearCachedFiles, forgetFiles, listCachedFiles, listKeptManifests } from "../shared/file-cache";
import { controlStyles } from "./control-styles";
import type { Locale } from "./locale";
import { forgetPageFiles, listPageFiles } from "./page-files";
import { groupFiles, ownHashes, type StoredGroup, sharedWith } from "./stored-groups";

/** What the browser keeps of models, runtime and page, model by model, and a way to be rid of each. */
export class StoredFiles extends LitElement {
  static override properties = {
    locale: { attribute: false },
    groups: { state: true },
    estimate: { state: true },
  };

  declare locale: Locale;
  declare groups: readonly StoredGroup[];
  declare estimate: StorageEstimate | undefined;

  static override styles = [
    controlStyles,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }

      .groups {
        margin: 0 0 1rem;
      }

      .groups > li {
        padding: 0.75rem 0;
        border-bottom: 1px solid var(--rule);
      }

      .row {
        display: flex;
        gap: 0.25rem 1rem;
        align-items: baseline;
        justify-content: space-between;
        overflow-wrap: anywhere;
      }

      .row > :last-child {
        flex: none;
        font-variant-numeric: tabular-nums;
      }

      h3 {
        margin: 0;
        font-size: 1rem;
      }

      .quiet {
        color: var(--quiet);
        font-size: 0.875rem;
      }
    `,
  ];

  constructor() {
    super();
    this.groups = [];
  }

  /** Look again. A browser that refuses storage keeps nothing. */
  async refresh(): Promise<void> {
    this.groups = await listGroups().catch(() => []);
    this.estimate = await navigator.storage?.estimate().catch(() => undefined);
  }

  protected override render() {
    const { groups, locale } = this;
    const { strings, formats } = locale;
    const files = [...new Set(groups.flatMap(({ files }) => files))];
    const size = formats.size(files.reduce((sum, { bytes }) => sum + bytes, 0));
    return html`
      <p aria-live="polite" tabindex="-1">
        ${files.length === 0 ? strings.nothingStored : strings.stored(files.length, formats.count(files.length), size)}
      </p>
      ${files.length === 0 ? nothing : this.#list()}
    `;
  }

  #list() {
    const { strings } = this.locale;
    return html`
      <ul role="list" class="groups">
        ${this.groups.map((group) => this.#group(group))}
      </ul>
      <button type="button" @click=${this.#clear}>${strings.deleteStored}</button>
      ${this.#use()}
    `;
  }

  #group(group: StoredGroup) {
    const { strings, formats } = this.locale;
    const { files } = group;
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const name = this.#name(group);
    return html`
      <li>
        <div class="row">
          <h3>${name}</h3>
          <button
            type="button"
            aria-label=${strings.deleteGroupOf(name)}
            @click=${() => this.#forget(group)}
          >${strings.deleteGroup}</button>
        </div>
        <p class="quiet">${strings.storedGroup(files.length, formats.count(files.length), formats.size(bytes))}</p>
        <ul role="list" class="quiet">
          ${files.map((file) => this.#file(file, group))}
        </ul>
      </li>
    `;
  }

  #file(file: CachedFile, group: StoredGroup) {
    const { strings, formats } = this.locale;
    const others = sharedWith(file, group, this.groups);
    const shared = others.length > 0 ? ` (${strings.sharedFile(formats.list(others))})` : "";
    return html`
      <li class="row"><span>${file.path}${shared}</span><span>${formats.size(file.bytes)}</span></li>
    `;
  }

  #name({ kind, name }: StoredGroup): string {
    const { storedRuntime, storedPage, storedOther } = this.locale.strings;
    return { model: name, runtime: storedRuntime, page: storedPage, other: storedOther }[kind];
  }

  #use() {
    const { usage, quota } = this.estimate ?? {};
    if (!usage || !quota) return nothing;
    const { strings, formats } = this.locale;
    return html`<p class="quiet">${strings.storageUse(formats.size(usage), formats.size(quota))}</p>`;
  }

  /** Another tab may have loaded a model since the list was drawn, with files of this one. */
  async #forget({ kind, url }: StoredGroup): Promise<void> {
    await this.refresh();
    const group = this.groups.find((group) => group.kind === kind && group.url === url);
    if (group) {
      const hashes = ownHashes(group, this.groups);
      const forget = kind === "page" ? forgetPageFiles() : forgetFiles(hashes, url);
      await forget.catch(() => undefined); // what is left stays on the list
    }
    await this.#tell();
  }

  async #clear(): Promise<void> {
    await Promise.allSettled([clearCachedFiles(), forgetPageFiles()]);
    await this.#tell();
  }

  /** The button that was pressed is gone: the focus goes to what is said now. */
  async #tell(): Promise<void> {
    await this.refresh();
    await this.updateComplete;
    this.renderRoot.querySelector("p")?.focus();
  }
}

async function listGroups(): Promise<StoredGroup[]> {
  const [files, manifests, pageFiles] = await Promise.all([
    listCachedFiles(),
    listKeptManifests(),
    listPageFiles(),
  ]);
  const page: StoredGroup = { kind: "page", name: "", url: "", files: pageFiles };
  return [...groupFiles(files, manifests), ...(pageFiles.length > 0 ? [page] : [])];
}
