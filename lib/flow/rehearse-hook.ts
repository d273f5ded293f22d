/** Rehearses a hook on the API server: what could not be created is found before anything is applied. */
import { createHash } from 'node:crypto';
import type { HookToRun } from '../core/hook/hooks-to-run.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import type { RunningHook } from '../core/plan/plan.ts';
import type { Ports } from '../ports/ports.ts';
import { locateFault } from './locate-fault.ts';
import { refOf } from './ref-of.ts';
import type { Planning } from './rehearse-plan.ts';

export async function rehearseHook(
  { wanted, phase, deletePolicies }: HookToRun,
  planning: Planning & { awaitsOthers: boolean },
  ports: Ports,
): Promise<RunningHook> {
  const { key, object, hash, origin } = wanted;
  const rehearsed = !planning.awaitsOthers;
  if (rehearsed) {
    const cluster = ports.cluster(planning.cluster);
    await locateFault(wanted, planning.cluster, async () => {
      const stands = deletePolicies.includes('BeforeHookCreation') && (await cluster.read(refOf(wanted))) !== null;
      return cluster.apply(stands ? underAnotherName(object) : object, { dryRun: true });
    });
  }
  const change = { key, apiVersion: object.apiVersion, desiredHash: hash, origin };
  return { ...change, action: 'hook', phase, deletePolicies, rehearsed };
}

/** The one that stands there is deleted before: what could not be changed of it does not matter. */
function underAnotherName(object: KubernetesObject): KubernetesObject {
  const { name } = object.metadata;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return {
    ...object,
    metadata: { ...object.metadata, name: `${name.slice(0, 50).replace(/[^a-z0-9]+$/, '')}-${hash}` },
  };
}
