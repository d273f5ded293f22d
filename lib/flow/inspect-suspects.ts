/** Looks at the objects that may have drifted and does about it what the Application's policy says. */

import { heedHeals, isFighting } from '../core/drift/heed-heals.ts';
import { noteDrift } from '../core/drift/note-drift.ts';
import { noteProblems } from '../core/drift/note-problems.ts';
import { driftEvent } from '../core/event/drift-event.ts';
import type { Event } from '../core/event/event.ts';
import { movedEvent } from '../core/event/moved-event.ts';
import { Fault } from '../core/fault/fault.ts';
import { formatKey, parseKey } from '../core/object/object-key.ts';
import type { Applying, Plan } from '../core/plan/plan.ts';
import { stagesOf } from '../core/plan/stages-of.ts';
import { judgeApplication } from '../core/project/judge-application.ts';
import { whyNot } from '../core/project/judge-objects.ts';
import type { ApplicationRecord } from '../core/record/record.ts';
import { sumUpHealth } from '../core/record/sum-up-health.ts';
import { type Block, blockedBy } from '../core/sync/block.ts';
import { type Operation, unplanned } from '../core/sync/operation.ts';
import type { Entry } from '../ports/applications.ts';
import { type Checked, checkDrift } from './check-drift.ts';
import { type Extra, findExtras } from './find-extras.ts';
import { inParallel } from './in-parallel.ts';
import type { Outcome, Run } from './outcome.ts';
import { keepSource } from './source-of.ts';
import { loadRecord, savePlan, saveRecord } from './stored-json.ts';

/** `block`: what keeps drift from being healed now; null: nothing. */
export async function inspectSuspects(block: Block | null, run: Run): Promise<Outcome> {
  const { entry, ports } = run;
  const { application, state, suspects } = entry;
  const record = await loadRecord(state.record, ports);
  const all = suspects.includes('*') ? Object.keys(record.objects) : suspects;
  const names = all.filter((name) => isKnown(name, record));
  const extras = await lookAtExtras(all, record, run);
  const checked = await inParallel(names, async (name) => {
    const recorded = record.objects[name];
    if (recorded === undefined) throw new TypeError(`${name} left the record while it was read`);
    return checkDrift(recorded, entry, ports);
  });
  const after = recordAfter(record, { checked, extras, looked: all });
  const drifts = checked.flatMap(({ drift }) => (drift === null ? [] : [drift]));
  const looked = suspects.includes('*') ? ['*'] : [...all];
  const unwanted = extras.flatMap(({ recorded, ignored }) => (ignored ? [] : [formatKey(recorded.key)]));
  const drifted = noteDrift(state.drifted, looked, [...drifts.map(nameOf), ...unwanted]);
  const outcome: Outcome = {
    state: {
      ...state,
      drifted,
      record: all.length === 0 ? state.record : await saveRecord(application.name, after, ports),
      warnings: noteProblems(
        state.warnings,
        looked,
        checked.flatMap(({ problems }) => problems),
      ),
      health: sumUpHealth(after, state.health, ports.now()),
      sync:
        drifted.length > 0
          ? 'OutOfSync'
          : all.length > 0 && state.synced !== null && state.failed === null
            ? 'Synced'
            : state.sync,
    },
    suspects,
  };
  const unsure = checked.flatMap(({ drift, problems }) => (drift === null || problems.length === 0 ? [] : [drift]));
  const answered =
    drifts.length === 0 ? outcome : await answer({ drifts, unsure, unwanted, looked, outcome, record, block }, run);
  return { ...answered, events: [...movedEvents(checked, run), ...(answered.events ?? [])] };
}

type Learnt = { checked: readonly Checked[]; extras: readonly Extra[]; looked: readonly string[] };

/** With what was learnt, and without what another Application has taken over, and extra objects that are gone. */
function recordAfter(record: ApplicationRecord, { checked, extras, looked }: Learnt): ApplicationRecord {
  const rest = Object.entries(record.objects).filter(([name]) => isKnown(name, record) || !looked.includes(name));
  const seen = [...checked, ...extras].map(({ recorded }) => [formatKey(recorded.key), recorded] as const);
  const left = new Set(
    checked.flatMap((each) => (each.movedTo !== null || each.gone ? formatKey(each.recorded.key) : [])),
  );
  return { objects: Object.fromEntries([...rest, ...seen].filter(([name]) => !left.has(name))) };
}

function movedEvents(checked: readonly Checked[], { entry, ports }: Run): Event[] {
  return checked.flatMap(({ recorded, movedTo }) =>
    movedTo === null ? [] : movedEvent(recorded, { ...entry, to: movedTo, now: ports.now() }),
  );
}

/** Extra objects are nobody's to heal. */
function isKnown(name: string, { objects }: ApplicationRecord): boolean {
  return objects[name] !== undefined && objects[name]?.extra === undefined;
}

/** Those of these names that are there; one that is gone is forgotten. */
async function lookAtExtras(
  names: readonly string[],
  record: ApplicationRecord,
  { entry, rules, ports }: Run,
): Promise<Extra[]> {
  const asked = names.filter((name) => !isKnown(name, record) && name !== '*');
  const kinds = new Set(asked.map((name) => parseKey(name)).map(({ group, kind }) => `${group}/${kind}`));
  const extras = await findExtras({ entry, record, kinds }, rules, ports);
  const found = extras.filter(({ recorded }) => asked.includes(formatKey(recorded.key)));
  for (const { recorded } of found)
    ports.log.info('object.extra', { application: entry.application.name, object: formatKey(recorded.key) });
  return found;
}

function nameOf({ key }: Applying): string {
  return formatKey(key);
}

type Found = {
  drifts: readonly Applying[];
  /** Those of which nobody can tell whether they were to be ignored: only reported. */
  unsure: readonly Applying[];
  /** Names of extra objects. */
  unwanted: readonly string[];
  looked: readonly string[];
  outcome: Outcome;
  /** As it was before this look. */
  record: ApplicationRecord;
  block: Block | null;
};

async function answer({ drifts, unsure, unwanted, looked, outcome, record, block }: Found, run: Run): Promise<Outcome> {
  const { entry, ports } = run;
  const { automated } = entry.application.syncPolicy;
  const now = ports.now();
  const held = entry.hold !== null;
  const seen = (drift: Applying) => ({
    ...entry,
    since: record.objects[nameOf(drift)]?.applied?.resourceVersion ?? '',
  });
  if (held || automated === null || !automated.selfHeal) {
    const action = held ? 'held' : 'reported';
    return { ...outcome, events: drifts.map((drift) => driftEvent(drift, action, seen(drift), now)) };
  }
  if (block !== null) {
    const { state } = outcome;
    const wait = {
      now,
      revision: state.blocked?.revision ?? null,
      heals: noteDrift(state.blocked?.heals ?? [], [], drifts.map(nameOf)),
    };
    return {
      ...outcome,
      state: { ...state, blocked: blockedBy(block, state.blocked, wait) },
      events: drifts.map((drift) => driftEvent(drift, 'reported', seen(drift), now)),
    };
  }
  const permitted = drifts.filter((drift) => isPermitted(drift, run));
  const certain = permitted.filter((drift) => !unsure.includes(drift));
  const leftAlone = drifts.filter((drift) => !certain.includes(drift));
  const ready = heedHeals(entry.state.heals, certain, now);
  const fighting = ready.waiting.filter((drift) => isFighting(ready.heals, drift));
  const state = { ...outcome.state, heals: ready.heals };
  const events = [
    ...fighting.map((drift) => driftEvent(drift, 'fighting', seen(drift), now)),
    // Left as it is, and said: what the project does not permit, and what may have been meant.
    ...leftAlone.map((drift) => driftEvent(drift, 'reported', seen(drift), now)),
  ];
  const suspects = lookedAt(
    entry.suspects,
    ready.waiting.filter((drift) => !fighting.includes(drift)),
  );
  if (ready.heal.length === 0) return { state, events, suspects, ...restAt(suspects, entry, ready.lookAt) };
  const left = [...[...ready.waiting, ...leftAlone].map(nameOf), ...unwanted];
  const drifted = noteDrift(entry.state.drifted, looked, left);
  return { state: await startHeal(ready.heal, { ...state, drifted }, run), events, suspects };
}

function isPermitted({ key }: Applying, { entry, permission }: Run): boolean {
  return judgeApplication(entry.application, permission) === null && whyNot(key, permission) === null;
}

/** Suspects by name are not looked at again before their turn, and meanwhile Git is followed; `*` cannot tell whose turn it is. */
function restAt(settled: readonly string[], { suspects }: Entry, lookAt: number | null): Pick<Outcome, 'rest'> {
  return suspects.includes('*') && !settled.includes('*') ? { rest: lookAt } : {};
}

/** The suspects that are dealt with: all but those whose turn is later. */
function lookedAt(suspects: readonly string[], later: readonly Applying[]): string[] {
  if (later.length > 0 && suspects.includes('*')) return [];
  const names = new Set(later.map(nameOf));
  return suspects.filter((name) => !names.has(name));
}

const healTimeoutMs = 120_000;

async function startHeal(
  drifts: readonly Applying[],
  state: Outcome['state'],
  { entry, ports }: Run,
): Promise<Outcome['state']> {
  const { synced } = state;
  if (synced === null)
    throw new Fault('store.unavailable', {
      path: state.name,
      because: 'drift of an Application that was never synced',
    });
  const stages = stagesOf(drifts.map((change) => ({ change, wave: 0, last: false })));
  const now = ports.now();
  const { name } = entry.application;
  const plan: Plan = { application: name, revision: synced.revision, stages, failStages: [], kept: 0, warnings: [] };
  const operation: Operation = {
    id: ports.newId(),
    reason: 'heal',
    who: 'trueup',
    revision: synced.revision,
    commit: null,
    sourceHash: synced.sourceHash,
    source: synced.source ?? (await keepSource(entry, ports)),
    reads: synced.reads,
    phase: 'applying',
    ...unplanned,
    plan: await savePlan(plan, ports),
    stages: stages.length,
    hooks: [],
    failure: null,
    only: null,
    counts: { created: 0, updated: 0, pruned: 0, kept: 0 },
    startedAt: now,
    deadline: now + healTimeoutMs,
    blockedSince: null,
    attempt: 1,
    prune: false,
    confirmed: false,
    request: null,
  };
  return { ...state, operation };
}
