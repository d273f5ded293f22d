/** A whole Trueup for one scenario: a real Git server, a real API server, the ports as `trueup serve` wires them. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type House, wire } from '../../cli/wire/wire.ts';
import { git } from '../../infra/local/git-server/git.ts';
import { startGitServer } from '../../infra/local/git-server/git-server.ts';
import { findTools } from '../../infra/local/tools.ts';
import { parseConfig } from '../../lib/core/config/parse-config.ts';
import type { Event } from '../../lib/core/event/event.ts';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import { syncFleet } from '../../lib/flow/sync-fleet.ts';
import type { Entry } from '../../lib/ports/applications.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { TestControlPlane } from './control-plane.ts';
import { silentLog } from './silent-log.ts';

export type TestHouse = {
  ports: Ports;
  namespace: string;
  /** Folder of the fleet. */
  fleet: string;
  repoURL: string;
  /** Path → content, null removes; committed and pushed. The SHA. */
  push(files: Readonly<Record<string, string | null>>, message?: string): Promise<string>;
  /** `git` in the work tree. */
  git(...args: string[]): Promise<string>;
  /** Does what the queue and the Applications ask for, until nothing is left to do. */
  work(options?: { ports?: Ports; limitMs?: number }): Promise<void>;
  /** One look of the head check, then `work`. */
  follow(): Promise<void>;
  /** One sweep of the cluster, then `work`. */
  sweep(): Promise<void>;
  kubectl(...args: string[]): Promise<string>;
  /** Also while the garbage collector has yet to come by: what is pruned is deleted in the foreground. */
  isGone(resource: string, name: string): Promise<boolean>;
  /** `kubectl apply` of one document. */
  kubectlApply(manifest: string): Promise<void>;
  entry(name?: string): Promise<Entry>;
  /** Oldest first. */
  events(): Promise<Event[]>;
  writeApplication(name: string, options?: ApplicationOptions): Promise<void>;
  /** Several at once: the fleet is read once. */
  writeApplications(options: Readonly<Record<string, ApplicationOptions>>): Promise<void>;
  /** An AppProject; `spec` and `labels` as YAML in one line. */
  writeProject(name: string, spec: string, labels?: string): Promise<void>;
  /** Another document. */
  writeFleet(file: string, text: string): Promise<void>;
  /** As after a kill: the same store, opened by another process. */
  restart(): Promise<void>;
  /** The table is gone, and with `blobs` these and the key as well; another process opens what is left. */
  lose(options: { blobs: boolean }): Promise<void>;
};

export type ApplicationOptions = {
  project?: string;
  namespace?: string;
  path?: string;
  targetRevision?: string;
  repoURL?: string;
  automated?: string | null;
  syncOptions?: string;
  /** YAML, as in `managedNamespaceMetadata`. */
  namespaceMetadata?: string;
  /** YAML, as under `spec`. */
  ignoreDifferences?: string;
  finalizer?: boolean;
  annotations?: Readonly<Record<string, string>>;
};

const run = promisify(execFile);

export async function openHouse(
  t: TestContext,
  plane: TestControlPlane,
  { application = {}, kubeconfig = plane.kubeconfig }: { application?: ApplicationOptions; kubeconfig?: string } = {},
): Promise<TestHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'trueup-house-'));
  const server = await startGitServer({ folder: join(folder, 'git') });
  const repository = await server.createRepository('team/shop');
  const tree = join(folder, 'tree');
  await git(folder, 'clone', '-q', repository.url, tree);
  await git(tree, 'checkout', '-q', '-B', 'main');
  const namespace = await plane.freshNamespace();
  const fleet = join(folder, 'fleet');
  await mkdir(fleet);
  const path = join(folder, 'trueup.yaml');
  const text = `
installation: ${namespace}
store: {kind: sqlite, path: ./trueup.db}
gitHosts: [{name: git, kind: git, url: ${JSON.stringify(server.url)}, webhookSecret: {file: ./hook-secret}}]
clusters: [{name: prod, kubeconfig: ${JSON.stringify(kubeconfig)}}]
fleet: {path: ./fleet}
`;
  await writeFile(path, text);
  await writeFile(join(folder, 'hook-secret'), 'a secret of this test');
  const open = () => wire(parseConfig(text, path), { path, log: silentLog });
  const houses = [await open()];
  const current = () => houses.at(-1) as House;
  const { kubectl } = await findTools();

  t.after(async () => {
    for (const house of houses) await house.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const self: TestHouse = {
    get ports() {
      return current().ports;
    },
    namespace,
    fleet,
    repoURL: repository.url,
    async push(files, message = 'Change it') {
      for (const [name, content] of Object.entries(files)) {
        if (content === null) await rm(join(tree, name), { recursive: true, force: true });
        else {
          await mkdir(dirname(join(tree, name)), { recursive: true });
          await writeFile(join(tree, name), content);
        }
      }
      await git(tree, 'add', '-A');
      await git(tree, 'commit', '-q', '--allow-empty', '-m', message);
      await git(tree, 'push', '-q', '-f', 'origin', 'HEAD:main');
      return (await git(tree, 'rev-parse', 'HEAD')).trim();
    },
    git: (...args) => git(tree, ...args),
    async work({ ports: using = self.ports, limitMs = 45_000 } = {}) {
      const end = Date.now() + limitMs;
      while (!(await isQuiet(current()))) {
        if (Date.now() > end) throw new Error(`still at work: ${JSON.stringify((await self.entry()).state)}`);
        const received = await current().inbox.receive({ max: 10, now: Date.now(), forMs: 1_000 });
        for (const { message, receipt } of received) {
          await handleMessage(message, using);
          await current().inbox.done(receipt);
        }
        if (received.length === 0) await sleep(50);
      }
    },
    async follow() {
      await self.ports.queue.send({ about: 'repository', repoURL: repository.url, why: 'test' });
      await self.work();
    },
    async sweep() {
      await self.ports.queue.send({ about: 'cluster', name: 'prod', why: 'test' });
      await self.work();
    },
    async kubectl(...args) {
      const { stdout } = await run(kubectl, ['--kubeconfig', plane.kubeconfig, '-n', namespace, ...args], {
        timeout: 20_000,
      });
      return stdout.trim();
    },
    async isGone(resource, name) {
      const found = await self.kubectl('get', resource, name, '--ignore-not-found', '-o', 'json');
      return found === '' || JSON.parse(found).metadata.deletionTimestamp !== undefined;
    },
    async kubectlApply(manifest) {
      const path = join(folder, 'applied.yaml');
      await writeFile(path, manifest);
      await self.kubectl('apply', '-f', path);
    },
    async entry(name = 'shop') {
      const found = await self.ports.applications.get(name);
      if (found === null) throw new Error(`no Application ${name}`);
      return found;
    },
    events: async () => (await self.ports.events.list({ limit: 1_000 })).toReversed(),
    async restart() {
      houses.push(await open());
    },
    async lose({ blobs }) {
      for (const house of houses.splice(0)) await house.close();
      const table = ['', '-wal', '-shm'];
      for (const part of blobs ? [...table, '.blobs', '.key'] : table)
        await rm(join(folder, `trueup.db${part}`), { recursive: true, force: true });
      houses.push(await open());
    },
    writeApplication: (name, options = {}) => self.writeApplications({ [name]: options }),
    async writeApplications(all) {
      for (const [name, options] of Object.entries(all)) {
        const text = applicationOf(name, { namespace, repoURL: repository.url, ...options });
        await writeFile(join(fleet, `${name}.yaml`), text);
      }
      await syncFleet(self.ports);
    },
    writeProject(name, spec, labels = '{}') {
      const head = 'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\n';
      const text = `${head}metadata: {name: ${name}, labels: ${labels}}\nspec: ${spec}\n`;
      return self.writeFleet(`project-${name}.yaml`, text);
    },
    async writeFleet(file, text) {
      await writeFile(join(fleet, file), text);
      await syncFleet(self.ports);
    },
  };
  await self.writeApplication('shop', application);
  return self;
}

/** Nothing visible in the queue, and no Application in the middle of something or about to be looked at again. */
async function isQuiet({ ports, inbox }: House): Promise<boolean> {
  const soon = Date.now() + 3_000;
  for (const { state, suspects, request, lookAt } of await ports.applications.list()) {
    if (state.operation !== null || request !== null) return false;
    if (suspects.length > 0 && (lookAt === null || lookAt < soon)) return false;
  }
  const waiting = await inbox.receive({ max: 1, now: Date.now(), forMs: 0 });
  return waiting.length === 0;
}

function applicationOf(name: string, options: ApplicationOptions): string {
  const { automated = '{prune: true, selfHeal: true}' } = options;
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, annotations: ${JSON.stringify(options.annotations ?? {})}${options.finalizer === true ? ', finalizers: [resources-finalizer.argocd.argoproj.io]' : ''}}
spec:
  project: ${options.project ?? 'default'}
  source: {repoURL: ${JSON.stringify(options.repoURL)}, path: ${options.path ?? '.'}, targetRevision: ${options.targetRevision ?? 'main'}}
  destination: {name: prod, namespace: ${options.namespace}}
  syncPolicy:
${automated === null ? '' : `    automated: ${automated}\n`}    syncOptions: [${options.syncOptions ?? ''}]
${options.namespaceMetadata ? `    managedNamespaceMetadata: ${options.namespaceMetadata}\n` : ''}    retry: {limit: 5, backoff: {duration: 1m, factor: 2, maxDuration: 3m}}
  ignoreDifferences: ${options.ignoreDifferences ?? '[]'}
`;
}
