/** What the pods of Argo CD and Flux ask for, and what that costs on nodes and on Fargate. */
import { assumptions } from './monthly-cost.ts';
import { prices } from './prices.ts';

/** `requests` of its manifests: vCPU, GiB. */
export type Pod = { name: string; replicas: number; cpu: number; memoryGib: number };

/**
 * Its own manifests ask for nothing; these are the requests that OpenShift GitOps documents:
 * https://docs.openshift.com/gitops/latest/managing_resource/configuring-resource-quota.html. Notifications is not in that
 * list and gets what its API server gets.
 */
export const argoCd: readonly Pod[] = [
  { name: 'application-controller', replicas: 1, cpu: 0.25, memoryGib: 1 },
  { name: 'repo-server', replicas: 1, cpu: 0.25, memoryGib: 0.25 },
  { name: 'server', replicas: 1, cpu: 0.125, memoryGib: 0.125 },
  { name: 'applicationset-controller', replicas: 1, cpu: 0.25, memoryGib: 0.5 },
  { name: 'redis', replicas: 1, cpu: 0.25, memoryGib: 0.125 },
  { name: 'dex', replicas: 1, cpu: 0.25, memoryGib: 0.125 },
  { name: 'notifications-controller', replicas: 1, cpu: 0.125, memoryGib: 0.125 },
];

/** manifests/ha/install.yaml has 14 pods: redis and its proxy three times, repo-server and server twice. */
export const argoCdHa: readonly Pod[] = [
  ...argoCd.map((pod) => ({ ...pod, replicas: { redis: 3, 'repo-server': 2, server: 2 }[pod.name] ?? 1 })),
  { name: 'redis-ha-haproxy', replicas: 3, cpu: 0.25, memoryGib: 0.125 },
];

/** As `flux install` writes them; the limits are 1 vCPU and 1 GiB each. One set in every cluster. */
export const flux: readonly Pod[] = [
  { name: 'source-controller', replicas: 1, cpu: 0.05, memoryGib: 0.0625 },
  { name: 'kustomize-controller', replicas: 1, cpu: 0.1, memoryGib: 0.0625 },
  { name: 'helm-controller', replicas: 1, cpu: 0.1, memoryGib: 0.0625 },
  { name: 'notification-controller', replicas: 1, cpu: 0.1, memoryGib: 0.0625 },
];

export type Footprint = { cpu: number; memoryGib: number; onNodesUsd: number; onFargateUsd: number };

const node = { cpu: 2, memoryGib: 8 };
/** The smallest that Fargate sells, to which it rounds up, and what it adds to every pod. */
const smallest = { cpu: 0.25, memoryGib: 0.5 };
const addedGib = 0.25;

/** A month, `times` over. On nodes they pay for the share they reserve, of processor or memory, whichever is more. */
export function footprint(pods: readonly Pod[], times: number): Footprint {
  const total = (of: (pod: Pod) => number) => times * pods.reduce((sum, pod) => sum + pod.replicas * of(pod), 0);
  const cpu = total((pod) => pod.cpu);
  const memoryGib = total((pod) => pod.memoryGib);
  return {
    cpu,
    memoryGib,
    onNodesUsd: Math.max(cpu / node.cpu, memoryGib / node.memoryGib) * prices.nodeHour.usd * assumptions.hours,
    onFargateUsd: total(fargateHour) * assumptions.hours,
  };
}

function fargateHour({ cpu, memoryGib }: Pod): number {
  const sold = {
    cpu: Math.max(smallest.cpu, cpu),
    memoryGib: Math.max(smallest.memoryGib, 2 ** Math.ceil(Math.log2(memoryGib + addedGib))),
  };
  return sold.cpu * prices.fargateCpuHour.usd + sold.memoryGib * prices.fargateGbHour.usd;
}
