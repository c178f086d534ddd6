import { homedir } from "node:os";
import { join } from "node:path";
import { UsageError } from "./usage-error";

export interface HubSettings {
  endpoint: URL;
  token: string | undefined;
  /** Where downloads are kept, named by their hash. */
  cacheFolder: string;
}

/**
 * What the environment says: `HF_ENDPOINT`, `HF_TOKEN`, `XDG_CACHE_HOME`.
 *
 * @throws UsageError — a value that cannot work; the token is not repeated
 */
export function readHubSettings(env: NodeJS.ProcessEnv): HubSettings {
  const cacheHome = env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return {
    endpoint: readEndpoint(env.HF_ENDPOINT || "https://huggingface.co"),
    token: readToken(env.HF_TOKEN),
    cacheFolder: join(cacheHome, "reward-scorer"),
  };
}

function readEndpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) return url;
  throw new UsageError("HF_ENDPOINT: expected an http or https address without credentials");
}

/** A header takes visible ASCII only, and says the whole value when it refuses one. */
function readToken(text: string | undefined): string | undefined {
  const token = text?.trim();
  if (!token) return undefined;
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new UsageError("HF_TOKEN: expected visible ASCII characters, found others");
}
