/** What differs in the cluster though Git did not move. Looks at every object, changes nothing. */

import type { Hold } from '../core/application/application-state.ts';
import { withFleetDifferences } from '../core/customization/with-fleet-differences.ts';
import type { HandEdit } from '../core/event/event.ts';
import type { FieldChange } from '../core/event/field-change.ts';
import type { ObjectKey } from '../core/object/object-key.ts';
import { permissionOf } from '../core/project/permission-of.ts';
import type { Ports } from '../ports/ports.ts';
import { actingPorts } from './acting-ports.ts';
import { checkDrift } from './check-drift.ts';
import { findApplication } from './find-application.ts';
import { findExtras } from './find-extras.ts';
import { inParallel } from './in-parallel.ts';
import { loadRecord } from './stored-json.ts';

export type DriftReport = {
  application: string;
  hold: Hold | null;
  /** Full SHA the objects are compared with; null before the first sync. */
  revision: string | null;
  /** How many objects were looked at. */
  objects: number;
  /** What is there under its name and was never in Git. `ignored`: `compare-options: IgnoreExtraneous`. */
  extras: { object: ObjectKey; ignored: boolean }[];
  drifts: { object: ObjectKey; what: 'changed' | 'deleted' | 'recreated'; diff: FieldChange[]; by: HandEdit[] }[];
};

export async function findDrift(name: string, ports: Ports): Promise<DriftReport> {
  const rules = await ports.fleetRules.get();
  const entry = withFleetDifferences(await findApplication(name, ports), rules.customizations);
  const permission = permissionOf(entry.application.project, rules, ports.identityOf(entry.cluster));
  const acting = actingPorts(entry, permission, ports);
  const record = await loadRecord(entry.state.record, ports);
  const ours = Object.values(record.objects).filter(({ extra }) => extra === undefined);
  const checked = await inParallel(ours, (recorded) => checkDrift(recorded, entry, acting));
  const kinds = new Set(Object.values(record.objects).map(({ key }) => `${key.group}/${key.kind}`));
  const extras = await findExtras({ entry, record, kinds }, rules, ports);
  return {
    application: name,
    hold: entry.hold,
    revision: entry.state.synced?.revision ?? null,
    objects: checked.length,
    extras: extras.map(({ recorded, ignored }) => ({ object: recorded.key, ignored })),
    drifts: checked.flatMap(({ drift }) => {
      if (drift?.drift == null) return [];
      return [{ object: drift.key, what: drift.drift.what, diff: drift.diff, by: drift.drift.by }];
    }),
  };
}
