/** How one object is to be written: what its annotations and its Application ask for. */
import type { Application } from '../core/application/application.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import type { ApplicationOptions } from '../core/options/application-options.ts';
import { mayRecreate } from '../core/options/may-recreate.ts';
import { readApplicationOptions } from '../core/options/read-application-options.ts';
import { readObjectOptions } from '../core/options/read-object-options.ts';

export type WriteWish = {
  replace: boolean;
  validate: boolean;
  recreate: { may: boolean; advice: string };
  propagation: ApplicationOptions['propagation'];
};

export function writeOptions(object: KubernetesObject, { syncPolicy }: Application): WriteWish {
  const application = readApplicationOptions(syncPolicy.syncOptions);
  const { replace, validate } = readObjectOptions(object, application);
  return { replace, validate, recreate: mayRecreate(object, application), propagation: application.propagation };
}
