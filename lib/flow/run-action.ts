/** Runs an action on one object of an Application: found, judged, rehearsed, told, done. */
import { askedParameters } from '../core/action/asked-parameters.ts';
import { checkEffects, type Writes } from '../core/action/check-effects.ts';
import type { Customizations } from '../core/customization/customizations.ts';
import { withFleetDifferences } from '../core/customization/with-fleet-differences.ts';
import { diffObjects } from '../core/event/diff-objects.ts';
import type { ActionTaken, Event, EventBody } from '../core/event/event.ts';
import { eventFacts } from '../core/event/event-facts.ts';
import type { FieldChange } from '../core/event/field-change.ts';
import { sayAction } from '../core/event/say-action.ts';
import { Fault } from '../core/fault/fault.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey, keyOf, type ObjectKey } from '../core/object/object-key.ts';
import { judgeApplication } from '../core/project/judge-application.ts';
import { whyNot } from '../core/project/judge-objects.ts';
import type { Permission } from '../core/project/permission.ts';
import { permissionOf } from '../core/project/permission-of.ts';
import type { Entry } from '../ports/applications.ts';
import type { Lease } from '../ports/leases.ts';
import type { Ports } from '../ports/ports.ts';
import { actingPorts } from './acting-ports.ts';
import { availableActions } from './available-actions.ts';
import { doWrites } from './do-writes.ts';
import { fencedCluster } from './fenced-cluster.ts';
import { fieldsSetBack } from './fields-set-back.ts';
import { type ActedOn, findActedOn, type ObjectName } from './find-acted-on.ts';
import { findApplication } from './find-application.ts';
import { holdApplication } from './hold-application.ts';
import { loadRecord } from './stored-json.ts';
import { whileStale } from './while-stale.ts';
import { withLease } from './with-lease.ts';

export type ActionWish = {
  who: string;
  object: ObjectName;
  action: string;
  parameters: Readonly<Record<string, string>>;
  /** Also where Git says otherwise, and healing sets it back. */
  nevertheless: boolean;
  /** Put the Application on hold first, so that nothing sets it back. `until`: ms since the epoch, null for an open end. */
  hold: { until: number | null } | null;
};

export type ActionDone = {
  application: string;
  object: ObjectKey;
  action: ActionTaken;
  diff: FieldChange[];
  created: ObjectKey[];
  /** Fields that Git says otherwise: they are drift from now on. */
  drifts: string[];
  held: boolean;
};

/** Longer than a rehearsal and the writes may take together, requests that are repeated included. */
const leaseMs = 180_000;

/** Faults application.not_found, action.*, project.*, cluster.*. */
export async function runAction(name: string, wish: ActionWish, ports: Ports): Promise<ActionDone> {
  await findApplication(name, ports);
  return withLease(name, { why: `action ${wish.action}`, forMs: leaseMs }, ports, (lease) =>
    act(name, wish, lease, ports),
  );
}

async function act(name: string, wish: ActionWish, lease: Lease, ports: Ports): Promise<ActionDone> {
  const rules = await ports.fleetRules.get();
  const entry = withFleetDifferences(await findApplication(name, ports), rules.customizations);
  const permission = permissionOf(entry.application.project, rules, ports.identityOf(entry.cluster));
  const cluster = fencedCluster(entry.cluster, lease, actingPorts(entry, permission, ports));
  const record = await loadRecord(entry.state.record, ports);
  const id = `${name}-action-${ports.newId()}`;
  let isHeld = entry.hold !== null;
  return whileStale(async () => {
    const target = await findActedOn(wish.object, entry, record, cluster);
    refuseUnpermitted([target.live], { entry, action: wish.action, permission });
    const { taken, writes } = await decide(target.live, wish, entry, { customizations: rules.customizations, ports });
    refuseUnpermitted(writes.creates, { entry, action: wish.action, permission });
    const about = { object: keyOf(target.live), action: taken };
    const rehearsed = await doWrites(target.live, writes, { action: taken.name, dryRun: true }, cluster);
    const drifts = await driftOf(target, rehearsed, entry, ports);
    refuseFutile(drifts, about.object, { entry, wish });
    if (wish.hold !== null && !isHeld) await holdFor(about, { entry, wish, until: wish.hold.until }, ports);
    isHeld ||= wish.hold !== null;
    const diff = diffObjects(target.live, rehearsed);
    const created = writes.creates.map(keyOf);
    await tell({ id, entry, who: wish.who }, { type: 'action.run', ...about, diff, created }, ports);
    try {
      await doWrites(target.live, writes, { action: taken.name, dryRun: false }, cluster);
    } catch (error) {
      if (error instanceof Fault && error.code !== 'apply.stale') {
        const body = { type: 'action.failed', ...about, fault: error.report() } as const;
        await tell({ id: `${id}-failed`, entry, who: wish.who }, body, ports);
      }
      throw error;
    }
    if (target.recorded !== null) await ports.wakes.suspect(name, [formatKey(about.object)], ports.now());
    return { application: name, ...about, diff, created, drifts, held: isHeld };
  });
}

/** Faults project.*, action.not_permitted. */
function refuseUnpermitted(
  objects: readonly KubernetesObject[],
  { entry, action, permission }: { entry: Entry; action: string; permission: Permission },
): void {
  const fault = judgeApplication(entry.application, permission);
  if (fault !== null) throw fault;
  for (const object of objects) {
    const because = whyNot(keyOf(object), permission);
    const { project } = entry.application;
    if (because !== null)
      throw new Fault('action.not_permitted', { project, action, object: formatKey(keyOf(object)), because });
  }
}

/** Faults action.unknown, action.disabled, action.parameter_invalid, action.script_failed, action.refused. */
async function decide(
  live: KubernetesObject,
  wish: ActionWish,
  { application }: Entry,
  { customizations, ports }: { customizations: Customizations; ports: Ports },
): Promise<{ taken: ActionTaken; writes: Writes }> {
  const actions = await availableActions(live, customizations, ports);
  const object = formatKey(keyOf(live));
  const action = actions.find(({ name }) => name === wish.action);
  if (action === undefined) {
    const known = actions.map(({ name }) => name).join(', ') || 'none';
    throw new Fault('action.unknown', { object, action: wish.action, known });
  }
  const { name, disabled } = action;
  if (disabled !== null)
    throw new Fault('action.disabled', { application: application.name, action: name, object, because: disabled });
  const parameters = askedParameters(action, wish.parameters);
  return {
    taken: { name, parameters },
    writes: checkEffects(action.run({ parameters, now: ports.now() }), live, name),
  };
}

/** What is only owned by what Git has, Git says nothing of. */
async function driftOf(
  { live, recorded }: ActedOn,
  after: KubernetesObject,
  entry: Entry,
  ports: Ports,
): Promise<string[]> {
  return recorded === null ? [] : fieldsSetBack({ recorded, live, after }, entry, ports);
}

/** Fault action.would_be_reverted. */
function refuseFutile(
  drifts: readonly string[],
  object: ObjectKey,
  { entry: { application, hold }, wish }: { entry: Entry; wish: ActionWish },
): void {
  const heals = application.syncPolicy.automated?.selfHeal === true && hold === null;
  if (drifts.length === 0 || !heals || wish.nevertheless || wish.hold !== null) return;
  throw new Fault('action.would_be_reverted', { fields: drifts, object: formatKey(object) });
}

async function holdFor(
  { object, action }: { object: ObjectKey; action: ActionTaken },
  { entry, wish, until }: { entry: Entry; wish: ActionWish; until: number | null },
  ports: Ports,
): Promise<void> {
  const reason = `${sayAction(action)} on ${formatKey(object)}`;
  await holdApplication(entry.application.name, { who: wish.who, reason, until }, ports);
}

async function tell(
  { id, entry, who }: { id: string; entry: Entry; who: string },
  body: Extract<EventBody, { type: 'action.run' | 'action.failed' }>,
  ports: Ports,
): Promise<void> {
  const { application, cluster } = entry;
  const at = new Date(ports.now()).toISOString();
  const event: Event = { id, at, application: application.name, cluster, who, why: 'asked for', ...body };
  await ports.events.append([{ event, channels: [] }]);
  ports.log.info(event.type, eventFacts(event));
}
