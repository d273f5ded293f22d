/** Says whether an object that cannot be changed may be deleted and made anew. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { ApplicationOptions } from './application-options.ts';
import { readObjectOptions } from './read-object-options.ts';

/** With them goes everything of their kind, or in them: never, whoever asks. */
const never = ['Namespace', 'CustomResourceDefinition'];
/** They hold data: only where the object itself asks, not because its Application asks for all of them. */
const onlyByName = ['PersistentVolumeClaim', 'PersistentVolume'];

/** `advice`: what to write to have it made anew; null where nothing would help. */
export function mayRecreate(
  object: KubernetesObject,
  application: ApplicationOptions,
): { may: boolean; advice: string } {
  const { kind } = object;
  if (never.includes(kind)) return { may: false, advice: `A ${kind} is never deleted to be made anew, by no option.` };
  const byName = onlyByName.includes(kind);
  const { force, replace } = readObjectOptions(object, byName ? { ...application, force: false } : application);
  const option = replace ? 'Force=true,Replace=true' : 'Force=true';
  const loss = byName ? ' What it holds may be lost.' : '';
  const advice = `To have it deleted and made anew, annotate it with argocd.argoproj.io/sync-options: ${option}.${loss}`;
  return { may: force, advice };
}
