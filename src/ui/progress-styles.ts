import { css } from "lit";

/**
 * A progress bar in two colours, `--done` and `--rest`, and in stripes of both while nothing is known. The browser's
 * own bar moves then: hundreds of them would keep a processor busy.
 */
export const progressStyles = css`
  progress {
    --stripes: repeating-linear-gradient(-60deg, var(--done) 0 0.25rem, var(--rest) 0.25rem 0.75rem);
    display: block;
    width: 100%;
    height: 0.375rem;
    border: 0;
    border-radius: 3px;
    overflow: hidden;
    background: var(--rest);
    appearance: none;
  }

  progress::-webkit-progress-bar {
    background: transparent;
  }

  progress::-webkit-progress-value {
    background: var(--done);
  }

  progress::-moz-progress-bar {
    background: var(--done);
  }

  progress:indeterminate {
    background: var(--stripes);
  }

  progress:indeterminate::-moz-progress-bar {
    background: transparent;
  }

  @media (forced-colors: active) {
    progress {
      appearance: auto;
      height: 1rem;
    }
  }
`;
