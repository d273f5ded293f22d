/** A whole Trueup in memory: one repository, one Application, one cluster, and a clock that only the test moves. */
import { openJq } from '../../lib/adapters/jq/open-jq.ts';
import type { Application } from '../../lib/core/application/application.ts';
import type { Event } from '../../lib/core/event/event.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { KubernetesObject } from '../../lib/core/object/kubernetes-object.ts';
import { hashValue } from '../../lib/core/plan/hash-object.ts';
import { handleMessage } from '../../lib/flow/handle-message.ts';
import type { Entry } from '../../lib/ports/applications.ts';
import type { GitHost } from '../../lib/ports/git-host.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Renderer } from '../../lib/ports/renderer.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { type DoorPorts, doorPorts } from '../support/door-ports.ts';
import { type MemoryCluster, memoryCluster } from './memory-cluster.ts';

/** Formatted key without its namespace → `data.k`: `{ 'ConfigMap a': '1' }`, or that and annotations. */
export type Tree = Record<string, string | { k: string; annotations: Readonly<Record<string, string>> }>;

export type MemoryHouse = {
  ports: DoorPorts;
  cluster: MemoryCluster;
  /** What the Git host refuses with, and how often it was asked. */
  git: { fault: Fault | null; asked: number };
  clock: { now: number };
  repoURL: string;
  /** The branch points at a commit with this tree; nothing is woken. The SHA. */
  push(tree: Tree): string;
  /** The branch points at that commit again. */
  moveTo(sha: string): void;
  /** Handles what is due now, and what becomes due meanwhile. The number of messages. */
  work(by?: Ports): Promise<number>;
  /** The wake-up of a webhook, `work`. */
  follow(): Promise<void>;
  /** A sweep of the cluster, then `work`. */
  sweep(): Promise<void>;
  pass(ms: number): void;
  entry(): Promise<Entry>;
  /** Oldest first: `sync.finished succeeded`, `drift.found reverted`. */
  story(): Promise<string[]>;
};

const mostMessages = 200;

/** `at`: another cluster than the one in memory, for which `cluster` stays empty. */
export async function memoryHouse(
  given: Partial<Application> = {},
  at: ReturnType<Ports['cluster']> | null = null,
): Promise<MemoryHouse> {
  const application = exampleApplication(given);
  const { repoURL } = application.source;
  const clock = { now: Date.UTC(2026, 4, 1, 12) };
  const git: MemoryHouse['git'] = { fault: null, asked: 0 };
  const trees = new Map<string, Tree>();
  const cluster = memoryCluster(() => clock.now);
  let head = '';
  let ids = 0;
  const ports = doorPorts({
    now: () => clock.now,
    newId() {
      ids += 1;
      return `id-${String(ids).padStart(6, '0')}`;
    },
    cluster: () => at ?? cluster,
    gitHost: () => gitHost(() => head, trees, git),
    renderer: renderer(trees),
    jq: openJq(),
  });
  await ports.applications.put(application, { cluster: 'prod', leaving: false });

  const self: MemoryHouse = {
    ports,
    cluster,
    git,
    clock,
    repoURL,
    push(tree) {
      head = hashValue([trees.size, tree]).slice(0, 40);
      trees.set(head, tree);
      return head;
    },
    async work(by = ports) {
      for (let handled = 0; handled < mostMessages; handled += 1) {
        const [received] = await ports.queue.receive({ max: 1, now: clock.now, forMs: 60_000 });
        if (received === undefined) return handled;
        await handleMessage(received.message, by);
        await ports.queue.done(received.receipt);
      }
      throw new Error('the work never ends');
    },
    moveTo(sha) {
      head = sha;
    },
    async follow() {
      await ports.queue.send({ about: 'repository', repoURL, why: 'push' });
      await self.work();
    },
    async sweep() {
      await ports.queue.send({ about: 'cluster', name: 'prod', why: 'tick' });
      await self.work();
    },
    pass(ms) {
      clock.now += ms;
    },
    async entry() {
      const entry = await ports.applications.get(application.name);
      if (entry === null) throw new Error('the Application is gone');
      return entry;
    },
    async story() {
      return (await ports.events.list({ limit: 1_000 })).toReversed().map(inWords);
    },
  };
  return self;
}

function inWords(event: Event): string {
  if (event.type === 'sync.finished') return `${event.type} ${event.result}`;
  if (event.type === 'rollback.started') return `${event.type}${event.automatic ? ' by itself' : ''}`;
  if (event.type === 'drift.found') return `${event.type} ${event.action}`;
  return event.type;
}

function gitHost(head: () => string, trees: ReadonlyMap<string, Tree>, git: MemoryHouse['git']): GitHost {
  const ask = () => {
    git.asked += 1;
    if (git.fault !== null) throw git.fault;
  };
  return {
    async heads() {
      ask();
      return { defaultBranch: 'main', branches: { main: head() }, tags: {}, etag: '' };
    },
    async commit(_, sha) {
      ask();
      return { sha, author: 'Ann', email: 'ann@example.com', message: 'Change it', at: '', url: '' };
    },
    async hashes(_, sha, paths) {
      ask();
      return Object.fromEntries(paths.map((path) => [path, hashValue(trees.get(sha))]));
    },
    async files() {
      ask();
      return new Map();
    },
  };
}

function renderer(trees: ReadonlyMap<string, Tree>): Renderer {
  return {
    async render({ revision, source }) {
      const manifests = Object.entries(trees.get(revision) ?? {}).map(([name, given]) => {
        const { k, annotations } = typeof given === 'string' ? { k: given, annotations: {} } : given;
        // Parameters of the source stand before every value.
        const object = objectOf(name, `${source.helm?.values ?? ''}${k}`, annotations);
        return { object, origin: { file: `${name}.yaml`, line: 1 } };
      });
      return { tool: 'directory', manifests, reads: ['deploy'], warnings: [] };
    },
  };
}

function objectOf(text: string, k: string, annotations: Readonly<Record<string, string>>): KubernetesObject {
  const [kind = '', name = ''] = text.split(' ');
  const apiVersion = kind === 'Role' ? 'rbac.authorization.k8s.io/v1' : 'v1';
  const metadata = Object.keys(annotations).length === 0 ? { name } : { name, annotations: { ...annotations } };
  return { apiVersion, kind, metadata, data: { k } };
}

export const gitDown = new Fault('git.unreachable', { repoURL: 'https://git.example.com/team/shop.git' });
