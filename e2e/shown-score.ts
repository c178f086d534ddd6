/** A score and its reward as a page shows them; at zero neither has a sign. */
export const SCORE = /[+−]?\d+\.\d\d\s+reward [+−]?\d\.\d{3}/;
export const SCORE_IN_PORTUGUESE = /[+−]?\d+,\d\d\s+recompensa [+−]?\d,\d{3}/;
