/** `CreateNamespace=true`: the destination's Namespace when it is neither there nor in Git. It is not tracked and never pruned. */
import type { Desired } from '../core/plan/desired.ts';
import type { Ports } from '../ports/ports.ts';
import type { Planning } from './rehearse-plan.ts';

export async function missingNamespace({ application, cluster, desired }: Planning, ports: Ports): Promise<Desired[]> {
  const name = application.destination.namespace;
  if (name === '' || !application.syncPolicy.syncOptions.includes('CreateNamespace=true')) return [];
  if (desired.some(({ key }) => key.kind === 'Namespace' && key.name === name)) return [];
  if (!desired.some(({ key }) => key.namespace === name)) return [];
  const there = await ports.cluster(cluster).read({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name });
  return there === null ? [namespaceOf(name)] : [];
}

export function namespaceOf(name: string): Desired {
  return {
    key: { group: '', kind: 'Namespace', namespace: '', name },
    object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    origin: { file: 'syncPolicy.syncOptions', line: 0 },
    hash: '',
    served: true,
  };
}

/** True for what `missingNamespace` made: it stays out of the record. */
export function isUntracked({ hash }: { hash: string }): boolean {
  return hash === '';
}
