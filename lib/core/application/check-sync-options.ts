/** Finds sync options that nobody knows: Argo CD passes over a misspelt one in silence. */
import { nearestName } from '../config/nearest-name.ts';

const known = [
  'ApplyOutOfSyncOnly',
  'ClientSideApplyMigration',
  'CreateNamespace',
  'Delete',
  'FailOnSharedResource',
  'Force',
  'Prune',
  'PruneLast',
  'PrunePropagationPolicy',
  'Replace',
  'RespectIgnoreDifferences',
  'ServerSideApply',
  'SkipDryRunOnMissingResource',
  'Validate',
];

/** One sentence for each. */
export function checkSyncOptions(options: readonly string[]): string[] {
  return options.flatMap((option) => {
    const [name = '', value] = option.split('=');
    if (known.includes(name) && value !== undefined) return [];
    if (known.includes(name)) return [`the sync option ${option} has no value: write ${option}=true`];
    const nearest = nearestName(name, known);
    return [`the sync option ${option} is not known${nearest === null ? '' : `; did you mean ${nearest}?`}`];
  });
}
