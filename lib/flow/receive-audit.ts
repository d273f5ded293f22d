/** Takes lines of an EKS audit log in: where somebody changed a kind of ours by hand, the cluster is swept at once. */
import { isInUse } from '../core/drift/is-in-use.ts';
import { type AuditVerdict, judgeAuditEvent } from '../core/drift/judge-audit-event.ts';
import { type AuditEvent, readAuditEvents } from '../core/drift/read-audit-events.ts';
import type { Ports } from '../ports/ports.ts';

export type AuditPorts = Pick<Ports, 'applications' | 'queue' | 'log'> & {
  /** Names in clusters[] of the EKS clusters called this: several where regions or accounts have one each. */
  clustersOfEks(eks: string): readonly string[];
};

/** What was read, and which clusters are going to be swept. */
export type AuditReceipt = {
  events: number;
  malformed: number;
  changes: number;
  ours: number;
  controlPlane: number;
  woken: string[];
};

/**
 * One wake-up a cluster, however much happened there: a sweep costs a handful of requests, and finds all of it. It is not
 * said here which object it was, since the sweep looks for itself: a forged or late line does no harm.
 */
export async function receiveAudit(
  { eks, lines }: { eks: string; lines: readonly string[] },
  ports: AuditPorts,
): Promise<AuditReceipt> {
  const { events, malformed } = readAuditEvents(lines);
  const verdicts = events.map(judgeAuditEvent);
  const changes = events.filter((_, index) => verdicts[index] === 'change');
  const count = (wanted: AuditVerdict) => verdicts.filter((verdict) => verdict === wanted).length;
  const woken = changes.length === 0 ? [] : await wake(changes, ports.clustersOfEks(eks), ports);
  const receipt = {
    events: events.length,
    malformed,
    changes: changes.length,
    ours: count('ours'),
    controlPlane: count('control plane'),
    woken,
  };
  ports.log.info('audit.received', { eks, ...receipt });
  return receipt;
}

async function wake(changes: readonly AuditEvent[], clusters: readonly string[], ports: AuditPorts): Promise<string[]> {
  const entries = clusters.length === 0 ? [] : await ports.applications.list();
  const woken: string[] = [];
  for (const name of clusters) {
    const kinds = new Set(entries.filter(({ cluster }) => cluster === name).flatMap(({ state }) => state.kinds));
    const first = changes.find(({ objectRef }) => objectRef !== undefined && isInUse(objectRef, kinds));
    if (first === undefined) continue;
    await ports.queue.send({ about: 'cluster', name, why: sayWhy(first), trace: first.auditID || undefined });
    woken.push(name);
  }
  return woken;
}

/** Longer than any name that is not meant to annoy. */
const longestWhy = 300;

/** `audit: patch deployments/scale shop/nginx by alice` */
function sayWhy({ verb, objectRef, user }: AuditEvent): string {
  const { resource, subresource, namespace, name } = objectRef ?? {};
  const what = [resource, subresource].filter(Boolean).join('/');
  const which = [namespace, name].filter(Boolean).join('/');
  return ['audit:', verb, what, which, 'by', user.username].filter(Boolean).join(' ').slice(0, longestWhy);
}
