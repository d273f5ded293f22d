/**
 * Two AWS accounts and a real API server: Trueup runs as a role of the one, and the EKS cluster, the role that may enter
 * it, and its access entry belong to the other. The API server asks AWS whose token it was shown.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateAccessEntryCommand, CreateClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { LocalAws } from '../../../infra/local/aws/local-aws.ts';
import { startLocalAws } from '../../../infra/local/aws/start-local-aws.ts';
import { tokenWebhookFlags } from '../../../infra/local/aws/token-webhook-flags.ts';
import { apiRequest } from '../../../infra/local/control-plane/api-request.ts';
import { readKubeconfig } from '../../../infra/local/control-plane/kubeconfig.ts';
import { startControlPlane } from '../../../infra/local/control-plane/start-control-plane.ts';
import type { AwsCredentials } from '../../../lib/adapters/eks/aws-credentials.ts';

export const own = '111111111111';
export const theirs = '222222222222';
export const region = 'us-east-1';
export const externalId = 'only-trueup';
/** Trueup's own. */
export const syncRole = `arn:aws:iam::${own}:role/sync`;
/** Has an access entry, in the group `trueup:team-a`. */
export const deployRole = `arn:aws:iam::${theirs}:role/deploy`;
/** Has none yet. */
export const lateRole = `arn:aws:iam::${theirs}:role/late`;
/** May do nothing in AWS. */
export const blindRole = `arn:aws:iam::${theirs}:role/blind`;

export type EksSetting = {
  /** Of the local AWS. */
  endpoint: string;
  /** Of the role Trueup runs as. */
  credentials: AwsCredentials;
  /** An access entry of `shop`, in the group `trueup:team-a`. */
  letIn(role: string): Promise<void>;
  /** As an administrator of Kubernetes. */
  create(path: string, body: unknown): Promise<void>;
  stop(): Promise<void>;
};

export async function openEksSetting(): Promise<EksSetting> {
  const aws = await startLocalAws();
  try {
    return await openOn(aws);
  } catch (error) {
    await aws.stop();
    throw error;
  }
}

async function openOn(aws: LocalAws): Promise<EksSetting> {
  const { endpoint } = aws;
  const root = (account: string) => ({
    endpoint,
    region,
    credentials: { accessKeyId: account, secretAccessKey: 'test' },
  });
  const eks = new EKSClient(root(theirs));
  const letIn = async (principalArn: string) => {
    const kubernetesGroups = ['trueup:team-a'];
    await eks.send(new CreateAccessEntryCommand({ clusterName: 'shop', principalArn, kubernetesGroups }));
  };
  await createRoles(new IAMClient(root(own)), new IAMClient(root(theirs)));
  await createClusters(eks);
  await letIn(deployRole);
  const credentials = await assume(new STSClient(root(own)), syncRole);
  const folder = await mkdtemp(join(tmpdir(), 'trueup-eks-'));
  const apiServerFlags = await tokenWebhookFlags(folder, aws.eksAuthUrl('shop', { account: theirs, region }));
  const plane = await startControlPlane({ folder, pods: 'simulated', apiServerFlags });
  const access = await readKubeconfig(plane.kubeconfig);
  await aws.serveEks('*', access);
  return {
    endpoint,
    credentials,
    letIn,
    async create(path, body) {
      const { status, body: said } = await apiRequest(access, path, { method: 'POST', body });
      if (status !== 201) throw new Error(`${path} could not be made: ${status} ${said}`);
    },
    async stop() {
      await plane.remove();
      await aws.stop();
    },
  };
}

/** `shop` and `old` have the tag; `old` takes its ConfigMap only. */
async function createClusters(eks: EKSClient): Promise<void> {
  for (const name of ['shop', 'billing', 'old']) {
    await eks.send(
      new CreateClusterCommand({
        name,
        roleArn: deployRole,
        resourcesVpcConfig: {},
        accessConfig: {
          authenticationMode: name === 'old' ? 'CONFIG_MAP' : 'API',
          bootstrapClusterCreatorAdminPermissions: false,
        },
        tags: name === 'billing' ? {} : { trueup: 'yes' },
      }),
    );
  }
}

async function createRoles(ours: IAMClient, other: IAMClient): Promise<void> {
  await ours.send(
    new CreateRoleCommand({ RoleName: 'sync', AssumeRolePolicyDocument: trust(`arn:aws:iam::${own}:root`) }),
  );
  await allow(ours, 'sync', { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${theirs}:role/*` });
  const condition = { StringEquals: { 'sts:ExternalId': externalId } };
  for (const RoleName of ['deploy', 'late', 'blind']) {
    await other.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(syncRole, condition) }));
  }
  const look = { Effect: 'Allow', Action: ['eks:DescribeCluster', 'eks:ListClusters'], Resource: '*' };
  for (const role of ['deploy', 'late']) await allow(other, role, look);
}

function trust(AWS: string, Condition?: unknown): string {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS },
    Action: 'sts:AssumeRole',
    ...(Condition ? { Condition } : {}),
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

async function allow(iam: IAMClient, RoleName: string, statement: unknown): Promise<void> {
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'test', PolicyDocument }));
}

async function assume(sts: STSClient, RoleArn: string): Promise<AwsCredentials> {
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'function' }));
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
