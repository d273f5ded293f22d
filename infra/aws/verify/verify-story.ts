/**
 * The story that a deployed installation must be able to tell: deployed with one command, a push applied, a hand edit
 * undone by the schedule, people told, everything removed. The same on the local AWS and in a real account.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CreateAccessEntryCommand, DeleteAccessEntryCommand, EKSClient } from '@aws-sdk/client-eks';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { findStack } from '../../../lib/adapters/cloudformation/find-stack.ts';
import { sendPush } from '../../local/git-server/send-push.ts';
import { root } from '../run-osls.ts';
import { runProgram } from '../run-program.ts';
import { createSecrets, deleteSecrets } from './stage-secrets.ts';
import { until } from './until.ts';
import type { VerifySetting } from './verify-setting.ts';
import { application, applicationText, configText, manifests } from './write-files.ts';

/** Milliseconds, seen from outside. */
export type Measured = { deployMs: number; firstSyncMs: number; secondSyncMs: number; healMs: number };

type Stage = VerifySetting & { namespace: string; secrets: Record<string, string>; outputs: Outputs };

type Outputs = { SyncRole: string; HooksUrl: string; ApiUrl: string };

/** What else can be tried before everything is removed. */
export type Meanwhile = (at: { namespace: string; application: string; config: string }) => Promise<void>;

/** Throws at the first promise that is broken; what was made is removed in any case. */
export async function verifyStory(setting: VerifySetting, meanwhile?: Meanwhile): Promise<Measured> {
  const namespace = `${setting.stage}-app`;
  const secrets = {
    'webhook/git': randomBytes(20).toString('hex'),
    'access/verify': randomBytes(20).toString('hex'),
    ...(setting.repository.token !== undefined && { 'git/token': setting.repository.token }),
    ...(setting.slackUrl !== undefined && { 'notify/slack': setting.slackUrl }),
  };
  const { region, stage, say } = setting;
  const secretsManager = new SecretsManagerClient({ region, ...setting.aws });
  await createSecrets(secretsManager, stage, secrets);
  try {
    await setting.repository.push('Begin', {
      'fleet/verify.yaml': applicationText(namespace, setting),
      ...manifests('registry.k8s.io/pause:3.9'),
    });
    const deployMs = await deploy(setting);
    const outputs = await readOutputs(setting);
    if (outputs === null) throw new Error(`there is no stack trueup-${stage}`);
    const story: Stage = { ...setting, namespace, secrets, outputs };
    await letIn(story);
    say('deployed, and let into the cluster');
    const firstSyncMs = await followFirstPush(story);
    const secondSyncMs = await followSecondPush(story);
    const healMs = await seeHandEditUndone(story);
    await seeRecord(story);
    await meanwhile?.({ namespace, application, config: configText(setting) });
    return { deployMs, firstSyncMs, secondSyncMs, healMs };
  } finally {
    await remove(setting, namespace, secretsManager, Object.keys(secrets));
    secretsManager.destroy();
  }
}

async function deploy(setting: VerifySetting): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'trueup-verify-'));
  const config = join(folder, 'trueup.yaml');
  await writeFile(config, configText(setting));
  const startedMs = performance.now();
  const args = ['--stage', setting.stage, '--region', setting.region, '--config', config];
  try {
    await runNode('infra/deploy.ts', args, setting);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return performance.now() - startedMs;
}

async function readOutputs({ stage, region, aws }: VerifySetting): Promise<Outputs | null> {
  const client = new CloudFormationClient({ region, ...aws });
  const stack = await findStack(client, `trueup-${stage}`);
  client.destroy();
  const { SyncRole = '', HooksUrl = '', ApiUrl = '' } = stack?.outputs ?? {};
  return stack === null ? null : { SyncRole, HooksUrl, ApiUrl };
}

async function letIn({ aws, region, cluster, outputs, kubectl }: Stage): Promise<void> {
  const eks = new EKSClient({ region, ...aws });
  const entry = { clusterName: cluster, principalArn: outputs.SyncRole, kubernetesGroups: ['trueup'] };
  await eks.send(new CreateAccessEntryCommand(entry));
  eks.destroy();
  await kubectl(['apply', '-f', '-'], await readFile(join(root, 'infra/aws/eks-access/cluster-role.yaml'), 'utf8'));
}

/** The fleet is read, the Application registered, rendered by the render function and applied. */
async function followFirstPush(story: Stage): Promise<number> {
  const startedMs = performance.now();
  await deliver(story);
  await until('the Deployment is in the cluster', 120_000, async () => (await imageOf(story)) !== '');
  const ms = performance.now() - startedMs;
  await until('the first sync has succeeded', 60_000, async () =>
    (await events(story)).some(({ type, result }) => type === 'sync.finished' && result === 'succeeded'),
  );
  story.say(`the first push is in the cluster after ${seconds(ms)}`);
  return ms;
}

async function followSecondPush(story: Stage): Promise<number> {
  const image = 'registry.k8s.io/pause:3.10';
  await story.repository.push('Raise the image', manifests(image));
  const startedMs = performance.now();
  await deliver(story);
  await until('the new image is in the cluster', 60_000, async () => (await imageOf(story)) === image);
  const ms = performance.now() - startedMs;
  story.say(`a changed image is in the cluster ${seconds(ms)} after the webhook`);
  return ms;
}

/** Nothing tells Trueup: the minute's schedule finds it. */
async function seeHandEditUndone(story: Stage): Promise<number> {
  await until('both syncs have succeeded', 60_000, async () => {
    const seen = await events(story);
    return seen.filter(({ type, result }) => type === 'sync.finished' && result === 'succeeded').length === 2;
  });
  const startedMs = performance.now();
  await story.kubectl(['scale', 'deployment/web', '--replicas=5', '-n', story.namespace]);
  const replicas = async () =>
    story.kubectl(['get', 'deployment/web', '-n', story.namespace, '-o', 'jsonpath={.spec.replicas}']);
  await until('the hand edit is undone', 180_000, async () => (await replicas()) === '2');
  const ms = performance.now() - startedMs;
  story.say(`kubectl scale was undone after ${seconds(ms)}`);
  return ms;
}

async function seeRecord(story: Stage): Promise<void> {
  await until('the record tells of the drift', 60_000, async () =>
    (await events(story)).some(({ type }) => type === 'drift.found'),
  );
  story.say('the record tells of all of it');
}

/** A push body shaped like GitHub's; it only wakes Trueup, which asks the Git host itself. */
async function deliver({ outputs, reach, repository, secrets }: Stage): Promise<void> {
  const name = new URL(repository.url).pathname.replace(/^\/|\.git$/g, '');
  const body = {
    ref: 'refs/heads/main',
    before: '0'.repeat(40),
    after: '1'.repeat(40),
    commits: [],
    repository: { name, full_name: name, clone_url: repository.url, html_url: repository.url, default_branch: 'main' },
    pusher: { name: 'verify' },
  };
  const sent = await sendPush({ url: `${reach(outputs.HooksUrl)}/git`, secret: secrets['webhook/git'] ?? '' }, body);
  if (!('status' in sent) || sent.status !== 202) throw new Error(`the webhook was not taken: ${JSON.stringify(sent)}`);
}

type SeenEvent = { type: string; result?: string };

/** Newest first. */
async function events({ outputs, reach, secrets }: Stage): Promise<SeenEvent[]> {
  const answer = await fetch(`${reach(outputs.ApiUrl)}/events?application=${application}`, {
    headers: { authorization: `Bearer ${secrets['access/verify']}` },
  });
  if (!answer.ok) throw new Error(`the API answers ${answer.status}: ${await answer.text()}`);
  const { items }: { items: SeenEvent[] } = JSON.parse(await answer.text());
  return items;
}

function imageOf({ kubectl, namespace }: Stage): Promise<string> {
  const path = '-o=jsonpath={.spec.template.spec.containers[0].image}';
  return kubectl(['get', 'deployment/web', '-n', namespace, '--ignore-not-found', path]);
}

async function remove(
  setting: VerifySetting,
  namespace: string,
  secretsManager: SecretsManagerClient,
  secrets: readonly string[],
): Promise<void> {
  const { stage, region, cluster, aws, kubectl } = setting;
  const outputs = await readOutputs(setting);
  await runNode('infra/remove.ts', ['--stage', stage, '--region', region, '--yes'], setting);
  await deleteSecrets(secretsManager, stage, secrets);
  if (outputs !== null) {
    const entry = { clusterName: cluster, principalArn: outputs.SyncRole };
    await new EKSClient({ region, ...aws }).send(new DeleteAccessEntryCommand(entry)).catch(() => undefined);
  }
  await kubectl(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']);
}

function runNode(script: string, args: readonly string[], { env }: VerifySetting): Promise<void> {
  return runProgram(process.execPath, [join(root, script), ...args], { cwd: root, env });
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
