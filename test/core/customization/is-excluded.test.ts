import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { ResourceFilter } from '../../../lib/core/customization/customizations.ts';
import { isExcluded } from '../../../lib/core/customization/is-excluded.ts';

const filter = (apiGroups: string[], kinds: string[], clusters: string[] = []): ResourceFilter => ({
  apiGroups,
  kinds,
  clusters,
});

type Given = { exclusions?: ResourceFilter[]; inclusions?: ResourceFilter[] };

for (const { it, group = '', kind, given = {}, gives } of [
  { it: 'no ordinary kind', group: 'apps', kind: 'Deployment', gives: false },
  { it: 'Endpoints', kind: 'Endpoints', gives: true },
  { it: 'EndpointSlice', group: 'discovery.k8s.io', kind: 'EndpointSlice', gives: true },
  { it: 'Lease', group: 'coordination.k8s.io', kind: 'Lease', gives: true },
  { it: 'TokenReview', group: 'authentication.k8s.io', kind: 'TokenReview', gives: true },
  { it: 'SelfSubjectAccessReview', group: 'authorization.k8s.io', kind: 'SelfSubjectAccessReview', gives: true },
  { it: 'CertificateSigningRequest', group: 'certificates.k8s.io', kind: 'CertificateSigningRequest', gives: true },
  { it: 'CertificateRequest', group: 'cert-manager.io', kind: 'CertificateRequest', gives: true },
  { it: 'no Certificate', group: 'cert-manager.io', kind: 'Certificate', gives: false },
  { it: 'CiliumIdentity', group: 'cilium.io', kind: 'CiliumIdentity', gives: true },
  { it: 'no CiliumNetworkPolicy', group: 'cilium.io', kind: 'CiliumNetworkPolicy', gives: false },
  { it: 'ClusterPolicyReport', group: 'wgpolicyk8s.io', kind: 'ClusterPolicyReport', gives: true },
  { it: 'no ClusterPolicy', group: 'kyverno.io', kind: 'ClusterPolicy', gives: false },
  { it: 'Event', kind: 'Event', gives: true },
  { it: 'what the fleet excludes', kind: 'Secret', given: { exclusions: [filter([''], ['Sec*'])] }, gives: true },
  {
    it: 'a whole group',
    group: 'a.example.com',
    kind: 'A',
    given: { exclusions: [filter(['*.example.com'], [])] },
    gives: true,
  },
  {
    it: 'nothing of another cluster',
    kind: 'Secret',
    given: { exclusions: [filter([], [], ['staging*'])] },
    gives: false,
  },
  {
    it: 'no default kind any more where the fleet has exclusions of its own',
    kind: 'Endpoints',
    given: { exclusions: [filter([], ['A'])] },
    gives: false,
  },
  {
    it: 'events even so',
    group: 'events.k8s.io',
    kind: 'Event',
    given: { exclusions: [filter([], ['A'])] },
    gives: true,
  },
  { it: 'what is not included', kind: 'Secret', given: { inclusions: [filter([], ['ConfigMap'])] }, gives: true },
  { it: 'not what is included', kind: 'ConfigMap', given: { inclusions: [filter([], ['ConfigMap'])] }, gives: false },
  {
    it: 'what is included and excluded',
    kind: 'ConfigMap',
    given: { inclusions: [filter([], ['ConfigMap'])], exclusions: [filter([], ['ConfigMap'])] },
    gives: true,
  },
] satisfies { it: string; group?: string; kind: string; given?: Given; gives: boolean }[]) {
  test(`is-excluded excludes ${it}`, () =>
    equal(isExcluded({ group, kind }, 'prod', { exclusions: [], inclusions: [], ...given }), gives));
}
