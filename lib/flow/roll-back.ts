/** Goes back to what worked, and holds the Application there, or Git would win at once. */

import type { Event } from '../core/event/event.ts';
import { Fault } from '../core/fault/fault.ts';
import { permissionOf } from '../core/project/permission-of.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { callForNotices } from './call-for-notices.ts';
import type { RollbackDestination } from './choose-destination.ts';
import { windowBlockOf } from './find-gate.ts';
import { holdApplication } from './hold-application.ts';
import { presentRevision } from './present-revision.ts';
import { requestSync } from './request-sync.ts';

export type RollbackWish = {
  who: string;
  /** Why, for everybody who wonders; empty: not said. */
  reason: string;
  /** When the hold ends by itself: ms since the epoch, null for not at all. */
  until: number | null;
  /** Confirms what the prune guard would stop. */
  confirmed: boolean;
  /** The policy of the Application, nobody's wish. */
  automatic: boolean;
};

/**
 * Fault sync.blocked_by_window, and nothing is held: what cannot go back now must not be kept from going forward either.
 *
 * Told first and held second: a kill in between leaves an Application that stays as it is, and what the policy began is gone
 * on with. The id of the sync.
 */
export async function rollBack(
  entry: Entry,
  to: RollbackDestination,
  { who, reason, until, confirmed, automatic }: RollbackWish,
  ports: Ports,
): Promise<string> {
  const { application, cluster, state } = entry;
  const { name } = application;
  const permission = permissionOf(application.project, await ports.fleetRules.get(), ports.identityOf(cluster));
  const blocked = windowBlockOf(entry, { manual: true, running: false }, { permission, now: ports.now() });
  if (blocked !== null) throw Fault.from(blocked.fault);
  const where = `${to.revision.slice(0, 7)}${to.entry === null ? '' : ` (#${to.entry})`}`;
  const why = `rolled back to ${where}${reason === '' ? '' : `: ${reason}`}`;
  const from = presentRevision(entry);
  const rollback = { from, to: to.revision };
  const event: Event = {
    id: `${name}-rollback-${automatic ? `${state.history}-${from}` : ports.newId()}`,
    at: new Date(ports.now()).toISOString(),
    application: name,
    cluster,
    who,
    why: reason === '' ? 'asked for' : reason,
    type: 'rollback.started',
    ...rollback,
    entry: to.entry,
    reason,
    automatic,
    until: until === null ? null : new Date(until).toISOString(),
  };
  await ports.events.append([{ event, channels: ports.channels(name) }]);
  await callForNotices(event.type, ports);
  await holdApplication(name, { who, reason: why, until, rollback }, ports);
  return requestSync(
    name,
    { who, revision: to.revision, prune: true, confirmed, rollback: { source: to.source, why } },
    ports,
  );
}
