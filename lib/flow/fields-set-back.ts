/** Which of the fields that an action changes are Git's: the next look for drift would find them and set them back. */
import { readablePath } from '../core/drift/field-paths.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import type { AppliedObject, RecordedObject } from '../core/record/record.ts';
import { sealSecret } from '../core/record/seal-secrets.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { nominateDrift } from './nominate-drift.ts';

/** Asks the very rules that drift is judged by. `after`: what a rehearsal makes of the live object. */
export async function fieldsSetBack(
  { recorded, live, after }: { recorded: RecordedObject; live: KubernetesObject; after: KubernetesObject },
  entry: Entry,
  ports: Ports,
): Promise<string[]> {
  const { applied } = recorded;
  if (applied === null) return [];
  const before = await changedIn(live, { recorded, applied }, entry, ports);
  const changed = await changedIn(after, { recorded, applied }, entry, ports);
  return changed.filter((path) => !before.includes(path));
}

async function changedIn(
  object: KubernetesObject,
  { recorded, applied }: { recorded: RecordedObject; applied: AppliedObject },
  entry: Entry,
  ports: Ports,
): Promise<string[]> {
  // A rehearsal gives no new version, and a known one is not looked at.
  const anew = { ...object, metadata: { ...object.metadata, resourceVersion: '' } };
  const live = sealSecret(anew, ports.installationKey);
  const { nomination } = await nominateDrift({ recorded, applied, live }, entry, ports);
  return nomination.verdict === 'drifted' ? nomination.changed.map(readablePath) : [];
}
