import { html, LitElement } from "lit";
import type { LoadedModel } from "../shared/contract";
import { goldenTolerance } from "../shared/tolerance";
import { badgeWords } from "./badge-words";
import { controlStyles } from "./control-styles";
import { factStyles } from "./fact-styles";
import type { Locale } from "./locale";

/** How the page knows that its numbers are the model's, with the figures of this load. */
export class HowChecked extends LitElement {
  static override properties = {
    locale: { attribute: false },
    model: { attribute: false },
  };

  declare locale: Locale;
  declare model: LoadedModel | undefined;

  static override styles = [controlStyles, factStyles];

  protected override render() {
    const { strings, formats } = this.locale;
    const { model } = this;
    if (!model) return html`<p>${strings.noModelYet}</p>`;
    const { goldens, artifacts } = model.manifest;
    const artifact = artifacts.find(({ dtype }) => dtype === model.dtype);
    const maxError = model.attempts.at(-1)?.maxError;
    const { checkedFacts } = strings;
    return html`
      <p>${strings.checkedLead(formats.count(goldens.length))}</p>
      <p>${strings.checkedFiles}</p>
      <p>${strings.checkedLimit}</p>
      <dl>
        ${fact(checkedFacts.backend, badgeWords(model, this.locale))}
        ${fact(checkedFacts.weights, model.dtype)}
        ${fact(checkedFacts.goldens, formats.count(goldens.length))}
        ${fact(checkedFacts.cost, artifact && strings.inRewardUnits(formats.error(artifact.maxError)))}
        ${fact(checkedFacts.tolerance, artifact && strings.inRewardUnits(formats.error(goldenTolerance(artifact))))}
        ${fact(checkedFacts.maxError, maxError === undefined ? "–" : strings.inRewardUnits(formats.error(maxError)))}
      </dl>
    `;
  }
}

function fact(name: string, value: string | undefined) {
  return html`<dt>${name}</dt>
    <dd>${value}</dd>`;
}
