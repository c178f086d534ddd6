import { AboutModel } from "./about-model";
import { AlphaControl } from "./alpha-control";
import { AppShell } from "./app-shell";
import { BackendBadge } from "./backend-badge";
import { CopyCommand } from "./copy-command";
import { DraftNote } from "./draft-note";
import { ErrorNotice } from "./error-notice";
import { HowChecked } from "./how-checked";
import { JudgedText } from "./judged-text";
import { LanguageToggle } from "./language-toggle";
import { LoadProgress } from "./load-progress";
import { ModelPicker } from "./model-picker";
import { ModelStrip } from "./model-strip";
import { OpenedReport } from "./opened-report";
import { OriginConsent } from "./origin-consent";
import { PageDialog } from "./page-dialog";
import { PageFooter } from "./page-footer";
import { PairEditor } from "./pair-editor";
import { ResponseRow } from "./response-row";
import { ResultsFiles } from "./results-files";
import { ScoreResult } from "./score-result";
import { ScoreTask } from "./score-task";
import { StoredFiles } from "./stored-files";
import { ThemeToggle } from "./theme-toggle";
import { UpdateNotice } from "./update-notice";

const ELEMENTS: Record<string, CustomElementConstructor> = {
  "rs-about-model": AboutModel,
  "rs-alpha-control": AlphaControl,
  "rs-app": AppShell,
  "rs-backend-badge": BackendBadge,
  "rs-copy-command": CopyCommand,
  "rs-draft-note": DraftNote,
  "rs-error-notice": ErrorNotice,
  "rs-how-checked": HowChecked,
  "rs-judged-text": JudgedText,
  "rs-language-toggle": LanguageToggle,
  "rs-load-progress": LoadProgress,
  "rs-model-picker": ModelPicker,
  "rs-model-strip": ModelStrip,
  "rs-opened-report": OpenedReport,
  "rs-origin-consent": OriginConsent,
  "rs-page-dialog": PageDialog,
  "rs-page-footer": PageFooter,
  "rs-pair-editor": PairEditor,
  "rs-response-row": ResponseRow,
  "rs-results-files": ResultsFiles,
  "rs-score-result": ScoreResult,
  "rs-score-task": ScoreTask,
  "rs-stored-files": StoredFiles,
  "rs-theme-toggle": ThemeToggle,
  "rs-update-notice": UpdateNotice,
};

/** Give every element its tag. Doing it twice is harmless. */
export function defineElements(): void {
  for (const [tag, element] of Object.entries(ELEMENTS)) {
    if (!customElements.get(tag)) customElements.define(tag, element);
  }
}
