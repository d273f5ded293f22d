/** Which actions are possible on the objects of an Application, and why the others are not now. */
import type { Offer } from '../core/action/action.ts';
import type { Customizations } from '../core/customization/customizations.ts';
import { Fault } from '../core/fault/fault.ts';
import { keyOf, type ObjectKey } from '../core/object/object-key.ts';
import { whyNot } from '../core/project/judge-objects.ts';
import type { Permission } from '../core/project/permission.ts';
import { permissionOf } from '../core/project/permission-of.ts';
import type { Ports } from '../ports/ports.ts';
import { availableActions, hasActions } from './available-actions.ts';
import { type ActedOn, findActedOn, type ObjectName } from './find-acted-on.ts';
import { findApplication } from './find-application.ts';
import { inParallel } from './in-parallel.ts';
import { refOf } from './ref-of.ts';
import { loadRecord } from './stored-json.ts';

export type ObjectActions = {
  object: ObjectKey;
  actions: Offer[];
  /** Why nobody can tell; empty: somebody can. */
  problem: string;
};

/** `wanted` null: everything that was deployed and has actions. Faults application.not_found, action.no_such_object, action.ambiguous_object. */
export async function listActions(name: string, wanted: ObjectName | null, ports: Ports): Promise<ObjectActions[]> {
  const rules = await ports.fleetRules.get();
  const entry = await findApplication(name, ports);
  const cluster = ports.cluster(entry.cluster);
  const permission = permissionOf(entry.application.project, rules, ports.identityOf(entry.cluster));
  const record = await loadRecord(entry.state.record, ports);
  const describe = ({ live }: ActedOn) => offersOf(live, { customizations: rules.customizations, permission }, ports);
  if (wanted !== null) return [await describe(await findActedOn(wanted, entry, record, cluster))];
  const able = Object.values(record.objects).filter(({ key }) => hasActions(key, rules.customizations));
  const found = await inParallel(able, async (recorded) => {
    const live = await cluster.read(refOf(recorded));
    return live === null ? null : describe({ live, recorded });
  });
  return found.filter((each) => each !== null);
}

async function offersOf(
  live: ActedOn['live'],
  { customizations, permission }: { customizations: Customizations; permission: Permission },
  ports: Ports,
): Promise<ObjectActions> {
  const object = keyOf(live);
  try {
    const because = whyNot(object, permission);
    const actions = await availableActions(live, customizations, ports);
    return {
      object,
      actions: actions.map(({ name, parameters, disabled }) => ({ name, parameters, disabled: because ?? disabled })),
      problem: '',
    };
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'action.script_failed') throw error;
    return { object, actions: [], problem: error.message };
  }
}
