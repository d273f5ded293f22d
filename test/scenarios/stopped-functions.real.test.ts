/** Story: the sync function is stopped in the middle, again and again, by time and by memory; the work goes on as if nothing had been. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findTools } from '../../infra/local/tools.ts';
import { sqsQueue } from '../../lib/adapters/sqs/queue.ts';
import { tick } from '../../lib/flow/tick.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { deliverOne, letTimePass } from '../support/stopped/event-source.ts';
import { type Installation, openInstallation } from '../support/stopped/open-installation.ts';

const plane = sharedControlPlane();
let installation: Installation;
let namespace: string;

const count = 400;
const minuteMs = 60_000;
const run = promisify(execFile);

describe('stopped-functions', { concurrency: true }, () => {
  before(async () => {
    installation = await openInstallation(plane.kubeconfig);
    namespace = await plane.freshNamespace();
  });
  after(() => installation?.stop());

  test('killed by time at many moments, and by memory: in the end all is as Git says, and told once', async (t) => {
    const { work, store, aws, deadLettersUrl } = installation;
    const stops: string[] = [];
    await work.push('Begin', { 'fleet/shop.json': applicationText(), ...manifests('1') });
    await sendPush();
    await killInTheMiddle([800, 1_200, 1_700, 2_300], stops);
    await finish();
    await seeAll('1');

    await work.push('Change everything', manifests('2'));
    await sendPush();
    await killInTheMiddle([1_000, 1_400, 2_000, 3_000], stops);
    await finish();
    await seeAll('2');

    await work.push('Change everything again', manifests('3'));
    await sendPush();
    await killForMemory(stops);
    await finish();
    await seeAll('3');

    t.diagnostic(stops.join(', '));
    ok(stops.length >= 6, `stopped ${stops.length} times`);
    const events = await store.events.list({ limit: 100_000 });
    const told = (type: string) => events.filter((event) => event.type === type).length;
    const types = ['sync.started', 'sync.finished', 'object.created', 'object.updated'];
    deepEqual(types.map(told), [3, 3, count + 1, 2 * (count + 1)]);
    equal(new Set(events.map(({ id }) => id)).size, events.length);
    // Only a change raises it: what was sent again was the same.
    equal(await kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.metadata.generation}'), '3');
    deepEqual(await aws.queueMessages(deadLettersUrl), []);
  });

  test('the message of a killed function comes back within two minutes by itself, and its log says so', async (t) => {
    const { sqs, store, otherQueueUrl: queueUrl, silentRepoURL: repoURL } = installation;
    // A repository that no Application reads is not asked.
    const source = { repoURL, targetRevision: 'main', path: '.' };
    await store.applications.put(exampleApplication({ name: 'silent', source }), { cluster: 'prod', leaving: false });
    await sqsQueue(sqs, queueUrl).send({ about: 'repository', repoURL, why: 'test' });
    const runtime = await installation.startSync({ killedAfterMs: 10_000, queueUrl });
    t.after(() => runtime.stop());
    const startedAt = performance.now();
    const first = await deliverOne({ sqs, queueUrl }, runtime);
    equal(first?.result.kind, 'timeout');
    let again = await deliverOne({ sqs, queueUrl }, runtime);
    for (; again === null; again = await deliverOne({ sqs, queueUrl }, runtime)) await sleep(1_000);
    const cameAfterMs = performance.now() - startedAt - again.result.durationMs;
    const log = await runtime.log();
    deepEqual([again.messageId, again.received], [first?.messageId, 2]);
    ok(cameAfterMs < 2.2 * minuteMs, `it came back after ${cameAfterMs} ms`);
    match(log, /"message.came_again"/);
  });
});

async function sendPush(): Promise<void> {
  const { sqs, queueUrl, repoURL } = installation;
  await sqsQueue(sqs, queueUrl).send({ about: 'repository', repoURL, why: 'push' });
}

/** Each function is killed so long after it was given the message that it does not get done with. */
async function killInTheMiddle(momentsMs: readonly number[], stops: string[]): Promise<void> {
  for (const killedAfterMs of momentsMs) {
    const runtime = await installation.startSync({ killedAfterMs });
    for (;;) {
      const delivery = await deliverOne(installation, runtime);
      if (delivery === null) break;
      if (delivery.result.kind === 'response') continue;
      equal(delivery.result.kind, 'timeout', delivery.result.body);
      stops.push(`${JSON.parse(delivery.body).about} after ${killedAfterMs} ms`);
      await letTimePass(installation, delivery, 6 * minuteMs);
      break;
    }
    await runtime.stop();
  }
}

/** A function with a little more memory than it takes to read the repository does not get through a sync. */
async function killForMemory(stops: string[]): Promise<void> {
  const roomy = await installation.startSync({ killedAfterMs: minuteMs });
  const reading = await deliverOne(installation, roomy);
  await roomy.stop();
  const memoryMb = Math.ceil(reading?.result.maxRssMb ?? 0) + 8;
  const narrow = await installation.startSync({ killedAfterMs: minuteMs, memoryMb });
  for (;;) {
    const delivery = await deliverOne(installation, narrow);
    ok(delivery !== null, 'it had enough memory');
    if (delivery.result.kind === 'response') continue;
    match(delivery.result.body, /Runtime.OutOfMemory/);
    stops.push(`${JSON.parse(delivery.body).about} at ${memoryMb} MB`);
    await letTimePass(installation, delivery, 6 * minuteMs);
    break;
  }
  await narrow.stop();
}

/** Let be, with the minute's tick now and then, until nothing is left to do. */
async function finish(): Promise<void> {
  const { store, sqs, queueUrl, aws } = installation;
  const runtime = await installation.startSync({ killedAfterMs: 5 * minuteMs });
  const until = performance.now() + minuteMs;
  for (let turn = 1; ; turn += 1) {
    ok(performance.now() < until, 'it ends within a minute');
    const delivery = await deliverOne(installation, runtime);
    if (delivery !== null) continue;
    const [entry] = await store.applications.list();
    const isQuiet = entry?.state.sync === 'Synced' && entry.state.operation === null && entry.lookAt === null;
    if (isQuiet && (await aws.queueMessages(queueUrl)).length === 0) break;
    if (turn % 10 === 0) await tick({ ...store, queue: sqsQueue(sqs, queueUrl), now: Date.now });
    await sleep(100);
  }
  await runtime.stop();
}

async function seeAll(value: string): Promise<void> {
  const path = 'jsonpath={range .items[*]}{.data.value}{"\\n"}{end}';
  const values = await kubectl('get', 'configmaps', '-l', 'trueup.dev/application=shop', '-o', path);
  deepEqual(values.split('\n'), Array(count).fill(value));
}

async function kubectl(...args: string[]): Promise<string> {
  const { kubectl: program } = await findTools();
  const flags = ['--kubeconfig', plane.kubeconfig, '-n', namespace];
  const { stdout } = await run(program, [...flags, ...args], { timeout: 20_000 });
  return stdout.trim();
}

function applicationText(): string {
  return JSON.stringify({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'shop' },
    spec: {
      project: 'default',
      source: { repoURL: installation.repoURL, targetRevision: 'main', path: 'app' },
      destination: { name: 'prod', namespace },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    },
  });
}

function manifests(value: string): Record<string, string> {
  const items = Array.from({ length: count }, (_, at) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `settings-${at}` },
    data: { value },
  }));
  const labels = { app: 'web' };
  const containers = [{ name: 'web', image: `registry.example.com/web:${value}` }];
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  };
  return {
    'app/settings.yaml': items.map((item) => JSON.stringify(item)).join('\n---\n'),
    'app/web.yaml': JSON.stringify(deployment),
  };
}
