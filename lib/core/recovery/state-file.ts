/**
 * The state of an installation as one document: JSON lines, a heading first, an end with a checksum last. The heading names
 * the version of this layout and the installation key that the HMACs in the records belong to.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Application } from '../application/application.ts';
import type { ApplicationState, Hold } from '../application/application-state.ts';
import type { Event } from '../event/event.ts';
import { isRecord } from '../object/is-record.ts';
import type { ApplicationRecord } from '../record/record.ts';

export const stateVersion = 1;

export type StateLine =
  | { trueup: 'state'; version: number; at: string; installation: string; key: string }
  | { application: ExportedApplication }
  | { event: Event }
  | { end: { applications: number; events: number; sha256: string } };

export type ExportedApplication = {
  document: Application;
  cluster: string;
  leaving: boolean;
  hold: Hold | null;
  /** `record` is null: it follows as a whole. */
  state: ApplicationState;
  record: ApplicationRecord | null;
};

/** Tells two installation keys apart and gives neither away. */
export function keyFingerprint(installationKey: Uint8Array): string {
  return createHmac('sha256', installationKey).update('trueup installation key').digest('hex').slice(0, 16);
}

/** null: no line of an export. What is inside was checked by the sum at the end. */
export function parseStateLine(text: string): StateLine | null {
  try {
    const line: unknown = JSON.parse(text);
    return isStateLine(line) ? line : null;
  } catch {
    return null;
  }
}

function isStateLine(line: unknown): line is StateLine {
  if (!isRecord(line)) return false;
  if (line.trueup === 'state') return typeof line.version === 'number';
  return [line.application, line.event, line.end].filter(isRecord).length === 1;
}

/** Counts and sums the lines as they are written, or read. */
export function sumUpLines(): { add(text: string): void; end(): Extract<StateLine, { end: unknown }> } {
  const hash = createHash('sha256');
  const counts = { applications: 0, events: 0 };
  return {
    add(text) {
      hash.update(text).update('\n');
      if (text.startsWith('{"application":')) counts.applications += 1;
      if (text.startsWith('{"event":')) counts.events += 1;
    },
    end: () => ({ end: { ...counts, sha256: hash.digest('hex') } }),
  };
}
