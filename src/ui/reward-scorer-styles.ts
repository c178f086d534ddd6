import { css } from "lit";
import { progressStyles } from "./progress-styles";

/** A line of text beside the host's own; colours are the host's, but for what custom properties say. */
export const rewardScorerStyles = css`
  :host {
    display: inline-block;
    min-width: 7rem;
    font: var(--reward-scorer-font, inherit);
    color: var(--reward-scorer-color, inherit);
    font-variant-numeric: tabular-nums lining-nums;
  }

  :host([hidden]) {
    display: none;
  }

  /* Focused when its button is gone. */
  div:focus {
    outline: none;
  }

  ol {
    margin: 0;
    padding-inline-start: 1.5em;
  }

  li::marker {
    font-size: 0.875em;
    color: var(--reward-scorer-quiet, color-mix(in srgb, currentColor 72%, transparent));
  }

  output {
    display: block;
  }

  .score {
    font-size: var(--reward-scorer-score-size, 1.5em);
    font-weight: 600;
  }

  .facts,
  .words {
    font-size: 0.875em;
    color: var(--reward-scorer-quiet, color-mix(in srgb, currentColor 72%, transparent));
  }

  .failure {
    color: var(--reward-scorer-warn, light-dark(#8a3b12, #eeaa80));
    overflow-wrap: anywhere;
  }

  button {
    min-height: 1.5rem;
    padding: 0.25em 0.75em;
    border: 1px solid color-mix(in srgb, currentColor 50%, transparent);
    border-radius: 6px;
    background: transparent;
    font: inherit;
    color: inherit;
    cursor: pointer;
  }

  button:focus-visible {
    outline: 2px solid var(--reward-scorer-accent, light-dark(#1d5b70, #86c8dd));
    outline-offset: 2px;
  }

  ${progressStyles}

  progress {
    --done: var(--reward-scorer-accent, light-dark(#1d5b70, #86c8dd));
    --rest: color-mix(in srgb, currentColor 20%, transparent);
    margin: 0.25em 0;
  }
`;
