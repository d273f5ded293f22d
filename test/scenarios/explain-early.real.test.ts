/** Story: while a sync still waits, whoever asks hears what it waits for; and the fleet's own word on health counts. */
import { equal, match, rejects } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { summarizeApplication } from '../../lib/flow/summarize-application.ts';
import { syncFleet } from '../../lib/flow/sync-fleet.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, deployment } from '../support/example-manifests.ts';
import { openHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

test('explain-early: a pod that no node takes is named while the sync waits', async (t) => {
  const house = await openHouse(t, plane);
  const nowhere = deployment().replace(/^( *)containers:/m, '$1nodeSelector: {nowhere: "true"}\n$1containers:');
  await house.push({ 'web.yaml': nowhere });
  await house.ports.queue.send({ about: 'repository', repoURL: house.repoURL, why: 'test' });
  await rejects(house.work({ limitMs: 8_000 }), /still at work/);
  const { operation, health, because } = summarizeApplication(await house.entry());
  equal(operation?.phase, 'settling');
  equal(health, 'Progressing');
  match(because, /replicas are available/);
  match(because, /Pod \S+ cannot be scheduled: .* \(Unschedulable\)/);
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
