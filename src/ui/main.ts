import { defineElements } from "./elements";
import { applyTheme, currentTheme } from "./theme";

applyTheme(currentTheme());
defineElements();
