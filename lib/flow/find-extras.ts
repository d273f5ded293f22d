/** Finds live objects that say they belong to an Application and that it does not have: restored, or put there under its name. */
import { isExtra, isIgnoredExtra } from '../core/drift/is-extra.ts';
import type { Rules } from '../core/fleet/rules.ts';
import { formatKey, keyOf } from '../core/object/object-key.ts';
import type { ApplicationRecord, RecordedObject } from '../core/record/record.ts';
import { recordLive } from '../core/recovery/record-live.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { findOwnedObjects } from './find-owned-objects.ts';
import { meansOf } from './means-of.ts';

export type Extra = {
  recorded: RecordedObject;
  /** It makes no difference to whether the Application is in sync. */
  ignored: boolean;
};

/** `kinds`: `group/Kind`, of which alone they are looked for. One list for each, of what carries the Application's label. */
export async function findExtras(
  { entry, record, kinds }: { entry: Entry; record: ApplicationRecord; kinds: ReadonlySet<string> },
  { customizations }: Pick<Rules, 'customizations'>,
  ports: Ports,
): Promise<Extra[]> {
  if (kinds.size === 0) return [];
  const { application, cluster, state } = entry;
  const owner = { application: application.name, cluster, letGo: state.letGo ?? [], customizations };
  const live = await findOwnedObjects(entry, ports, ({ group, kind }) => kinds.has(`${group}/${kind}`));
  return live
    .filter((object) => isUnknown(formatKey(keyOf(object)), record) && isExtra(object, owner))
    .map((object) => ({
      recorded: { ...recordLive(object, meansOf(ports)), extra: true },
      ignored: isIgnoredExtra(object),
    }));
}

function isUnknown(name: string, { objects }: ApplicationRecord): boolean {
  const recorded = objects[name];
  return recorded === undefined || recorded.extra === true;
}
