/** Makes one Application equal to one revision, a step at a time. Read it top to bottom: this is the whole story. */

import { initialState } from '../core/application/initial-state.ts';
import { withFleetDifferences } from '../core/customization/with-fleet-differences.ts';
import { eventFacts } from '../core/event/event-facts.ts';
import { healthChanged } from '../core/event/health-changed.ts';
import { Fault, mayRetry } from '../core/fault/fault.ts';
import { isNoteworthy } from '../core/notice/is-noteworthy.ts';
import { permissionOf } from '../core/project/permission-of.ts';
import { nextStep, type Step } from '../core/sync/next-step.ts';
import type { Operation } from '../core/sync/operation.ts';
import { readOperation } from '../core/sync/read-operation.ts';
import type { Entry } from '../ports/applications.ts';
import type { Lease } from '../ports/leases.ts';
import type { Ports } from '../ports/ports.ts';
import { actingPorts } from './acting-ports.ts';
import { applyOperation } from './apply-operation.ts';
import { endFailed, failOperation } from './fail-operation.ts';
import { finishOperation } from './finish-operation.ts';
import { unholdApplication } from './hold-application.ts';
import { holdBack } from './hold-back.ts';
import { inspectSuspects } from './inspect-suspects.ts';
import { forgetMirrored } from './mirror.ts';
import { noticeLoss } from './notice-loss.ts';
import type { Outcome, Run } from './outcome.ts';
import { passGate } from './pass-gate.ts';
import { planOperation } from './plan-operation.ts';
import { readSituation } from './read-situation.ts';
import { readingAs } from './reading-as.ts';
import { recoverApplication } from './recover-application.ts';
import { advance, refuseRequest, reportCondition, rest } from './rest-application.ts';
import { rollBackByItself } from './roll-back-by-itself.ts';
import { settleOperation } from './settle-operation.ts';
import { announceOperation, startOperation } from './start-operation.ts';
import { collectBlobs } from './stored-json.ts';
import { terminateOperation } from './terminate-operation.ts';
import { endBlock, resumeOperation, waitForWindow } from './wait-for-window.ts';
import { wakeDependents } from './wake-dependents.ts';
import { withHealthRules } from './with-health-rules.ts';

/** Longer than any single step may take; a step that begins later than this minus a request's time-out is not begun. */
const leaseMs = 300_000;

export type Worked = { next: 'idle' | 'busy'; lookAt: number | null };

/** `busy`: somebody else works on it and will see this wake-up. `lookAt`: ms since the epoch, null for not by itself. */
export async function syncApplication(name: string, ports: Ports): Promise<Worked> {
  const lease = await ports.leases.take(name, { holder: ports.holder, now: ports.now(), forMs: leaseMs });
  if (lease === null) return { next: 'busy', lookAt: null };
  try {
    return await work(lease, await withHealthRules(ports));
  } catch (error) {
    await letGo(lease, error, ports);
    throw error;
  }
}

async function work(lease: Lease, ports: Ports): Promise<Worked> {
  const { name } = lease;
  const rendered: Run['rendered'] = new Map();
  for (;;) {
    const found = await ports.applications.get(name);
    if (found === null) return { next: 'idle', lookAt: null };
    const rules = await ports.fleetRules.get();
    const entry = underWay(withFleetDifferences(found, rules.customizations));
    if (entry.hold !== null && entry.hold.until !== null && entry.hold.until <= ports.now()) {
      await unholdApplication(name, { who: 'trueup', why: 'its time is up' }, ports);
      continue;
    }
    if (await noticeLoss(entry, ports)) continue;
    const permission = permissionOf(entry.application.project, rules, ports.identityOf(entry.cluster));
    const run: Run = {
      entry,
      lease,
      ports: actingPorts(entry, permission, readingAs(entry.application.project, ports)),
      rules,
      permission,
      rendered,
    };
    const outcome = await takeStep(nextStep(await readSituation(run)), run);
    await record(outcome, run);
    await wakeDependents(outcome, run);
    if (outcome.removed) return { next: 'idle', lookAt: null };
    // With half the lease used up, the next worker goes on with a fresh one.
    const spent = ports.now() > lease.until - leaseMs / 2;
    if (outcome.rest === undefined && !spent) continue;
    const lookAt = outcome.rest === undefined ? ports.now() : outcome.rest;
    if (await ports.leases.release(lease, { wanted: entry.wanted, lookAt })) return { next: 'idle', lookAt };
  }
}

/** What another version began is gone on with, and what it did not know yet is filled in. */
function underWay(entry: Entry): Entry {
  const { name, operation } = entry.state;
  const known = operation === null ? null : readOperation(operation);
  return { ...entry, state: { ...initialState(name), ...entry.state, operation: known } };
}

/** After a bug, or with a store that cannot be written: whoever comes next need not wait for the lease to run out. */
async function letGo(lease: Lease, error: unknown, ports: Ports): Promise<void> {
  if (error instanceof Fault && error.code === 'store.lease_lost') return;
  try {
    const wanted = (await ports.applications.get(lease.name))?.wanted ?? 0;
    await ports.leases.release(lease, { wanted, lookAt: ports.now() });
  } catch (second) {
    ports.log.warn('lease.not_released', { application: lease.name, because: String(second) });
  }
}

async function takeStep(step: Step, run: Run): Promise<Outcome> {
  run.ports.log.info('sync.step', { application: run.entry.application.name, ...nameOf(step) });
  try {
    return await carryOut(step, run);
  } catch (error) {
    if (!(error instanceof Fault) || error.code.startsWith('store.')) throw error;
    if ((step.do === 'settle' || step.do === 'pass') && !step.last && mayRetry(error)) return lookAgain(error, run);
    const { operation } = run.entry.state;
    return operation === null ? reportFault(error, run) : failOperation(operation, error, run);
  }
}

const lookAgainMs = 5_000;

/** Everything is applied; that nobody can be asked how it fares is no reason to call the sync a failure before its time is up. */
async function lookAgain(fault: Fault, { entry, ports }: Run): Promise<Outcome> {
  ports.log.warn('sync.health_unknown', { application: entry.application.name, ...fault.report() });
  return { state: entry.state, rest: ports.now() + lookAgainMs };
}

function reportFault(fault: Fault, run: Run): Promise<Outcome> {
  const { request } = run.entry;
  return request === null ? reportCondition(fault.report(), run) : refuseRequest(request, fault.report(), run);
}

async function carryOut(step: Step, run: Run): Promise<Outcome> {
  switch (step.do) {
    case 'start':
      return startOperation(step, run);
    case 'announce':
      return announceOperation(step.operation, run);
    case 'plan':
      return planOperation(step.operation, run);
    case 'apply':
      return applyOperation(step.operation, step.stage, run);
    case 'pass':
      return unlessLast(step, await passGate(step.operation, step.stage, run), run);
    case 'settle':
      return unlessLast(step, await settleOperation(step.operation, run), run);
    case 'fail':
      return endFailed(step.operation, null, run);
    case 'terminate':
      return terminateOperation(step.operation, step.request, run);
    case 'overtake':
      return finishOperation(step.operation, overtaken(step.by, run), run);
    case 'time-out':
      return failOperation(step.operation, timedOut(step.operation, run), run);
    case 'inspect':
      return inspectSuspects(step.block, run);
    case 'unblock':
      return endBlock(run);
    case 'wait':
      return waitForWindow(step.operation, step.block, run);
    case 'resume':
      return resumeOperation(step.operation, run);
    case 'recover':
      return recoverApplication(step.revision, run);
    case 'advance':
      return advance(step.revision, run);
    case 'refuse':
      return refuseRequest(step.request, step.fault, run);
    case 'report':
      return reportCondition(step.fault, run);
    case 'hold-back':
      return holdBack(step, run);
    case 'roll-back':
      return rollBackByItself(step.pending, run);
    case 'stay':
      return { state: { ...run.entry.state, rollback: null } };
    case 'rest':
      return rest(step, run);
  }
}

/** What is still waited for at the last look has run out of time. */
async function unlessLast({ last }: { last: boolean }, outcome: Outcome, run: Run): Promise<Outcome> {
  const { operation } = outcome.state;
  if (!last || operation === null || outcome.rest === undefined) return outcome;
  const here: Run = { ...run, entry: { ...run.entry, state: outcome.state } };
  const failed = await failOperation(operation, timedOut(operation, here), here);
  return { ...failed, events: [...(outcome.events ?? []), ...(failed.events ?? [])] };
}

/** Events first: they have fixed ids, so when the state is not written any more the same step writes them again. */
async function record(outcome: Outcome, { entry, lease, ports }: Run): Promise<void> {
  const now = ports.now();
  const events = [...(outcome.events ?? []), ...healthChanged(entry, outcome.state, now)];
  if (events.length > 0) {
    const channels = ports.channels(entry.application.name);
    await ports.events.append(events.map((event) => ({ event, channels: isNoteworthy(event) ? channels : [] })));
    for (const event of events) ports.log.info(event.type, eventFacts(event));
  }
  if (outcome.removed) {
    await forgetMirrored(entry.application.name, ports);
    await ports.applications.remove(entry.application.name);
    await collectBlobs(entry.state, null, ports);
    return;
  }
  const settled = {
    seenWanted: entry.wanted,
    suspects: outcome.suspects ?? [],
    ...(outcome.request === undefined ? {} : { request: outcome.request }),
  };
  await ports.leases.write(lease, outcome.state, settled);
  await collectBlobs(entry.state, outcome.state, ports);
}

function overtaken(by: string, { entry }: Run): Fault {
  return new Fault('sync.overtaken', { application: entry.application.name, by });
}

function timedOut(operation: Operation, { entry }: Run): Fault {
  const limitMs = operation.deadline - operation.startedAt;
  return new Fault('sync.timed_out', {
    application: entry.application.name,
    limitMs,
    because: operation.waitsFor || entry.state.health.because,
  });
}

function nameOf(step: Step): Record<string, unknown> {
  return step.do === 'apply' || step.do === 'pass' ? { step: step.do, stage: step.stage } : { step: step.do };
}
