/** The register: every Application, with what is known of it. Keys, indexes and bounds: docs/decisions/store.md. */
import type { Application } from '../core/application/application.ts';
import type { ApplicationState, Hold, SyncRequest } from '../core/application/application-state.ts';

export type Entry = {
  application: Application;
  /** Name in clusters[]. */
  cluster: string;
  /** Set when the document left the fleet and the objects are being removed. */
  leaving: boolean;
  /** Raised by every wake-up. Never newer than the rest of what is read with it. */
  wanted: number;
  /** When the tick shall wake it (ms since the epoch), or null. */
  lookAt: number | null;
  /** Formatted keys of objects that may have drifted; `*` for all of them. */
  suspects: string[];
  request: SyncRequest | null;
  hold: Hold | null;
  state: ApplicationState;
};

export interface Applications {
  /**
   * Adds or replaces the document; the state of an Application that exists is kept. Whatever is new or differs raises
   * `wanted` and is due at once (`lookAt` 0), so that a run killed right after this loses nothing.
   */
  put(application: Application, options: { cluster: string; leaving: boolean }): Promise<void>;
  /** A lease that somebody still has is lost with it, also when an Application of this name comes back. */
  remove(name: string): Promise<void>;
  get(name: string): Promise<Entry | null>;
  /** All of them by name. */
  list(): Promise<Entry[]>;
  /** Names of the Applications that read this repository (URLs compared by `repositoryKey`). */
  ofRepository(repoURL: string): Promise<string[]>;
}
