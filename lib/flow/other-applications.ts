/**
 * What the other Applications of a cluster want: an object goes from one to another without being deleted, whichever of them
 * is synced first. Git decides. Nothing is changed, and each is asked once at most.
 */
import { Fault } from '../core/fault/fault.ts';
import type { Rules } from '../core/fleet/rules.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey, keyOf, type ObjectKey, parseKind } from '../core/object/object-key.ts';
import { trackedBy } from '../core/plan/mark.ts';
import { isUnmarked } from '../core/plan/unmark.ts';
import { judgeApplication } from '../core/project/judge-application.ts';
import { whyNot } from '../core/project/judge-objects.ts';
import type { Permission } from '../core/project/permission.ts';
import { permissionOf } from '../core/project/permission-of.ts';
import type { ApplicationRecord, RecordedObject } from '../core/record/record.ts';
import { sameRepository } from '../core/revision/same-repository.ts';
import { sourceHashOf } from '../core/sync/source-hash-of.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { memo } from './memo.ts';
import { readingAs } from './reading-as.ts';
import { renderApplication } from './render-application.ts';
import { resolveTarget } from './resolve-target.ts';
import { loadRecord } from './stored-json.ts';

export type Claim = {
  /** The Application. */
  by: string;
  /** `soon`: it takes the object over by itself. `later`: not before a person, a window or a repair lets it. `unknown`: Git moved, and it has not said yet what it wants. */
  when: 'soon' | 'later' | 'unknown';
};

export type OtherApplications = {
  /** Whether the Application that has an object goes on wanting it. What cannot be found out counts as yes. */
  wants(name: string, key: ObjectKey): Promise<boolean>;
  /** Who has an unmarked object in its record, as the uid tells; null: nobody. */
  holds(live: KubernetesObject): Promise<string | null>;
  /** Who has taken over an object that we have in our record, and not only is said to because somebody edited it; null: nobody. */
  takenBy(live: KubernetesObject, ours: RecordedObject): Promise<string | null>;
  /** Who takes over an object that its Application gives up; null: nobody. */
  claimOn(key: ObjectKey): Promise<Claim | null>;
};

export function otherApplications(
  { application, cluster }: Pick<Entry, 'application' | 'cluster'>,
  ports: Ports,
): OtherApplications {
  const others = memo(() => findOthers({ application, cluster }, ports));
  return {
    async wants(name, key) {
      const owner = (await others()).find(({ entry }) => entry.application.name === name);
      if (owner === undefined) return false;
      return (await owner.wanted())?.has(formatKey(key)) ?? true;
    },
    async holds(live) {
      if (trackedBy(live) !== null) return null;
      const holder = await findHolder(await others(), live, isUnmarked);
      return holder?.entry.application.name ?? null;
    },
    async takenBy(live, ours) {
      const owner = trackedBy(live);
      if (owner === application.name || (owner === null && !isUnmarked(ours))) return null;
      // Of two records of one object without marks the one that wrote last is right.
      const isLater = (theirs: RecordedObject) => isUnmarked(theirs) && hasWrittenLater(theirs, ours);
      const all = await others();
      const named = all.filter(({ entry }) => owner === null || entry.application.name === owner);
      const holder = await findHolder(named, live, owner === null ? isLater : () => true);
      return holder?.entry.application.name ?? null;
    },
    async claimOn(key) {
      const able = (await others()).filter((other) => mayHave(other, key));
      const claims = await Promise.all(able.map((other) => claimOf(other, key, application.source.repoURL)));
      const rank = ({ when }: Claim) => ['soon', 'unknown', 'later'].indexOf(when);
      return claims.filter((claim) => claim !== null).toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
    },
  };
}

/** Who has this very object in its record. One that is named on the object may be about to write it. */
async function findHolder(
  others: readonly Other[],
  live: KubernetesObject,
  isMeant: (recorded: RecordedObject) => boolean,
): Promise<Other | undefined> {
  const key = keyOf(live);
  const isMarked = trackedBy(live) !== null;
  for (const other of others) {
    if (!other.entry.state.kinds.some((name) => isKind(name, key))) continue;
    const recorded = (await other.recorded())[formatKey(key)];
    const isSame = isMarked || recorded?.applied?.uid === live.metadata.uid;
    if (recorded !== undefined && isSame && isMeant(recorded)) return other;
  }
  return undefined;
}

/** resourceVersions of one object can be compared (KEP-5504). */
function hasWrittenLater({ applied: theirs }: RecordedObject, { applied: ours }: RecordedObject): boolean {
  const [their, our] = [theirs, ours].map((applied) => applied?.resourceVersion ?? '');
  return /^\d+$/.test(`${their}`) && /^\d+$/.test(`${our}`) && BigInt(`${their}`) > BigInt(`${our}`);
}

/** Formatted keys. */
type Names = ReadonlySet<string>;

type Other = {
  entry: Entry;
  permission: Permission;
  stand(): Promise<Stand>;
  /** What it has, or is about to have. */
  recorded(): Promise<ApplicationRecord['objects']>;
  /** What it ought to have by now; null: that cannot be found out. */
  wanted(): Promise<Names | null>;
};

/** `settled`: its record has what it wants. `moving`: it will look at Git by itself. `waiting`: for a person, a window or a repair. */
type Stand = 'settled' | 'moving' | 'waiting';

async function findOthers(
  { application, cluster }: Pick<Entry, 'application' | 'cluster'>,
  ports: Ports,
): Promise<Other[]> {
  const rules = await ports.fleetRules.get();
  return (await ports.applications.list())
    .filter((entry) => entry.cluster === cluster && entry.application.name !== application.name)
    .map((entry) => describe(entry, rules, ports));
}

function describe(entry: Entry, rules: Rules, ports: Ports): Other {
  const reading = readingAs(entry.application.project, ports);
  const permission = permissionOf(entry.application.project, rules, ports.identityOf(entry.cluster));
  const recorded = memo(async () => {
    const { objects } = await loadRecord(entry.state.record, ports);
    // What Git never had nobody wants.
    return Object.fromEntries(Object.entries(objects).filter(([, { extra }]) => extra === undefined));
  });
  return {
    entry,
    permission,
    stand: memo(() => standOf(entry, permission, reading)),
    recorded,
    wanted: memo(() => wantedBy({ entry, permission, recorded, rules }, reading)),
  };
}

/** What its project does not let it have it cannot claim, nor keep anybody waiting for. */
function mayHave({ entry, permission }: Other, key: ObjectKey): boolean {
  return !entry.leaving && judgeApplication(entry.application, permission) === null && whyNot(key, permission) === null;
}

async function claimOf(
  { entry, stand, recorded, wanted }: Other,
  key: ObjectKey,
  repoURL: string,
): Promise<Claim | null> {
  const { application, hold, state } = entry;
  const by = application.name;
  const stands = await stand();
  const hasKind = state.kinds.some((name) => isKind(name, key));
  const isRecorded = stands !== 'waiting' && hasKind && formatKey(key) in (await recorded());
  if (stands === 'settled') return isRecorded ? { by, when: hold === null ? 'soon' : 'later' } : null;
  if (stands === 'moving') return { by, when: isRecorded ? 'soon' : 'unknown' };
  const names = await wanted();
  // What moved here with the same push may be just what cannot be read.
  const mayWant = names === null ? sameRepository(application.source.repoURL, repoURL) : names.has(formatKey(key));
  return mayWant ? { by, when: 'later' } : null;
}

/** `apps/v1/Deployment` */
function isKind(name: string, { group, kind }: ObjectKey): boolean {
  const own = parseKind(name);
  return own.kind === kind && own.group === group;
}

async function standOf(entry: Entry, permission: Permission, ports: Ports): Promise<Stand> {
  const { application, hold, state } = entry;
  const { operation, synced, failed, blocked } = state;
  // Held, it wants what it has.
  if (hold !== null) return 'settled';
  const revision = await known(() => resolveTarget(entry, ports));
  if (revision === null) return 'waiting';
  const sourceHash = sourceHashOf(entry, permission);
  const isAt = (there: { revision: string; sourceHash: string } | null) =>
    there?.revision === revision && there.sourceHash === sourceHash;
  // From the plan on the record has what is about to be applied.
  if (isAt(synced) || (operation !== null && operation.plan !== null && isAt(operation))) return 'settled';
  const waits = application.syncPolicy.automated === null || blocked !== null || isAt(failed);
  return waits && operation === null ? 'waiting' : 'moving';
}

async function wantedBy(
  { entry, permission, recorded, rules }: Pick<Other, 'entry' | 'permission' | 'recorded'> & { rules: Rules },
  ports: Ports,
): Promise<Names | null> {
  if (entry.leaving) return new Set();
  // After a loss of state nobody knows what it has.
  if (entry.hold !== null) return entry.state.record === null ? null : new Set(Object.keys(await recorded()));
  // Its repository is not even read.
  if (judgeApplication(entry.application, permission) !== null) return null;
  return known(async () => {
    const { desired } = await renderApplication(entry, await resolveTarget(entry, ports), rules, ports);
    return new Set(desired.filter(({ options }) => options.apply !== 'never').map(({ key }) => formatKey(key)));
  });
}

async function known<Value>(ask: () => Promise<Value>): Promise<Value | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Fault && !error.code.startsWith('store.')) return null;
    throw error;
  }
}
