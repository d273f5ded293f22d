/** Actions on Jobs and CronJobs. */
import { findCondition } from '../health/conditions.ts';
import { fieldAt } from '../health/read-field.ts';
import { isRecord } from '../object/is-record.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Action } from './action.ts';
import { nameRun } from './name-run.ts';
import { simpleAction } from './simple-action.ts';
import { isSuspended, resumeSuspended, suspend } from './suspend-actions.ts';

export const suspendJob: Action = unlessEnded(suspend);

export const resumeJob: Action = unlessEnded(resumeSuspended);

/** A Job has no stop; one whose time is up is ended by its controller, pods and all, and counts as failed. */
export const terminateJob: Action = unlessEnded(
  simpleAction(
    'terminate',
    () => [[['spec', 'activeDeadlineSeconds'], 1]],
    (object) => (isSuspended(object) ? 'it is suspended: no time runs' : null),
  ),
);

function unlessEnded(action: Action): Action {
  return { ...action, whyNot: (object) => (hasEnded(object) ? 'it has ended' : action.whyNot(object)) };
}

function hasEnded(object: KubernetesObject): boolean {
  return ['Complete', 'Failed'].some((type) => findCondition(object, type)?.status === 'True');
}

/** What `kubectl create job --from=cronjob/NAME` does. */
export const createJob: Action = {
  name: 'create-job',
  parameters: [],
  whyNot: () => null,
  run: (object, { now }) => [{ operation: 'create', resource: jobOf(object, now) }],
};

/** A Job gives its name to its pods as a label, and adds a few letters: the shortest limit of all. */
const longestName = 52;

function jobOf(cronJob: KubernetesObject, now: number): KubernetesObject {
  const template = fieldAt(cronJob, 'spec', 'jobTemplate');
  const metadata = fieldAt(template, 'metadata');
  const { labels, annotations } = isRecord(metadata) ? metadata : {};
  const { apiVersion, kind } = cronJob;
  const { name, uid = '' } = cronJob.metadata;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: nameRun(name, now, longestName),
      namespace: cronJob.metadata.namespace ?? '',
      // Its controller counts the run among its own.
      ownerReferences: [{ apiVersion, kind, name, uid, controller: true }],
      labels: { ...texts(labels) },
      annotations: { ...texts(annotations), 'cronjob.kubernetes.io/instantiate': 'manual' },
    },
    spec: fieldAt(template, 'spec'),
  };
}

function texts(value: unknown): Record<string, string> {
  const entries = Object.entries(isRecord(value) ? value : {});
  return Object.fromEntries(entries.map(([name, text]) => [name, String(text)]));
}
