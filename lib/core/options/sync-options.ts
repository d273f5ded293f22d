/** The sync options there are: Argo CD's names, what each may say, and where it may stand. */

/** `both`: on an Application and on a single object; `application`: on an Application only. */
type Place = 'both' | 'application';

type SyncOption = { place: Place; values: readonly string[] };

const yesOrNo = ['true', 'false'];
const wish = ['true', 'false', 'confirm'];

/** docs/compared.md says of each what it does here. */
export const syncOptions: Readonly<Record<string, SyncOption>> = {
  ApplyOutOfSyncOnly: { place: 'application', values: yesOrNo },
  ClientSideApplyMigration: { place: 'application', values: yesOrNo },
  CreateNamespace: { place: 'application', values: yesOrNo },
  Delete: { place: 'both', values: wish },
  FailOnSharedResource: { place: 'application', values: yesOrNo },
  Force: { place: 'both', values: yesOrNo },
  Prune: { place: 'both', values: wish },
  PruneLast: { place: 'both', values: yesOrNo },
  PrunePropagationPolicy: { place: 'application', values: ['foreground', 'background', 'orphan'] },
  Replace: { place: 'both', values: yesOrNo },
  RespectIgnoreDifferences: { place: 'application', values: yesOrNo },
  ServerSideApply: { place: 'both', values: yesOrNo },
  SkipDryRunOnMissingResource: { place: 'both', values: yesOrNo },
  Validate: { place: 'both', values: yesOrNo },
};

/** Name → value of those that are known and may stand there; of one that stands twice the last counts, as in Argo CD. */
export function knownOptions(written: readonly string[], place: 'application' | 'object'): Record<string, string> {
  const known: Record<string, string> = {};
  for (const option of written) {
    const [name = '', value = ''] = option.trim().split('=');
    const allowed = syncOptions[name];
    if (allowed === undefined || !allowed.values.includes(value)) continue;
    if (place === 'object' && allowed.place === 'application') continue;
    known[name] = value;
  }
  return known;
}
