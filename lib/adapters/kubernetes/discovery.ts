/** What the API server serves: version, kinds, their paths. Two requests, remembered for some minutes. */
import * as z from 'zod';
import { Fault } from '../../core/fault/fault.ts';
import type { ClusterFacts, ServedKind } from '../../ports/cluster.ts';
import { askDiscovery, type DiscoverySource } from './ask-discovery.ts';
import { discoverClassically } from './discover-classically.ts';
import type { Limits } from './limits.ts';
import type { Served } from './served.ts';

export interface Discovery {
  facts(options?: { fresh?: boolean }): Promise<ClusterFacts>;
  /** undefined: the cluster does not know the kind, having been asked just now. Fault cluster.failed: it cannot tell. */
  find(wanted: { apiVersion: string; kind: string }): Promise<ServedKind | undefined>;
}

export function openDiscovery(options: DiscoverySource & { limits: Limits }): Discovery {
  const { discoveryMs, askAgainMs } = options.limits;
  let known: { facts: ClusterFacts; served: Served; byName: Map<string, ServedKind>; at: number } | undefined;
  let asking: Promise<NonNullable<typeof known>> | undefined;

  async function ask() {
    const [version, served] = await Promise.all([askVersion(options), askKinds(options)]);
    const facts = { kubeVersion: version, apiVersions: apiVersionsOf(served), kinds: served.kinds };
    known = { facts, served, byName: new Map(served.kinds.map((kind) => [nameOf(kind), kind])), at: performance.now() };
    return known;
  }

  async function notOlderThan(ageMs: number) {
    if (known !== undefined && performance.now() - known.at < ageMs) return known;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  return {
    async facts({ fresh = false } = {}) {
      // An answer under way was asked for before the change the caller wants to see.
      if (fresh) await asking?.catch(() => undefined);
      return (await notOlderThan(fresh ? 0 : discoveryMs)).facts;
    },
    async find(wanted) {
      const name = nameOf(wanted);
      const found = (await notOlderThan(discoveryMs)).byName.get(name);
      if (found !== undefined) return found;
      const { byName, served } = await notOlderThan(askAgainMs);
      if (!byName.has(name) && served.stale.includes(wanted.apiVersion)) {
        const because = `the server behind ${wanted.apiVersion} does not answer, so ${wanted.kind} cannot be looked up`;
        throw new Fault('cluster.failed', { cluster: options.cluster, status: 503, because });
      }
      return byName.get(name);
    },
  };
}

function nameOf({ apiVersion, kind }: { apiVersion: string; kind: string }): string {
  return `${apiVersion}/${kind}`;
}

/** In the words of `helm --api-versions`: `apps/v1`, then `apps/v1/Deployment`. */
function apiVersionsOf({ apiVersions, kinds }: Served): string[] {
  return [...apiVersions, ...new Set(kinds.map(nameOf))];
}

async function askVersion(source: DiscoverySource): Promise<string> {
  return z.object({ gitVersion: z.string() }).parse(await askDiscovery(source, '/version')).gitVersion;
}

const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';

async function askKinds(source: DiscoverySource): Promise<Served> {
  const bodies = await Promise.all(['/api', '/apis'].map((path) => askDiscovery(source, path, accept)));
  const lists = z.array(discoveryListSchema).safeParse(bodies);
  // Servers before 1.30 do not know the aggregated form and answer in the classic one.
  return lists.success ? servedIn(lists.data.flatMap(({ items }) => items)) : discoverClassically(source);
}

const discoveryListSchema = z.object({
  kind: z.literal('APIGroupDiscoveryList'),
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string().default('') }).optional(),
      versions: z.array(
        z.object({
          version: z.string(),
          freshness: z.string().optional(),
          resources: z
            .array(
              z.object({
                resource: z.string(),
                responseKind: z.object({ kind: z.string() }).nullish(),
                scope: z.string(),
                verbs: z.array(z.string()).nullish(),
              }),
            )
            .nullish(),
        }),
      ),
    }),
  ),
});

function servedIn(groups: z.infer<typeof discoveryListSchema>['items']): Served {
  const served: Served = { apiVersions: [], kinds: [], stale: [] };
  for (const { metadata, versions } of groups) {
    for (const { version, freshness, resources } of versions) {
      const apiVersion = metadata?.name ? `${metadata.name}/${version}` : version;
      served.apiVersions.push(apiVersion);
      if (freshness === 'Stale') served.stale.push(apiVersion);
      for (const { resource, responseKind, scope, verbs } of resources ?? []) {
        if (!responseKind?.kind) continue;
        const namespaced = scope === 'Namespaced';
        served.kinds.push({ apiVersion, kind: responseKind.kind, plural: resource, namespaced, verbs: verbs ?? [] });
      }
    }
  }
  return served;
}
