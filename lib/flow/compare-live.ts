/** Compares what was found in the cluster with what Git wants there, object by object, by dry-run applies. Changes nothing. */
import { Fault, mayRetry } from '../core/fault/fault.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey, keyOf } from '../core/object/object-key.ts';
import type { Desired } from '../core/plan/desired.ts';
import { sealSecret } from '../core/record/seal-secrets.ts';
import { type Compared, compareWithGit } from '../core/recovery/compare-with-git.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { driftRulesOf } from './drift-rules-of.ts';
import { inParallel } from './in-parallel.ts';
import { meansOf } from './means-of.ts';

/** By formatted key: those that are in the cluster and in Git. */
export async function compareLive(
  { live, desired }: { live: readonly KubernetesObject[]; desired: readonly Desired[] },
  entry: Entry,
  ports: Ports,
): Promise<Map<string, Compared>> {
  const found = new Map(live.map((object) => [formatKey(keyOf(object)), object]));
  const both = desired.flatMap((wanted) => {
    const object = found.get(formatKey(wanted.key));
    return object === undefined ? [] : [{ wanted, live: object }];
  });
  const compared = await inParallel(both, async ({ wanted, live }) => {
    const rehearsal = await rehearse(wanted, entry, ports);
    const key = ports.installationKey;
    const sealed = { live: sealSecret(live, key), wanted: sealSecret(rehearsal ?? wanted.object, key) };
    const { rules } = await driftRulesOf({ ...sealed, autoscaled: false }, entry, ports);
    return compareWithGit({ wanted, live, rehearsal }, rules, meansOf(ports));
  });
  return new Map(compared.map((each) => [formatKey(each.recorded.key), each]));
}

/** null: refused, for whoever syncs it to see. */
async function rehearse({ object }: Desired, { cluster }: Entry, ports: Ports): Promise<KubernetesObject | null> {
  try {
    return await ports.cluster(cluster).apply(object, { dryRun: true });
  } catch (error) {
    if (error instanceof Fault && !mayRetry(error)) return null;
    throw error;
  }
}
