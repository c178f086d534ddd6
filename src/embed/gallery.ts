import { css, html, LitElement } from "lit";
import { controlStyles } from "../ui/control-styles";
import { parseUrlParameters } from "../ui/url-parameters";
import { DOORS, type Door } from "./gallery-doors";
import type { LiveTexts } from "./gallery-live";

/** Every way into other pages: at work where this page can be its host, and what to paste. */
export class Gallery extends LitElement {
  static override properties = { texts: { state: true }, copied: { state: true } };

  declare private texts: LiveTexts;
  /** The door whose code is on the clipboard. */
  declare private copied: Door | undefined;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        max-width: 67.5rem;
        margin: 0 auto;
        padding: 0 1.5rem 4rem;
      }

      header {
        padding: 1rem 0;
        border-bottom: 1px solid var(--rule);
      }

      h1 {
        margin: 0;
        font-size: 1.125rem;
      }

      h2 {
        margin: 0;
        font-size: 1.125rem;
      }

      p {
        max-width: 44rem;
        margin: 0.25rem 0 0.75rem;
      }

      main {
        padding-top: 0.75rem;
      }

      a {
        color: var(--accent);
      }

      .texts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr));
        gap: 1rem;
        margin: 1rem 0 2rem;
      }

      label {
        display: grid;
        gap: 0.25rem;
      }

      textarea {
        min-height: 4.5rem;
        padding: 0.5rem 0.75rem;
        border: 1px solid var(--edge);
        border-radius: 6px;
        background: var(--sheet);
        font-family: var(--serif);
        resize: vertical;
      }

      section {
        display: grid;
        grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
        gap: 1rem 2rem;
        padding: 1.5rem 0;
        border-top: 1px solid var(--rule);
      }

      .code {
        display: grid;
        gap: 0.5rem;
        justify-items: start;
      }

      pre {
        width: 100%;
        max-height: 22rem;
        margin: 0;
        padding: 0.75rem 1rem;
        border: 1px solid var(--rule);
        border-radius: 6px;
        background: var(--sheet);
        font: 0.8125rem / 1.5 var(--mono);
        overflow: auto;
      }

      .quiet,
      ::part(facts) {
        font-size: 0.875rem;
        color: var(--quiet);
      }

      ::part(frame) {
        width: 100%;
        border: 0;
      }

      @media (width < 45rem) {
        :host {
          padding: 0 1rem 3rem;
        }

        section {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  constructor() {
    super();
    this.texts = {
      prompt: "What is the capital of France?",
      responses: ["Paris is the capital of France.", "Google it pal."],
      model: new URL("models/demo/", document.baseURI).href,
      device: parseUrlParameters(location.search).parameters.device,
    };
  }

  protected override render() {
    const { prompt, responses } = this.texts;
    return html`
      <header><h1>reward-scorer in other tools</h1></header>
      <main>
        <p>
          One press of a button loads the demonstration model for every part of this page but the frame, which asks for
          itself. The texts stay in this browser. <a href="./">The page for people</a>
        </p>
        <div class="texts">
          ${this.#text("Prompt", prompt, (text) => ({ prompt: text }))}
          ${responses.map((response, at) =>
            this.#text(`Response ${at + 1}`, response, (text) => ({ responses: responses.with(at, text) })),
          )}
        </div>
        ${DOORS.map((door) => this.#door(door))}
      </main>
    `;
  }

  #text(label: string, value: string, change: (text: string) => Partial<LiveTexts>) {
    const take = ({ target }: Event) => {
      this.texts = { ...this.texts, ...change((target as HTMLTextAreaElement).value) };
    };
    return html`<label>${label} <textarea .value=${value} @change=${take}></textarea></label>`;
  }

  #door(door: Door) {
    return html`
      <section aria-label=${door.title}>
        <div>
          <h2>${door.title}</h2>
          <p>${door.about}</p>
          ${door.live ? this.#live(door.live) : html`<p class="quiet">To be seen in the tool itself.</p>`}
        </div>
        <div class="code">
          <pre tabindex="0" aria-label="What to paste: ${door.title}"><code>${door.code}</code></pre>
          <button type="button" @click=${(event: Event) => this.#copy(door, event)}>
            ${this.copied === door ? "Copied" : "Copy"}
            <span class="visually-hidden">the code of ${door.title}</span>
          </button>
          <span class="quiet">All of it: ${door.howTo}</span>
        </div>
      </section>
    `;
  }

  #live(kind: NonNullable<Door["live"]>) {
    const { texts } = this;
    switch (kind) {
      case "element":
        return html`<reward-scorer
          model=${texts.model}
          device=${texts.device}
          .prompt=${texts.prompt}
          .responses=${texts.responses}
        ></reward-scorer>`;
      case "frame":
        return html`<rs-gallery-frame exportparts="frame" .texts=${texts}></rs-gallery-frame>`;
      case "notebook":
        return html`<rs-gallery-notebook .texts=${texts}></rs-gallery-notebook>`;
      case "streamlit":
        return html`<rs-gallery-streamlit .texts=${texts}></rs-gallery-streamlit>`;
    }
  }

  /** Without the clipboard the code is selected, to be copied by hand. */
  async #copy(door: Door, { currentTarget }: Event): Promise<void> {
    try {
      await navigator.clipboard.writeText(door.code);
      this.copied = door;
    } catch {
      getSelection()?.selectAllChildren((currentTarget as Element).previousElementSibling!);
    }
  }
}
