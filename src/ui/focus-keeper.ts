import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Puts the focus elsewhere in its host when an update takes away what had it: a button that was pressed, mostly. */
export class FocusKeeper implements ReactiveController {
  readonly #host: HTMLElement;
  readonly #focus: () => void;
  #hadFocus = false;

  /** @param focus moves the focus to what is always there */
  constructor(host: ReactiveControllerHost & HTMLElement, focus: () => void) {
    this.#host = host;
    this.#focus = focus;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#hadFocus = this.#hasFocus();
  }

  hostUpdated(): void {
    if (this.#hadFocus && !this.#hasFocus()) this.#focus();
  }

  #hasFocus(): boolean {
    return this.#host.matches(":focus-within");
  }
}
