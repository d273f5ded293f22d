/** Says in a cluster's fault which file and line of Git it is about. */
import { Fault } from '../core/fault/fault.ts';
import { formatKey } from '../core/object/object-key.ts';
import type { Desired } from '../core/plan/desired.ts';

export async function locateFault<Result>(
  { origin, key }: Desired,
  cluster: string,
  task: () => Promise<Result>,
): Promise<Result> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const facts = {
      ...error.facts,
      ...origin,
      object: formatKey(key),
      kind: key.kind,
      namespace: error.facts.namespace ?? key.namespace,
      cluster,
    };
    throw new Fault(error.code, facts, { cause: error });
  }
}
