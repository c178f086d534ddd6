import { css, html, LitElement } from "lit";
import type { LoadedModel } from "../shared/contract";
import { controlStyles } from "./control-styles";
import type { Locale } from "./locale";
import type { StoredFiles } from "./stored-files";

/** The promise of privacy, and the ways to what the model is and how it is checked. */
export class PageFooter extends LitElement {
  static override properties = {
    locale: { attribute: false },
    model: { attribute: false },
    demonstration: { type: Boolean },
  };

  declare locale: Locale;
  declare model: LoadedModel | undefined;
  declare demonstration: boolean;

  static override styles = [
    controlStyles,
    css`
      footer {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0.25rem 1.5rem;
        margin-top: 3rem;
        padding: 1rem 0 2rem;
        border-top: 1px solid var(--rule);
        font-size: 0.9375rem;
      }

      p {
        margin: 0 auto 0 0;
      }
    `,
  ];

  constructor() {
    super();
    this.demonstration = false;
  }

  protected override render() {
    const { locale, model } = this;
    const { strings } = locale;
    return html`
      <footer>
        <p>${strings.privacy}</p>
        <button class="plain" type="button" @click=${() => this.#open("about")}>${strings.aboutModel}</button>
        <button class="plain" type="button" @click=${() => this.#open("checked")}>${strings.howChecked}</button>
        <button class="plain" type="button" @click=${this.#openStored}>${strings.storedFiles}</button>
        <a href="embed-demo.html">${strings.inOtherTools}</a>
      </footer>
      <rs-page-dialog id="about" .locale=${locale} .heading=${strings.aboutModel}>
        <rs-about-model
          .locale=${locale}
          .manifest=${model?.manifest}
          .demonstration=${this.demonstration}
        ></rs-about-model>
      </rs-page-dialog>
      <rs-page-dialog id="checked" .locale=${locale} .heading=${strings.howChecked}>
        <rs-how-checked .locale=${locale} .model=${model}></rs-how-checked>
      </rs-page-dialog>
      <rs-page-dialog id="stored" .locale=${locale} .heading=${strings.storedFiles}>
        <rs-stored-files .locale=${locale}></rs-stored-files>
      </rs-page-dialog>
    `;
  }

  #openStored(): void {
    void this.renderRoot.querySelector<StoredFiles>("rs-stored-files")?.refresh();
    this.#open("stored");
  }

  #open(id: string): void {
    this.renderRoot.querySelector<HTMLElement & { show(): void }>(`#${id}`)?.show();
  }
}
