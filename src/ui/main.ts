import { defineElements } from "./elements";
import { applyTheme, currentTheme } from "./theme";

applyTheme(currentTheme());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => applyTheme(currentTheme()));
defineElements();
