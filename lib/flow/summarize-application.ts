/** Tells one entry of the register the way people look at it. */
import type { ApplicationSummary } from '../core/application/application-summary.ts';
import type { Entry } from '../ports/applications.ts';

export function summarizeApplication(entry: Entry): ApplicationSummary {
  const { application, state } = entry;
  return {
    name: application.name,
    project: application.project,
    cluster: entry.cluster,
    namespace: application.destination.namespace,
    repoURL: application.source.repoURL,
    path: application.source.path,
    targetRevision: application.source.targetRevision,
    sync: state.sync,
    health: state.health.status,
    because: state.health.because,
    revision: state.synced?.revision ?? null,
    syncedAt: time(state.synced?.at ?? null),
    operation: state.operation && {
      id: state.operation.id,
      phase: state.operation.phase,
      revision: state.operation.revision,
      who: state.operation.who,
      startedAt: new Date(state.operation.startedAt).toISOString(),
      waitsFor: state.operation.waitsFor,
    },
    failed: state.failed && {
      revision: state.failed.revision,
      attempts: state.failed.attempts,
      retryAt: time(state.failed.retryAt),
      fault: state.failed.fault,
    },
    hold: entry.hold && {
      who: entry.hold.who,
      reason: entry.hold.reason,
      since: new Date(entry.hold.since).toISOString(),
      until: time(entry.hold.until),
    },
    blocked: state.blocked && {
      code: state.blocked.fault.code,
      because: state.blocked.fault.message,
      since: new Date(state.blocked.since).toISOString(),
      until: time(state.blocked.until),
      revision: state.blocked.revision,
    },
    condition: state.condition,
    warnings: [...application.warnings, ...state.warnings],
    automated: application.syncPolicy.automated !== null,
    leaving: entry.leaving,
  };
}

function time(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
