/** The programs a local control plane is made of, and the versions that were tried together. */
export const versions = { kubernetes: '1.36.3', etcd: '3.6.5', kwok: '0.8.0', kind: '0.31.0' } as const;

export type ProgramName = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'etcd' | 'kwok';

/** `module` is a folder of infra/local/modules; `buildSeconds` is on two cores with an empty build cache (docs/decisions/control-plane.md). */
export type Program = {
  name: ProgramName;
  module: 'kubernetes' | 'etcd' | 'kwok';
  package: string;
  linkerFlags: readonly string[];
  buildSeconds: number;
};

const kubernetesVersion = 'k8s.io/component-base/version';
const kubernetesFlags = [
  `-X ${kubernetesVersion}.gitVersion=v${versions.kubernetes}`,
  `-X ${kubernetesVersion}.gitMajor=${versions.kubernetes.split('.')[0]}`,
  `-X ${kubernetesVersion}.gitMinor=${versions.kubernetes.split('.')[1]}`,
];

/** In the order of building: the first compiles what the next two share. */
export const programs: readonly Program[] = [
  kubernetes('kube-apiserver', 220),
  kubernetes('kube-controller-manager', 90),
  kubernetes('kube-scheduler', 10),
  { name: 'etcd', module: 'etcd', package: 'go.etcd.io/etcd/server/v3', linkerFlags: [], buildSeconds: 45 },
  { name: 'kwok', module: 'kwok', package: 'sigs.k8s.io/kwok/cmd/kwok', linkerFlags: [], buildSeconds: 115 },
];

function kubernetes(name: ProgramName, buildSeconds: number): Program {
  return {
    name,
    module: 'kubernetes',
    package: `k8s.io/kubernetes/cmd/${name}`,
    linkerFlags: kubernetesFlags,
    buildSeconds,
  };
}

/** Names the cache folder: another version or machine never meets these programs. */
export function cacheKey(platform = `${process.platform}-${process.arch}`): string {
  return `kubernetes-${versions.kubernetes}_etcd-${versions.etcd}_kwok-${versions.kwok}_${platform}`;
}
