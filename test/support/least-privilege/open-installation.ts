/** One installation on the local AWS, deployed and at work, with all that its roles are for. In the end nothing wakes it but us. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateAccessEntryCommand, EKSClient } from '@aws-sdk/client-eks';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { root } from '../../../infra/aws/run-osls.ts';
import { createSecrets } from '../../../infra/aws/verify/stage-secrets.ts';
import { until } from '../../../infra/aws/verify/until.ts';
import type { VerifySetting } from '../../../infra/aws/verify/verify-setting.ts';
import { application, applicationText, manifests } from '../../../infra/aws/verify/write-files.ts';
import { findStack } from '../../../lib/adapters/cloudformation/find-stack.ts';
import { type DynamoStore, dynamoStore } from '../../../lib/adapters/dynamodb/dynamo-store.ts';
import { openMemoryStore } from '../../../lib/adapters/memory/memory-store.ts';
import type { Cloud } from '../open-cloud.ts';
import { invoke } from './invoke.ts';
import { leastConfig, secretsOf } from './least-config.ts';
import { stopWaking } from './stop-waking.ts';

export type Installation = {
  setting: VerifySetting;
  outputs: Readonly<Record<string, string>>;
  /** Physical ids of what the stack made, by their logical ids. */
  resources: ReadonlyMap<string, string>;
  /** As an administrator. */
  store: DynamoStore;
};

/** An Application of a repository that is not the fleet's. */
export const otherRepository = 'https://hub.invalid/team/other';

/** Its cluster searches go to this account too. */
const searchedAccount = '111122223333';
const searchRole = 'trueup-search';

export async function openInstallation(cloud: Cloud, stage: string): Promise<Installation> {
  const setting = cloud.setting(stage);
  const { aws, region } = setting;
  await keepSecrets(setting, await readFile(cloud.kubeconfig, 'utf8'));
  await createSearchRole(setting, cloud.aws.account);
  await setting.repository.push('Begin', {
    'fleet/verify.yaml': applicationText(`${stage}-app`, setting),
    ...manifests('registry.k8s.io/pause:3.9'),
  });
  await deploy(setting);
  const cloudFormation = new CloudFormationClient({ region, ...aws });
  const { outputs = {} } = (await findStack(cloudFormation, `trueup-${stage}`)) ?? {};
  const found = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName: `trueup-${stage}` }));
  const resources = new Map(
    found.StackResources?.map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [
      LogicalResourceId,
      PhysicalResourceId,
    ]),
  );
  const table = DynamoDBDocumentClient.from(new DynamoDBClient({ region, ...aws }), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const { blobs } = openMemoryStore(Date.now);
  const store = dynamoStore({ client: table, table: outputs.Table ?? '', blobs, now: Date.now });
  const installation = { setting, outputs, resources, store };
  await letIn(installation);
  await syncOnce(installation);
  await stopWaking(installation);
  await registerOther(store);
  return installation;
}

async function keepSecrets(setting: VerifySetting, kubeconfig: string): Promise<void> {
  const { aws, region, stage } = setting;
  const { secretsManager, ssm } = secretsOf(setting, kubeconfig);
  await createSecrets(new SecretsManagerClient({ region, ...aws }), stage, secretsManager);
  const parameters = new SSMClient({ region, ...aws });
  for (const [name, Value] of Object.entries(ssm)) {
    const Name = `/trueup/${stage}/${name}`;
    await parameters.send(new PutParameterCommand({ Name, Value, Type: 'SecureString' }));
  }
}

async function createSearchRole({ region, aws }: VerifySetting, account: string): Promise<void> {
  const credentials = { accessKeyId: searchedAccount, secretAccessKey: 'test' };
  const iam = new IAMClient({ region, ...aws, credentials });
  const trusted = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' };
  const look = { Effect: 'Allow', Action: ['eks:ListClusters', 'eks:DescribeCluster'], Resource: '*' };
  const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new CreateRoleCommand({ RoleName: searchRole, AssumeRolePolicyDocument: document(trusted) }));
  await iam.send(
    new PutRolePolicyCommand({ RoleName: searchRole, PolicyName: 'look', PolicyDocument: document(look) }),
  );
}

/** What it prints is told only when it fails. */
async function deploy(setting: VerifySetting): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'trueup-least-'));
  const config = join(folder, 'trueup.yaml');
  const { stage, region, env } = setting;
  const args = [join(root, 'infra/deploy.ts'), '--stage', stage, '--region', region, '--config', config];
  try {
    await writeFile(config, leastConfig(setting, `arn:aws:iam::${searchedAccount}:role/${searchRole}`));
    await promisify(execFile)(process.execPath, args, { cwd: root, env, maxBuffer: 16 * 1024 * 1024 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function letIn({ setting, outputs }: Installation): Promise<void> {
  const { region, aws, cluster, kubectl } = setting;
  const entry = { clusterName: cluster, principalArn: outputs.SyncRole, kubernetesGroups: ['trueup'] };
  await new EKSClient({ region, ...aws }).send(new CreateAccessEntryCommand(entry));
  await kubectl(['apply', '-f', '-'], await readFile(join(root, 'infra/aws/eks-access/cluster-role.yaml'), 'utf8'));
}

/** As the clock does, but at once: the fleet is looked at, and its Application found and synced. */
async function syncOnce(installation: Installation): Promise<void> {
  await invoke(installation, 'drift', {});
  await until('the Application is synced', 240_000, async () => {
    const entry = await installation.store.applications.get(application);
    return entry !== null && entry.state.synced !== null && entry.state.operation === null;
  });
}

async function registerOther({ applications }: DynamoStore): Promise<void> {
  const entry = await applications.get(application);
  if (entry === null) throw new Error(`there is no Application ${application}`);
  const { source } = entry.application;
  const other = { ...entry.application, name: 'other', source: { ...source, repoURL: otherRepository } };
  await applications.put(other, { cluster: entry.cluster, leaving: false });
}
