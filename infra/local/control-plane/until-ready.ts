/** Waits until an API server answers and has made its first objects. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { apiRequest } from './api-request.ts';
import type { Access } from './kubeconfig.ts';

const pollMs = 100;

/** `check` may throw to end the waiting. Fault local.start_failed after `withinMs`. */
export async function untilReady(
  readAccess: () => Promise<Access | null>,
  options: { withinMs: number; log: string; check: () => Promise<void> },
): Promise<Access> {
  const giveUpMs = performance.now() + options.withinMs;
  while (performance.now() < giveUpMs) {
    await options.check();
    const access = await readAccess();
    if (access !== null && (await isReady(access))) return access;
    await sleep(pollMs);
  }
  throw new Fault('local.start_failed', {
    program: 'kube-apiserver',
    log: options.log,
    because: `not ready after ${options.withinMs / 1000} s`,
  });
}

async function isReady(access: Access): Promise<boolean> {
  try {
    const ready = await apiRequest(access, '/readyz', { timeoutMs: 2_000 });
    if (ready.status !== 200) return false;
    // Ready comes a moment before the namespace that everybody uses first.
    return (await apiRequest(access, '/api/v1/namespaces/default', { timeoutMs: 2_000 })).status === 200;
  } catch {
    return false;
  }
}
