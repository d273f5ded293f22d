/** The steps after which there is nothing to do but wait. */

import type { ApplicationState, SyncRequest } from '../core/application/application-state.ts';
import { isDrifted } from '../core/drift/note-drift.ts';
import { syncFinished } from '../core/event/sync-events.ts';
import { catalogue, type FaultCode } from '../core/fault/catalogue.ts';
import type { FaultReport } from '../core/fault/fault.ts';
import { type Blocked, blockedBy } from '../core/sync/block.ts';
import type { Step } from '../core/sync/next-step.ts';
import { unholdApplication } from './hold-application.ts';
import type { Outcome, Run } from './outcome.ts';
import { refreshHealth } from './refresh-health.ts';

type Rest = Extract<Step, { do: 'rest' }>;

/** Nothing to do until `lookAt`, or until somebody wakes it. */
export async function rest({ lookAt, behind, waits }: Rest, { entry, ports }: Run): Promise<Outcome> {
  // A sweep may have seen an object become healthy before it was written down that it was not: nobody wakes us again.
  const state = isWaiting(entry.state) ? await refreshHealth(entry, ports) : entry.state;
  const isEqual = state.synced !== null && state.failed === null;
  const sync = behind || state.drifted.length > 0 ? 'OutOfSync' : isEqual ? 'Synced' : state.sync;
  return {
    state: {
      ...state,
      sync,
      unreadSince: null,
      condition: waits?.block.fault ?? lastingCondition(state),
      blocked: blockOf(waits, state, ports.now()),
    },
    suspects: state.synced === null ? entry.suspects : [],
    rest: isWaiting(state) ? earlier(lookAt, lookAgainAt(state, ports.now())) : lookAt,
  };
}

function blockOf(waits: Rest['waits'], { blocked, drifted }: ApplicationState, now: number): Blocked | null {
  if (waits === undefined) return null;
  const heals = (blocked?.heals ?? []).filter((name) => isDrifted(drifted, name));
  return blockedBy(waits.block, blocked, { now, revision: waits.revision, heals });
}

function isWaiting({ health, record }: ApplicationState): boolean {
  return record !== null && health.status === 'Progressing';
}

/** Often while it is young, and never rarer than the tick. */
function lookAgainAt({ health }: ApplicationState, now: number): number {
  return now + Math.round(Math.min(laterMs, Math.max(300, (now - health.since) / 4)));
}

function earlier(lookAt: number | null, soon: number): number {
  return lookAt === null ? soon : Math.min(lookAt, soon);
}

/** A condition ends with what caused it: a failed revision, or health. That Git could not be asked is over by now. */
function lastingCondition({ failed, condition, health }: Run['entry']['state']): FaultReport | null {
  if (failed !== null) return failed.fault;
  const ofHealth = condition?.code === 'sync.degraded' || condition?.code === 'sync.timed_out';
  return ofHealth && health.status !== 'Healthy' ? condition : null;
}

/** Git moved, and nothing this Application reads moved with it. */
export async function advance(revision: string, { entry }: Run): Promise<Outcome> {
  const { synced } = entry.state;
  return {
    state: {
      ...entry.state,
      unreadSince: null,
      synced: synced === null ? null : { ...synced, revision },
      failed: null,
      condition: null,
    },
  };
}

const soonMs = 10_000;
const laterMs = 60_000;

/** As in Argo CD: what is over by itself within this time changes no status, and nobody is told. */
const graceMs = 180_000;

/** What keeps the Application from being compared at all; said once, and tried again. */
export async function reportCondition(fault: FaultReport, { entry, ports }: Run): Promise<Outcome> {
  const { application, cluster } = entry;
  const now = ports.now();
  const unreadSince = entry.state.unreadSince ?? now;
  const state = { ...entry.state, unreadSince, condition: fault };
  if (isCurable(fault.code) && state.sync !== 'Unknown' && now < unreadSince + graceMs)
    return { state, rest: now + soonMs };
  const event = {
    id: `${application.name}-condition-${ports.newId()}`,
    at: new Date(now).toISOString(),
    application: application.name,
    cluster,
    who: 'trueup',
    why: 'it could not be compared with Git',
    type: 'application.invalid' as const,
    fault,
  };
  const delayMs = isCurable(fault.code) ? soonMs : laterMs;
  const events = isToldAlready(fault, entry.state) ? [] : [event];
  return { state: { ...state, sync: 'Unknown' }, events, rest: now + delayMs };
}

function isToldAlready({ code, message }: FaultReport, { sync, condition }: ApplicationState): boolean {
  return sync === 'Unknown' && condition?.code === code && condition.message === message;
}

function isCurable(code: string): boolean {
  return code in catalogue && catalogue[code as FaultCode].retry === 'later';
}

/** A person asked for a sync that cannot even begin: the answer is a sync that was refused. */
export async function refuseRequest(request: SyncRequest, fault: FaultReport, { entry, ports }: Run): Promise<Outcome> {
  const now = ports.now();
  // A window closed since it was asked for: held without having gone back is not what anybody wanted.
  if (request.rollback !== undefined && entry.hold?.rollback?.to === request.revision)
    await unholdApplication(entry.application.name, { who: 'trueup', why: 'its rollback was refused' }, ports);
  const event = syncFinished(
    {
      id: request.id,
      reason: 'request',
      who: request.who,
      revision: request.revision ?? '',
      commit: null,
      attempt: 1,
      startedAt: now,
    },
    { result: 'refused', fault, counts: { created: 0, updated: 0, pruned: 0, kept: 0 } },
    { application: entry.application.name, cluster: entry.cluster, now },
  );
  return { state: { ...entry.state, condition: fault }, events: [event], request: request.id };
}
