/** How one live object fares. The table below is all the kinds that have a rule; the rules are Argo CD's unless their file says why not. */

import { isCustomGroup } from '../object/is-custom-group.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { groupOf } from '../object/object-key.ts';
import { apiServiceHealth } from './api-service-health.ts';
import { argoPhaseHealth } from './argo-phase-health.ts';
import { autoscalerHealth } from './autoscaler-health.ts';
import { certificateHealth } from './certificate-health.ts';
import { childApplicationHealth } from './child-application-health.ts';
import { cronJobHealth } from './cron-job-health.ts';
import { cronWorkflowHealth } from './cron-workflow-health.ts';
import { customResourceHealth } from './custom-resource-health.ts';
import { daemonSetHealth } from './daemon-set-health.ts';
import { decidingConditionHealth } from './deciding-condition-health.ts';
import { definitionHealth } from './definition-health.ts';
import { deploymentHealth } from './deployment-health.ts';
import { disruptionBudgetHealth } from './disruption-budget-health.ts';
import { families } from './family-health.ts';
import { gatewayClassHealth, gatewayHealth, routeHealth } from './gateway-health.ts';
import type { Health } from './health.ts';
import { findRule, type HealthRules } from './health-rules.ts';
import { jobHealth } from './job-health.ts';
import { addressHealth, serviceHealth } from './load-balancer-health.ts';
import { namespaceHealth } from './namespace-health.ts';
import { podHealth } from './pod-health.ts';
import { postgresClusterHealth } from './postgres-cluster-health.ts';
import { replicaSetHealth } from './replica-set-health.ts';
import { rolloutHealth } from './rollout-health.ts';
import { statefulSetHealth } from './stateful-set-health.ts';
import { unlessPaused, unlessSuspended } from './suspendable-health.ts';
import { volumeClaimHealth } from './volume-claim-health.ts';

/** `group/Kind`, the core group without the slash. */
const rules: Record<string, (object: KubernetesObject) => Health | null> = {
  Namespace: namespaceHealth,
  PersistentVolumeClaim: volumeClaimHealth,
  Pod: podHealth,
  Service: serviceHealth,
  'apiextensions.k8s.io/CustomResourceDefinition': definitionHealth,
  'apiregistration.k8s.io/APIService': apiServiceHealth,
  'apps/DaemonSet': daemonSetHealth,
  'apps/Deployment': deploymentHealth,
  'apps/ReplicaSet': replicaSetHealth,
  'apps/StatefulSet': statefulSetHealth,
  'argoproj.io/AnalysisRun': argoPhaseHealth,
  'argoproj.io/Application': childApplicationHealth,
  'argoproj.io/CronWorkflow': unlessSuspended(cronWorkflowHealth),
  'argoproj.io/Experiment': argoPhaseHealth,
  'argoproj.io/Rollout': rolloutHealth,
  'argoproj.io/Workflow': argoPhaseHealth,
  'autoscaling/HorizontalPodAutoscaler': autoscalerHealth,
  'batch/CronJob': cronJobHealth,
  'batch/Job': jobHealth,
  'bitnami.com/SealedSecret': decidingConditionHealth('Synced'),
  'cert-manager.io/Certificate': certificateHealth,
  'cert-manager.io/ClusterIssuer': decidingConditionHealth('Ready'),
  'cert-manager.io/Issuer': decidingConditionHealth('Ready'),
  'extensions/Ingress': addressHealth,
  'external-secrets.io/ClusterExternalSecret': decidingConditionHealth('Ready'),
  'external-secrets.io/ExternalSecret': decidingConditionHealth('Ready'),
  'external-secrets.io/PushSecret': decidingConditionHealth('Ready'),
  'gateway.networking.k8s.io/GRPCRoute': routeHealth,
  'gateway.networking.k8s.io/Gateway': gatewayHealth,
  'gateway.networking.k8s.io/GatewayClass': gatewayClassHealth,
  'gateway.networking.k8s.io/HTTPRoute': routeHealth,
  'gateway.networking.k8s.io/TCPRoute': routeHealth,
  'gateway.networking.k8s.io/TLSRoute': routeHealth,
  'gateway.networking.k8s.io/UDPRoute': routeHealth,
  'keda.sh/ScaledJob': unlessPaused(decidingConditionHealth('Ready')),
  'keda.sh/ScaledObject': unlessPaused(decidingConditionHealth('Ready')),
  'networking.k8s.io/Ingress': addressHealth,
  'policy/PodDisruptionBudget': disruptionBudgetHealth,
  'postgresql.cnpg.io/Cluster': postgresClusterHealth,
  'serving.knative.dev/Configuration': decidingConditionHealth('Ready'),
  'serving.knative.dev/Route': decidingConditionHealth('Ready'),
  'serving.knative.dev/Service': decidingConditionHealth('Ready'),
};

/** Holds a finished hook back until its sync is over: such an object has ended, it is not being deleted. */
const hookFinalizer = 'argocd.argoproj.io/hook-finalizer';

/** How a live object fares, as whoever asks already knows the rules. */
export type Assess = (object: KubernetesObject) => Health | null;

/**
 * A rule of the fleet comes before a built-in one, as in Argo CD. null: this kind has no health, so it neither helps nor
 * harms its Application.
 */
export function assessHealth(object: KubernetesObject, custom: HealthRules): Health | null {
  const finalizers = object.metadata.finalizers ?? [];
  if (object.metadata.deletionTimestamp !== undefined && !finalizers.includes(hookFinalizer)) {
    return { status: 'Progressing', because: sayPendingDeletion(finalizers) };
  }
  const group = groupOf(object.apiVersion);
  const own = findRule(custom, { group, kind: object.kind });
  if (own !== null) return own.assess(object);
  const rule = rules[group === '' ? object.kind : `${group}/${object.kind}`];
  if (rule !== undefined) return rule(object);
  const family = findRule(families, { group, kind: object.kind });
  if (family !== null) return family.assess(object);
  // Of built-in kinds the conditions are described kind by kind.
  return isCustomGroup(group) ? customResourceHealth(object) : null;
}

function sayPendingDeletion(finalizers: readonly string[]): string {
  return finalizers.length === 0
    ? 'Pending deletion'
    : `Pending deletion; blocked by finalizers: ${finalizers.join(', ')}`;
}
