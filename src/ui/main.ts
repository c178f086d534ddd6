import { defineElements } from "./elements";
import { applyTheme, currentTheme } from "./theme";
import { allowOwnScripts } from "./trusted-types";

allowOwnScripts();
applyTheme(currentTheme());
defineElements();
