/** `CreateNamespace=true`: the destination's Namespace when it is neither there nor in Git. It is not tracked and never pruned. */
import { keyOf } from '../core/object/object-key.ts';
import { readApplicationOptions } from '../core/options/read-application-options.ts';
import { readObjectOptions } from '../core/options/read-object-options.ts';
import type { Desired } from '../core/plan/desired.ts';
import type { Ports } from '../ports/ports.ts';
import type { Planning } from './rehearse-plan.ts';

export async function missingNamespace({ application, cluster, desired }: Planning, ports: Ports): Promise<Desired[]> {
  const name = application.destination.namespace;
  if (name === '' || !readApplicationOptions(application.syncPolicy.syncOptions).createNamespace) return [];
  if (desired.some(({ key }) => key.kind === 'Namespace' && key.name === name)) return [];
  if (!desired.some(({ key }) => key.namespace === name)) return [];
  const there = await ports.cluster(cluster).read({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name });
  return there === null ? [namespaceOf(name)] : [];
}

export function namespaceOf(name: string): Desired {
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  return {
    key: keyOf(object),
    object,
    origin: { file: 'syncPolicy.syncOptions', line: 0 },
    hash: '',
    options: readObjectOptions(object, readApplicationOptions([])),
    served: true,
  };
}

/** True for what `missingNamespace` made: it stays out of the record. */
export function isUntracked({ hash }: { hash: string }): boolean {
  return hash === '';
}
