import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import type { Action } from '../../../lib/core/action/action.ts';
import { builtInActions } from '../../../lib/core/action/built-in-actions.ts';
import { checkEffects } from '../../../lib/core/action/check-effects.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { groupOf } from '../../../lib/core/object/object-key.ts';

const now = Date.UTC(2026, 0, 31, 12, 3, 4, 500);

function object(apiVersion: string, kind: string, fields: Record<string, unknown> = {}): KubernetesObject {
  return { apiVersion, kind, metadata: { name: 'web', namespace: 'shop', uid: 'u-1' }, ...fields };
}

function annotated(apiVersion: string, kind: string, annotations: Record<string, string>): KubernetesObject {
  const plain = object(apiVersion, kind);
  return { ...plain, metadata: { ...plain.metadata, annotations } };
}

function actionOf({ apiVersion, kind }: KubernetesObject, name: string): Action {
  const found = builtInActions({ group: groupOf(apiVersion), kind }).find((action) => action.name === name);
  if (found === undefined) throw new Error(`${kind} has no ${name}`);
  return found;
}

const deployment = (spec: Record<string, unknown> = {}) => object('apps/v1', 'Deployment', { spec });
const job = (fields: Record<string, unknown> = {}) => object('batch/v1', 'Job', fields);
const rollout = (fields: Record<string, unknown> = {}) => object('argoproj.io/v1alpha1', 'Rollout', fields);
const scaled = (annotations: Record<string, string> = {}) => annotated('keda.sh/v1alpha1', 'ScaledObject', annotations);
const postgres = (fields: Record<string, unknown> = {}) => object('postgresql.cnpg.io/v1', 'Cluster', fields);
const kustomization = (spec: Record<string, unknown> = {}) =>
  object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', { spec });

const restarted = {
  spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-31T12:03:04Z' } } } },
};
const annotation = (name: string, value: string | null) => ({ metadata: { annotations: { [name]: value } } });
const ended = { status: { conditions: [{ type: 'Complete', status: 'True' }] } };
const promoting = { status: { stableRS: 'a', currentPodHash: 'b' } };
const steps = { spec: { strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }] } } } };
const instances = { status: { instanceNames: ['web-1', 'web-2'], currentPrimary: 'web-1' } };

type Case = {
  on: KubernetesObject;
  action: string;
  given?: Record<string, string>;
  patch?: unknown;
  status?: unknown;
};

const cases: (Case & { it: string })[] = [
  { it: 'restarts a Deployment as kubectl does', on: deployment(), action: 'restart', patch: restarted },
  { it: 'restarts a StatefulSet', on: object('apps/v1', 'StatefulSet'), action: 'restart', patch: restarted },
  { it: 'restarts a DaemonSet', on: object('apps/v1', 'DaemonSet'), action: 'restart', patch: restarted },
  { it: 'pauses a Deployment', on: deployment(), action: 'pause', patch: { spec: { paused: true } } },
  {
    it: 'resumes a Deployment',
    on: deployment({ paused: true }),
    action: 'resume',
    patch: { spec: { paused: false } },
  },
  {
    it: 'scales a Deployment',
    on: deployment({ replicas: 2 }),
    action: 'scale',
    given: { replicas: '5' },
    patch: { spec: { replicas: 5 } },
  },
  {
    it: 'scales to what is there by changing nothing',
    on: deployment({ replicas: 2 }),
    action: 'scale',
    given: { replicas: '2' },
  },
  {
    it: 'scales a StatefulSet to nothing',
    on: object('apps/v1', 'StatefulSet', { spec: { replicas: 2 } }),
    action: 'scale',
    given: { replicas: '0' },
    patch: { spec: { replicas: 0 } },
  },
  {
    it: 'suspends a CronJob',
    on: object('batch/v1', 'CronJob'),
    action: 'suspend',
    patch: { spec: { suspend: true } },
  },
  { it: 'suspends a Job', on: job(), action: 'suspend', patch: { spec: { suspend: true } } },
  { it: 'resumes a Job', on: job({ spec: { suspend: true } }), action: 'resume', patch: { spec: { suspend: false } } },
  { it: 'ends a Job by its time', on: job(), action: 'terminate', patch: { spec: { activeDeadlineSeconds: 1 } } },
  { it: 'aborts a Rollout', on: rollout(promoting), action: 'abort', status: { status: { abort: true } } },
  {
    it: 'tries a Rollout again',
    on: rollout({ status: { abort: true } }),
    action: 'retry',
    status: { status: { abort: false } },
  },
  { it: 'pauses a Rollout', on: rollout(), action: 'pause', patch: { spec: { paused: true } } },
  {
    it: 'resumes a Rollout that waits in a step',
    on: rollout({ status: { pauseConditions: [{ reason: 'CanaryPauseStep' }] } }),
    action: 'resume',
    patch: { spec: { paused: false } },
    status: { status: { pauseConditions: null } },
  },
  {
    it: 'promotes a Rollout',
    on: rollout(promoting),
    action: 'promote-full',
    status: { status: { promoteFull: true } },
  },
  {
    it: 'restarts a Rollout',
    on: rollout(),
    action: 'restart',
    patch: { spec: { restartAt: '2026-01-31T12:03:04Z' } },
  },
  {
    it: 'skips a step of a Rollout',
    on: rollout({ ...steps, status: { currentStepIndex: 1, pauseConditions: [{ reason: 'CanaryPauseStep' }] } }),
    action: 'skip-current-step',
    status: { status: { currentStepIndex: 2, pauseConditions: null } },
  },
  {
    it: 'ends an AnalysisRun',
    on: object('argoproj.io/v1alpha1', 'AnalysisRun'),
    action: 'terminate',
    patch: { spec: { terminate: true } },
  },
  {
    it: 'refreshes an ExternalSecret',
    on: object('external-secrets.io/v1', 'ExternalSecret'),
    action: 'refresh',
    patch: annotation('force-sync', String(now)),
  },
  {
    it: 'pushes a PushSecret',
    on: object('external-secrets.io/v1alpha1', 'PushSecret'),
    action: 'push',
    patch: annotation('force-sync', String(now)),
  },
  {
    it: 'reconciles what is Flux’s',
    on: kustomization(),
    action: 'reconcile',
    patch: annotation('reconcile.fluxcd.io/requestedAt', '2026-01-31T12:03:04.500Z'),
  },
  { it: 'suspends what is Flux’s', on: kustomization(), action: 'suspend', patch: { spec: { suspend: true } } },
  {
    it: 'resumes what is Flux’s',
    on: kustomization({ suspend: true }),
    action: 'resume',
    patch: { spec: { suspend: false } },
  },
  { it: 'pauses KEDA', on: scaled(), action: 'pause', patch: annotation('autoscaling.keda.sh/paused', 'true') },
  {
    it: 'resumes KEDA',
    on: scaled({ 'autoscaling.keda.sh/paused': 'true' }),
    action: 'resume',
    patch: annotation('autoscaling.keda.sh/paused', null),
  },
  {
    it: 'pauses KEDA at a number',
    on: scaled(),
    action: 'paused-replicas',
    given: { replicas: '3' },
    patch: annotation('autoscaling.keda.sh/paused-replicas', '3'),
  },
  {
    it: 'restarts a PostgreSQL cluster',
    on: postgres(),
    action: 'restart',
    patch: annotation('kubectl.kubernetes.io/restartedAt', '2026-01-31T12:03:04Z'),
  },
  {
    it: 'has a PostgreSQL cluster read its configuration',
    on: postgres(),
    action: 'reload',
    patch: annotation('cnpg.io/reloadedAt', '2026-01-31T12:03:04Z'),
  },
  {
    it: 'puts a PostgreSQL cluster to sleep',
    on: postgres(),
    action: 'suspend',
    patch: annotation('cnpg.io/hibernation', 'on'),
  },
  {
    it: 'promotes another instance of PostgreSQL',
    on: postgres(instances),
    action: 'promote',
    given: { instance: 'web-2' },
    status: {
      status: {
        targetPrimary: 'web-2',
        targetPrimaryTimestamp: '2026-01-31T12:03:04Z',
        phase: 'Switchover in progress',
        phaseReason: 'Switching over to web-2',
      },
    },
  },
  {
    it: 'rolls a StrimziPodSet',
    on: object('core.strimzi.io/v1', 'StrimziPodSet'),
    action: 'rolling-update',
    patch: annotation('strimzi.io/manual-rolling-update', 'true'),
  },
];

for (const { it, on, action, given = {}, patch = null, status = null } of cases) {
  test(`built-in-actions ${it}`, () => {
    const found = actionOf(on, action);
    equal(found.whyNot(on), null);
    const before = structuredClone(on);
    const writes = checkEffects(found.run(on, { parameters: given, now }), on, action);
    deepEqual(writes, { patch, status, creates: [] });
    deepEqual(on, before, 'the live object is left as it was');
  });
}

for (const { it, on, action, because } of [
  { it: 'a restart of what is paused', on: deployment({ paused: true }), action: 'restart', because: /resumed/ },
  { it: 'a pause twice', on: deployment({ paused: true }), action: 'pause', because: /is paused/ },
  { it: 'a resume of what runs', on: deployment(), action: 'resume', because: /not paused/ },
  { it: 'a Job that has ended', on: job(ended), action: 'suspend', because: /ended/ },
  {
    it: 'the end of a suspended Job',
    on: job({ spec: { suspend: true } }),
    action: 'terminate',
    because: /no time runs/,
  },
  {
    it: 'to abort what is rolled out',
    on: rollout({ status: { stableRS: 'a', currentPodHash: 'a' } }),
    action: 'abort',
    because: /nothing/,
  },
  { it: 'a retry of what was not aborted', on: rollout(), action: 'retry', because: /not aborted/ },
  { it: 'a step where there is none', on: rollout(), action: 'skip-current-step', because: /no steps/ },
  {
    it: 'a step after the last',
    on: rollout({ ...steps, status: { currentStepIndex: 2 } }),
    action: 'skip-current-step',
    because: /all its steps/,
  },
  {
    it: 'to reconcile what is suspended',
    on: kustomization({ suspend: true }),
    action: 'reconcile',
    because: /suspended/,
  },
  { it: 'KEDA that is not paused', on: scaled(), action: 'resume', because: /not paused/ },
]) {
  test(`built-in-actions refuse ${it}`, () => {
    equal(because.test(actionOf(on, action).whyNot(on) ?? ''), true, String(actionOf(on, action).whyNot(on)));
  });
}

for (const { on, action, given, allowed } of [
  { on: deployment(), action: 'scale', given: { replicas: '-1' }, allowed: 'a whole number' },
  { on: deployment(), action: 'scale', given: { replicas: '2.5' }, allowed: 'a whole number' },
  { on: scaled(), action: 'paused-replicas', given: { replicas: 'none' }, allowed: 'a whole number' },
  { on: postgres(instances), action: 'promote', given: { instance: 'web-1' }, allowed: 'web-2' },
]) {
  test(`built-in-actions: ${action} does not take ${JSON.stringify(given)}`, () => {
    const run = () => actionOf(on, action).run(on, { parameters: given, now });
    throws(run, { code: 'action.parameter_invalid', facts: { ...expected(given, action), allowed } });
  });
}

function expected(given: Record<string, string>, action: string) {
  const [[parameter, value] = ['', '']] = Object.entries(given);
  return { action, parameter, found: `"${value}"` };
}

test('built-in-actions make a Job of a CronJob, as kubectl create job --from does', () => {
  const template = {
    metadata: { labels: { app: 'report' }, annotations: { note: 'x', 'trueup.dev/tracking-id': 'shop:…' } },
    spec: { template: { spec: { containers: [{ name: 'report', image: 'report:1' }] } } },
  };
  const cronJob = object('batch/v1', 'CronJob', { spec: { jobTemplate: template } });
  cronJob.metadata.name = 'a'.repeat(52);
  const { creates, patch } = checkEffects(
    actionOf(cronJob, 'create-job').run(cronJob, { parameters: {}, now }),
    cronJob,
    'x',
  );
  equal(patch, null);
  const name = `${'a'.repeat(43)}-${now.toString(36)}`;
  equal(name.length, 52);
  deepEqual(creates, [
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name,
        namespace: 'shop',
        labels: { app: 'report' },
        annotations: { note: 'x', 'cronjob.kubernetes.io/instantiate': 'manual' },
        ownerReferences: [
          { apiVersion: 'batch/v1', kind: 'CronJob', name: 'a'.repeat(52), uid: 'u-1', controller: true },
        ],
      },
      spec: template.spec,
    },
  ]);
});

for (const { kind, spec, label, becomes } of [
  {
    kind: 'CronWorkflow',
    spec: { workflowSpec: { entrypoint: 'main' }, workflowMetadata: { labels: { a: 'b' } } },
    label: { a: 'b', 'workflows.argoproj.io/cron-workflow': 'web' },
    becomes: { entrypoint: 'main' },
  },
  {
    kind: 'WorkflowTemplate',
    spec: { entrypoint: 'main' },
    label: { 'workflows.argoproj.io/workflow-template': 'web' },
    becomes: { workflowTemplateRef: { name: 'web' } },
  },
]) {
  test(`built-in-actions start a Workflow of a ${kind}`, () => {
    const from = object('argoproj.io/v1alpha1', kind, { spec });
    const effects = actionOf(from, 'create-workflow').run(from, { parameters: {}, now });
    const [workflow] = checkEffects(effects, from, 'create-workflow').creates;
    equal(workflow?.kind, 'Workflow');
    deepEqual(workflow?.metadata.labels, label);
    deepEqual(workflow?.metadata.ownerReferences, [
      { apiVersion: 'argoproj.io/v1alpha1', kind, name: 'web', uid: 'u-1' },
    ]);
    deepEqual(workflow?.spec, becomes);
  });
}

test('built-in-actions know nothing of other kinds, whatever they are called', () => {
  deepEqual(builtInActions({ group: '', kind: 'ConfigMap' }), []);
  deepEqual(builtInActions({ group: 'example.com', kind: 'Deployment' }), []);
});
