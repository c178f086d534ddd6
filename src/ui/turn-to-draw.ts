/** Responses drawn in a frame: laying out hundreds at once holds the page for seconds. */
export const ROWS_A_FRAME = 12;

/** Turns left in this frame; undefined until one is asked for. */
let left: number | undefined;
let waiting: { place: number; draw: () => void }[] = [];

/**
 * Resolves when a response may be drawn: at once for the first few that ask in a frame, else in a later frame,
 * those first that stand first.
 *
 * @param place among the responses, from 0
 */
export function turnToDraw(place: number): Promise<void> {
  left ??= startFrame();
  if (left > 0) {
    left--;
    return Promise.resolve();
  }
  return new Promise((draw) => waiting.push({ place, draw }));
}

function startFrame(): number {
  requestAnimationFrame(() => {
    left = waiting.length > 0 ? startFrame() : undefined;
    waiting.sort((a, b) => a.place - b.place);
    const drawn = waiting.slice(0, ROWS_A_FRAME);
    waiting = waiting.slice(ROWS_A_FRAME);
    if (left !== undefined) left -= drawn.length;
    for (const { draw } of drawn) draw();
  });
  return ROWS_A_FRAME;
}
