/** Story: what another tool deployed becomes Trueup's without a restart of any pod, whichever tool it was. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findTools } from '../../infra/local/tools.ts';
import { changesOf } from '../../lib/core/plan/plan.ts';
import { planApplication } from '../../lib/flow/plan-application.ts';
import { requestSync } from '../../lib/flow/request-sync.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();
const run = promisify(execFile);

type Marks = { labels?: Record<string, string>; annotations?: Record<string, string> };

/** Two pods; `team` is what leaves Git later, and pods never see it. */
function web({ labels = {}, annotations = {} }: Marks = {}, { team = true } = {}): string {
  const metadata = { name: 'web', labels: { app: 'web', ...(team && { team: 'shop' }), ...labels }, annotations };
  return `apiVersion: apps/v1
kind: Deployment
metadata: ${JSON.stringify(metadata)}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: nginx:1.27
          env: [{name: A, value: "1"}]
          ports: [{containerPort: 80}]
`;
}

const argo = (namespace: string): Marks => ({
  annotations: { 'argocd.argoproj.io/tracking-id': `web-prod:apps/Deployment:${namespace}/web` },
});
const kustomization: Marks = {
  labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' },
};

const origins: { from: string; deploy(house: TestHouse, t: TestContext): Promise<void> }[] = [
  { from: 'kubectl', deploy: (house, t) => apply(house, t, web()) },
  { from: 'kubectl', deploy: (house, t) => apply(house, t, web(), '--server-side') },
  {
    from: 'Argo CD (web-prod)',
    deploy: (house, t) =>
      apply(house, t, web(argo(house.namespace)), '--server-side', '--field-manager=argocd-controller'),
  },
  {
    from: 'Argo CD (web-prod)',
    deploy: (house, t) => apply(house, t, web(argo(house.namespace)), '--field-manager=argocd-controller'),
  },
  {
    from: 'Flux (flux-system/apps)',
    deploy: (house, t) => apply(house, t, web(kustomization), '--server-side', '--field-manager=kustomize-controller'),
  },
  { from: 'Helm', deploy: helmInstall },
];

for (const [index, { from, deploy }] of origins.entries()) {
  test(`adopt-objects: from ${from}, way ${index + 1}: the pods stay, nobody else owns it, and what leaves Git goes`, async (t) => {
    const house = await openHouse(t, plane);
    await deploy(house, t);
    const before = await runningPods(house);

    await house.push({ 'web.yaml': web() });
    await house.follow();
    equal((await house.entry()).state.sync, 'Synced');
    const adopted = (await house.events()).filter((event) => event.type === 'object.adopted');
    equal(adopted.length, 1);
    ok(adopted[0]?.from.startsWith(from), adopted[0]?.from);
    deepEqual(await runningPods(house), before, 'no pod was restarted');
    deepEqual(await owners(house), ['kube-controller-manager', 'trueup']);
    deepEqual(await marks(house), ['deployment.kubernetes.io/revision', 'trueup.dev/tracking-id']);

    const version = await resourceVersion(house);
    await requestSync('shop', { who: 'Ann' }, house.ports);
    await house.work();
    await house.sweep();
    equal(await resourceVersion(house), version, 'a second sync and a sweep write nothing');
    equal(changesOf(await planApplication('shop', house.ports)).length, 0);

    await house.push({ 'web.yaml': web({}, { team: false }) });
    await house.follow();
    equal(await house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.metadata.labels.team}'), '');
    deepEqual(await runningPods(house), before, 'nor now');
  });
}

test('adopt-objects: the rehearsal shows what adopting takes away, and nothing else', async (t) => {
  const house = await openHouse(t, plane);
  await apply(house, t, web(argo(house.namespace)), '--server-side', '--field-manager=argocd-controller');
  await house.kubectl('annotate', 'deployment', 'web', 'note=by-hand');
  await runningPods(house);
  await house.writeApplication('shop', { automated: null });
  await house.push({ 'web.yaml': web({}, { team: false }) });
  await house.follow();
  const planned = changesOf(await planApplication('shop', house.ports));
  const [change] = planned;
  ok(change?.action === 'update' && planned.length === 1);
  match(change.adopts ?? '', /^Argo CD/);
  deepEqual(change.diff.map(({ path }) => path).toSorted(), [
    'metadata.annotations.note',
    'metadata.annotations["argocd.argoproj.io/tracking-id"]',
    'metadata.labels.team',
  ]);
  const before = await runningPods(house);
  await requestSync('shop', { who: 'Ann' }, house.ports);
  await house.work();
  deepEqual(await runningPods(house), before);
  deepEqual(await marks(house), ['deployment.kubernetes.io/revision', 'trueup.dev/tracking-id']);
  equal(await house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.metadata.labels.team}'), '');
});

test('adopt-objects: a tool that goes on is undone and named, and no pod is restarted', async (t) => {
  const house = await openHouse(t, plane);
  const deployAgain = () =>
    apply(
      house,
      t,
      web(argo(house.namespace)).replace('replicas: 2', 'replicas: 3'),
      ...['--server-side', '--force-conflicts', '--field-manager=argocd-controller'],
    );
  await apply(house, t, web());
  await house.push({ 'web.yaml': web() });
  await house.follow();
  const before = await runningPods(house);
  await house.sweep();
  await deployAgain();
  await house.sweep();
  deepEqual(await runningPods(house), before);
  deepEqual(await owners(house), ['kube-controller-manager', 'trueup']);
  const [drift, ...more] = (await house.events()).filter((event) => event.type === 'drift.found');
  equal(more.length, 0);
  deepEqual([drift?.action, drift?.who], ['reverted', 'argocd-controller']);
  deepEqual(drift?.diff.map(({ path }) => path).toSorted(), [
    'metadata.annotations["argocd.argoproj.io/tracking-id"]',
    'spec.replicas',
  ]);
});

test('adopt-objects: what another installation has taken is reported and left alone', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({ 'web.yaml': web() });
  await house.follow();
  await runningPods(house);
  await house.sweep();
  await house.kubectl('label', 'deployment', 'web', '--overwrite', 'trueup.dev/installation=theirs');
  await house.kubectl('scale', 'deployment', 'web', '--replicas=1');
  await house.sweep();
  equal(await house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}'), '1');
  const { state } = await house.entry();
  match(state.warnings.join(), /^installation of apps\/Deployment .*\/web: its label says theirs/);
  equal(state.sync, 'OutOfSync');
});

test('adopt-objects: a restart that kubectl asked for, and the number an autoscaler set, stay as they are', async (t) => {
  const house = await openHouse(t, plane);
  await apply(house, t, web());
  await house.kubectl('rollout', 'restart', 'deployment/web');
  await house.kubectl('rollout', 'status', 'deployment/web', '--timeout=20s');
  await house.kubectl('scale', 'deployment/web', '--replicas=3');
  const before = await runningPods(house, 3);
  await house.push({ 'web.yaml': web().replace('  replicas: 2\n', '') });
  await house.follow();
  await house.sweep();
  deepEqual(await runningPods(house, 3), before);
  deepEqual(await owners(house), ['kube-controller-manager', 'trueup']);
  deepEqual(
    (await house.events()).filter(({ type }) => type === 'drift.found'),
    [],
  );
});

test('adopt-objects: with ClientSideApplyMigration=false what kubectl applied besides stays, and is no drift', async (t) => {
  const house = await openHouse(t, plane, { application: { syncOptions: 'ClientSideApplyMigration=false' } });
  await apply(house, t, web());
  await house.push({ 'web.yaml': web({}, { team: false }) });
  await house.follow();
  await runningPods(house);
  await house.sweep();
  equal(await house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.metadata.labels.team}'), 'shop');
  deepEqual(
    (await house.events()).filter(({ type }) => type === 'drift.found'),
    [],
  );
  ok((await owners(house)).includes('kubectl-client-side-apply'));
});

async function apply(house: TestHouse, t: TestContext, manifest: string, ...options: string[]): Promise<void> {
  const folder = await folderOf(t, { 'web.yaml': manifest });
  await house.kubectl('apply', '-f', join(folder, 'web.yaml'), ...options);
}

async function helmInstall(house: TestHouse, t: TestContext): Promise<void> {
  const folder = await folderOf(t, {
    'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'templates/web.yaml': web(),
  });
  const { helm } = await findTools();
  const place = ['--kubeconfig', plane.kubeconfig, '--namespace', house.namespace];
  await run(helm, ['install', 'web', folder, ...place], { timeout: 30_000 });
}

async function folderOf(t: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'trueup-adopt-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

/** Their uids, once all of them run. */
async function runningPods(house: TestHouse, count = 2): Promise<string[]> {
  for (const end = Date.now() + 20_000; ; await sleep(200)) {
    const pods = await house.kubectl(
      ...['get', 'pods', '-l', 'app=web', '-o'],
      'jsonpath={range .items[*]}{.metadata.uid}={.status.phase} {end}',
    );
    const all = pods.split(' ').filter((pod) => pod !== '');
    if (all.length === count && all.every((pod) => pod.endsWith('=Running'))) return all.toSorted();
    if (Date.now() > end) throw new Error(`not ${count} running pods: ${pods}`);
  }
}

async function owners(house: TestHouse): Promise<string[]> {
  const managers = await house.kubectl(
    ...['get', 'deployment', 'web', '--show-managed-fields', '-o'],
    'jsonpath={.metadata.managedFields[*].manager}',
  );
  return [...new Set(managers.split(' '))].toSorted();
}

/** Annotations, and labels that no Git names. */
async function marks(house: TestHouse): Promise<string[]> {
  const { metadata } = JSON.parse(await house.kubectl('get', 'deployment', 'web', '-o', 'json'));
  const labels = Object.keys(metadata.labels).filter((name) => name.includes('.') && !name.startsWith('trueup.dev/'));
  return [...Object.keys(metadata.annotations), ...labels].toSorted();
}

function resourceVersion(house: TestHouse): Promise<string> {
  return house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.metadata.resourceVersion}');
}
