import type { Language } from "../ui/language";
import type { OnShow } from "./label-studio-store";

/** What the panel says beside the words of the element. Numbers arrive already formatted. */
export interface LabelStudioWords {
  title: string;
  model(name: string, alpha: string): string;
  prefer(response: string): string;
  rate(response: string, stars: string, of: string): string;
  closed: Record<NonNullable<OnShow["closed"]>, string>;
}

export const labelStudioWords: Record<Language, LabelStudioWords> = {
  en: {
    title: "Rewards",
    model: (name, alpha) => `${name}, score = ${alpha} × reward`,
    prefer: (response) => `Prefer ${response}`,
    rate: (response, stars, of) => `Rate ${response} ${stars} of ${of}`,
    closed: {
      prediction: "This is a prediction: the buttons fill annotations only.",
      history: "This is an earlier version: the buttons fill the current one only.",
      "read-only": "This annotation cannot be changed.",
    },
  },
  "pt-BR": {
    title: "Recompensas",
    model: (name, alpha) => `${name}, pontuação = ${alpha} × recompensa`,
    prefer: (response) => `Preferir ${response}`,
    rate: (response, stars, of) => `Dar nota ${stars} de ${of} a ${response}`,
    closed: {
      prediction: "Isto é uma predição: os botões só preenchem anotações.",
      history: "Esta é uma versão anterior: os botões só preenchem a atual.",
      "read-only": "Esta anotação não pode ser alterada.",
    },
  },
};
