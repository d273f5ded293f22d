/** Actions on custom resources whose operators take orders by annotation, each as its own documentation has them. */
import { Fault } from '../fault/fault.ts';
import { fieldAt, textAt } from '../health/read-field.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Action } from './action.ts';
import { setField } from './set-field.ts';
import { simpleAction, timeOf } from './simple-action.ts';
import { isSuspended } from './suspend-actions.ts';

/** external-secrets.io, "FAQ": any new value of this annotation is a reason to look again. */
export function forceSync(name: string): Action {
  return simpleAction(name, (_, { now }) => [[annotation('force-sync'), String(now)]]);
}

/** fluxcd.io, "Triggering a reconcile". */
export const reconcile: Action = simpleAction(
  'reconcile',
  (_, { now }) => [[annotation('reconcile.fluxcd.io/requestedAt'), new Date(now).toISOString()]],
  (object) => (isSuspended(object) ? 'it is suspended' : null),
);

/** keda.sh, "Pause autoscaling": it stays at the replicas of now, or goes to those that are named. */
const paused = 'autoscaling.keda.sh/paused';
const pausedReplicas = 'autoscaling.keda.sh/paused-replicas';

export const pauseScaling: Action = simpleAction(
  'pause',
  () => [[annotation(paused), 'true']],
  (object) => (isScalingPaused(object) ? 'it is paused' : null),
);

export const resumeScaling: Action = simpleAction(
  'resume',
  () => [
    [annotation(paused), undefined],
    [annotation(pausedReplicas), undefined],
  ],
  (object) => (isScalingPaused(object) ? null : 'it is not paused'),
);

export const pauseScalingAt: Action = {
  name: 'paused-replicas',
  parameters: [{ name: 'replicas', says: 'how many pods while it is paused', default: null }],
  whyNot: () => null,
  run: (object, { parameters: { replicas = '' } }) => {
    if (!/^\d{1,6}$/.test(replicas)) {
      const facts = {
        action: 'paused-replicas',
        parameter: 'replicas',
        found: `"${replicas}"`,
        allowed: 'a whole number',
      };
      throw new Fault('action.parameter_invalid', facts);
    }
    return [{ operation: 'patch', resource: setField(object, annotation(pausedReplicas), replicas) }];
  },
};

function isScalingPaused({ metadata: { annotations = {} } }: KubernetesObject): boolean {
  return annotations[paused] === 'true' || pausedReplicas in annotations;
}

/** cloudnative-pg.io, "kubectl plugin" and "Declarative hibernation". */
const hibernation = 'cnpg.io/hibernation';

export const postgresActions: readonly Action[] = [
  {
    name: 'promote',
    parameters: [{ name: 'instance', says: 'the pod that becomes the primary', default: null }],
    whyNot: () => null,
    run: promote,
  },
  simpleAction('reload', (_, { now }) => [[annotation('cnpg.io/reloadedAt'), timeOf(now)]]),
  simpleAction('restart', (_, { now }) => [[annotation('kubectl.kubernetes.io/restartedAt'), timeOf(now)]]),
  simpleAction(
    'suspend',
    () => [[annotation(hibernation), 'on']],
    (object) => (isHibernating(object) ? 'it hibernates' : null),
  ),
  simpleAction(
    'resume',
    () => [[annotation(hibernation), 'off']],
    (object) => (isHibernating(object) ? null : 'it does not hibernate'),
  ),
];

function promote(object: KubernetesObject, { parameters: { instance = '' }, now }: Parameters<Action['run']>[1]) {
  const names = fieldAt(object, 'status', 'instanceNames');
  const others = Array.isArray(names)
    ? names.filter((name) => name !== textAt(object, 'status', 'currentPrimary'))
    : [];
  if (!others.includes(instance)) {
    const facts = {
      action: 'promote',
      parameter: 'instance',
      found: `"${instance}"`,
      allowed: others.join(', ') || 'none',
    };
    throw new Fault('action.parameter_invalid', facts);
  }
  const fields = {
    targetPrimary: instance,
    targetPrimaryTimestamp: timeOf(now),
    phase: 'Switchover in progress',
    phaseReason: `Switching over to ${instance}`,
  };
  const resource = Object.entries(fields).reduce((so, [name, value]) => setField(so, ['status', name], value), object);
  return [{ operation: 'patch' as const, resource }];
}

function isHibernating({ metadata: { annotations = {} } }: KubernetesObject): boolean {
  return annotations[hibernation] === 'on';
}

/** strimzi.io, "Rolling pods manually": begun at the next look of the operator. */
export const rollManually: Action = simpleAction('rolling-update', () => [
  [annotation('strimzi.io/manual-rolling-update'), 'true'],
]);

function annotation(name: string): string[] {
  return ['metadata', 'annotations', name];
}
