import type { ReactiveController, ReactiveControllerHost } from "lit";
import { type ElementLocale, elementLocaleOf } from "./element-locale";
import { languageOf } from "./language";

/**
 * The words of the language that an element stands in: of its own `lang` attribute, or of the nearest
 * ancestor's that has one, out of shadow trees; English where that is none of ours. The host is redrawn when
 * it changes.
 */
export class NearestLocale implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #changes = new MutationObserver(() => this.#look());
  locale: ElementLocale = elementLocaleOf("en");

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** Whoever moves an ancestor connects the element anew, so its ancestors stay these until then. */
  hostConnected(): void {
    for (const element of withAncestors(this.#host)) {
      this.#changes.observe(element, { attributeFilter: ["lang"] });
    }
    this.#look();
  }

  hostDisconnected(): void {
    this.#changes.disconnect();
  }

  #look(): void {
    const nearest = [...withAncestors(this.#host)].find((element) => element.hasAttribute("lang"));
    const locale = elementLocaleOf(languageOf(nearest?.getAttribute("lang") ?? "") ?? "en");
    if (locale === this.locale) return;
    this.locale = locale;
    this.#host.requestUpdate();
  }
}

function* withAncestors(element: Element): Generator<Element> {
  for (let next: Element | undefined = element; next; next = parentOf(next)) yield next;
}

function parentOf({ parentElement, parentNode }: Element): Element | undefined {
  return parentElement ?? (parentNode as ShadowRoot | null)?.host;
}
