/** How objects of an Application fare right now: read one by one, or listed where there are many. */
import type { Assess } from '../core/health/assess-health.ts';
import type { Health } from '../core/health/health.ts';
import { missingHealth } from '../core/health/missing-health.ts';
import { formatKey, keyOf } from '../core/object/object-key.ts';
import { applicationLabel } from '../core/object/tracking.ts';
import { applicationLabelValue } from '../core/plan/mark.ts';
import type { RecordedObject } from '../core/record/record.ts';
import type { Cluster } from '../ports/cluster.ts';
import { inParallel } from './in-parallel.ts';
import { refOf } from './ref-of.ts';

/** Formatted key → health; null: its kind has none. */
export type Healths = Map<string, Health | null>;

type Where = { application: string; cluster: Pick<Cluster, 'facts' | 'read' | 'list'>; assess: Assess };

/** From this many of one kind in one namespace on, a LIST is cheaper than reading each. */
const worthListing = 20;

export async function lookAtHealth(objects: readonly RecordedObject[], where: Where): Promise<Healths> {
  const groups = Map.groupBy(objects, ({ apiVersion, key }) => `${apiVersion}/${key.kind} ${key.namespace}`);
  const healths: Healths = new Map();
  for (const group of groups.values()) {
    const [one] = group;
    if (one === undefined || group.length < worthListing) continue;
    for (const [name, health] of await listLike(one, where)) healths.set(name, health);
  }
  // What lost our label is in no list, and may still be there.
  const unseen = objects.filter(({ key }) => !healths.has(formatKey(key)));
  await inParallel(unseen, async (recorded) => {
    const live = await where.cluster.read(refOf(recorded));
    healths.set(formatKey(recorded.key), live === null ? missingHealth : where.assess(live));
  });
  return healths;
}

/** Everything of the Application that is of the same kind, in the same namespace. */
async function listLike(
  { apiVersion, key }: RecordedObject,
  { application, cluster, assess }: Where,
): Promise<Healths> {
  const { kinds } = await cluster.facts();
  const kind = kinds.find((each) => each.apiVersion === apiVersion && each.kind === key.kind);
  const healths: Healths = new Map();
  if (kind === undefined) return healths;
  const labelSelector = `${applicationLabel}=${applicationLabelValue(application)}`;
  const { items } = await cluster.list(kind, { labelSelector, namespace: key.namespace });
  for await (const object of items) healths.set(formatKey(keyOf(object)), assess(object));
  return healths;
}
