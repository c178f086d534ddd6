import { css } from "lit";

/** Buttons, links, focus and hidden text: what the elements' controls share. */
export const controlStyles = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  [hidden] {
    display: none !important;
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    scroll-margin: var(--focus-margin, 0);
  }

  button {
    min-height: 2.5rem;
    padding: 0 0.875rem;
    border: 1px solid var(--edge);
    border-radius: 6px;
    background: transparent;
    cursor: pointer;
  }

  button:hover {
    background: var(--accent-wash);
  }

  button:disabled {
    color: var(--quiet);
    border-color: var(--rule);
    background: transparent;
    cursor: default;
  }

  button.primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }

  button.primary:hover {
    background: color-mix(in oklab, var(--accent) 88%, var(--ink));
  }

  button.plain {
    min-height: 1.5rem;
    padding: 0;
    border: 0;
    border-radius: 2px;
    text-decoration: underline;
    text-decoration-color: var(--edge);
    text-decoration-thickness: 1px;
    text-underline-offset: 0.25em;
  }

  button.plain:hover {
    background: transparent;
    text-decoration-color: currentColor;
  }

  @media print {
    button {
      display: none !important;
    }
  }

  a {
    color: inherit;
    text-decoration-color: var(--edge);
    text-underline-offset: 0.25em;
  }

  a:hover {
    text-decoration-color: currentColor;
  }
`;
