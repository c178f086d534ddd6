/**
 * Responses drawn in a frame for the first time: hundreds at once hold the page for seconds. Far from the
 * screen they are not laid out with the page, but browsers that look for forms to fill in lay out each new
 * text area, those of several frames together.
 */
export const ROWS_A_FRAME = 3;

/** So many can be drawn anew for one that is drawn for the first time. */
const REDRAWN_FOR_ONE = 8;

const SHARES_A_FRAME = ROWS_A_FRAME * REDRAWN_FOR_ONE;

/** A response that waits. */
interface Turn {
  /** Among the responses, from 0. */
  place: number;
  /** Of a frame. */
  shares: number;
  draw: () => void;
}

/** Shares left in this frame; undefined until one is asked for. */
let left: number | undefined;
const waiting: Turn[] = [];

/**
 * Resolves when a response may be drawn: at once for the first few that ask in a frame, else in a later frame,
 * those first that stand first.
 *
 * @param place among the responses, from 0
 * @param anew whether it has been drawn before
 */
export function turnToDraw(place: number, anew: boolean): Promise<void> {
  left ??= startFrame();
  const shares = anew ? 1 : REDRAWN_FOR_ONE;
  if (left < shares) return new Promise((draw) => waiting.push({ place, shares, draw }));
  left -= shares;
  return Promise.resolve();
}

function startFrame(): number {
  requestAnimationFrame(() => {
    if (waiting.length === 0) {
      left = undefined;
      return;
    }
    left = startFrame();
    waiting.sort((a, b) => a.place - b.place);
    while (waiting.length > 0 && waiting[0]!.shares <= left) {
      const { shares, draw } = waiting.shift()!;
      left -= shares;
      draw();
    }
  });
  return SHARES_A_FRAME;
}
