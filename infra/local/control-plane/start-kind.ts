/** A control plane by kind: one Docker container with real pods in it, kept between starts over the same folder. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { dump, load } from 'js-yaml';
import * as z from 'zod';
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { ControlPlane, ControlPlaneOptions, User } from './control-plane.ts';
import { userKubeconfig } from './kubeconfig.ts';

const run = promisify(execFile);
const createWithinMs = 5 * 60_000;
const apiServerManifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const putAside = '/etc/kubernetes/kube-apiserver.yaml';

/** Faults: local.start_failed. */
export async function startKind(kind: string, options: ControlPlaneOptions): Promise<ControlPlane> {
  const { folder } = options;
  const name = clusterName(folder);
  const node = `${name}-control-plane`;
  const kubeconfig = join(folder, 'kubeconfig');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await asFault(createOrWake(kind, { name, node, kubeconfig }, options));
  const config = kubeconfigShape.parse(load(await readFile(kubeconfig, 'utf8')));
  const users = [{ name: 'admin', groups: ['system:masters'] }, ...(options.users ?? [])];
  for (const user of users) await writeImpersonation(userKubeconfig(folder, user.name), config, user);
  const moveManifest = async (from: string, to: string) => {
    await asFault(run('docker', ['exec', node, 'mv', from, to]));
    await asFault(
      run('docker', ['exec', node, 'sh', '-c', to === putAside ? untilGone : untilReady], { timeout: createWithinMs }),
    );
  };
  return {
    kind: 'kind',
    folder,
    kubeconfig,
    server: config.clusters[0].cluster.server,
    pids: {},
    kubeconfigFor(user) {
      if (users.some((known) => known.name === user)) return userKubeconfig(folder, user);
      throw new Fault('local.unknown_user', { user, known: users.map((known) => known.name).join(', ') });
    },
    async serviceAccountKubeconfig({ namespace, name: account }) {
      const path = userKubeconfig(folder, `serviceaccount.${namespace}.${account}`);
      const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
      await writeImpersonation(path, config, { name: `system:serviceaccount:${namespace}:${account}`, groups });
      return path;
    },
    stopApiServer: () => moveManifest(apiServerManifest, putAside),
    startApiServer: () => moveManifest(putAside, apiServerManifest),
    leaveRunning() {},
    async stop() {
      await asFault(run('docker', ['stop', node]));
    },
    async remove() {
      await asFault(run(kind, ['delete', 'cluster', '--name', name]));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const untilGone = 'while pidof kube-apiserver >/dev/null; do sleep 0.2; done';
const untilReady =
  'until kubectl --kubeconfig /etc/kubernetes/admin.conf get --raw /readyz >/dev/null 2>&1; do sleep 0.5; done';

type Cluster = { name: string; node: string; kubeconfig: string };

async function createOrWake(
  kind: string,
  { name, node, kubeconfig }: Cluster,
  options: ControlPlaneOptions,
): Promise<void> {
  const { stdout } = await run(kind, ['get', 'clusters']);
  if (stdout.split('\n').includes(name)) {
    await run('docker', ['start', node]);
    await run(kind, ['export', 'kubeconfig', '--name', name, '--kubeconfig', kubeconfig]);
    await run('docker', ['exec', node, 'sh', '-c', untilReady], { timeout: createWithinMs });
    return;
  }
  options.onProgress?.({ title: 'kind creates a cluster in Docker', fraction: 0, remainingSeconds: 60 });
  await run(kind, ['create', 'cluster', '--name', name, '--kubeconfig', kubeconfig, '--wait', '180s'], {
    timeout: createWithinMs,
  });
}

/** One cluster per folder, and a name Docker accepts. */
function clusterName(folder: string): string {
  return `trueup-${createHash('sha256').update(folder).digest('hex').slice(0, 8)}`;
}

const kubeconfigShape = z.looseObject({
  clusters: z.tuple([z.looseObject({ cluster: z.looseObject({ server: z.string() }) })]),
  users: z.array(z.looseObject({ user: z.looseObject({}) })),
});

/** kind's API server knows no tokens of ours; its administrator may act as anybody. */
async function writeImpersonation(
  path: string,
  config: z.infer<typeof kubeconfigShape>,
  { name, groups }: User,
): Promise<void> {
  const users = config.users.map((entry) => ({ ...entry, user: { ...entry.user, as: name, 'as-groups': groups } }));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, dump({ ...config, users }), { mode: 0o600 });
}

async function asFault<T>(work: Promise<T>): Promise<T> {
  return work.catch((cause) => {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause);
    throw new Fault(
      'local.start_failed',
      { program: 'kind', log: 'kind export logs', because: said.split('\n').slice(-3).join('\n') },
      { cause },
    );
  });
}
