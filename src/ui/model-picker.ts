import { css, html, LitElement } from "lit";
import { controlStyles } from "./control-styles";
import { emit } from "./emit";
import type { Locale } from "./locale";
import { type ModelChoice, titleOf } from "./model-choice";

/**
 * The models the page can load, as a list to choose from.
 *
 * @fires choose the model
 */
export class ModelPicker extends LitElement {
  static override properties = {
    locale: { attribute: false },
    models: { attribute: false },
    chosen: { attribute: false },
  };

  declare locale: Locale;
  declare models: readonly ModelChoice[];
  declare chosen: ModelChoice | undefined;

  static override styles = [
    controlStyles,
    css`
      :host {
        min-width: 0;
        font-size: 0.9375rem;
      }

      select {
        max-width: 100%;
        height: 2.25rem;
        padding: 0 0.5rem;
        border: 1px solid var(--edge);
        border-radius: 6px;
        background: var(--sheet);
        text-overflow: ellipsis;
      }
    `,
  ];

  constructor() {
    super();
    this.models = [];
  }

  protected override render() {
    return html`
      <label for="model" class="visually-hidden">${this.locale.strings.model}</label>
      <select id="model" @change=${this.#onChange}>
        ${this.models.map(
          (model, at) =>
            html`<option value=${at} .selected=${model.url === this.chosen?.url}>${titleOf(model, this.locale.lang)}</option>`,
        )}
      </select>
    `;
  }

  #onChange(event: Event): void {
    emit(this, "choose", this.models[Number((event.target as HTMLSelectElement).value)]);
  }
}
