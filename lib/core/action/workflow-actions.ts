/** Starts a Workflow of Argo Workflows from what describes one, as `argo submit --from` does. */
import { fieldAt } from '../health/read-field.ts';
import { isRecord } from '../object/is-record.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Action } from './action.ts';
import { nameRun } from './name-run.ts';

/** Names of pods are made of it. */
const longestName = 52;

export const createFromCronWorkflow: Action = createWorkflow((object) => {
  const metadata = fieldAt(object, 'spec', 'workflowMetadata');
  return {
    metadata: isRecord(metadata) ? metadata : {},
    label: 'workflows.argoproj.io/cron-workflow',
    spec: fieldAt(object, 'spec', 'workflowSpec'),
  };
});

export const createFromTemplate: Action = createWorkflow(({ metadata: { name } }) => ({
  metadata: {},
  label: 'workflows.argoproj.io/workflow-template',
  spec: { workflowTemplateRef: { name } },
}));

type Description = { metadata: Record<string, unknown>; label: string; spec: unknown };

function createWorkflow(describe: (object: KubernetesObject) => Description): Action {
  return {
    name: 'create-workflow',
    parameters: [],
    whyNot: () => null,
    run: (object, { now }) => {
      const { metadata, label, spec } = describe(object);
      const { name, namespace = '' } = object.metadata;
      const labels = { ...(isRecord(metadata.labels) ? metadata.labels : {}), [label]: name };
      const resource = {
        apiVersion: object.apiVersion,
        kind: 'Workflow',
        metadata: { ...metadata, name: nameRun(name, now, longestName), namespace, labels },
        spec,
      };
      return [{ operation: 'create', resource: resource as KubernetesObject }];
    },
  };
}
