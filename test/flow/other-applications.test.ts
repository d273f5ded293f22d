import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { Application } from '../../lib/core/application/application.ts';
import type { ApplicationState, Hold } from '../../lib/core/application/application-state.ts';
import { initialState } from '../../lib/core/application/initial-state.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { initialRules } from '../../lib/core/fleet/initial-rules.ts';
import type { Rules } from '../../lib/core/fleet/rules.ts';
import { keyOf } from '../../lib/core/object/object-key.ts';
import { defaultProject } from '../../lib/core/project/default-project.ts';
import { permissionOf } from '../../lib/core/project/permission-of.ts';
import { sourceHashOf } from '../../lib/core/sync/source-hash-of.ts';
import { type OtherApplications, otherApplications } from '../../lib/flow/other-applications.ts';
import { saveRecord } from '../../lib/flow/stored-json.ts';
import type { Entry } from '../../lib/ports/applications.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { anOperation } from '../core/sync/an-operation.ts';
import { doorPorts } from '../support/door-ports.ts';
import { memoryCluster } from './memory-cluster.ts';

/** What the Application `other` is, when `shop` asks about the ConfigMap `moved`. */
type Given = {
  /** Has it in Git at its target. null: Git cannot tell. */
  inGit: boolean | null;
  /** Has it in its record. */
  recorded?: boolean;
  /** Where it stands; `pushed`: Git moved since it was last looked at. */
  is?: 'synced' | 'pushed' | 'planned' | 'planning' | 'failed' | 'blocked' | 'held' | 'lost' | 'leaving';
  application?: Partial<Application>;
  cluster?: string;
};

const now = 1_000;
const head = 'b'.repeat(40);
const before = 'a'.repeat(40);
const moved = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'moved', namespace: 'shop' },
  data: { k: 'v' },
} as const;
const key = keyOf(moved);
const fault = new Fault('render.path_missing', { path: 'deploy' });
const projects: Rules['projects'] = [
  defaultProject(),
  { ...defaultProject(), name: 'elsewhere', destinations: [{ server: null, name: 'prod', namespace: 'elsewhere' }] },
  { ...defaultProject(), name: 'no-config', namespaceResourceBlacklist: [{ group: '', kind: 'ConfigMap', name: '*' }] },
];

async function others(given: Given): Promise<OtherApplications> {
  const { cluster = 'prod', is = 'synced', recorded = false } = given;
  const application = exampleApplication({ name: 'other', ...given.application });
  const live = memoryCluster(() => now);
  const ports = doorPorts({
    now: () => now,
    cluster: () => live,
    gitHost: () => ({
      heads: async () => ({ defaultBranch: 'main', branches: { main: head }, tags: {}, etag: '' }),
      commit: async (_, sha) => ({ sha, author: '', email: '', message: '', at: '', url: '' }),
      hashes: async () => ({}),
      files: async () => new Map(),
    }),
    renderer: {
      async render() {
        if (given.inGit === null) throw fault;
        const manifests = given.inGit ? [{ object: moved, origin: { file: 'moved.yaml', line: 1 } }] : [];
        return { tool: 'directory', manifests, reads: [], warnings: [] };
      },
    },
  });
  await ports.fleetRules.put({ ...initialRules(), projects });
  await ports.applications.put(application, { cluster, leaving: is === 'leaving' });
  await ports.wakes.hold('other', holdOf(is), now);
  const objects = recorded
    ? {
        'ConfigMap shop/moved': {
          key,
          apiVersion: 'v1',
          origin: { file: '', line: 1 },
          desiredHash: 'h',
          manifest: moved,
          applied: null,
        },
      }
    : {};
  const record = is === 'lost' ? null : await saveRecord('other', { objects }, ports);
  await write({ ...stateOf(is, await entryOf(ports)), record, kinds: recorded ? ['v1/ConfigMap'] : [] }, ports);
  return otherApplications({ application: exampleApplication(), cluster: 'prod' }, ports);
}

function holdOf(is: Given['is']): Hold | null {
  return is === 'held' || is === 'lost' ? { who: 'Ann', reason: 'a rollback', since: 0, until: null } : null;
}

function stateOf(is: NonNullable<Given['is']>, entry: Entry): ApplicationState {
  const permission = permissionOf(
    entry.application.project,
    { ...initialRules(), projects },
    {
      name: 'prod',
      servers: [],
      project: null,
    },
  );
  const sourceHash = sourceHashOf(entry, permission);
  const there = { revision: head, sourceHash };
  const synced = { revision: is === 'synced' ? head : before, sourceHash, reads: {}, at: 0 };
  const operation = anOperation({
    ...there,
    phase: is === 'planned' ? 'applying' : 'planning',
    plan: is === 'planned' ? 'plan' : null,
  });
  const blocked = { fault: fault.report(), since: 0, until: null, revision: head, heals: [] };
  return {
    ...initialState('other'),
    synced,
    operation: is === 'planned' || is === 'planning' ? operation : null,
    failed: is === 'failed' ? { ...there, fault: fault.report(), attempts: 1, retryAt: null } : null,
    blocked: is === 'blocked' ? blocked : null,
  };
}

async function entryOf({ applications }: Ports): Promise<Entry> {
  const entry = await applications.get('other');
  if (entry === null) throw new Error('it was just put there');
  return entry;
}

async function write(state: ApplicationState, { leases }: Ports): Promise<void> {
  const lease = await leases.take('other', { holder: 'a test', now, forMs: 1_000 });
  if (lease === null) throw new Error('nobody else is here');
  await leases.write(lease, state);
}

const manual = { syncPolicy: { ...exampleApplication().syncPolicy, automated: null } };
const anotherRepository = { source: { ...exampleApplication().source, repoURL: 'https://git.example.com/team/x.git' } };

for (const { it, given, gives } of [
  { it: 'nobody claims what no other has', given: { inGit: false }, gives: null },
  { it: 'one that has it in its record takes it soon', given: { inGit: true, recorded: true }, gives: 'soon' },
  { it: 'one that has planned takes it soon', given: { inGit: true, recorded: true, is: 'planned' }, gives: 'soon' },
  { it: 'one that has planned without it does not claim it', given: { inGit: true, is: 'planned' }, gives: null },
  { it: 'one that Git moved for has not said yet', given: { inGit: false, is: 'pushed' }, gives: 'unknown' },
  { it: 'one that plans has not said yet', given: { inGit: true, is: 'planning' }, gives: 'unknown' },
  { it: 'one that failed takes it later', given: { inGit: true, is: 'failed' }, gives: 'later' },
  { it: 'one that failed without it does not claim it', given: { inGit: false, is: 'failed' }, gives: null },
  { it: 'one that a window blocks takes it later', given: { inGit: true, is: 'blocked' }, gives: 'later' },
  {
    it: 'one that only a person syncs takes it later',
    given: { inGit: true, is: 'pushed', application: manual },
    gives: 'later',
  },
  { it: 'one that is held claims what it has', given: { inGit: true, recorded: true, is: 'held' }, gives: 'later' },
  { it: 'one that is held claims nothing new', given: { inGit: true, is: 'held' }, gives: null },
  { it: 'one that cannot be read may want it', given: { inGit: null, is: 'failed' }, gives: 'later' },
  {
    it: 'one that cannot be read holds nobody up from another repository',
    given: { inGit: null, is: 'failed', application: anotherRepository },
    gives: null,
  },
  { it: 'one that leaves claims nothing', given: { inGit: true, recorded: true, is: 'leaving' }, gives: null },
  {
    it: 'one in another cluster claims nothing here',
    given: { inGit: true, recorded: true, cluster: 'test' },
    gives: null,
  },
  {
    it: 'one whose project does not have the namespace claims nothing',
    given: { inGit: true, recorded: true, application: { project: 'elsewhere' } },
    gives: null,
  },
  {
    it: 'one whose project does not have the kind holds nobody up',
    given: { inGit: true, is: 'pushed', application: { project: 'no-config' } },
    gives: null,
  },
  {
    it: 'one whose project nobody knows holds nobody up',
    given: { inGit: true, is: 'pushed', application: { project: 'typo' } },
    gives: null,
  },
] satisfies { it: string; given: Given; gives: string | null }[]) {
  test(`other-applications: ${it}`, async () => {
    const claim = await (await others(given)).claimOn(key);
    equal(claim?.when ?? null, gives);
    equal(claim?.by ?? 'other', 'other');
  });
}

for (const { it, given, gives } of [
  { it: 'keeps what it has in Git', given: { inGit: true, recorded: true }, gives: true },
  { it: 'gives up what its Git has given up', given: { inGit: false, recorded: true }, gives: false },
  {
    it: 'gives it up before it has seen so itself',
    given: { inGit: false, recorded: true, is: 'pushed' },
    gives: false,
  },
  { it: 'gives it up while it waits to do so', given: { inGit: false, recorded: true, is: 'planned' }, gives: false },
  { it: 'keeps what it is held at', given: { inGit: false, recorded: true, is: 'held' }, gives: true },
  { it: 'keeps all it may have had once its state was lost', given: { inGit: false, is: 'lost' }, gives: true },
  { it: 'keeps it while Git cannot tell', given: { inGit: null, recorded: true }, gives: true },
  {
    it: 'keeps it where its project forbids to read its Git',
    given: { inGit: false, recorded: true, application: { project: 'typo' } },
    gives: true,
  },
  { it: 'gives up everything when it leaves', given: { inGit: true, recorded: true, is: 'leaving' }, gives: false },
  { it: 'has nothing here once it went to another cluster', given: { inGit: true, cluster: 'test' }, gives: false },
] satisfies { it: string; given: Given; gives: boolean }[]) {
  test(`other-applications: an owner ${it}`, async () => equal(await (await others(given)).wants('other', key), gives));
}

test('other-applications: one that is gone wants nothing', async () => {
  equal(await (await others({ inGit: true })).wants('gone', key), false);
});
