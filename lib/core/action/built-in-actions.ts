/** The actions that every installation has, by kind. A fleet adds its own, or puts them in place of these. */
import type { ObjectKey } from '../object/object-key.ts';
import type { Action } from './action.ts';
import { createJob, resumeJob, suspendJob, terminateJob } from './job-actions.ts';
import {
  forceSync,
  pauseScaling,
  pauseScalingAt,
  postgresActions,
  reconcile,
  resumeScaling,
  rollManually,
} from './operator-actions.ts';
import { rolloutActions, terminateAnalysis } from './rollout-actions.ts';
import { resumeSuspended, suspend } from './suspend-actions.ts';
import { createFromCronWorkflow, createFromTemplate } from './workflow-actions.ts';
import { pause, restart, resume, scale } from './workload-actions.ts';

/** The version of the API is not looked at. */
export function builtInActions({ group, kind }: Pick<ObjectKey, 'group' | 'kind'>): readonly Action[] {
  const name = `${group}/${kind}`;
  return Object.hasOwn(actions, name) ? (actions[name] ?? []) : [];
}

const flux = [reconcile, resumeSuspended, suspend];

const actions: Record<string, readonly Action[]> = {
  'apps/DaemonSet': [restart],
  'apps/Deployment': [pause, restart, resume, scale],
  'apps/StatefulSet': [restart, scale],
  'argoproj.io/AnalysisRun': [terminateAnalysis],
  'argoproj.io/CronWorkflow': [createFromCronWorkflow, resumeSuspended, suspend],
  'argoproj.io/Rollout': rolloutActions,
  'argoproj.io/WorkflowTemplate': [createFromTemplate],
  'batch/CronJob': [createJob, resumeSuspended, suspend],
  'batch/Job': [resumeJob, suspendJob, terminateJob],
  'core.strimzi.io/StrimziPodSet': [rollManually],
  'external-secrets.io/ClusterExternalSecret': [forceSync('refresh')],
  'external-secrets.io/ExternalSecret': [forceSync('refresh')],
  'external-secrets.io/PushSecret': [forceSync('push')],
  'helm.toolkit.fluxcd.io/HelmRelease': flux,
  'image.toolkit.fluxcd.io/ImagePolicy': flux,
  'image.toolkit.fluxcd.io/ImageRepository': flux,
  'image.toolkit.fluxcd.io/ImageUpdateAutomation': flux,
  'keda.sh/ScaledJob': [pauseScaling, resumeScaling],
  'keda.sh/ScaledObject': [pauseScaling, pauseScalingAt, resumeScaling],
  'kustomize.toolkit.fluxcd.io/Kustomization': flux,
  'notification.toolkit.fluxcd.io/Receiver': flux,
  'postgresql.cnpg.io/Cluster': postgresActions,
  'source.toolkit.fluxcd.io/Bucket': flux,
  'source.toolkit.fluxcd.io/GitRepository': flux,
  'source.toolkit.fluxcd.io/HelmChart': flux,
  'source.toolkit.fluxcd.io/HelmRepository': flux,
  'source.toolkit.fluxcd.io/OCIRepository': flux,
};
