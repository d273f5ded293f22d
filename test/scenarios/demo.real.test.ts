/** Story: the demo plays as a new user sees it, and leaves nothing behind, however it ends. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { startSlackReceiver } from '../../infra/local/slack-receiver/slack-receiver.ts';
import { findTools } from '../../infra/local/tools.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { startDemo } from '../support/demo-process.ts';

const plane = sharedControlPlane();
const run = promisify(execFile);
const options = { timeout: 300_000 };

test('demo: plays the day on a control plane of its own and leaves nothing running', options, async (t) => {
  const demo = startDemo(t, []);
  equal(await demo.ended, 0, demo.output());
  const output = demo.output();
  equal(output.includes('\u001b'), false, 'no colours where nobody sees them');
  for (const promised of [
    /^ {3}Kubernetes {2}https:\/\/\S+, up after/m,
    /^1 {2}A push deploys nginx with 3 replicas[\s\S]*created [^\n]*Deployment nginx[\s\S]*✓ 3 of 3 nginx pods run; Healthy [\d.]+ s/m,
    /^2 {2}A push scales nginx to 5[\s\S]*updated Deployment nginx: spec\.replicas 3 → 5\n\s+why: push \w{7} "Scale nginx to 5", by Ann <[\s\S]*✓ 5 of 5/m,
    /^3 {2}A change by hand[\s\S]*drift found: kubectl \(scale\) changed Deployment nginx: spec\.replicas 5 → 2; reverted[\s\S]*✓ 5 of 5/m,
    /drift found: kubectl \(set\) changed Deployment nginx: \S*env\[name=DEBUG\] added[^\n]*; reverted[\s\S]*✓ DEBUG is gone/m,
    /^4 {2}A revert in Git[\s\S]*spec\.replicas 5 → 3[\s\S]*✓ 3 of 3[\s\S]*pruned Service hello[\s\S]*✓ Service hello is gone/m,
    /^5 {2}A tutorial's Deployment[\s\S]*refused: deploy\/nginx\.yaml:1: [^\n]*spec\.selector: Required value; spec\.template\.metadata\.labels[\s\S]*hint: Correct this in deploy\/nginx\.yaml[\s\S]*✓ the same 3 nginx pods run on/m,
    /updated Deployment nginx: \S*image nginx:1\.28-alpine → nginx:1\.29-alpine[\s\S]*✓ rolled out: 3 of 3/m,
    /^6 {2}What Slack was told[\s\S]*nginx is at \w{7} "Deploy nginx and hello"[\s\S]*nginx refuses \w{7}[\s\S]*✓ 8 notices/m,
    /^7 {2}trueup hold[\s\S]*spec\.replicas 3 → 1; left alone[\s\S]*✓ 1 nginx pod runs, and stays[\s\S]*spec\.replicas 3 → 1; reverted[\s\S]*✓ 3 of 3[\s\S]*✓ 4 notices/m,
    /npm run demo -- --keep[\s\S]*trueup\.mjs init[\s\S]*trueup\.mjs serve/m,
  ]) {
    match(output, promised);
  }
  await nothingIsLeft(demo.folder());
});

test(
  'demo: --keep leaves it running, the printed lines work, and Ctrl-C removes it from the cluster',
  options,
  async (t) => {
    const slack = await startSlackReceiver();
    t.after(() => slack.close());
    const demo = startDemo(t, ['--keep', '--kubeconfig', plane.kubeconfig], { slackUrl: slack.url });
    await demo.untilSaid(/^Ctrl-C ends it/m);
    const lines = demo.output().match(/^ {3}(node|\/)\S* .*(--config|--kubeconfig) .*$/gm) ?? [];
    equal(lines.length, 7, demo.output());
    for (const line of lines) await run('sh', ['-c', line.trim()]);
    equal(slack.payloads.length, 12, 'a Slack that is named is told everything too');
    ok((await namespaces()).includes('trueup-demo'));
    demo.interrupt();
    equal(await demo.ended, 0, demo.output());
    deepEqual(
      (await namespaces()).filter((name) => name === 'trueup-demo'),
      [],
    );
    await nothingIsLeft(demo.folder());
  },
);

test('demo: Ctrl-C in the middle ends it soon and removes everything', options, async (t) => {
  const demo = startDemo(t, ['--kubeconfig', plane.kubeconfig]);
  await demo.untilSaid(/^3 {2}A change by hand/m);
  demo.interrupt();
  equal(await demo.ended, 130, demo.output());
  match(demo.output(), /Cleaning up/);
  deepEqual(
    (await namespaces()).filter((name) => name === 'trueup-demo'),
    [],
  );
  await nothingIsLeft(demo.folder());
});

test('demo: leaves a namespace alone that it did not make', options, async (t) => {
  const { kubectl } = await findTools();
  const onPlane = (...args: string[]) => run(kubectl, ['--kubeconfig', plane.kubeconfig, ...args]);
  await onPlane('create', 'namespace', 'trueup-demo');
  try {
    const demo = startDemo(t, ['--kubeconfig', plane.kubeconfig]);
    equal(await demo.ended, 2);
    match(
      demo.output(),
      /error: demo\.namespace_taken: .*trueup-demo[\s\S]*hint: .*kubectl delete namespace trueup-demo/,
    );
    ok((await namespaces()).includes('trueup-demo'));
  } finally {
    await onPlane('delete', 'namespace', 'trueup-demo');
  }
});

async function namespaces(): Promise<string[]> {
  const { kubectl } = await findTools();
  const args = ['--kubeconfig', plane.kubeconfig, 'get', 'namespaces', '-o', 'jsonpath={.items[*].metadata.name}'];
  return (await run(kubectl, args)).stdout.split(' ');
}

/** Everything the demo starts names its folder on its command line. */
async function nothingIsLeft(folder: string): Promise<void> {
  const { stdout } = await run('ps', ['-eo', 'pid=,args='], { maxBuffer: 16 * 1024 * 1024 });
  deepEqual(
    stdout.split('\n').filter((line) => line.includes(folder)),
    [],
  );
  equal(existsSync(folder), false, folder);
}
