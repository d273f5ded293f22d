/** The cluster of the demo: the user's own where one is named, else a control plane on this machine. */
import { join, resolve } from 'node:path';
import type { ControlPlane } from '../../infra/local/control-plane/control-plane.ts';
import { startControlPlane } from '../../infra/local/control-plane/start-control-plane.ts';
import type { OnProgress } from '../../infra/local/progress.ts';
import { runSteps } from '../../infra/local/run-steps.ts';
import { showProgress } from '../../infra/local/show-progress.ts';
import type { CleanUp } from './clean-up.ts';
import type { Narrator } from './narrator.ts';

export type ClusterOptions = { kubeconfig: string | null; tell: Narrator; cleanUp: CleanUp; signal: AbortSignal };

/** On two cores, with the programs in the cache. */
const startSeconds = 7;
const endsWithinMs = 30_000;

/** Gives the absolute path of its kubeconfig. Faults local.*. */
export async function openCluster(folder: string, options: ClusterOptions): Promise<string> {
  const { kubeconfig, tell, cleanUp, signal } = options;
  if (kubeconfig !== null) {
    tell.say(`   Kubernetes  the cluster of ${resolve(kubeconfig)}`);
    return resolve(kubeconfig);
  }
  const startedMs = performance.now();
  const start = showStart(join(folder, 'control-plane'));
  const undo = async () => {
    // Nothing was started yet, and a build of minutes is not waited for: it ends with this process.
    if (start.isObtaining()) return;
    const controlPlane = await start.started.catch(() => null);
    await controlPlane?.remove();
  };
  cleanUp.add('the control plane', undo, { withinMs: endsWithinMs });
  const controlPlane = await orInterrupted(start.started, signal);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const what = controlPlane.kind === 'kind' ? 'kind' : 'API server, etcd, controllers, scheduler; kwok runs the pods';
  tell.say(`   Kubernetes  ${controlPlane.server}, up after ${seconds} s (${what})`);
  return controlPlane.kubeconfig;
}

/** Getting the programs has an estimate of its own, which takes the place of the one for a mere start. */
function showStart(folder: string): { started: Promise<ControlPlane>; isObtaining(): boolean } {
  const display = showProgress();
  const up = Promise.withResolvers<ControlPlane>();
  let isObtaining = false;
  const onObtaining: OnProgress = (progress) => {
    isObtaining = true;
    display.report(progress);
  };
  const run = async () => {
    up.resolve(await startControlPlane({ folder, onProgress: onObtaining }));
    isObtaining = false;
  };
  // The bar is gone before anything else is printed.
  const started = runSteps([{ title: 'starting Kubernetes', seconds: startSeconds, run }], (progress) => {
    if (!isObtaining) display.report(progress);
  })
    .finally(() => display.end())
    .then(() => up.promise);
  return { started, isObtaining: () => isObtaining };
}

/** The start itself cannot be interrupted; it is waited for and undone by the clean-up. */
async function orInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: interrupted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
