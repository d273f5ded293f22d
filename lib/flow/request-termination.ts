/** Asks that the running sync of an Application be ended, on somebody's behalf. */
import { Fault } from '../core/fault/fault.ts';
import type { Ports } from '../ports/ports.ts';
import { findApplication } from './find-application.ts';

/** The id of the operation that is to end. Faults application.not_found, sync.nothing_runs. */
export async function requestTermination(name: string, who: string, ports: Ports): Promise<string> {
  const { state } = await findApplication(name, ports);
  const { operation } = state;
  if (operation === null) throw new Fault('sync.nothing_runs', { application: name });
  const request = { id: ports.newId(), who, revision: null, prune: false, confirmed: false, terminate: true } as const;
  await ports.wakes.request(name, request, ports.now());
  await ports.queue.send({ about: 'application', name, why: `ended by ${who}` });
  return operation.id;
}
