import type { Attempt } from "../shared/contract";
import { elementEnglish } from "./element-strings";
import type { FileProblem, LeftOut } from "./open-results";

/** Every word of the page, in English. Numbers arrive already formatted. */
export const english = {
  ...elementEnglish,
  appName: "reward-scorer",
  description:
    "Score a prompt and its responses with a reward model that runs inside the browser. No text leaves it.",
  lead: "A reward model reads the prompt and a response and returns one number: how good the response is.",
  language: "Language",

  prompt: "Prompt",
  response: "Response",
  responses: "Responses",
  responsePlace: (number: string, of: string) => `Number ${number} of ${of}`,
  addResponse: "Add response",
  removeResponse: (number: string) => `Remove response ${number}`,
  bestFirst: "Best first",
  kept: "Kept on this machine only.",
  notKept: "Not kept: this browser refuses to store it.",
  reset: "Reset to the example",
  undo: "Bring the earlier texts back",

  openFile: "Open a file",
  saveCsv: "Save as CSV",
  saveJsonLines: "Save as JSON Lines",
  opened: (count: number, shown: string, file: string) =>
    `Opened ${shown} ${count === 1 ? "response" : "responses"} of ${file}.`,
  leftOut: (count: number, shown: string, why: string) =>
    `${why}: ${shown} ${count === 1 ? "row is" : "rows are"} not shown`,
  leftOutWhy: {
    unreadable: "not readable either",
    otherPrompt: "another prompt",
    overLimit: "more responses than the page holds",
  } satisfies Record<LeftOut["why"], string>,
  fileProblems: {
    tooLarge: (found: string, most: string) => `The file has ${found} MB; at most ${most} MB are read.`,
    unreadable: "The browser cannot read the file: it was moved or deleted, or may not be opened.",
    notUtf8: "The file is not UTF-8: save it as CSV UTF-8, or in an editor as UTF-8, and open it again.",
    noRows:
      "No row with prompt and response was found: CSV names these columns in its first line, and JSON Lines has an object with both on each.",
  } satisfies Record<FileProblem["why"], unknown>,
  reproduced: (count: number, shown: string) =>
    count === 1
      ? "The reward in the file is the one given here."
      : `All ${shown} rewards in the file are the ones given here.`,
  notReproduced: (count: number, shown: string, difference: string) =>
    count === 1
      ? `The reward in the file differs from the one given here by ${difference}.`
      : `The ${shown} rewards in the file differ from those given here by up to ${difference}.`,
  foreignResults:
    "The file has rewards of another model, or of this one in another precision, which are not compared.",
  partResults: (count: number, shown: string) =>
    `${shown} ${count === 1 ? "reward is" : "rewards are"} not compared: ${count === 1 ? "its row is no whole result" : "their rows are no whole results"}.`,
  unfitForCsv: "A text holds half of a character, which CSV cannot: save as JSON Lines.",

  alpha: "Alpha (α)",
  alphaValue: "α value",
  alphaDefault: (alpha: string) => `Back to ${alpha}`,

  score: "Score",
  notScored: "not scored yet",
  emptyResponse: "write something to score",
  stale: "for an earlier text",
  tokens: (count: number, shown: string) => `${shown} ${count === 1 ? "token" : "tokens"}`,
  unreadBeside: (unread: string, number: string) => `${unread} beside response ${number}`,
  leads: (number: string, margin: string) => `Response ${number} leads by ${margin}`,
  level: (numbers: string) => `Responses ${numbers} are level`,
  manyLevel: (shown: string) => `${shown} responses share the highest score`,
  announceOne: (number: string, score: string) => `Response ${number}: ${score}.`,
  announceBest: (number: string, score: string) => `Response ${number} is best: ${score}.`,
  scoredPairs: (done: string, total: string) => `Scored ${done} of ${total}`,
  waiting: "Waiting for the model",

  notLoaded: "The model was not loaded. Your texts stay as they are.",

  model: "Model",
  confirmTitle: (origin: string) => `Load a model from ${origin}?`,
  confirmBody: "The address of this page names a model folder on another site:",
  confirmSafe: "Only its files would be fetched. Your texts would not be sent there.",
  confirmYes: (origin: string) => `Load from ${origin}`,
  confirmNo: (title: string) => `Use ${title}`,

  badgeLoading: "Loading",
  badgeIdle: "No model loaded",
  badgeFailed: "Not loaded",
  threads: (count: number, shown: string) => `${shown} ${count === 1 ? "thread" : "threads"}`,
  checked: "checked",
  backendDisagreed: (backend: string) => `${backend} disagreed`,
  backendFailed: (backend: string) => `${backend} failed`,
  attemptsTitle: "Backends tried",
  attemptsLead: "Each backend must reproduce the reference rewards that came with the model.",
  outcomes: {
    chosen: "in use",
    disagreed: "passed over: wrong numbers",
    failed: "passed over: failed",
    unavailable: "not available",
  } satisfies Record<Attempt["outcome"], string>,
  attention: (kind: string) => `${kind} attention`,
  subgroups: "subgroups",
  agrees: (count: number, shown: string) => `agrees on ${shown} reference ${count === 1 ? "pair" : "pairs"}`,
  maxError: (error: string) => `largest error ${error}`,
  adapter: (name: string) => `GPU: ${name}`,
  speed: (backend: string, ms: string) => `${backend}: ${ms} ms a pair`,
  otherSpeed: (backend: string, ms: string) => `${backend}: ${ms} ms`,
  notCached: "The browser refused to store the files: the next visit downloads them again.",

  privacy: "Nothing you type leaves this browser.",
  aboutModel: "About this model",
  howChecked: "How it is checked",
  storedFiles: "Stored files",
  inOtherTools: "In other tools",
  stored: (count: number, shown: string, size: string) =>
    `This browser keeps ${shown} ${count === 1 ? "file" : "files"}, ${size}, so that the next visit need not download ${count === 1 ? "it" : "them"}.`,
  nothingStored: "This browser keeps no files of models or runtime.",
  deleteStored: "Delete stored files",
  storedRuntime: "ONNX Runtime, which runs every model",
  storedPage: "This page, for use without a network",
  storedOther: "Files that no model here uses any more",
  storedGroup: (count: number, shown: string, size: string) =>
    `${shown} ${count === 1 ? "file" : "files"}, ${size}`,
  sharedFile: (models: string) => `shared with ${models}; stays when only this model is deleted`,
  deleteGroup: "Delete",
  deleteGroupOf: (name: string) => `Delete: ${name}`,
  storageUse: (used: string, quota: string) =>
    `The browser allows this site about ${quota}; ${used} are in use.`,
  close: "Close",
  darkTheme: "Dark theme",
  copy: "Copy command",
  copied: "Copied",
  noModelYet: "No model is loaded, so there is nothing to say about it yet.",
  demonstrationLead:
    "This one is a small demonstration, close to chance on human preferences: not the RewardModel itself.",
  demonstration:
    "This is a small demonstration model, made so that the page has something real to run. It is not the RewardModel itself: do not judge that model by these numbers.",
  realModel: "To bring the real one, run this in the project's folder:",
  realModelThen: "Then start the page again: the model is on the list.",
  realModelCommand: "npx reward-scorer convert nicholasKluge/RewardModel --out public/models/RewardModel",
  facts: {
    accuracy: "Accuracy",
    limits: "Limits",
    languages: "Languages",
    licence: "Licence",
    source: "Source",
    revision: "Revision",
    architecture: "Architecture",
    reads: "Reads at most",
    sha256: "SHA-256",
  },
  checkedLead: (goldens: string) =>
    `The model folder carries ${goldens} pairs with the rewards that the original model, in full precision, gave them, and with those that the weights running here gave. After loading, the backend scores the short ones, and the longer ones before the first pair that is longer; if one reward is off theirs by more than the tolerance, that backend is passed over and the next is tried.`,
  checkedFiles: "Every file is compared with the SHA-256 in the model's manifest before it is used.",
  checkedFacts: {
    backend: "Backend",
    weights: "Weights",
    cost: "What smaller weights cost at most",
    tolerance: "Tolerance",
    maxError: "Largest error here",
    goldens: "Reference pairs",
  },
  inRewardUnits: (value: string) => `${value} in reward units`,
  checkedLimit:
    "This shows that the page computes what the model would. It does not show that the model is right.",

  frame: {
    alone: "This page is made for a frame in another page.",
    waiting: "Waiting for the page around.",
    connected: (origin: string) => `Connected to ${origin}. The texts stay in this browser.`,
    noOrigin: "a page without an address",
    refused: (origin: string) => `${origin} may not use this widget.`,
    otherVersion: (origin: string) => `${origin} speaks to another version of this widget.`,
    modelFrom: (origin: string) => `The model is on ${origin}.`,
  },

  newerVersion: "A new version of this page is ready.",
  loadNewerVersion: "Reload with the new version",

  badDevice: (value: string) => `device=${value} is not known: auto, webgpu and wasm are. Using auto.`,
  badAlpha: (value: string, min: string, max: string) =>
    `alpha=${value} is not a number from ${min} to ${max}. Using the model's own.`,
  badLang: (value: string) => `lang=${value} is not available: en and pt-BR are.`,
  badModel: (value: string, available: string, used: string) =>
    `There is no model "${value}" here. Available: ${available}. Using ${used}.`,

  safe: "Your texts are still here, and they have not left this browser.",
};

export type Strings = typeof english;
