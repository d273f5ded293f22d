/** A Trueup as `trueup serve` wires it, with a store, a worker, a Git server and one Application of its own. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openWorkCopy } from '../cli/demo/work-copy.ts';
import { createWorker } from '../cli/serve/worker.ts';
import { wire } from '../cli/wire/wire.ts';
import { startGitServer } from '../infra/local/git-server/git-server.ts';
import { parseConfig } from '../lib/core/config/parse-config.ts';
import { handleMessage } from '../lib/flow/handle-message.ts';
import type { Log } from '../lib/ports/log.ts';
import type { Ports } from '../lib/ports/ports.ts';
import type { Message } from '../lib/ports/queue.ts';
import type { BenchCluster } from './cluster.ts';

export const cluster = 'bench';
/** How Trueup's requests begin in the audit log. */
export const trueupUserAgent = 'trueup/';
const application = 'shop';

/** From the wake-up on. `applied`: every object is written. `finished`: and healthy. */
export type SyncTimes = { appliedMs: number; finishedMs: number };

export type Installation = {
  ports: Ports;
  push(files: Readonly<Record<string, string>>): Promise<string>;
  /** The wake-up of a webhook or of the fleet; waits until this revision is synced. */
  follow(about: 'repository' | 'fleet', revision: string): Promise<SyncTimes>;
  /** The same store in a process that has no connection yet. */
  reopen(): Promise<void>;
  close(): Promise<void>;
};

export async function openInstallation(bench: BenchCluster, namespace: string): Promise<Installation> {
  const folder = join(bench.folder, namespace);
  await mkdir(join(folder, 'fleet'), { recursive: true });
  const server = await startGitServer({ folder: join(folder, 'git') });
  const { url: repoURL } = await server.createRepository('team/shop');
  const tree = await openWorkCopy(join(folder, 'tree'), repoURL);
  const path = join(folder, 'trueup.yaml');
  const config = configOf({ installation: namespace, gitURL: server.url, kubeconfig: bench.kubeconfig });
  await writeFile(join(folder, 'hook-secret'), 'a secret of this benchmark');
  await writeFile(join(folder, 'fleet', 'shop.yaml'), applicationOf({ repoURL, namespace }));

  const { log, reached } = watchLog();
  const open = async () => {
    const house = await wire(parseConfig(config, path), { path, log });
    const { ports, inbox } = house;
    const worker = createWorker({ inbox, handle: (message) => handleMessage(message, ports), log, now: ports.now });
    worker.start();
    const close = async () => {
      await worker.stop();
      await house.close();
    };
    return { ports, worker, close };
  };
  let opened = await open();

  return {
    get ports() {
      return opened.ports;
    },
    push: (files) => tree.push('Change it', files),
    async follow(about, revision) {
      const { ports, worker } = opened;
      const applied = reached('settle');
      const finished = reached('finished');
      const message: Message = about === 'fleet' ? { about, why: 'bench' } : { about, repoURL, why: 'bench' };
      const startMs = performance.now();
      await ports.queue.send(message);
      worker.nudge();
      const times = { appliedMs: (await applied) - startMs, finishedMs: (await finished) - startMs };
      await atRest(ports, revision);
      return times;
    },
    async reopen() {
      await opened.close();
      opened = await open();
    },
    async close() {
      await opened.close();
      await server.stop();
    },
  };
}

function configOf(names: { installation: string; gitURL: string; kubeconfig: string }): string {
  return `installation: ${names.installation}
store: {kind: sqlite, path: ./trueup.db}
gitHosts: [{name: git, kind: git, url: ${JSON.stringify(names.gitURL)}, webhookSecret: {file: ./hook-secret}}]
clusters: [{name: ${cluster}, kubeconfig: ${JSON.stringify(names.kubeconfig)}}]
fleet: {path: ./fleet}
`;
}

function applicationOf({ repoURL, namespace }: { repoURL: string; namespace: string }): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${application}}
spec:
  project: default
  source: {repoURL: ${JSON.stringify(repoURL)}, path: deploy, targetRevision: main}
  destination: {name: ${cluster}, namespace: ${namespace}}
  syncPolicy: {automated: {prune: true, selfHeal: true}}
`;
}

type Milestone = 'settle' | 'finished';

/** The public log names tell how far a sync is. */
function watchLog(): { log: Log; reached(milestone: Milestone): Promise<number> } {
  const waiting = new Map<Milestone, (atMs: number) => void>();
  const reach = (milestone: Milestone) => {
    waiting.get(milestone)?.(performance.now());
    waiting.delete(milestone);
  };
  return {
    log: {
      info(name, facts) {
        if (name === 'sync.step' && facts?.step === 'settle') reach('settle');
        // A sync that failed never settled; whether it did is checked against the register.
        if (name !== 'sync.finished') return;
        reach('settle');
        reach('finished');
      },
      warn: (name, facts) => console.error(name, facts),
      error: (name, facts, error) => console.error(name, facts, error),
    },
    reached: (milestone) => new Promise((resolve) => waiting.set(milestone, resolve)),
  };
}

async function atRest(ports: Ports, revision: string): Promise<void> {
  for (;;) {
    const state = (await ports.applications.get(application))?.state;
    if (state?.condition) throw new Error(`${state.condition.code}: ${state.condition.message}`);
    if (state?.operation === null && state.synced?.revision === revision) return;
    await sleep(20);
  }
}
