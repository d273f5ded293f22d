/** `trueup doctor --aws` against a stack that AWS on this machine has really deployed, with things wrong in it. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { CreateAccessEntryCommand, CreateClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { examineAws } from '../../../cli/doctor/examine-aws.ts';
import type { Finding } from '../../../cli/doctor/finding.ts';
import type { LocalAws } from '../../../infra/local/aws/local-aws.ts';
import { startLocalAws } from '../../../infra/local/aws/start-local-aws.ts';
import { template } from './deployed-stack.ts';

const stack = 'trueup-test';
const configText = `
store: {kind: aws, stack: ${stack}, region: eu-west-1}
gitHosts: [{name: git, kind: git, url: "https://git.example.com"}]
clusters: [{name: prod, eks: {cluster: shop, region: eu-west-1}}]
fleet: {repoURL: "https://git.example.com/fleet", path: .}
`;

let aws: LocalAws;
let folder: string;
let outputs: Record<string, string>;

before(async () => {
  aws = await startLocalAws();
  // As in a person's shell: the clients find these by themselves.
  Object.assign(process.env, aws.env);
  folder = await mkdtemp(join(tmpdir(), 'trueup-test-'));
  await writeFile(join(folder, 'trueup.yaml'), configText);
  outputs = await deploy();
  const eks = new EKSClient(aws.clientConfig);
  await eks.send(
    new CreateClusterCommand({
      name: 'shop',
      roleArn: outputs.SyncRole,
      resourcesVpcConfig: {},
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
    }),
  );
  await aws.serveEks('shop', { server: 'https://127.0.0.2:6443', ca: 'PEM' });
});
after(async () => {
  await aws?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function deploy(): Promise<Record<string, string>> {
  const client = new CloudFormationClient(aws.clientConfig);
  const TemplateBody = JSON.stringify(template);
  await client.send(new CreateStackCommand({ StackName: stack, TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName: stack });
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
  return Object.fromEntries(
    (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}

const examine = () => examineAws(join(folder, 'trueup.yaml'));

function of(findings: readonly Finding[], check: string): Finding {
  const found = findings.find((finding) => finding.check === check);
  if (found === undefined) throw new Error(`nothing was said about ${check}: ${JSON.stringify(findings)}`);
  return found;
}

function codes(findings: readonly Finding[]): [string, string][] {
  return findings.flatMap((finding) => (finding.ok ? [] : [[finding.check, finding.code]]));
}

test('examine-aws finds what is wrong with a deployed stack, and only that', async () => {
  deepEqual(codes(await examine()), [
    ['configuration of the functions', 'doctor.config_missing'],
    ['drift queues wake-ups', 'queue.denied'],
    ['self-test of audit', 'doctor.function_failed'],
    ['self-test of notify', 'doctor.function_failed'],
    ['cluster prod', 'doctor.no_access_entry'],
  ]);
});

test('examine-aws is content with the configuration and the access entry once they are there', async () => {
  const put = { Bucket: outputs.Bucket, Key: 'config/trueup.yaml', Body: configText };
  await new S3Client({ ...aws.clientConfig, forcePathStyle: true }).send(new PutObjectCommand(put));
  const entry = { clusterName: 'shop', principalArn: outputs.SyncRole, kubernetesGroups: ['trueup'] };
  await new EKSClient(aws.clientConfig).send(new CreateAccessEntryCommand(entry));
  const findings = await examine();
  ok(of(findings, 'configuration of the functions').ok);
  const cluster = of(findings, 'cluster prod');
  ok(cluster.ok);
  match(cluster.found, /authenticationMode API, arn:aws:iam::000000000000:role\/\S+ has group trueup$/);
  deepEqual(of(findings, 'dead letters'), { check: 'dead letters', ok: true, found: 'none' });
});

test('examine-aws explains a dead letter by the log of the function that gave it up, and leaves it there', async () => {
  const MessageBody = '{"v":1,"about":"application","name":"shop","why":"drift"}';
  const sent = await new SQSClient(aws.clientConfig).send(
    new SendMessageCommand({ QueueUrl: outputs.QueueUrl, MessageBody }),
  );
  const deadLetters = () => aws.queueMessages(outputs.DeadLettersUrl ?? '');
  for (let tries = 0; (await deadLetters()).length === 0; tries += 1) {
    if (tries > 300) throw new Error('waited in vain for the dead letter');
    await sleep(100);
  }
  const letter = of(await examine(), `dead letter ${sent.MessageId}`);
  ok(!letter.ok);
  equal(
    letter.message,
    'The wake-up about the Application shop (drift) failed each time it was delivered: git.unreachable: no answer',
  );
  match(letter.hint, /^Check the network\. Then give all of them back: `aws sqs start-message-move-task/);
  equal((await deadLetters()).length, 1);
});

test('examine-aws says that there is no such stack', async () => {
  await writeFile(join(folder, 'other.yaml'), configText.replace(`stack: ${stack}`, 'stack: trueup-other'));
  deepEqual(codes(await examineAws(join(folder, 'other.yaml'))), [['stack trueup-other', 'aws.stack_missing']]);
});

test('examine-aws says that AWS does not know who asks', async () => {
  process.env.AWS_ACCESS_KEY_ID = 'AKIANOBODYKNOWSTHIS1';
  try {
    deepEqual(codes(await examine()), [[`stack ${stack}`, 'aws.no_credentials']]);
  } finally {
    process.env.AWS_ACCESS_KEY_ID = aws.clientConfig.credentials.accessKeyId;
  }
});
