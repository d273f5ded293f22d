/** Story: while a sync still waits, whoever asks hears what it waits for; and the fleet's own word on health counts. */
import { equal, match, rejects } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { summarizeApplication } from '../../lib/flow/summarize-application.ts';
import { syncFleet } from '../../lib/flow/sync-fleet.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, deployment, inWave } from '../support/example-manifests.ts';
import { openHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

test('explain-early: a pod that no node takes is named while the sync waits', async (t) => {
  const house = await openHouse(t, plane);
  const nowhere = deployment().replace(/^( *)containers:/m, '$1nodeSelector: {nowhere: "true"}\n$1containers:');
  await house.push({ 'web.yaml': nowhere });
  await house.ports.queue.send({ about: 'repository', repoURL: house.repoURL, why: 'test' });
  await rejects(house.work({ limitMs: 12_000 }), /still at work/);
  const { operation, health, because } = summarizeApplication(await house.entry());
  equal(operation?.phase, 'settling');
  equal(health, 'Progressing');
  match(because, /replicas are available/);
  match(because, /Pod \S+ cannot be scheduled: .* \(Unschedulable\)/);
});

const brokenStatefulSet = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: store}
spec:
  serviceName: store
  selector: {matchLabels: {app: store}}
  template:
    metadata: {labels: {app: store}}
    spec:
      serviceAccountName: nobody
      containers: [{name: store, image: "store:1"}]
`;

const claiming = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {storageClassName: fast, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
${deployment({ name: 'db', replicas: 1, more: '      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]\n' })}`;

const manyPods = `apiVersion: batch/v1
kind: Job
metadata: {name: crowd}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: crowd, image: "crowd:1", resources: {requests: {cpu: "64"}}}]
`;

test('explain-early: what a wave waits for is said with its reason, on the Application and once in the record', async (t) => {
  const house = await openHouse(t, plane);
  await house.kubectlApply(
    'apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: few}\nspec: {hard: {requests.cpu: "4"}}\n',
  );
  await house.push({
    'store.yaml': brokenStatefulSet.replace('store:1"', 'store:1", resources: {requests: {cpu: 10m}}'),
    'db.yaml': claiming,
    'crowd.yaml': manyPods,
    'later.yaml': inWave(1, configMap()),
  });
  await house.ports.queue.send({ about: 'repository', repoURL: house.repoURL, why: 'test' });
  await rejects(house.work({ limitMs: 18_000 }), /still at work/);
  const { operation } = summarizeApplication(await house.entry());
  const waitsFor = operation?.waitsFor ?? '';
  match(waitsFor, /serviceaccount "nobody" not found \(FailedCreate\)/);
  match(waitsFor, /PersistentVolumeClaim data: storageclass\.storage\.k8s\.io "fast" not found \(ProvisioningFailed\)/);
  match(waitsFor, /exceeded quota: few, .* \(FailedCreate\)/);
  const told = (await house.events()).flatMap((event) => (event.type === 'sync.waits' ? [event.because] : []));
  equal(told.length, 1);
  match(told[0] ?? '', /serviceaccount "nobody"/);
});

test('explain-early: a kind is judged by the Lua of the fleet', async (t) => {
  const house = await openHouse(t, plane);
  await writeFile(
    join(house.fleet, 'argocd-cm.yaml'),
    `apiVersion: v1
kind: ConfigMap
metadata: {name: argocd-cm}
data:
  resource.customizations.health.ConfigMap: |
    if obj.data ~= nil and obj.data.broken == "yes" then
      return {status = "Degraded", message = "it says that it is broken"}
    end
    return {status = "Healthy"}
`,
  );
  await syncFleet(house.ports);
  await house.push({ 'settings.yaml': configMap() });
  await house.follow();
  equal((await house.entry()).state.health.status, 'Healthy');
  await house.push({ 'settings.yaml': configMap().replace('{k: v}', '{k: v, broken: "yes"}') });
  await house.follow();
  const { health, condition } = (await house.entry()).state;
  equal(health.status, 'Degraded');
  match(health.because, /it says that it is broken/);
  equal(condition?.code, 'sync.degraded');
});
