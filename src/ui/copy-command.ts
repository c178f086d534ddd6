import { css, html, LitElement } from "lit";
import { controlStyles } from "./control-styles";
import type { Locale } from "./locale";

/** A command to run in a terminal, with a button that copies it. */
export class CopyCommand extends LitElement {
  static override properties = {
    locale: { attribute: false },
    command: { type: String },
    copied: { state: true },
  };

  declare locale: Locale;
  declare command: string;
  declare copied: boolean;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem 0.75rem;
      }

      code {
        flex: 1 1 16rem;
        padding: 0.5rem 0.75rem;
        border: 1px solid var(--rule);
        border-radius: 6px;
        background: var(--paper);
        font: 0.875rem / 1.5 var(--mono);
        overflow-wrap: anywhere;
        user-select: all;
      }
    `,
  ];

  constructor() {
    super();
    this.command = "";
    this.copied = false;
  }

  protected override render() {
    const { strings } = this.locale;
    return html`
      <code>${this.command}</code>
      <button type="button" @click=${this.#copy}>${this.copied ? strings.copied : strings.copy}</button>
    `;
  }

  /** Without the clipboard the command can still be selected: one click takes it all. */
  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.command);
      this.copied = true;
    } catch {
      getSelection()?.selectAllChildren(this.renderRoot.querySelector("code")!);
    }
  }
}
