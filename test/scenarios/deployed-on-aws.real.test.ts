import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { until } from '../../infra/aws/verify/until.ts';
import type { VerifySetting } from '../../infra/aws/verify/verify-setting.ts';
import { type Meanwhile, verifyStory } from '../../infra/aws/verify/verify-story.ts';
import { findStack } from '../../lib/adapters/cloudformation/find-stack.ts';
import { type Cloud, openCloud } from '../support/open-cloud.ts';

const trueup = fileURLToPath(new URL('../../cli/trueup.ts', import.meta.url));
const run = promisify(execFile);
let cloud: Cloud;

before(async () => {
  cloud = await openCloud();
});
after(() => cloud?.stop());

test('deployed with one command: a push is applied, a hand edit undone by the schedule, people told, a lost table survived, and nothing is left', async () => {
  const setting = cloud.setting('story');
  const measured = await verifyStory(setting, (at) => loseTheTable(at, setting));
  ok(measured.healMs < 120_000);
  const told = cloud.slack.payloads.map((payload) => JSON.stringify(payload)).join('\n');
  ok(told.includes('verify'), 'Slack heard of the Application');
  equal(/scaled|replicas/.test(told), true, 'and of the hand edit');
});

/** The functions come back from Git and the cluster by themselves: held, nothing written, no pod touched, until somebody says go on. */
async function loseTheTable({ namespace, application, config }: Parameters<Meanwhile>[0], setting: VerifySetting) {
  const folder = await mkdtemp(join(tmpdir(), 'trueup-drill-'));
  const file = join(folder, 'trueup.yaml');
  await writeFile(file, config);
  const command = async (...args: string[]) =>
    (await run(process.execPath, [trueup, ...args, '--config', file], { env: setting.env })).stdout;
  try {
    const before = await seen(namespace, setting);
    await emptyTable('trueup-story');
    await until('the Application is back, and held', 150_000, async () =>
      (await command('apps')).includes('its state was lost'),
    );
    await until('its record is made anew', 30_000, async () => /Synced +Healthy/.test(await command('apps')));
    deepEqual(await seen(namespace, setting), before);
    match(await command('unhold', application), /No longer on hold/);
    await setting.kubectl(['scale', 'deployment/web', '--replicas=3', '-n', namespace]);
    await until('hand edits are undone again', 150_000, async () => {
      const path = '-o=jsonpath={.spec.replicas}';
      return (await setting.kubectl(['get', 'deployment/web', '-n', namespace, path])) === '2';
    });
    setting.say('the table was lost and came back without a write to the cluster');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function seen(namespace: string, { kubectl }: VerifySetting): Promise<string[]> {
  const path =
    '-o=jsonpath={range .items[*]}{.kind} {.metadata.name} {.metadata.uid} {.metadata.generation}{"\\n"}{end}';
  return (await kubectl(['get', 'deployments,configmaps,pods', '-n', namespace, path])).trim().split('\n').toSorted();
}

async function emptyTable(stack: string): Promise<void> {
  const { clientConfig } = cloud.aws;
  const TableName = (await findStack(new CloudFormationClient(clientConfig), stack))?.outputs.Table ?? '';
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientConfig));
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
    for (const { pk, sk } of Items) await client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
  }
  client.destroy();
}
