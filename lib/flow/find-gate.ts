/** What stands in the way of an Application now: sync windows, and the Applications it depends on. */
import type { Permission } from '../core/project/permission.ts';
import type { Block } from '../core/sync/block.ts';
import type { Gate } from '../core/sync/gate.ts';
import type { Situation } from '../core/sync/next-step.ts';
import type { JudgedSync } from '../core/window/judge-windows.ts';
import { windowBlock } from '../core/window/window-block.ts';
import type { Entry } from '../ports/applications.ts';
import { findDependencyBlock, findRemovalBlock } from './find-dependencies.ts';
import type { Run } from './outcome.ts';

/** No window keeps the removal of what left the fleet back: a document that goes is a decision of its own. */
export async function findGate(run: Run, target: Situation['target']): Promise<Gate> {
  const { entry, permission, ports } = run;
  const { state, request } = entry;
  const blockOf = (sync: JudgedSync) => windowBlockOf(entry, sync, { permission, now: ports.now() });
  const automated = blockOf({ manual: false, running: false });
  const { operation } = state;
  const isKept = operation !== null && operation.reason !== 'deletion';
  const others = await findDependencyBlock(run, target);
  // Going back to what ran is for when things are bad, those it depends on perhaps.
  const isBack = request?.rollback !== undefined;
  return {
    start: automated ?? others,
    heal: automated,
    request: blockOf({ manual: true, running: false }) ?? (isBack ? null : others),
    running: isKept ? blockOf({ manual: operation.request !== null, running: true }) : null,
    newer: others,
    removal: entry.leaving ? await findRemovalBlock(run) : null,
  };
}

/** By the sync windows of its project. */
export function windowBlockOf(
  { application, cluster }: Entry,
  sync: JudgedSync,
  { permission, now }: { permission: Permission; now: number },
): Block | null {
  const { name, server, namespace } = application.destination;
  const clusters = [cluster, name, server].filter((each) => each !== undefined);
  return windowBlock({
    ...sync,
    application: { name: application.name, namespace, clusters },
    project: application.project,
    windows: permission.project?.syncWindows ?? [],
    now,
  });
}
