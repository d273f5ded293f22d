/**
 * One look for drift over one cluster, for all Applications at once: a watch per kind in use, resumed from where the last
 * sweep ended, so that it costs what changed and not what exists. What looks different becomes a suspect of its Application.
 */

import { isDeepStrictEqual } from 'node:util';
import { withFleetDifferences } from '../core/customization/with-fleet-differences.ts';
import { findDrift } from '../core/drift/find-drift.ts';
import { ignoreRules } from '../core/drift/ignore-rules.ts';
import { ignoredIn } from '../core/drift/ignored-in.ts';
import { driftRules } from '../core/drift/ignored-paths.ts';
import { isExtra, type Owner } from '../core/drift/is-extra.ts';
import { isDrifted } from '../core/drift/note-drift.ts';
import { writersOf } from '../core/drift/writers.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey, keyOf } from '../core/object/object-key.ts';
import { applicationLabel } from '../core/object/tracking.ts';
import { applicationLabelValue } from '../core/plan/mark.ts';
import type { ApplicationRecord, RecordedObject } from '../core/record/record.ts';
import { sealSecret } from '../core/record/seal-secrets.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { type Look, lookAtKinds } from './look-at-kinds.ts';
import { type KindsInUse, kindsOf, recordedIn } from './recorded-in.ts';
import { findRecord, loadRecord } from './stored-json.ts';
import { withHealthRules } from './with-health-rules.ts';

export type Sweep = { kinds: number; events: number; suspects: number; listed: number };

/** `known`: the kinds in use there; null: they have to be looked up. One that came into use since is looked at in the next sweep. */
export async function sweepCluster(cluster: string, ports: Ports, known: KindsInUse | null = null): Promise<Sweep> {
  const { kinds, unmarkedKinds } = known ?? kindsOf(await recorded(cluster, ports));
  if (kinds.length === 0) return { kinds: 0, events: 0, suspects: 0, listed: 0 };
  const positions = await ports.positions.of(cluster);
  const looks = await lookAtKinds(kinds, { cluster, positions, unmarkedKinds }, ports);
  // Records are read only when something happened, and only now: one read before the look may be older than what it saw.
  const happened = looks.some(({ objects, listed }) => objects.length > 0 || listed);
  const entries = happened ? await recorded(cluster, ports) : [];
  const suspects = findSuspects(
    looks,
    await indexRecords(entries, ports),
    await ownersOf(entries, ports),
    happened ? await withHealthRules(ports) : ports,
  );
  for (const [application, names] of suspects) {
    await ports.wakes.suspect(application, [...names], ports.now());
    await ports.queue.send({ about: 'application', name: application, why: 'drift' });
  }
  // Only now: what was seen is written down, so a sweep that dies before this sees it again.
  for (const look of looks) {
    const hasMoved = !isDeepStrictEqual(look.position, positions[look.kind] ?? null);
    if (hasMoved && !isUnderWay(look, entries)) await ports.positions.put(cluster, look.kind, look.position);
  }
  return {
    kinds: looks.length,
    events: looks.reduce((sum, { objects }) => sum + objects.length, 0),
    suspects: [...suspects.values()].reduce((sum, names) => sum + names.size, 0),
    listed: looks.filter(({ listed }) => listed).length,
  };
}

/** The Applications that have something in this cluster. */
async function recorded(cluster: string, ports: Ports): Promise<Entry[]> {
  const { customizations } = await ports.fleetRules.get();
  const entries = recordedIn(cluster, await ports.applications.list());
  return entries.map((entry) => withFleetDifferences(entry, customizations));
}

type Known = { entry: Entry; recorded: RecordedObject };

/** An object that goes from one Application to another is in the records of both for a while. */
async function indexRecords(entries: readonly Entry[], ports: Ports): Promise<Map<string, Known[]>> {
  const known = new Map<string, Known[]>();
  for (const entry of entries) {
    const { objects } = await recordOf(entry, ports);
    for (const [name, recorded] of Object.entries(objects))
      known.set(name, [...(known.get(name) ?? []), { entry, recorded }]);
  }
  return known;
}

/** A record that was replaced since its key was read is looked up again. */
async function recordOf(entry: Entry, ports: Ports): Promise<ApplicationRecord> {
  const record = await findRecord(entry.state.record, ports);
  if (record !== null) return record;
  const now = await ports.applications.get(entry.application.name);
  return now === null ? { objects: {} } : loadRecord(now.state.record, ports);
}

/**
 * A sync is writing these very objects, and what it wrote is not in the record yet. They are looked at again from the
 * same position: an edit in between must not pass for what was there before.
 */
function isUnderWay({ kind, objects }: Look, entries: readonly Entry[]): boolean {
  const applying = entries.filter(({ state }) => state.operation?.phase === 'applying');
  // What carries no mark might be whosever it is.
  const mayBeTheirs = applying.some(({ state }) => state.unmarkedKinds?.includes(kind));
  if (objects.length > 0 && mayBeTheirs) return true;
  const labels = new Set(applying.map(({ application }) => applicationLabelValue(application.name)));
  return objects.some(({ object }) => labels.has(object.metadata.labels?.[applicationLabel] ?? ''));
}

/** Whom an object may name that is in no record. */
async function ownersOf(entries: readonly Entry[], ports: Ports): Promise<Owner[]> {
  const staying = entries.filter(({ leaving }) => !leaving);
  if (staying.length === 0) return [];
  const { customizations } = await ports.fleetRules.get();
  return staying.map(({ application, cluster, state }) => {
    return { application: application.name, cluster, letGo: state.letGo ?? [], customizations };
  });
}

function findSuspects(
  looks: readonly Look[],
  known: ReadonlyMap<string, readonly Known[]>,
  owners: readonly Owner[],
  ports: Ports,
): Map<string, Set<string>> {
  const suspects = new Map<string, Set<string>>();
  const suspect = (application: string, name: string) =>
    suspects.set(application, (suspects.get(application) ?? new Set()).add(name));
  for (const look of looks) {
    for (const { object, gone } of look.objects) {
      const name = formatKey(keyOf(object));
      for (const application of whoseSuspect({ object, gone }, known.get(name) ?? [], owners, ports))
        suspect(application, name);
    }
    for (const [name, { entry }] of notListed(look, known)) suspect(entry.application.name, name);
  }
  return suspects;
}

/** Of a kind all of whose objects were listed: those that were not among them. */
function notListed(
  { kind, objects, listed }: Look,
  known: ReadonlyMap<string, readonly Known[]>,
): (readonly [string, Known])[] {
  if (!listed) return [];
  const seen = new Set(objects.map(({ object }) => formatKey(keyOf(object))));
  const missing = [...known].filter(([name]) => !seen.has(name));
  return missing.flatMap(([name, all]) =>
    all
      .filter(({ recorded }) => kind === `${recorded.apiVersion}/${recorded.key.kind}`)
      .map((ours) => [name, ours] as const),
  );
}

/** Empty: nothing is the matter with it, or it is nobody's. */
function whoseSuspect(
  { object, gone }: Look['objects'][number],
  ours: readonly Known[],
  owners: readonly Owner[],
  ports: Ports,
): string[] {
  if (ours.length > 0) {
    const different = ours.filter((each) => gone || looksDifferent(each, object, ports));
    return different.map(({ entry }) => entry.application.name);
  }
  const owner = gone ? undefined : owners.find((each) => isExtra(object, each));
  return owner === undefined ? [] : [owner.application];
}

/** Drift, or another health than we remember: both are worth a closer look. */
function looksDifferent({ entry, recorded }: Known, live: KubernetesObject, ports: Ports): boolean {
  const { applied } = recorded;
  if (applied === null) return false;
  // Somebody may have undone by hand what was only reported.
  if (isDrifted(entry.state.drifted, formatKey(recorded.key))) return true;
  if (applied.resourceVersion === live.metadata.resourceVersion) return false;
  if (ports.assess(live)?.status !== applied.health?.status) return true;
  const sealed = sealSecret(live, ports.installationKey);
  const rules = ignoreRules(entry.application.ignoreDifferences, recorded.key);
  // What jq would have ignored is found out where it is looked at closely.
  const sideOf = (object: KubernetesObject) => ({ object, ignored: ignoredIn(object, rules, []) });
  const { managers } = rules;
  const compared = { live: sideOf(sealed), wanted: sideOf(recorded.manifest), managers, autoscaled: false };
  return findDrift(applied, sealed, driftRules(compared, writersOf(entry.application))).verdict !== 'clean';
}
