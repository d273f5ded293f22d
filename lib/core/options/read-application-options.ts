/** Reads `spec.syncPolicy.syncOptions`. What is written wrongly counts as not written; `checkSyncOptions` says so to people. */
import type { ApplicationOptions, Wish } from './application-options.ts';
import { knownOptions } from './sync-options.ts';

export function readApplicationOptions(syncOptions: readonly string[]): ApplicationOptions {
  const given = knownOptions(syncOptions, 'application');
  return {
    createNamespace: given.CreateNamespace === 'true',
    prune: wishOf(given.Prune, 'yes'),
    delete: wishOf(given.Delete, 'yes'),
    validate: given.Validate !== 'false',
    skipDryRunOnMissingResource: given.SkipDryRunOnMissingResource === 'true',
    propagation: propagations[given.PrunePropagationPolicy ?? ''] ?? 'Foreground',
    pruneLast: given.PruneLast === 'true',
    replace: given.Replace === 'true',
    force: given.Force === 'true',
    respectIgnoreDifferences: given.RespectIgnoreDifferences === 'true',
    clientSideApplyMigration: given.ClientSideApplyMigration !== 'false',
  };
}

const propagations: Readonly<Record<string, ApplicationOptions['propagation']>> = {
  foreground: 'Foreground',
  background: 'Background',
  orphan: 'Orphan',
};

const wishes: Readonly<Record<string, Wish>> = { true: 'yes', false: 'no', confirm: 'confirm' };

/** What is not written leaves `before` as it is. */
export function wishOf(written: string | undefined, before: Wish): Wish {
  return wishes[written ?? ''] ?? before;
}
