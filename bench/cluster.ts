/** The control plane all contenders of one benchmark work on, each in a namespace of its own. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as z from 'zod';
import { apiRequest } from '../infra/local/control-plane/api-request.ts';
import { type Access, readKubeconfig } from '../infra/local/control-plane/kubeconfig.ts';
import { startControlPlane } from '../infra/local/control-plane/start-control-plane.ts';
import { showProgress } from '../infra/local/show-progress.ts';
import { findTools } from '../infra/local/tools.ts';
import { benchUser, openRequestLog, type RequestLog } from './count-requests.ts';

export type BenchCluster = {
  /** For whatever a benchmark keeps; gone with the cluster. */
  folder: string;
  kubeconfig: string;
  access: Access;
  requests: RequestLog;
  freshNamespace(): Promise<string>;
  /** An exit code of 1 is an answer of `kubectl diff`, not a failure. */
  kubectl(...args: string[]): Promise<void>;
  /** Waits until the controllers have dealt with every Deployment of a namespace: then they are healthy. */
  observed(namespace: string): Promise<void>;
  /** And a little longer: what they still do would be measured too. */
  settle(namespace: string): Promise<void>;
  remove(): Promise<void>;
};

export async function startBenchCluster(): Promise<BenchCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'trueup-bench-'));
  const requests = await openRequestLog(folder);
  const display = showProgress();
  const plane = await startControlPlane({
    folder: join(folder, 'control-plane'),
    users: [{ name: benchUser, groups: ['system:masters'] }],
    apiServerFlags: requests.apiServerFlags,
    pods: 'simulated',
    onProgress: display.report,
  }).finally(() => display.end());
  const kubeconfig = plane.kubeconfigFor(benchUser);
  const access = await readKubeconfig(kubeconfig);
  const observer = await readKubeconfig(plane.kubeconfig);
  const { kubectl } = await findTools();
  const observed = async (namespace: string) => {
    while ((await countUnobserved(observer, namespace)) > 0) await sleep(observeAgainMs);
  };
  let namespaces = 0;
  return {
    folder,
    kubeconfig,
    access,
    requests,
    async freshNamespace() {
      namespaces += 1;
      const name = `bench-${namespaces}`;
      const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
      await apiRequest(observer, '/api/v1/namespaces', { method: 'POST', body });
      return name;
    },
    async kubectl(...args) {
      try {
        await promisify(execFile)(kubectl, ['--kubeconfig', kubeconfig, ...args], { maxBuffer: 256 << 20 });
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 1 && args[0] === 'diff')) throw error;
      }
    },
    observed,
    async settle(namespace) {
      await observed(namespace);
      await sleep(settledMs);
    },
    async remove() {
      await plane.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const observeAgainMs = 500;
const settledMs = 1_000;

const deploymentsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ generation: z.number() }),
      status: z.object({ observedGeneration: z.number().optional() }).default({}),
    }),
  ),
});

async function countUnobserved(access: Access, namespace: string): Promise<number> {
  const { body } = await apiRequest(access, `/apis/apps/v1/namespaces/${namespace}/deployments`);
  const { items } = deploymentsSchema.parse(JSON.parse(body));
  return items.filter(({ metadata, status }) => status.observedGeneration !== metadata.generation).length;
}
