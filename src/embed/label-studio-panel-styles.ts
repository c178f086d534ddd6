import { css } from "lit";

/** A box as Label Studio has them. All colours are mixed with the host's own, whose theme cannot be known. */
export const labelStudioPanelStyles = css`
  :host {
    display: block;
    margin: 8px 0 16px;
    font-variant-numeric: tabular-nums lining-nums;
    --quiet: color-mix(in srgb, currentColor 68%, transparent);
    --rule: color-mix(in srgb, currentColor 16%, transparent);
    --accent: color-mix(in srgb, #0091ff 70%, currentColor);
    --warn: color-mix(in srgb, #d4380d 70%, currentColor);
  }

  section {
    container-type: inline-size;
    padding: 12px 16px;
    border: 1px solid var(--rule);
    border-radius: 4px;
  }

  section:focus {
    outline: none;
  }

  header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 4px 12px;
    margin-bottom: 8px;
  }

  h2 {
    margin: 0;
    font: inherit;
    font-weight: 500;
    color: inherit;
  }

  .quiet {
    font-size: 0.875em;
    color: var(--quiet);
  }

  p {
    margin: 8px 0 0;
  }

  .problem {
    color: var(--warn);
    overflow-wrap: anywhere;
  }

  reward-scorer:not([hidden]) {
    display: block;
    max-width: 24rem;
    --reward-scorer-accent: var(--accent);
    --reward-scorer-warn: var(--warn);
  }

  ol {
    display: grid;
    grid-template-columns: fit-content(16rem) minmax(0, 1fr) auto;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
    align-items: center;
    column-gap: 24px;
    padding: 4px 0;
    border-top: 1px solid var(--rule);
  }

  .response {
    overflow-wrap: anywhere;
  }

  output {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    column-gap: 12px;
  }

  .score {
    min-width: 5rem;
    font-size: 1.375em;
    font-weight: 600;
    text-align: right;
  }

  .offers {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    min-height: 32px;
  }

  button {
    min-height: 32px;
    padding: 0 12px;
    border: 1px solid color-mix(in srgb, currentColor 30%, transparent);
    border-radius: 4px;
    background: transparent;
    font: inherit;
    color: inherit;
    cursor: pointer;
  }

  button:hover:enabled,
  button:focus-visible {
    border-color: var(--accent);
    color: var(--accent);
  }

  button:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  button:disabled {
    opacity: 0.5;
    cursor: default;
  }

  @container (max-width: 40rem) {
    li {
      display: flex;
      flex-wrap: wrap;
      column-gap: 12px;
    }

    .score {
      min-width: 0;
    }

    .offers {
      flex-basis: 100%;
      justify-content: flex-start;
      min-height: 0;
    }
  }
`;
