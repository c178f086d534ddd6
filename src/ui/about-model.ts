import { css, html, LitElement, nothing } from "lit";
import type { Manifest } from "../shared/manifest";
import { controlStyles } from "./control-styles";
import { factStyles } from "./fact-styles";
import type { Language } from "./language";
import type { Locale } from "./locale";

/** `owner/name`, as the Hub names a repository. */
const HUB_ID = /^[\w.-]+\/[\w.-]+$/;

/** What the model's manifest says of it, and how to bring the real one when this only demonstrates. */
export class AboutModel extends LitElement {
  static override properties = {
    locale: { attribute: false },
    manifest: { attribute: false },
    demonstration: { type: Boolean },
  };

  declare locale: Locale;
  declare manifest: Manifest | undefined;
  declare demonstration: boolean;

  static override styles = [
    controlStyles,
    factStyles,
    css`
      .demonstration {
        margin-bottom: 1.25rem;
        padding: 0.75rem 1rem;
        border-left: 4px solid var(--accent);
        background: var(--accent-wash);
      }

      .demonstration p {
        margin: 0 0 0.5rem;
      }

      .demonstration .then {
        margin: 0.5rem 0 0;
      }
    `,
  ];

  constructor() {
    super();
    this.demonstration = false;
  }

  protected override render() {
    const { strings } = this.locale;
    const { manifest } = this;
    return html`
      ${this.demonstration ? this.#demonstration() : nothing}
      ${manifest ? this.#facts(manifest) : html`<p>${strings.noModelYet}</p>`}
    `;
  }

  #demonstration() {
    const { strings } = this.locale;
    return html`
      <div class="demonstration">
        <p>${strings.demonstration}</p>
        <p>${strings.realModel}</p>
        <rs-copy-command .locale=${this.locale} .command=${strings.realModelCommand}></rs-copy-command>
        <p class="then">${strings.realModelThen}</p>
      </div>
    `;
  }

  #facts(manifest: Manifest) {
    const { lang, strings, formats } = this.locale;
    const { facts } = strings;
    const { source } = manifest;
    const translation = manifest.translations?.[lang];
    const { description, accuracy, limits } = translation ?? manifest;
    const said = translation ? lang : "en";
    return html`
      <p lang=${said}>${description}</p>
      <dl>
        ${this.#fact(facts.accuracy, lines(accuracy, said))}
        ${this.#fact(facts.limits, lines(limits, said))}
        ${this.#fact(facts.languages, formats.list(manifest.languages.map((tag) => languageName(tag, lang))))}
        ${this.#fact(facts.licence, manifest.licence)}
        ${this.#fact(facts.source, repository(source.repository))}
        ${source.revision ? this.#fact(facts.revision, html`<code>${source.revision}</code>`) : nothing}
        ${this.#fact(facts.architecture, `${manifest.architecture}: ${manifest.head}`)}
        ${this.#fact(facts.reads, strings.tokens(manifest.template.maxTokens, formats.count(manifest.template.maxTokens)))}
        ${source.weights.map(({ path, sha256 }) =>
          this.#fact(facts.sha256, html`${path}<br /><code>${sha256}</code>`),
        )}
      </dl>
    `;
  }

  #fact(name: string, value: unknown) {
    return html`<dt>${name}</dt>
      <dd>${value}</dd>`;
  }
}

/** What a manifest says in the words of a language. */
function lines(items: readonly string[], lang: Language) {
  if (items.length === 0) return "–";
  if (items.length === 1) return html`<span lang=${lang}>${items[0]}</span>`;
  return html`<ul lang=${lang}>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

/** The name of a language in the page's; what is no tag stays as it is. */
function languageName(tag: string, lang: Language): string {
  try {
    return new Intl.DisplayNames(lang, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function repository(name: string) {
  if (!HUB_ID.test(name)) return name;
  return html`<a href="https://huggingface.co/${name}" target="_blank" rel="noreferrer">${name}</a>`;
}
