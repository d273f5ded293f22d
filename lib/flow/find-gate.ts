/** What stands in the way of an Application now, by the rules of the fleet. */
import type { Gate } from '../core/sync/gate.ts';
import { windowBlock } from '../core/window/window-block.ts';
import type { Run } from './outcome.ts';

/** Removing what left the fleet is never kept back: a document that goes is a decision of its own. */
export function findGate({ entry, rules, ports }: Run): Gate {
  const { application, cluster, state } = entry;
  const { name, server, namespace } = application.destination;
  const clusters = [cluster, name, server].filter((each) => each !== undefined);
  const project = rules.projects.find((each) => each.name === application.project);
  const blockOf = (sync: { manual: boolean; running: boolean }) =>
    windowBlock({
      ...sync,
      application: { name: application.name, namespace, clusters },
      project: application.project,
      windows: project?.syncWindows ?? [],
      now: ports.now(),
    });
  const automated = blockOf({ manual: false, running: false });
  const { operation } = state;
  const isKept = operation !== null && operation.reason !== 'deletion';
  return {
    start: automated,
    heal: automated,
    request: blockOf({ manual: true, running: false }),
    running: isKept ? blockOf({ manual: operation.request !== null, running: true }) : null,
  };
}
