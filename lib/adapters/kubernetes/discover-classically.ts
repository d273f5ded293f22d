/** Discovery as servers before 1.30 have it: a request for every API version. */
import * as z from 'zod';
import { isSuccess } from './answer.ts';
import { askDiscovery, type DiscoverySource } from './ask-discovery.ts';
import type { Served } from './served.ts';

const versionsSchema = z.object({ versions: z.array(z.string()) });
const groupsSchema = z.object({
  groups: z.array(z.object({ versions: z.array(z.object({ groupVersion: z.string() })) })),
});
const resourcesSchema = z.object({
  resources: z.array(
    z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean(), verbs: z.array(z.string()) }),
  ),
});

export async function discoverClassically(source: DiscoverySource): Promise<Served> {
  const core = versionsSchema.parse(await askDiscovery(source, '/api')).versions;
  const { groups } = groupsSchema.parse(await askDiscovery(source, '/apis'));
  const grouped = groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => groupVersion));
  const asked = [
    ...core.map((apiVersion) => ({ apiVersion, path: `/api/${apiVersion}` })),
    ...grouped.map((apiVersion) => ({ apiVersion, path: `/apis/${apiVersion}` })),
  ];
  const parts = await Promise.all(asked.map((one) => resourcesOf(one, source)));
  return {
    apiVersions: asked.map(({ apiVersion }) => apiVersion),
    kinds: parts.flatMap((part) => part ?? []),
    stale: asked.flatMap(({ apiVersion }, index) => (parts[index] === undefined ? [apiVersion] : [])),
  };
}

/** undefined: the aggregated server behind this version does not answer; the others still count. */
async function resourcesOf({ apiVersion, path }: { apiVersion: string; path: string }, { requests }: DiscoverySource) {
  const answer = await requests.ask({ method: 'GET', path });
  if (!isSuccess(answer)) return undefined;
  return resourcesSchema
    .parse(answer.body)
    .resources.filter(({ name }) => !name.includes('/'))
    .map(({ name, kind, namespaced, verbs }) => ({ apiVersion, kind, plural: name, namespaced, verbs }));
}
