/** An object that an action makes: it belongs to the one it was made from, goes with it, and is no Application's. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { isMark } from './is-mark.ts';

export function creationBy(
  owner: KubernetesObject,
  resource: KubernetesObject,
  refuse: (because: string) => never,
): KubernetesObject {
  const { apiVersion, kind, metadata: owning } = owner;
  const { namespace = owning.namespace ?? '', name, labels, annotations, ownerReferences = [] } = resource.metadata;
  const { uid = '' } = owning;
  const own = ownerReferences.filter((reference) => reference.uid === uid);
  // An owner elsewhere is as good as none: the garbage collector would take the new object away at once.
  if (namespace !== (owning.namespace ?? '')) {
    refuse(`it creates ${resource.kind} ${name} in the namespace "${namespace}", which is not that of the object`);
  }
  return {
    ...resource,
    metadata: {
      name,
      ...(namespace !== '' && { namespace }),
      ...(labels && { labels: withoutMarks(labels) }),
      ...(annotations && { annotations: withoutMarks(annotations) }),
      ownerReferences: own.length > 0 ? own : [{ apiVersion, kind, name: owning.name, uid }],
    },
  };
}

function withoutMarks(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !isMark(name)));
}
