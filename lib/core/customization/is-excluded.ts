/** Says which kinds are nobody's to deploy: `resource.exclusions` and `resource.inclusions` of `argocd-cm`, with Argo CD's defaults. */
import { matchesGlob } from '../render/glob.ts';
import type { Customizations, ResourceFilter } from './customizations.ts';

type Kind = { group: string; kind: string };

/** `cluster`: its name in clusters[]. A kind that is both included and excluded is excluded. */
export function isExcluded(
  kind: Kind,
  cluster: string,
  { exclusions, inclusions }: Pick<Customizations, 'exclusions' | 'inclusions'>,
): boolean {
  const matches = (filter: ResourceFilter) => matchesFilter(filter, kind, cluster);
  if (always.some(matches)) return true;
  if (inclusions.length > 0 && !inclusions.some(matches)) return true;
  return (exclusions.length > 0 ? exclusions : defaults).some(matches);
}

function matchesFilter(
  { apiGroups, kinds, clusters }: ResourceFilter,
  { group, kind }: Kind,
  cluster: string,
): boolean {
  const matches = (globs: readonly string[], text: string) =>
    globs.length === 0 || globs.some((glob) => matchesGlob(glob, text));
  return matches(apiGroups, group) && matches(kinds, kind) && matches(clusters, cluster);
}

function everywhere(apiGroups: string[], kinds: string[]): ResourceFilter {
  return { apiGroups, kinds, clusters: [] };
}

/** Made by the cluster without end, and no objects to speak of. */
const always: readonly ResourceFilter[] = [
  everywhere(['events.k8s.io'], []),
  everywhere([''], ['Event']),
  everywhere(['metrics.k8s.io'], []),
];

/** What controllers make in great number, and questions to the API server. Exclusions of one's own replace them, as in Argo CD. */
const defaults: readonly ResourceFilter[] = [
  everywhere(['', 'discovery.k8s.io'], ['Endpoints', 'EndpointSlice']),
  everywhere(['coordination.k8s.io'], ['Lease']),
  everywhere(['authentication.k8s.io', 'authorization.k8s.io'], ['*Review']),
  everywhere(['certificates.k8s.io'], ['CertificateSigningRequest']),
  everywhere(['cert-manager.io'], ['CertificateRequest']),
  everywhere(['cilium.io'], ['CiliumIdentity', 'CiliumEndpoint', 'CiliumEndpointSlice']),
  everywhere(
    ['kyverno.io', 'reports.kyverno.io', 'wgpolicyk8s.io'],
    ['*PolicyReport', '*EphemeralReport', '*AdmissionReport', '*BackgroundScanReport', 'UpdateRequest'],
  ),
];
