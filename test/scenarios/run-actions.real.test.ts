/** Story: a person restarts, scales, runs and suspends what is live, and Git, the project and the record keep their say. */
import { deepEqual, equal, match, notDeepEqual, rejects } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { listActions } from '../../lib/flow/list-actions.ts';
import { type ActionDone, type ActionWish, runAction } from '../../lib/flow/run-action.ts';
import { syncFleet } from '../../lib/flow/sync-fleet.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, deployment } from '../support/example-manifests.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

function act(house: TestHouse, on: string, action: string, given: Partial<ActionWish> = {}): Promise<ActionDone> {
  const [kind = '', name = ''] = on.split('/');
  const wish = {
    who: 'ann',
    object: { kind, name },
    action,
    parameters: {},
    nevertheless: false,
    hold: null,
    ...given,
  };
  return runAction('shop', wish, house.ports);
}

async function told(house: TestHouse): Promise<string[]> {
  return (await house.events()).flatMap((event) => {
    if (event.type === 'action.run') return [`run ${event.action.name} on ${event.object.name} by ${event.who}`];
    if (event.type === 'action.failed') return [`failed ${event.action.name}: ${event.fault.code}`];
    return event.type === 'drift.found' ? [`drift ${event.action} of ${event.diff.map(({ path }) => path)}`] : [];
  });
}

const replicas = (house: TestHouse) => house.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}');

async function podsOf(house: TestHouse): Promise<string[]> {
  const names = await house.kubectl('get', 'pods', '-l', 'app=web', '-o', 'jsonpath={.items[*].metadata.name}');
  return names.split(' ').toSorted();
}

test('run-actions: a restart makes every pod anew, and is left alone', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({ 'web.yaml': deployment() });
  await house.follow();
  const before = await podsOf(house);
  equal(before.length, 2);
  await act(house, 'Deployment/web', 'restart');
  for (let tries = 0; tries < 100; tries += 1) {
    const now = await podsOf(house);
    if (now.length === 2 && now.every((name) => !before.includes(name))) break;
    await sleep(200);
  }
  const after = await podsOf(house);
  deepEqual(
    after.filter((name) => before.includes(name)),
    [],
  );
  await house.work();
  await house.sweep();
  notDeepEqual(await podsOf(house), before);
  deepEqual(await told(house), ['run restart on web by ann']);
});

test('run-actions: scaling is refused where Git names the replicas, set back with --yes, and kept by a hold', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({ 'web.yaml': deployment() });
  await house.follow();
  const scale = (given: Partial<ActionWish> = {}) =>
    act(house, 'deployment/web', 'scale', { parameters: { replicas: '4' }, ...given });
  await rejects(scale(), {
    code: 'action.would_be_reverted',
    facts: { fields: ['spec.replicas'], object: keyOf(house) },
  });
  equal(await replicas(house), '2');
  deepEqual((await scale({ nevertheless: true })).drifts, ['spec.replicas']);
  equal(await replicas(house), '4');
  await house.work();
  equal(await replicas(house), '2');
  await scale({ hold: { until: null } });
  await house.work();
  await house.sweep();
  equal(await replicas(house), '4');
  deepEqual(await told(house), [
    'run scale on web by ann',
    'drift reverted of spec.replicas',
    'run scale on web by ann',
    'drift held of spec.replicas',
  ]);
});

const keyOf = ({ namespace }: TestHouse) => `apps/Deployment ${namespace}/web`;

const cronJob = `apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: "0 3 31 2 *"
  jobTemplate:
    metadata: {labels: {app: report}}
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: report, image: "report:1"}]
`;

test('run-actions: a CronJob runs now, its Job can be ended, and suspending it is no drift', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({ 'report.yaml': cronJob });
  await house.follow();
  const { created } = await act(house, 'CronJob/report', 'create-job');
  const name = created[0]?.name ?? '';
  const job = JSON.parse(await house.kubectl('get', 'job', name, '-o', 'json'));
  deepEqual(
    job.metadata.ownerReferences.map((owner: { kind: string; controller: boolean }) => [owner.kind, owner.controller]),
    [['CronJob', true]],
  );
  deepEqual(
    Object.keys({ ...job.metadata.labels, ...job.metadata.annotations }).filter((key) => key.includes('trueup')),
    [],
  );
  const [ofJob] = await listActions('shop', { kind: 'job', name }, house.ports);
  deepEqual(
    ofJob?.actions.map((action) => action.name),
    ['resume', 'suspend', 'terminate'],
  );
  await act(house, 'CronJob/report', 'suspend');
  equal(await house.kubectl('get', 'cronjob', 'report', '-o', 'jsonpath={.spec.suspend}'), 'true');
  await rejects(act(house, 'CronJob/report', 'suspend'), { code: 'action.disabled' });
  await house.sweep();
  await act(house, 'CronJob/report', 'resume');
  await house.sweep();
  equal(await house.kubectl('get', 'cronjob', 'report', '-o', 'jsonpath={.spec.suspend}'), 'false');
  deepEqual(
    (await told(house)).filter((line) => line.startsWith('drift')),
    [],
  );
  equal((await house.entry()).state.sync, 'Synced');
});

test('run-actions: what the API server does not want is told and changes nothing', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({ 'web.yaml': deployment() });
  await house.follow();
  await house.kubectlApply(`apiVersion: v1
kind: ResourceQuota
metadata: {name: few}
spec: {hard: {count/jobs.batch: "0"}}
`);
  await house.push({ 'report.yaml': cronJob });
  await house.follow();
  await sleep(500);
  await rejects(act(house, 'CronJob/report', 'create-job'), (error: Error & { code?: string }) => {
    equal(error.code, 'action.rejected');
    match(error.message, /exceeded quota: few/);
    return true;
  });
  deepEqual(await told(house), []);
});

const customizations = `apiVersion: v1
kind: ConfigMap
metadata: {name: argocd-cm}
data:
  resource.customizations.actions.ConfigMap: |
    discovery.lua: |
      return {touch = {params = {{name = "with", default = "love"}}}, rename = {}, adopt = {}, role = {}, elsewhere = {}}
    definitions:
      - name: touch
        action.lua: |
          obj.metadata.annotations["example.com/touched"] = actionParams.with
          return obj
      - name: rename
        action.lua: |
          obj.metadata.name = "other"
          return obj
      - name: adopt
        action.lua: |
          obj.metadata.annotations["trueup.dev/tracking-id"] = nil
          return obj
      - name: role
        action.lua: |
          return {{operation = "create", resource = {apiVersion = "rbac.authorization.k8s.io/v1", kind = "Role",
            metadata = {name = "mine"}, rules = {}}}}
      - name: elsewhere
        action.lua: |
          return {{operation = "create", resource = {apiVersion = "v1", kind = "ConfigMap",
            metadata = {name = "mine", namespace = "kube-system"}}}}
`;

const project = `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: default}
spec:
  sourceRepos: ['*']
  destinations: [{server: '*', namespace: '*'}]
  namespaceResourceBlacklist: [{group: rbac.authorization.k8s.io, kind: Role}]
`;

test('run-actions: an action of the fleet may do its work, and neither rename, give away nor go beyond the project', async (t) => {
  const house = await openHouse(t, plane);
  await writeFile(join(house.fleet, 'argocd-cm.yaml'), customizations);
  await writeFile(join(house.fleet, 'project.yaml'), project);
  await syncFleet(house.ports);
  await house.push({ 'settings.yaml': configMap() });
  await house.follow();
  await act(house, 'ConfigMap/settings', 'touch');
  const touched = await house.kubectl(
    'get',
    'configmap',
    'settings',
    '-o',
    'jsonpath={.metadata.annotations.example\\.com/touched}',
  );
  equal(touched, 'love');
  await house.sweep();
  for (const action of ['rename', 'adopt', 'elsewhere']) {
    await rejects(act(house, 'ConfigMap/settings', action), { code: 'action.refused' });
  }
  await rejects(act(house, 'ConfigMap/settings', 'role'), { code: 'action.not_permitted' });
  equal(await house.kubectl('get', 'roles', '-o', 'name'), '');
  deepEqual(await told(house), ['run touch on settings by ann']);
});
