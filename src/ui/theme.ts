import { readStored, writeStored } from "./storage";

export type Theme = "light" | "dark";

export const THEME_KEY = "reward-scorer.theme";

/** The theme in force: the person's choice on this page, else the system's. */
export function currentTheme(): Theme {
  const stored = readStored(THEME_KEY);
  return stored === "light" || stored === "dark" ? stored : systemTheme();
}

/** Choosing what the system says forgets the choice: the page follows the system again. */
export function chooseTheme(theme: Theme): void {
  writeStored(THEME_KEY, theme === systemTheme() ? undefined : theme);
}

/** Give the page its theme, and the browser's own bars around it. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  const paper = getComputedStyle(document.documentElement).getPropertyValue(`--paper-${theme}`);
  for (const meta of document.querySelectorAll('meta[name="theme-color"]'))
    meta.setAttribute("content", paper);
}

/** Hear of the system's theme changing, until the signal aborts. */
export function watchSystemTheme(onChange: () => void, signal: AbortSignal): void {
  systemDark().addEventListener("change", onChange, { signal });
}

function systemTheme(): Theme {
  return systemDark().matches ? "dark" : "light";
}

function systemDark(): MediaQueryList {
  return matchMedia("(prefers-color-scheme: dark)");
}
