import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { lintTemplate } from '../../infra/aws/lint-template.ts';
import { tempFolder } from '../support/temp-folder.ts';

const run = promisify(execFile);
const checkout = fileURLToPath(new URL('../..', import.meta.url));
const takesMs = 8 * 60_000;

type Resource = { Type: string; Properties: Record<string, unknown> };
let resources: Record<string, Resource>;

before(async () => {
  // No credentials and no profile: packaging must not ask AWS anything.
  const { PATH, HOME, TRUEUP_CACHE } = process.env;
  const env = { PATH, HOME, ...(TRUEUP_CACHE && { TRUEUP_CACHE }), AWS_EC2_METADATA_DISABLED: 'true' };
  const { stdout } = await run(process.execPath, ['infra/package.ts'], { cwd: checkout, env, timeout: takesMs });
  match(stdout, /cfn-lint .* accepts|cfn-lint needs python3/);
  const template = join(checkout, '.serverless', 'cloudformation-template-update-stack.json');
  resources = JSON.parse(await readFile(template, 'utf8')).Resources;
});

test('package makes one function for each door, on Node 24', () => {
  const functions = Object.values(resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  deepEqual(
    functions.map(({ Properties }) => Properties.Handler).toSorted(),
    ['api', 'drift', 'notify', 'sync', 'webhook'].map((name) => `functions/${name}/handler.handler`),
  );
  ok(functions.every(({ Properties }) => Properties.Runtime === 'nodejs24.x'));
});

test('package gives only sync and drift and webhook a way into the queue, and only sync a way out of it', () => {
  const allowed = (role: string) => JSON.stringify(resources[role]?.Properties.Policies);
  for (const role of ['WebhookRole', 'SyncRole', 'DriftRole']) match(allowed(role), /sqs:SendMessage/);
  for (const role of ['NotifyRole', 'ApiRole']) ok(!allowed(role).includes('sqs:'));
  for (const role of ['WebhookRole', 'DriftRole', 'NotifyRole', 'ApiRole'])
    ok(!allowed(role).includes('ReceiveMessage'));
});

test('package has failed messages of a batch come again alone', () => {
  const mapping = Object.values(resources).find(({ Type }) => Type === 'AWS::Lambda::EventSourceMapping');
  deepEqual(mapping?.Properties.FunctionResponseTypes, ['ReportBatchItemFailures']);
});

test('lint-template refuses a template that CloudFormation would refuse', {
  skip: (await hasPython()) ? false : 'cfn-lint needs python3',
}, async (t) => {
  const template = join(tempFolder(t), 'template.json');
  const Queue = { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 'soon' } };
  await writeFile(template, JSON.stringify({ Resources: { Queue } }));
  const { accepted, message } = await lintTemplate(template);
  equal(accepted, false);
  match(message, /'soon' is not of type 'integer'/);
});

async function hasPython(): Promise<boolean> {
  return run('python3', ['--version']).then(
    () => true,
    () => false,
  );
}
