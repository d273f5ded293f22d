/** Story: `trueup serve` is killed with -9 again and again while the demo plays; nothing is lost and nothing is doubled. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { createNarrator } from '../../cli/demo/narrator.ts';
import type { Moment, Playground } from '../../cli/demo/playground.ts';
import { runDemo } from '../../cli/demo/run-demo.ts';
import { messageText } from '../../infra/local/slack-receiver/message-text.ts';
import { sharedControlPlane } from '../support/control-plane.ts';

const plane = sharedControlPlane();

/** One kill for each moment of the day, in its order: at once, or when the log of serve says that it is there. */
const kills: readonly (RegExp | 'at once')[][] = [
  [
    /"step":"apply"/,
    'at once',
    /"step":"apply"/,
    'at once',
    /"step":"settle"/,
    /"step":"apply"/,
    /"step":"plan"/,
    /"step":"settle"/,
    'at once',
    /"step":"inspect"/,
    'at once',
  ],
  [
    'at once',
    /"step":"settle"/,
    'at once',
    /"step":"apply"/,
    /"step":"plan"/,
    'at once',
    /"step":"start"/,
    /"step":"apply"/,
    'at once',
    'at once',
    /"step":"apply"/,
  ],
];
const logSaysWithinMs = 3_000;

for (const [round, plan] of kills.entries()) {
  test(`demo-killed: round ${round + 1} of kills ends as a quiet day does`, { timeout: 300_000 }, async () => {
    const said: string[] = [];
    const left = [...plan];
    let inTime = 0;
    const onMoment = async (moment: Moment, playground: Playground) => {
      if (moment === 'played') return isAsAfterAQuietDay(playground);
      const when = left.shift();
      ok(when, `there is no kill for ${moment}`);
      if (await killAndStart(when, playground)) inTime += 1;
    };
    await runDemo({
      trueup: [process.execPath, fileURLToPath(new URL('../../cli/trueup.ts', import.meta.url))],
      kubeconfig: plane.kubeconfig,
      slackUrl: null,
      keep: false,
      tell: createNarrator({
        write: (text) => said.push(text),
        now: () => new Date(),
        paint: (_, text) => text,
        width: null,
      }),
      signal: new AbortController().signal,
      onMoment,
    }).catch((error: unknown) => {
      throw new Error(said.join(''), { cause: error });
    });
    deepEqual(left, []);
    ok(inTime > plan.length / 2, `only ${inTime} of ${plan.length} kills came in the step they were meant for`);
  });
}

/** False: the step was over before it was seen, and the kill came later than wanted. */
async function killAndStart(when: RegExp | 'at once', { serve }: Playground): Promise<boolean> {
  const giveUpMs = performance.now() + logSaysWithinMs;
  let isThere = when === 'at once';
  while (when !== 'at once' && !isThere && performance.now() < giveUpMs) {
    isThere = when.test(underWay(await serve.log()));
    await sleep(5);
  }
  await serve.kill();
  await serve.start();
  return isThere;
}

/** What the log says since the Application last rested. */
function underWay(log: string): string {
  return log.slice(Math.max(0, log.lastIndexOf('"step":"rest"')));
}

async function isAsAfterAQuietDay(playground: Playground): Promise<void> {
  await clusterEqualsGit(playground);
  const events = readEvents.parse(JSON.parse(await playground.trueup('events', '--limit', '500', '-o', 'json')));
  deepEqual(events.flatMap(changeOf).toSorted(), everyChange.toSorted());
  equal(new Set(events.map(({ id }) => id)).size, events.length, 'no event stands twice');
  const told = playground.slack.payloads.map((payload) => messageText(payload)).join('\n');
  for (const { id } of events.filter(({ type }) => importantTypes.includes(type)))
    ok(told.includes(`${id}@`), `nobody was told of ${id}`);
}

/** By Trueup's own word, and by that of kubectl, which knows nothing of Trueup. */
async function clusterEqualsGit({ trueup, kubectl, folder }: Playground): Promise<void> {
  await trueup('plan', 'nginx');
  await trueup('drift', 'nginx');
  const asIs = ['--server-side', '--force-conflicts', '--field-manager', 'another-eye'];
  equal(await kubectl.run('diff', ...asIs, '--filename', join(folder, 'shop', 'deploy')), '');
  equal(await kubectl.exists('service', 'hello'), false);
}

const readEvents = z.array(
  z.looseObject({
    id: z.string(),
    type: z.string(),
    action: z.string().optional(),
    result: z.string().optional(),
    object: z.object({ kind: z.string(), name: z.string() }).optional(),
    diff: z.array(z.looseObject({ path: z.string(), to: z.unknown().optional() })).optional(),
  }),
);
type ReadEvent = z.infer<typeof readEvents>[number];

const container = 'spec.template.spec.containers[name=nginx]';

/** What a day without any kill has in its record. */
const everyChange = [
  'object.created Namespace trueup-demo',
  'object.created ConfigMap hello',
  'object.created Deployment hello',
  'object.created Service hello',
  'object.created Deployment nginx',
  'object.created Service nginx',
  'object.updated Deployment nginx: spec.replicas 5',
  'reverted Deployment nginx: spec.replicas 2',
  `reverted Deployment nginx: ${container}.env[name=DEBUG] {"name":"DEBUG","value":"true"}`,
  'object.updated Deployment nginx: spec.replicas 3',
  'object.pruned Service hello',
  `object.updated Deployment nginx: ${container}.image "nginx:1.29-alpine"`,
  'held Deployment nginx: spec.replicas 1',
  'reverted Deployment nginx: spec.replicas 1',
  ...Array.from({ length: 5 }, () => 'sync succeeded'),
  'sync refused',
];

function changeOf({ type, action, object, diff = [], result }: ReadEvent): string[] {
  if (type === 'sync.finished') return [`sync ${result}`];
  if (object === undefined) return [];
  const fields = diff.map(({ path, to }) => `${path} ${JSON.stringify(to)}`).join(', ');
  return [`${action ?? type} ${object.kind} ${object.name}${fields === '' ? '' : `: ${fields}`}`];
}

/** Of these people always hear. */
const importantTypes = ['sync.finished', 'drift.found', 'hold.set', 'hold.ended'];
