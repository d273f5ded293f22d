/** The objects an operation works with: rendered from Git, once a run. */
import type { DesiredHook } from '../core/hook/hook.ts';
import { type HookToRun, hooksToRun } from '../core/hook/hooks-to-run.ts';
import { formatKey } from '../core/object/object-key.ts';
import type { ApplicationOptions } from '../core/options/application-options.ts';
import { readApplicationOptions } from '../core/options/read-application-options.ts';
import { readObjectOptions } from '../core/options/read-object-options.ts';
import type { Desired } from '../core/plan/desired.ts';
import type { ApplicationRecord, RecordedObject } from '../core/record/record.ts';
import type { Operation } from '../core/sync/operation.ts';
import type { Run } from './outcome.ts';
import { type RenderedApplication, renderApplication } from './render-application.ts';
import { withSource } from './source-of.ts';
import { loadHooks } from './stored-json.ts';

export async function desiredOf(
  operation: Operation,
  { entry, rules, ports, rendered }: Run,
): Promise<RenderedApplication> {
  // Its document is gone, and its repository may be: the hooks are those of the last sync.
  if (operation.reason === 'deletion') {
    const hooks = await loadHooks(entry.state.removalHooks ?? null, ports);
    return { desired: [], hooks, reads: {}, warnings: [] };
  }
  const name = `${operation.revision} ${operation.source}`;
  const known = rendered.get(name);
  if (known !== undefined) return known;
  const source = await withSource(entry, operation.source, ports);
  const fresh = await renderApplication(source, operation.revision, rules, ports);
  rendered.set(name, fresh);
  return fresh;
}

/** As this operation runs them, each time the same. */
export function hooksOf({ id, reason, revision, startedAt }: Operation, hooks: readonly DesiredHook[]): HookToRun[] {
  return hooksToRun(hooks, reason === 'deletion' ? 'removal' : 'sync', { operation: id, revision, startedAt });
}

/**
 * The objects by formatted key that a heal re-applies: as recorded, without asking Git, so that healing goes on while Git
 * is down. Secrets are not in the record and are rendered again.
 */
export async function desiredToHeal(
  operation: Operation,
  names: readonly string[],
  record: ApplicationRecord,
  run: Run,
): Promise<Map<string, Desired>> {
  const wanted = names.flatMap((name) => {
    const recorded = record.objects[name];
    return recorded === undefined ? [] : [recorded];
  });
  const options = readApplicationOptions(run.entry.application.syncPolicy.syncOptions);
  const healed = new Map(
    wanted.filter((item) => !holdsSecrets(item)).map((item) => [formatKey(item.key), asRecorded(item, options)]),
  );
  if (!wanted.some(holdsSecrets)) return healed;
  const { desired } = await desiredOf(operation, run);
  for (const item of desired) if (names.includes(formatKey(item.key))) healed.set(formatKey(item.key), item);
  return healed;
}

function holdsSecrets({ key }: RecordedObject): boolean {
  return key.kind === 'Secret' && key.group === '';
}

function asRecorded({ key, manifest, origin, desiredHash }: RecordedObject, options: ApplicationOptions): Desired {
  const ownOptions = readObjectOptions(manifest, options);
  return { key, object: manifest, origin, hash: desiredHash, options: ownOptions, tracking: null, served: true };
}
