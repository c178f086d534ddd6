import type { ScoreResult } from "../../src/ui/score-result";

declare global {
  interface Window {
    watch: {
      /** When text areas and button were first on the screen, in milliseconds of the page's life. */
      interactiveMs: number | undefined;
      longTasksMs: number[];
      /** Whether every response shows a reward. */
      scored(): boolean;
      /** How many are drawn. */
      responses(): number;
      /** Milliseconds from each of so many new alphas to the frame with the first new scores, and with all. */
      slide(count: number): Promise<{ first: number; all: number }[]>;
    };
  }
}

/** Runs in the page before its own scripts. What it asks while others are timed is quick. */
export function watchPage(): void {
  /** @param path from shadow root to shadow root */
  const find = (first: string, ...path: string[]) =>
    path.reduce(
      (from: Element | null | undefined, selector) => from?.shadowRoot?.querySelector(selector),
      document.querySelector(first),
    );
  const rows = () => [
    ...(find("rs-app", "rs-pair-editor")?.shadowRoot?.querySelectorAll("rs-response-row") ?? []),
  ];
  const resultOf = (row: Element | undefined) =>
    row?.shadowRoot?.querySelector("rs-score-result")?.shadowRoot;
  const scoreOf = (row: Element | undefined) => resultOf(row)!.textContent;
  const rewardOf = (row: Element) => (resultOf(row)?.host as ScoreResult | undefined)?.reward?.reward;
  const farFromZero = (row: Element) => Math.abs(rewardOf(row)!);
  /** Of the last ten the one furthest from zero: near zero the score is the same at any alpha. */
  const lastTelling = () =>
    rows()
      .slice(-10)
      .reduce((best, row) => (farFromZero(row) >= farFromZero(best) ? row : best));
  const afterFrame = (then: () => void) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(undefined);
  };

  // Chromium tells of what is dragged right before a frame: so does this.
  const slideTo = (slider: HTMLInputElement, alpha: number) =>
    new Promise<{ first: number; all: number }>((resolve) => {
      const row = lastTelling();
      const last = scoreOf(row);
      requestAnimationFrame(() => {
        const start = performance.now();
        slider.value = String(alpha);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        afterFrame(() => {
          const first = performance.now() - start;
          const wait = () => {
            if (scoreOf(row) === last) return void requestAnimationFrame(wait);
            afterFrame(() => resolve({ first, all: performance.now() - start }));
          };
          wait();
        });
      });
    });

  window.watch = {
    interactiveMs: undefined,
    longTasksMs: [],
    scored: () => rows().length > 0 && rows().every((row) => rewardOf(row) !== undefined),
    responses: () => rows().filter(resultOf).length,
    async slide(count) {
      const slider = find("rs-app", "rs-alpha-control", "#slider") as HTMLInputElement;
      const times: { first: number; all: number }[] = [];
      for (let at = 0; at < count; at++) {
        const before = scoreOf(rows()[0]);
        times.push(await slideTo(slider, at % 2 === 0 ? 2 + at / 4 : 20 - at / 4));
        if (scoreOf(rows()[0]) === before) throw new Error("slider: expected new scores, found the old");
      }
      return times;
    },
  };

  new PerformanceObserver((list) => {
    window.watch.longTasksMs.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: "longtask", buffered: true });

  const look = () => {
    const [row] = rows();
    const text = row?.shadowRoot?.querySelector("rs-judged-text")?.shadowRoot?.querySelector("textarea");
    if (!text || !find("rs-app", "rs-score-task", "button")) return void requestAnimationFrame(look);
    afterFrame(() => {
      window.watch.interactiveMs = performance.now();
    });
  };
  requestAnimationFrame(look);
}
