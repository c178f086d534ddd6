import type { Browser } from "@playwright/test";
import type { Answer, LimitedServer } from "./limited-server";
import { type Both, both, inTurn, LINE_BITS, median } from "./measure";
import { PeerPage } from "./peer-page";
import { pairOf } from "./work";

/** What is sent, by what it is for. */
export const KINDS = ["runtime", "graph and weights", "tokenizer and settings", "pages and scripts"] as const;
type Kind = (typeof KINDS)[number];

/** What a start has come to, in order; seconds since the page was asked for. */
export const MILESTONES = {
  asked: "until the graph is asked for",
  runtime: "until the runtime is sent",
  sent: "until the weights are sent",
  loaded: "until the model is loaded",
} as const;

type Seconds = Record<keyof typeof MILESTONES | "scored", number>;

interface Start {
  answers: readonly Answer[];
  seconds: Seconds;
  /** Ours alone, milliseconds. */
  session: number;
  check: number;
}

/** From an empty cache over a slow line to the first score; medians. */
export async function coldStart(browser: Browser, server: LimitedServer, model: string, rounds: number) {
  const found = await inTurn(rounds, async (side): Promise<Start> => {
    server.reset(LINE_BITS);
    const start = performance.now();
    const since = (at: number) => (at - start) / 1e3;
    const page = await PeerPage.open(browser, side, server.origin);
    await page.load(model);
    const loadedAt = performance.now();
    const [session, check, end] =
      side === "ours" ? await page.stages("session", "check", "loaded") : [0, 0, 0];
    await page.score([pairOf(64)]);
    const scoredAt = performance.now();
    await page.close();
    const { answers } = server;
    const sent = (kind: Kind) => answers.filter(({ path }) => kindOf(path) === kind);
    const weights = sent("graph and weights");
    const seconds = {
      asked: since(Math.min(...weights.map(({ askedAt }) => askedAt))),
      runtime: since(Math.max(...sent("runtime").map(({ sentAt }) => sentAt))),
      sent: since(Math.max(...weights.map(({ sentAt }) => sentAt))),
      loaded: since(loadedAt),
      scored: since(scoredAt),
    };
    return { answers, seconds, session: check! - session!, check: end! - check! };
  });
  server.reset();
  const medianOf = (of: (start: Start) => number) => both((side) => median(found[side].map(of)));
  const bytesOf = (kind?: Kind) =>
    medianOf(({ answers }) => {
      const counted = answers.filter(({ path }) => kind === undefined || kindOf(path) === kind);
      return counted.reduce((sum, { bytes }) => sum + bytes, 0);
    });
  return {
    bytes: { all: bytesOf(), ...eachOf(KINDS, bytesOf) },
    requests: medianOf(({ answers }) => answers.length),
    seconds: eachOf([...(Object.keys(MILESTONES) as (keyof typeof MILESTONES)[]), "scored"], (milestone) =>
      medianOf(({ seconds }) => seconds[milestone]),
    ),
    ours: { session: medianOf(({ session }) => session).ours, check: medianOf(({ check }) => check).ours },
  };
}

function kindOf(path: string): Kind {
  if (/\.wasm$|\.zstd$/.test(path)) return "runtime";
  if (/\.onnx/.test(path)) return "graph and weights";
  return path.startsWith("/models/") ? "tokenizer and settings" : "pages and scripts";
}

function eachOf<Name extends string>(
  names: readonly Name[],
  of: (name: Name) => Both<number>,
): Record<Name, Both<number>> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, Both<number>>;
}
