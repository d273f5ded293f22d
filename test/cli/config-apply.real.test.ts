import { equal, match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { LocalAws } from '../../infra/local/aws/local-aws.ts';
import { startLocalAws } from '../../infra/local/aws/start-local-aws.ts';

const trueup = fileURLToPath(new URL('../../cli/trueup.ts', import.meta.url));
let aws: LocalAws;
let folder: string;

before(async () => {
  aws = await startLocalAws();
  folder = await mkdtemp(join(tmpdir(), 'trueup-config-'));
  const client = new CloudFormationClient(aws.clientConfig);
  const template = {
    Resources: { State: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'state-of-this-test' } } },
    Outputs: { Bucket: { Value: { Ref: 'State' } } },
  };
  const StackName = 'trueup-test';
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template) }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { StackName });
});
after(async () => {
  await aws?.stop();
  await rm(folder, { recursive: true, force: true });
});

function text({
  stack = 'trueup-test',
  installation = 'one',
  fleet = 'repoURL: "https://git.example.com/fleet", ',
} = {}) {
  return `
installation: ${installation}
store: {kind: aws, stack: ${stack}, region: ${aws.region}}
gitHosts: [{name: git, kind: git, url: "https://git.example.com"}]
clusters: [{name: prod, eks: {cluster: shop, region: ${aws.region}}}]
fleet: {${fleet}path: apps}
`;
}

async function apply(content: string): Promise<{ exitCode: number; said: string }> {
  const config = join(folder, 'trueup.yaml');
  await writeFile(config, content);
  return new Promise((resolve) => {
    const env = { ...process.env, ...aws.env };
    execFile(process.execPath, [trueup, 'config', 'apply', '--config', config], { env }, (error, stdout, stderr) => {
      resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, said: stdout + stderr });
    });
  });
}

async function stored(): Promise<string> {
  const s3 = new S3Client(aws.clientConfig);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'state-of-this-test', Key: 'config/trueup.yaml' }));
  return (await Body?.transformToString()) ?? '';
}

test('config apply puts the file where the functions read it, and says when it lies there already', async () => {
  match((await apply(text())).said, /In effect in trueup-test \(eu-west-1\) within a minute/);
  equal(await stored(), text());
  match((await apply(text())).said, /already/);
  match((await apply(text({ installation: 'two' }))).said, /within a minute/);
  equal(await stored(), text({ installation: 'two' }));
});

for (const [it, content, says] of [
  [
    'a fleet in a folder, which functions do not have',
    () => text({ fleet: '' }),
    /deploy\.not_deployable[\s\S]*fleet: \{repoURL/,
  ],
  ['a stack that there is not', () => text({ stack: 'trueup-other' }), /aws\.stack_missing/],
  [
    'the configuration of one machine',
    () => text().replace(/store:.*/, 'store: {kind: sqlite, path: a.db}'),
    /store\.kind cannot be sqlite/,
  ],
  ['a file that is wrong', () => text().replace('fleet:', 'flet:'), /config\.invalid/],
] as const) {
  test(`config apply refuses ${it}, and changes nothing`, async () => {
    const before = await stored();
    const { exitCode, said } = await apply(content());
    match(said, says);
    equal(exitCode, 2);
    equal(await stored(), before);
  });
}
