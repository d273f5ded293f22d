/** Gathers what the next step is decided from: the register, the request, the hold, and what Git wants. */
import { suspectsDueAt } from '../core/drift/heed-heals.ts';
import { Fault } from '../core/fault/fault.ts';
import { isApproved } from '../core/plan/approval.ts';
import { judgeApplication } from '../core/project/judge-application.ts';
import type { Permission } from '../core/project/permission.ts';
import { followsGit } from '../core/sync/follows-git.ts';
import type { Situation, Target } from '../core/sync/next-step.ts';
import type { Operation } from '../core/sync/operation.ts';
import { sourceHashOf } from '../core/sync/source-hash-of.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { findGate } from './find-gate.ts';
import type { Run } from './outcome.ts';
import { resolveTarget } from './resolve-target.ts';

export async function readSituation(run: Run): Promise<Situation> {
  const { entry, ports, permission } = run;
  const { application, leaving, state, request, suspects } = entry;
  const now = ports.now();
  const target = leaving
    ? { revision: state.synced?.revision ?? '', sourceHash: '', sameInputs: true }
    : await findTarget(entry, permission, ports);
  return {
    automated: application.syncPolicy.automated !== null,
    leaving,
    state,
    approved: isApproved(application, state.failed, now),
    request,
    hold: entry.hold,
    suspectsDueAt: suspectsDueAt(state.heals, suspects, now),
    gate: await findGate(run, target),
    target,
    now,
  };
}

async function findTarget(entry: Entry, permission: Permission, ports: Ports): Promise<Situation['target']> {
  // Before Git is asked: a repository that is not permitted is not even read.
  const refused = judgeApplication(entry.application, permission);
  if (refused !== null) return { fault: refused.report() };
  try {
    const revision = await resolveTarget(entry, ports);
    const sourceHash = sourceHashOf(entry, permission);
    return { revision, sourceHash, sameInputs: await readsTheSame(entry, { revision, sourceHash }, ports) };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.report() };
    throw error;
  }
}

/** Asked only when it can matter: Git moved, and it is this Application's turn to follow. */
async function readsTheSame(
  { application, state }: Entry,
  target: Pick<Target, 'revision' | 'sourceHash'>,
  ports: Ports,
): Promise<boolean> {
  const rendered = state.operation === null ? state.synced : whatFollows(state.operation);
  if (
    rendered === null ||
    rendered.sourceHash !== target.sourceHash ||
    rendered.revision === target.revision ||
    // Not rendered yet.
    Object.keys(rendered.reads).length === 0
  )
    return false;
  const { repoURL } = application.source;
  const now = await ports.gitHost(repoURL).hashes(repoURL, target.revision, Object.keys(rendered.reads));
  return Object.entries(rendered.reads).every(([path, hash]) => now[path] === hash);
}

/** Only what a newer commit may overtake is compared with it. */
function whatFollows(operation: Operation): Operation | null {
  return followsGit(operation) ? operation : null;
}
