/** Looks up how the Applications stand that another one depends on, and those that depend on one that leaves. */
import { dependenciesOf } from '../core/dependency/dependencies.ts';
import { dependencyBlock, removalBlock, type Waiting } from '../core/dependency/dependency-block.ts';
import { dependsOn } from '../core/dependency/depends-on.ts';
import { wayFrom } from '../core/dependency/find-cycles.ts';
import { type Dependency, whyNotReady } from '../core/dependency/why-not-ready.ts';
import { Fault } from '../core/fault/fault.ts';
import { permissionOf } from '../core/project/permission-of.ts';
import { resolveRevision } from '../core/revision/resolve-revision.ts';
import type { Block } from '../core/sync/block.ts';
import type { Situation } from '../core/sync/next-step.ts';
import { sourceHashOf } from '../core/sync/source-hash-of.ts';
import type { Entry } from '../ports/applications.ts';
import { inParallel } from './in-parallel.ts';
import type { Run } from './outcome.ts';
import { readingAs } from './reading-as.ts';

type Where = Pick<Run, 'rules' | 'ports'>;

/** They are looked up where a sync might begin: what runs goes on, whatever becomes of them. */
export async function findDependencyBlock(
  { entry, rules, ports }: Run,
  target: Situation['target'],
): Promise<Block | null> {
  const { application, leaving, state, request } = entry;
  const names = dependsOn(application);
  if (names.length === 0 || leaving || !mayBegin({ state, request }, target)) return null;
  const found = await inParallel(names, async (name) => whyNotReady(await readDependency(name, { rules, ports })));
  const waiting: Waiting[] = names.flatMap((name, at) => {
    const because = found[at] ?? null;
    return because === null ? [] : [{ name, because }];
  });
  return dependencyBlock(application.name, waiting, { dependencies: rules.dependencies, now: ports.now() });
}

function mayBegin({ state, request }: Pick<Entry, 'state' | 'request'>, target: Situation['target']): boolean {
  if (request !== null) return true;
  const { revision, sourceHash } = state.operation ?? state.synced ?? { revision: '', sourceHash: '' };
  return 'revision' in target && (target.revision !== revision || target.sourceHash !== sourceHash);
}

async function readDependency(name: string, where: Where): Promise<Dependency | null> {
  const entry = await where.ports.applications.get(name);
  return entry === null ? null : dependencyOf(entry, where);
}

/** Git is not asked: what it wants was looked up when somebody was woken for it. */
export async function dependencyOf(entry: Entry, { rules, ports }: Where): Promise<Dependency> {
  const { application, cluster, leaving, hold, state } = entry;
  const { repoURL, targetRevision } = application.source;
  const heads = (await readingAs(application.project, ports).repositories.get(repoURL))?.heads ?? null;
  const permission = permissionOf(application.project, rules, ports.identityOf(cluster));
  return {
    leaving,
    held: hold !== null,
    state,
    wanted: {
      revision: heads === null ? null : resolvedIn(heads, { repoURL, targetRevision }),
      sourceHash: sourceHashOf(entry, permission),
    },
  };
}

/** null: nothing of that name, or nobody knows without asking. */
function resolvedIn(...[heads, wanted]: Parameters<typeof resolveRevision>): string | null {
  try {
    const resolution = resolveRevision(heads, wanted);
    return resolution.kind === 'sha' ? resolution.sha : null;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** Of those that wait for each other none would ever be the first to go: there it is not waited. */
export async function findRemovalBlock({ entry, ports }: Run): Promise<Block | null> {
  if (entry.state.operation !== null) return null;
  const { name } = entry.application;
  const leaving = (await ports.applications.list()).flatMap((each) => (each.leaving ? [each.application] : []));
  const dependencies = dependenciesOf(leaving);
  const staying = leaving.filter(
    (other) => dependsOn(other).includes(name) && wayFrom(name, other.name, dependencies) === null,
  );
  return removalBlock(
    name,
    staying.map((other) => other.name),
    ports.now(),
  );
}
