import { css } from "lit";

/** The page's frame: header, the strip under it, the sheet, footer. */
export const appStyles = css`
  :host {
    display: block;
    max-width: 67.5rem;
    margin: 0 auto;
    padding: 0 1.5rem;
  }

  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 1rem;
    padding: 1rem 0;
    border-bottom: 1px solid var(--rule);
  }

  h1 {
    margin: 0 auto 0 0;
    font-size: 1.125rem;
    font-weight: 650;
    letter-spacing: -0.01em;
  }

  rs-model-strip {
    margin: 1rem 0 1.5rem;
  }

  .problems {
    margin: 1rem 0 0;
    padding: 0;
    list-style: none;
  }

  .problems li {
    padding: 0.5rem 1rem;
    border-left: 4px solid var(--warn);
    background: var(--sheet);
    overflow-wrap: anywhere;
  }

  .problems li + li {
    margin-top: 0.5rem;
  }

  /* In two rows: the language and the colours stay beside the name, however long the words are. */
  @media (width < 54rem) {
    h1 {
      flex: 1 0 calc(100% - 9rem);
    }

    header rs-language-toggle,
    header rs-theme-toggle {
      order: 1;
    }

    header rs-model-picker,
    header rs-backend-badge {
      order: 2;
    }
  }

  @media (width < 45rem) {
    :host {
      padding: 0 1rem;
    }

    header rs-model-picker {
      flex: 1 1 8rem;
    }

    rs-model-strip {
      margin-bottom: 1rem;
    }
  }
`;
