/** The objects an operation works with: rendered from Git, once a run. */
import { formatKey } from '../core/object/object-key.ts';
import type { Desired } from '../core/plan/desired.ts';
import type { ApplicationRecord, RecordedObject } from '../core/record/record.ts';
import type { Operation } from '../core/sync/operation.ts';
import type { Run } from './outcome.ts';
import { type RenderedApplication, renderApplication } from './render-application.ts';

export async function desiredOf(operation: Operation, { entry, ports, rendered }: Run): Promise<RenderedApplication> {
  if (operation.reason === 'deletion') return { desired: [], reads: {}, warnings: [] };
  const known = rendered.get(operation.revision);
  if (known !== undefined) return known;
  const fresh = await renderApplication(entry, operation.revision, ports);
  rendered.set(operation.revision, fresh);
  return fresh;
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
  const healed = new Map(
    wanted.filter((item) => !holdsSecrets(item)).map((item) => [formatKey(item.key), asRecorded(item)]),
  );
  if (!wanted.some(holdsSecrets)) return healed;
  const { desired } = await desiredOf(operation, run);
  for (const item of desired) if (names.includes(formatKey(item.key))) healed.set(formatKey(item.key), item);
  return healed;
}

function holdsSecrets({ key }: RecordedObject): boolean {
  return key.kind === 'Secret' && key.group === '';
}

function asRecorded({ key, manifest, origin, desiredHash }: RecordedObject): Desired {
  return { key, object: manifest, origin, hash: desiredHash, served: true };
}
