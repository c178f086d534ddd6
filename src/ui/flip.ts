const DURATION_MS = 240;

/** Where elements stand, to be compared after they moved. */
export function positions(elements: Iterable<Element>): Map<Element, number> {
  return new Map([...elements].map((element) => [element, element.getBoundingClientRect().top]));
}

/**
 * Let elements glide from where they stood to where they stand now.
 *
 * Those that did not move stay still, and all do when the person asked for less motion.
 */
export function glideFrom(before: ReadonlyMap<Element, number>): void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const [element, top] of before) {
    const distance = top - element.getBoundingClientRect().top;
    if (!element.isConnected || distance === 0) continue;
    element.animate([{ transform: `translateY(${distance}px)` }, { transform: "none" }], {
      duration: DURATION_MS,
      easing: "cubic-bezier(0.2, 0, 0, 1)",
    });
  }
}
