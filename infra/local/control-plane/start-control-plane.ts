/** Brings up a Kubernetes control plane with what the machine has: cached programs, kind, official builds, Go modules. */
import type { ControlPlane, ControlPlaneOptions } from './control-plane.ts';
import { findKind } from './find-kind.ts';
import { findPrograms, keptPrograms } from './find-programs.ts';
import { startKind } from './start-kind.ts';
import { startPrograms } from './start-programs.ts';

/**
 * Takes about six seconds once the programs are in the cache. A cluster of the user's own is the caller's to prefer.
 * Faults: local.*.
 */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const kept = await keptPrograms();
  if (kept !== null) return startPrograms(kept, options);
  const kind = mayBeKind(options) ? await findKind() : null;
  if (kind !== null) return startKind(kind, options);
  const programs = await findPrograms(options.onProgress ? { onProgress: options.onProgress } : {});
  return startPrograms(programs, options);
}

/** kind's API server cannot reach a webhook on our loopback address, and its flags are kubeadm's to set. */
function mayBeKind(options: ControlPlaneOptions): boolean {
  const needsFlags =
    options.auditWebhook !== undefined || options.auditLog === true || (options.apiServerFlags ?? []).length > 0;
  return !needsFlags && options.pods !== 'simulated';
}
