import { argilla } from "./argilla";
import { doccano } from "./doccano";
import type { Format } from "./format";
import { inception } from "./inception";
import { labelStudio } from "./label-studio";
import { llmbar } from "./llmbar";
import { oasst } from "./oasst";
import { openaiChat } from "./openai-chat";
import { csvPairs, jsonPairs } from "./pairs";
import { potato } from "./potato";
import { preference } from "./preference";
import { prodigy } from "./prodigy";
import { ultrafeedback } from "./ultrafeedback";

/** Every format, by name. */
export const FORMATS = {
  "label-studio": labelStudio,
  argilla,
  prodigy,
  potato,
  doccano,
  inception,
  jsonl: jsonPairs,
  csv: csvPairs,
  preference,
  ultrafeedback,
  "openai-chat": openaiChat,
  llmbar,
  oasst,
} satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;
