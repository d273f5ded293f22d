/** Why those that depend on an Application have to wait for it. */
import type { ApplicationState } from '../application/application-state.ts';

/** What is known of an Application that another one names. */
export type Dependency = {
  leaving: boolean;
  held: boolean;
  state: Pick<ApplicationState, 'operation' | 'synced' | 'failed' | 'health'>;
  /** What Git wants of it now; `revision` null: nobody knows. */
  wanted: { revision: string | null; sourceHash: string };
};

/**
 * A phrase that follows its name; null: they may go on. As in Flux, one that a push has moved has to have arrived there before;
 * as between two waves, it has to be Healthy. Drift found since then is a matter of its own.
 */
export function whyNotReady(dependency: Dependency | null): string | null {
  if (dependency === null) return 'is not in the fleet';
  const { leaving, state } = dependency;
  if (leaving) return 'is being removed';
  const behind = whyBehind(dependency);
  if (behind !== null) return behind;
  const { status, because } = state.health;
  return status === 'Healthy' ? null : `is ${status}${because === '' ? '' : `: ${because}`}`;
}

/** null: the cluster was made equal to what Git wants of it. */
export function whyBehind({ state, held, wanted }: Omit<Dependency, 'leaving'>): string | null {
  const { operation, synced, failed } = state;
  if (operation !== null && operation.reason !== 'heal') return 'is being synced';
  const isThere =
    synced !== null &&
    synced.sourceHash === wanted.sourceHash &&
    (wanted.revision === null || synced.revision === wanted.revision);
  if (isThere) return null;
  const at = wanted.revision === null ? '' : ` at ${wanted.revision.slice(0, 7)}`;
  if (held) return `is on hold and not synced${at}`;
  const isTried = failed !== null && (wanted.revision === null || failed.revision === wanted.revision);
  return isTried ? `failed${at}: ${failed.fault.code}` : `is not synced${at} yet`;
}
