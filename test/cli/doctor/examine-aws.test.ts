import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import type { Installation } from '../../../cli/doctor/aws/installation.ts';
import { examineAws } from '../../../cli/doctor/examine-aws.ts';
import type { Finding } from '../../../cli/doctor/finding.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import {
  cluster,
  configText,
  deadLettersArn,
  exampleInstallation,
  resources,
  syncRole,
} from './aws/example-installation.ts';

async function examine(t: TestContext, over: Partial<Installation> = {}, text = configText): Promise<Finding[]> {
  const file = join(tempFolder(t), 'trueup.yaml');
  await writeFile(file, text);
  return examineAws(file, () => exampleInstallation(over));
}

async function failures(t: TestContext, over: Partial<Installation>, text = configText) {
  return (await examine(t, over, text)).flatMap((finding) => (finding.ok ? [] : [finding]));
}

/** The only failure. */
async function failure(t: TestContext, over: Partial<Installation>, text = configText) {
  const [found, ...more] = await failures(t, over, text);
  deepEqual(more, []);
  if (found === undefined) throw new Error('nothing failed');
  return found;
}

const functionNames = ['sync', 'render', 'webhook', 'drift', 'audit', 'notify', 'api'];

test('examine-aws looks at everything, in the order in which things depend on each other', async (t) => {
  const findings = await examine(t);
  deepEqual(
    findings.map(({ check }) => check),
    [
      'configuration',
      'stack trueup-prod',
      'configuration of the functions',
      'queue',
      'dead letters',
      ...functionNames.flatMap((name) => [`function ${name}`, `self-test of ${name}`, `${name} queues wake-ups`]),
      'cluster prod',
    ],
  );
  ok(findings.every(({ ok }) => ok));
  const queue = findings.find(({ check }) => check === 'queue');
  deepEqual(queue, { check: 'queue', ok: true, found: '3 waiting, 1 under way, 2 for later' });
});

test('examine-aws refuses an installation on one machine', async (t) => {
  const local = configText.replace('{kind: aws, stack: trueup-prod, region: eu-west-1}', '{kind: sqlite, path: a.db}');
  await rejects(examine(t, {}, local), { code: 'config.bad_argument' });
});

for (const { it, over, check, code, says } of [
  {
    it: 'a stack that there is not',
    over: {
      outputs: async () => Promise.reject(new Fault('aws.stack_missing', { stack: 'trueup-prod', region: 'r' })),
    },
    check: 'stack trueup-prod',
    code: 'aws.stack_missing',
    says: /There is no stack trueup-prod/,
  },
  {
    it: 'a resource that could not be made',
    over: {
      resources: async () => [
        ...resources,
        { logicalId: 'Table', physicalId: '', type: 'T', status: 'UPDATE_FAILED', because: 'limit reached' },
      ],
    },
    check: 'stack trueup-prod',
    code: 'doctor.stack_incomplete',
    says: /not complete: Table is UPDATE_FAILED \(limit reached\)$/,
  },
  {
    it: 'a function that is not in the stack',
    over: { resources: async () => resources.filter(({ physicalId }) => physicalId !== 'trueup-prod-audit') },
    check: 'stack trueup-prod',
    code: 'doctor.stack_incomplete',
    says: /it has no function audit$/,
  },
  {
    it: 'no configuration',
    over: { storedConfig: async () => null },
    check: 'configuration of the functions',
    code: 'doctor.config_missing',
    says: /nothing at s3:\/\/the-bucket\/config\/trueup\.yaml/,
  },
  {
    it: 'another configuration',
    over: { storedConfig: async () => configText.replace('cluster: shop', 'cluster: old') },
    check: 'configuration of the functions',
    code: 'doctor.config_differs',
    says: /eks\.cluster old → shop/,
  },
  {
    it: 'a configuration that is wrong',
    over: { storedConfig: async () => 'store: nowhere' },
    check: 'configuration of the functions',
    code: 'config.invalid',
    says: /s3:\/\/the-bucket\/config\/trueup\.yaml/,
  },
  {
    it: 'a queue that sync may not read',
    over: { queueTroubles: async () => ['arn:q: PROBLEM: Lambda cannot receive'] },
    check: 'function sync',
    code: 'doctor.function_broken',
    says: /PROBLEM: Lambda cannot receive/,
  },
  {
    it: 'a cluster that does not know access entries',
    over: { eks: async () => ({ described: { ...cluster, authenticationMode: 'CONFIG_MAP' }, entry: null }) },
    check: 'cluster prod',
    code: 'eks.config_map_only',
    says: /CONFIG_MAP/,
  },
  {
    it: 'an access entry that allows nothing',
    over: { eks: async () => ({ described: cluster, entry: { policies: [], groups: [] } }) },
    check: 'cluster prod',
    code: 'doctor.empty_access_entry',
    says: /no policy and no group/,
  },
])
  test(`examine-aws finds ${it}`, async (t) => {
    const found = await failure(t, over);
    deepEqual([found.check, found.code], [check, code]);
    match(found.message, says);
  });

test('examine-aws does not mind comments and the order of keys', async (t) => {
  const stored = `# installed by ann\n${configText.replace('name: git, kind: git', 'kind: git, name: git')}`;
  deepEqual(await failures(t, { storedConfig: async () => stored }), []);
});

test('examine-aws gives the commands that make the access entry', async (t) => {
  const { code, hint } = await failure(t, { eks: async () => ({ described: cluster, entry: null }) });
  const where = `--cluster-name shop --region eu-west-1 --principal-arn ${syncRole}`;
  equal(code, 'doctor.no_access_entry');
  ok(hint.includes(`\`aws eks create-access-entry ${where} --kubernetes-groups trueup\``));
  match(hint, /`kubectl apply -f infra\/aws\/eks-access\/cluster-role\.yaml`/);
});

const roleArn = 'arn:aws:iam::444455556666:role/trueup-deploy';
const otherAccount = configText.replace('region: eu-west-1}}', `region: eu-west-1, roleArn: "${roleArn}"}}`);

test('examine-aws asks for the access entry of the role that is assumed', async (t) => {
  const asked: string[] = [];
  const eks: Installation['eks'] = async (_, principal) => {
    asked.push(principal);
    return { described: cluster, entry: { policies: [], groups: ['trueup'] } };
  };
  deepEqual(await failures(t, { eks, storedConfig: async () => otherAccount }, otherAccount), []);
  deepEqual(asked, [roleArn]);
});

test('examine-aws leaves a cluster to the self-test of sync where a person is not let in', async (t) => {
  const denied = new Fault('eks.access_denied', { action: 'sts:AssumeRole', resource: roleArn });
  const over = { eks: async () => Promise.reject(denied), storedConfig: async () => otherAccount };
  const last = (await examine(t, over, otherAccount)).at(-1);
  ok(last?.ok);
  match(last.found, /^not looked at from here/);
});

test('examine-aws shows what a function may not do, and goes on with the others', async (t) => {
  const statement = '{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:q"}';
  const missing = {
    check: 'queues wake-ups',
    ok: false,
    code: 'queue.denied',
    message: 'no',
    hint: statement,
  } as const;
  const selfTest: Installation['selfTest'] = async (name) => (name === 'trueup-prod-drift' ? [missing] : []);
  deepEqual(await failure(t, { selfTest }), { ...missing, check: 'drift queues wake-ups' });
});

test('examine-aws says which function gives no answer', async (t) => {
  const failed = new Fault('doctor.function_failed', {
    function: 'trueup-prod-api',
    region: 'r',
    because: 'Sandbox.Timedout',
  });
  const selfTest: Installation['selfTest'] = async (name) => (name === 'trueup-prod-api' ? Promise.reject(failed) : []);
  const { check, hint } = await failure(t, { selfTest });
  equal(check, 'self-test of api');
  match(hint, /aws logs tail \/aws\/lambda\/trueup-prod-api/);
});

const facts = {
  state: 'Active',
  stateReason: '',
  lastUpdate: 'Successful',
  lastUpdateReason: '',
  runtime: 'nodejs24.x',
};

for (const { it, given, says } of [
  { it: 'could not be made', given: { state: 'Failed', stateReason: 'no network' }, says: 'it is Failed: no network' },
  {
    it: 'could not be updated',
    given: { lastUpdate: 'Failed', lastUpdateReason: 'no role' },
    says: 'its last update failed: no role',
  },
  {
    it: 'runs on an old Node',
    given: { runtime: 'nodejs20.x' },
    says: 'it runs on nodejs20.x, and is made for nodejs24.x',
  },
])
  test(`examine-aws finds a function that ${it}`, async (t) => {
    const describeFunction = async () => ({ ...facts, ...given });
    const found = await failures(t, { describeFunction });
    equal(found.length, functionNames.length);
    ok(found[0]?.message.endsWith(says), found[0]?.message);
  });

test('examine-aws takes a function that nobody called for weeks', async (t) => {
  deepEqual(await failures(t, { describeFunction: async () => ({ ...facts, state: 'Inactive' }) }), []);
});

const letter = { messageId: 'm-1', body: '{"v":1,"about":"application","name":"shop","why":"drift"}', sentAt: 5 };

for (const { it, body, failure: logged, says, hint } of [
  {
    it: 'what waiting did not cure',
    body: letter.body,
    failure: { message: 'git.unreachable: no answer', hint: 'Check the network.' },
    says: 'The wake-up about the Application shop (drift) failed each time it was delivered: git.unreachable: no answer',
    hint: /^Check the network\. Then give all of them back: `aws sqs start-message-move-task --source-arn arn:aws:sqs/,
  },
  {
    it: 'a bug',
    body: '{"about":"cluster","name":"prod","why":"tick"}',
    failure: { message: 'TypeError: x is undefined', hint: null },
    says: 'The wake-up about the cluster prod (tick) failed each time it was delivered: TypeError: x is undefined',
    hint: /^This looks like a bug/,
  },
  {
    it: 'a function that was stopped each time',
    body: '{"about":"fleet","why":"tick"}',
    failure: null,
    says: 'The wake-up about the fleet (tick) failed each time it was delivered: the log says nothing of a failure',
    hint: /Task timed out/,
  },
  {
    it: 'what nobody can read',
    body: 'hello',
    failure: null,
    says: 'The wake-up about something that cannot be read (not written by Trueup) failed each time it was delivered: the log says nothing of a failure',
    hint: /Task timed out/,
  },
])
  test(`examine-aws explains a dead letter by ${it}`, async (t) => {
    const asked: unknown[] = [];
    const found = await failure(t, {
      deadLetters: async () => ({ queueArn: deadLettersArn, count: 1, letters: [{ ...letter, body }] }),
      async lastFailure(worker, { messageId }) {
        asked.push([worker, messageId]);
        return logged;
      },
    });
    deepEqual([found.check, found.message, asked], ['dead letter m-1', says, [['trueup-prod-sync', 'm-1']]]);
    match(found.hint, hint);
  });
