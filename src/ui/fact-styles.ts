import { css } from "lit";

/** A text with a list of named facts, as the dialogs show them. */
export const factStyles = css`
  p {
    margin: 0 0 1rem;
  }

  dl {
    display: grid;
    grid-template-columns: minmax(7rem, auto) minmax(0, 1fr);
    gap: 0.5rem 1.5rem;
    margin: 0;
  }

  dt {
    color: var(--quiet);
  }

  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }

  dd ul {
    margin: 0;
    padding: 0 0 0 1rem;
  }

  code {
    font: 0.875rem / 1.5 var(--mono);
    overflow-wrap: anywhere;
  }

  @media (width < 30rem) {
    dl {
      grid-template-columns: minmax(0, 1fr);
      gap: 0 0;
    }

    dd {
      margin-bottom: 0.75rem;
    }
  }
`;
