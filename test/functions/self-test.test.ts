import { deepEqual, equal, match, ok } from 'node:assert/strict';
import test from 'node:test';
import { SQSServiceException } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import { type SelfCheck, type SelfFinding, selfFinding, selfTest, selfTestEvent } from '../../functions/self-test.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { silentLog } from '../support/silent-log.ts';
import { httpEvent, lambdaContext, scheduledEvent, sqsEvent } from './lambda-events.ts';

function door(open: () => Promise<SelfCheck[]>) {
  return middy<unknown, SelfFinding[] | 'worked'>()
    .use(selfTest(open, silentLog))
    .handler(async (): Promise<SelfFinding[] | 'worked'> => 'worked');
}

async function findings(open: () => Promise<SelfCheck[]>, remainingMs = 10_000): Promise<SelfFinding[]> {
  const context = { ...lambdaContext, getRemainingTimeInMillis: () => remainingMs };
  const answer: unknown = JSON.parse(JSON.stringify(await door(open)(selfTestEvent, context)));
  return selfFinding.array().parse(answer);
}

async function findingOf(error: unknown): Promise<SelfFinding> {
  const [finding] = await findings(async () => [{ check: 'queues', attempt: async () => Promise.reject(error) }]);
  if (finding === undefined) throw new Error('there is no finding');
  return finding;
}

for (const [it, event] of [
  ['a wake-up', sqsEvent('{"trueup":"self-test"}')],
  ['the schedule', scheduledEvent],
  ['a request that says so', httpEvent({ routeKey: 'POST /x', path: '/x', body: '{"trueup":"self-test"}' })],
  ['nothing', {}],
  ['another test', { trueup: 'other' }],
] as const)
  test(`self-test leaves ${it} to the handler`, async () => {
    equal(await door(async () => [])(event, lambdaContext), 'worked');
  });

test('self-test tries everything, however much of it fails', async () => {
  const tried: string[] = [];
  const check = (name: string, error?: unknown): SelfCheck => ({
    check: name,
    async attempt() {
      tried.push(name);
      if (error !== undefined) throw error;
    },
  });
  const found = await findings(async () => [
    check('a', new TypeError('bug')),
    check('b'),
    check('c', new Fault('store.unavailable', { path: 't' })),
  ]);
  deepEqual(tried, ['a', 'b', 'c']);
  deepEqual(
    found.map((finding) => [finding.check, finding.ok || finding.code]),
    [
      ['a', 'unexpected'],
      ['b', true],
      ['c', 'store.unavailable'],
    ],
  );
});

test('self-test shows nothing of what it reads', async () => {
  const found = await findings(async () => [{ check: 'reads the secret', attempt: async () => 'hunter2' }]);
  deepEqual(found, [{ check: 'reads the secret', ok: true }]);
});

const role = 'arn:aws:sts::111122223333:assumed-role/trueup-prod-sync/x';
const queue = 'arn:aws:sqs:eu-west-1:111122223333:trueup-prod-wake-ups';
const denied = (rest: string) =>
  new SQSServiceException({
    name: 'AccessDenied',
    message: `User: ${role} is not authorized to perform: sqs:sendmessage on resource: ${queue} ${rest}`,
    $fault: 'client',
    $metadata: { httpStatusCode: 403 },
  });

for (const [it, wrap] of [
  ['the SDK', (error: unknown) => error],
  ['an adapter', (error: unknown) => new Fault('queue.unavailable', { queue: 'q' }, { cause: error })],
] as const)
  test(`self-test writes the statement that is missing, when it is ${it} that says so`, async () => {
    const finding = await findingOf(wrap(denied('because no identity-based policy allows the sqs:sendmessage action')));
    ok(!finding.ok);
    equal(
      finding.hint,
      `The role is not as it was deployed: deploy again, or add this statement to ${role}: {"Effect":"Allow","Action":"sqs:sendmessage","Resource":"${queue}"}`,
    );
  });

test('self-test does not advise a statement where a policy forbids it', async () => {
  const finding = await findingOf(denied('with an explicit deny in a service control policy'));
  ok(!finding.ok);
  match(finding.hint, /^A policy of the account or organisation forbids sqs:sendmessage/);
});

test('self-test does not wait longer than the function may run', async () => {
  const never = new Promise(() => {});
  const found = await findings(async () => [{ check: 'asks', attempt: () => never }], 1_520);
  deepEqual(
    found.map((finding) => finding.ok || [finding.code, finding.message]),
    [['doctor.no_answer', 'No answer within 20 ms']],
  );
});

test('self-test also tells what a function cannot even begin with', async () => {
  const found = await findings(async () =>
    Promise.reject(new Fault('config.missing', { path: 's3://b/config/trueup.yaml' })),
  );
  deepEqual(
    found.map((finding) => [finding.check, finding.ok || finding.code]),
    [['reads its configuration', 'config.missing']],
  );
});
