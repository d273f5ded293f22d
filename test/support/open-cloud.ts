/** AWS, an EKS cluster with a real API server, a Git server and Slack, all on this machine. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { openWorkCopy } from '../../cli/demo/work-copy.ts';
import { createKubectl } from '../../infra/aws/verify/kubectl.ts';
import type { VerifySetting } from '../../infra/aws/verify/verify-setting.ts';
import type { LocalAws } from '../../infra/local/aws/local-aws.ts';
import { startLocalAws } from '../../infra/local/aws/start-local-aws.ts';
import { tokenWebhookFlags } from '../../infra/local/aws/token-webhook-flags.ts';
import { readKubeconfig } from '../../infra/local/control-plane/kubeconfig.ts';
import { startControlPlane } from '../../infra/local/control-plane/start-control-plane.ts';
import { startGitServer } from '../../infra/local/git-server/git-server.ts';
import { type SlackReceiver, startSlackReceiver } from '../../infra/local/slack-receiver/slack-receiver.ts';
import { findTools } from '../../infra/local/tools.ts';

export type Cloud = {
  aws: LocalAws;
  slack: SlackReceiver;
  /** Of the API server, as its administrator. */
  kubeconfig: string;
  /** One more, `team/NAME`, on the same Git server. */
  createRepository(name: string): Promise<VerifySetting['repository']>;
  /** For an installation of this stage. */
  setting(stage: string): VerifySetting;
  stop(): Promise<void>;
};

const cluster = 'shop';
const region = 'eu-west-1';

/** `env`: more for the environment of every function. */
export async function openCloud({ env = {} }: { env?: Readonly<Record<string, string>> } = {}): Promise<Cloud> {
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closing.toReversed()) await close();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'trueup-cloud-'));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const tools = await findTools();
    // Functions here inherit the environment of the local AWS, which has no layers to unpack.
    const functionEnv = { TRUEUP_KUBECTL: tools.kubectl, TRUEUP_HELM: tools.helm, TRUEUP_LOCAL_AWS: '1', ...env };
    const aws = await startLocalAws({ region, env: functionEnv });
    closing.push(aws.stop);
    await createCluster(aws);
    const planeFolder = join(folder, 'plane');
    await mkdir(planeFolder);
    const apiServerFlags = await tokenWebhookFlags(planeFolder, aws.eksAuthUrl(cluster));
    const plane = await startControlPlane({ folder: planeFolder, pods: 'simulated', apiServerFlags });
    closing.push(plane.remove);
    await aws.serveEks(cluster, await readKubeconfig(plane.kubeconfig));
    const git = await startGitServer({ folder: join(folder, 'git') });
    closing.push(git.stop);
    const slack = await startSlackReceiver();
    closing.push(slack.close);
    const createRepository = async (name: string) => {
      const { url } = await git.createRepository(`team/${name}`);
      const { push } = await openWorkCopy(join(folder, `tree-${name}`), url);
      return { url, push };
    };
    const repository = await createRepository('verify');
    return {
      aws,
      slack,
      kubeconfig: plane.kubeconfig,
      createRepository,
      setting: (stage) => ({
        stage,
        region,
        aws: aws.clientConfig,
        env: { ...process.env, ...aws.env },
        cluster,
        kubectl: createKubectl({
          path: tools.kubectl,
          flags: ['--kubeconfig', plane.kubeconfig],
          env: { HOME: folder },
        }),
        repository,
        slackUrl: slack.url,
        reach: (url) => reachLocally(url, aws.endpoint),
        say: (line) => console.log(`# ${line}`),
      }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function createCluster({ clientConfig }: LocalAws): Promise<void> {
  const [iam, eks] = [new IAMClient(clientConfig), new EKSClient(clientConfig)];
  const trust = { Effect: 'Allow', Principal: { Service: 'eks.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'eks', AssumeRolePolicyDocument }));
  await eks.send(
    new CreateClusterCommand({
      name: cluster,
      roleArn: Role?.Arn,
      resourcesVpcConfig: {},
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
    }),
  );
  iam.destroy();
  eks.destroy();
}

/** The local AWS knows an HTTP API by a path of its own address. */
function reachLocally(url: string, endpoint: string): string {
  const { hostname, pathname } = new URL(url);
  return `${endpoint}/_aws/execute-api/${hostname.split('.')[0]}/$default${pathname}`;
}
