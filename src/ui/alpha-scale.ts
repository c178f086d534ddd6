export const ALPHA_MIN = 0;
/** Twice the alpha of the published scores. */
export const ALPHA_MAX = 20;
/** The alpha of the published scores: shown until a model brings its own. */
export const ALPHA_BEFORE_MODEL = 10;
/** Below this, where training's 1 lies, the slider moves in finer steps. */
const FINE_BELOW = 2;
const FINE_STEP = 0.05;
const STEP = 0.1;
export const ALPHA_PAGE = 1;

/** The alpha a text names, or undefined when it names none in the range. */
export function parseAlpha(text: string): number | undefined {
  const alpha = text.trim() === "" ? Number.NaN : Number(text);
  return alpha >= ALPHA_MIN && alpha <= ALPHA_MAX ? alpha + 0 : undefined; // -0 is 0
}

/** As {@link parseAlpha}, of what a person types: with a comma or a point, whatever the language. */
export function parseTypedAlpha(text: string): number | undefined {
  return parseAlpha(text.replace(",", "."));
}

export function clampAlpha(alpha: number): number {
  return Math.min(ALPHA_MAX, Math.max(ALPHA_MIN, alpha));
}

/** The next alpha on the scale, up or down: where one arrow key leads. */
export function stepAlpha(alpha: number, direction: 1 | -1): number {
  const fine = alpha < FINE_BELOW || (alpha === FINE_BELOW && direction < 0);
  return movedBy(alpha, direction * (fine ? FINE_STEP : STEP));
}

/** One page up or down. */
export function pageAlpha(alpha: number, direction: 1 | -1): number {
  return movedBy(alpha, direction * ALPHA_PAGE);
}

/** The nearest alpha on the scale: where a dragged thumb stops. */
export function snapAlpha(alpha: number): number {
  const step = alpha < FINE_BELOW ? FINE_STEP : STEP;
  return tidy(clampAlpha(Math.round(alpha / step) * step));
}

function movedBy(alpha: number, distance: number): number {
  return tidy(clampAlpha(alpha + distance));
}

/** Without the dust of binary fractions: 0.1 + 0.2 is 0.3 here. */
function tidy(alpha: number): number {
  return Number(alpha.toFixed(6));
}
