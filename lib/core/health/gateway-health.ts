/** Health of Gateway API objects (gateway-api.sigs.k8s.io, "Status"): every condition says of which generation it speaks. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { type Condition, conditionsOf, readCondition, sayCondition } from './conditions.ts';
import type { Health } from './health.ts';
import { listAt, textAt } from './read-field.ts';

/** Those whose False is no failure, but "not yet". */
const notYet = ['Pending', 'Waiting', 'AddressNotAssigned'];

/** Accepted: it may be had. Programmed: the data plane has it. */
export function gatewayHealth(object: KubernetesObject): Health {
  return judge(object, conditionsOf(object), ['Accepted', 'Programmed'], '') ?? { status: 'Healthy' };
}

export function gatewayClassHealth(object: KubernetesObject): Health {
  return judge(object, conditionsOf(object), ['Accepted'], '') ?? { status: 'Healthy' };
}

/** A route is as well as it is at the worst of its parents; those that look at it write themselves down. */
export function routeHealth(object: KubernetesObject): Health {
  const parents = listAt(object, 'status', 'parents');
  if (parents.length === 0) return { status: 'Progressing', because: 'No Gateway has taken it up yet' };
  const judged = parents.flatMap((parent) => {
    const where = `${textAt(parent, 'parentRef', 'kind') || 'Gateway'} ${textAt(parent, 'parentRef', 'name')}: `;
    const conditions = listAt(parent, 'conditions').map(readCondition);
    const partly = conditions.find(({ type, status }) => type === 'PartiallyInvalid' && status === 'True');
    if (partly !== undefined) return [degraded(partly, where)];
    return judge(object, conditions, ['Accepted', 'ResolvedRefs'], where) ?? [];
  });
  return judged.find(({ status }) => status === 'Degraded') ?? judged[0] ?? { status: 'Healthy' };
}

/** null: all of them are True. */
function judge(
  { metadata: { generation = 0 } }: KubernetesObject,
  conditions: readonly Condition[],
  wanted: readonly string[],
  where: string,
): Health | null {
  for (const type of wanted) {
    const found = conditions.find((condition) => condition.type === type);
    if (found === undefined)
      return { status: 'Progressing', because: `${where}its condition ${type} is not there yet` };
    const observed = found.observedGeneration ?? generation;
    if (observed < generation) {
      const because = `${where}the controller has not seen the latest change yet (generation ${generation}, observed ${observed})`;
      return { status: 'Progressing', because };
    }
    if (found.status === 'True') continue;
    if (found.status === 'False' && !notYet.includes(found.reason)) return degraded(found, where);
    return { status: 'Progressing', because: `${where}${sayCondition(found, `${type} is ${found.status}`)}` };
  }
  return null;
}

function degraded(condition: Condition, where: string): Health {
  return {
    status: 'Degraded',
    because: `${where}${sayCondition(condition, `${condition.type} is ${condition.status}`)}`,
  };
}
