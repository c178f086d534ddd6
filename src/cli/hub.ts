import { join } from "node:path";
import { HubApiError, type ListFileEntry, listFiles, modelInfo } from "@huggingface/hub";
import type { CheckpointFiles } from "../convert/checkpoint";
import { ScorerError } from "../shared/errors";
import { checkpointNames } from "./checkpoint-names";
import type { DownloadProgress } from "./download-progress";
import { hubFetch } from "./hub-fetch";
import type { HubSettings } from "./hub-settings";
import { openBlob } from "./open-blob";
import { downloadResumably, matchesHash, type RemoteFile } from "./resumable-download";

export interface HubCheckpoint {
  files: CheckpointFiles;
  /** The commit that the asked revision stood for. */
  revision: string;
}

/** One repository, and how to reach it. */
interface Repository {
  id: string;
  /** Of the Hub, without a trailing slash. */
  hubUrl: string;
  fetch: typeof fetch;
}

/** Whether a text has the form `owner/name`. */
export function isHubId(text: string): boolean {
  return /^\w[\w.-]*\/\w[\w.-]*$/.test(text);
}

/**
 * Get the files of a Hub repository that a conversion reads. They are kept in the cache folder under
 * their hash; what is there and whole is not downloaded again.
 *
 * @param revision branch, tag or commit
 * @throws ScorerError `model-not-found` — no such repository or revision, or not for this token
 * @throws ScorerError `download-failed`, `integrity-mismatch`
 */
export async function fetchHubCheckpoint(
  id: string,
  revision: string,
  { endpoint, token, cacheFolder }: HubSettings,
  progress: DownloadProgress,
): Promise<HubCheckpoint> {
  const hubUrl = endpoint.href.replace(/\/$/, "");
  const repository = { id, hubUrl, fetch: hubFetch(endpoint, token) };
  const commit = await resolveCommit(repository, revision);
  const files = new Map<string, Blob>();
  for (const file of await listCheckpoint(repository, commit)) {
    const path = join(cacheFolder, "blobs", file.hash.hex);
    if (!(await matchesHash(path, file))) await download(file, path, repository.fetch, progress);
    files.set(file.name, await openBlob(path));
  }
  return { files, revision: commit };
}

async function resolveCommit({ id, hubUrl, fetch }: Repository, revision: string): Promise<string> {
  const asked = `${id}, revision ${revision}`;
  const options = { name: id, revision, hubUrl, fetch, additionalFields: ["sha" as const] };
  const { sha } = await modelInfo(options).catch((error: unknown) => fail(asked, error));
  if (/^[0-9a-f]{40}$/.test(sha)) return sha;
  throw new ScorerError("download-failed", `${asked}: expected a commit, found "${sha}"`);
}

async function listCheckpoint(repository: Repository, commit: string): Promise<RemoteFile[]> {
  const { id, hubUrl, fetch } = repository;
  const entries = new Map<string, ListFileEntry>();
  try {
    for await (const entry of listFiles({ repo: id, revision: commit, hubUrl, fetch })) {
      if (entry.type === "file") entries.set(entry.path, entry);
    }
  } catch (error) {
    fail(id, error);
  }
  return checkpointNames([...entries.keys()]).map((name) =>
    describeFile(entries.get(name)!, `${hubUrl}/${id}/resolve/${commit}/${name}`),
  );
}

/** Large files (LFS) are named by sha256, small ones by git's own hash. */
function describeFile({ path, size, oid = "", lfs }: ListFileEntry, url: string): RemoteFile {
  const hash = lfs ? { kind: "sha256" as const, hex: lfs.oid } : { kind: "git" as const, hex: oid };
  const digits = lfs ? 64 : 40;
  if (hash.hex.length !== digits || !/^[0-9a-f]+$/.test(hash.hex)) {
    const expected = `${digits} hexadecimal digits`;
    throw new ScorerError(
      "download-failed",
      `${path}: expected a ${hash.kind} hash of ${expected}, found "${hash.hex}"`,
    );
  }
  return { name: path, url, bytes: lfs?.size ?? size, hash };
}

async function download(
  file: RemoteFile,
  path: string,
  fetch: typeof globalThis.fetch,
  progress: DownloadProgress,
): Promise<void> {
  progress.start(file.name, file.bytes);
  try {
    await downloadResumably(file, path, fetch, (loadedBytes) => progress.update(loadedBytes));
  } finally {
    progress.stop();
  }
}

/** The Hub answers 401 for a repository that it does not show, whether it is there or not. */
function fail(asked: string, cause: unknown): never {
  if (!(cause instanceof HubApiError)) throw cause;
  const { statusCode } = cause;
  const hidden = [401, 403, 404].includes(statusCode);
  const expected = hidden ? "one that may be read with the HF_TOKEN given, or without" : "an answer";
  throw new ScorerError(
    hidden ? "model-not-found" : "download-failed",
    `${asked}: expected ${expected}, found status ${statusCode}`,
  );
}
