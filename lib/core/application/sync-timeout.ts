/** How long one sync of an Application may take, its wait for health included, and how long it may wait between two waves. */
import type { Application } from './application.ts';
import { parseDuration } from './parse-duration.ts';

/** On the Application document: `1h`, `90m`, `600s`. */
export const syncTimeoutAnnotation = 'trueup.dev/sync-timeout';
export const waveTimeoutAnnotation = 'trueup.dev/wave-timeout';

/** Argo CD has none; a sync that can hang for ever hides that it does. */
const defaultMs = 600_000;
const shortestMs = 10_000;
const longestMs = 86_400_000;

export const allowedTimeout = 'a duration from 10s to 24h, such as 30m or 1h';

/** In milliseconds. */
export function syncTimeout({ annotations }: Pick<Application, 'annotations'>): number {
  return readTimeout(annotations[syncTimeoutAnnotation]) ?? defaultMs;
}

/** In milliseconds; without end unless the document says one: then the time of the sync ends the wait, and the sync says so. */
export function waveTimeout(application: Pick<Application, 'annotations'>): number {
  return readTimeout(application.annotations[waveTimeoutAnnotation]) ?? Number.POSITIVE_INFINITY;
}

/** null: not written, or not allowed. */
export function readTimeout(written: string | undefined): number | null {
  const timeoutMs = written === undefined ? null : parseDuration(written);
  return timeoutMs !== null && timeoutMs >= shortestMs && timeoutMs <= longestMs ? timeoutMs : null;
}
