import { nextTask } from "../shared/next-task";
import { defineElements } from "./elements";
import { applyTheme, currentTheme } from "./theme";
import { allowOwnScripts } from "./trusted-types";

allowOwnScripts();
applyTheme(currentTheme());
// Running the scripts and drawing the page are a task each: together they were the longest of all.
void nextTask().then(defineElements);
