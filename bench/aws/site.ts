/** The deployed installation of the benchmark, seen from outside: its webhook, its queue, its clock, its logs. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { until } from '../../infra/aws/verify/until.ts';
import type { VerifySetting } from '../../infra/aws/verify/verify-setting.ts';
import { sendPush } from '../../infra/local/git-server/send-push.ts';
import { findStack } from '../../lib/adapters/cloudformation/find-stack.ts';
import type { Cloud } from '../../test/support/open-cloud.ts';
import type { CountingProxy, Tally } from './counting-proxy.ts';
import { type Run, readRuns } from './read-runs.ts';

export type Site = {
  /** Tells of a push. */
  deliver(repoURL: string): Promise<void>;
  /** Nothing is queued, delayed or worked on. */
  atRest(): Promise<void>;
  /** The minute's work has just been done: there is most of a minute until the next. */
  afterTick(): Promise<void>;
  /** Starts counting. `ticks`: how often the clock came meanwhile. */
  count(): () => Promise<{ runs: Run[]; tally: Tally; ticks: number }>;
};

const minuteMs = 60_000;

export async function openSite(cloud: Cloud, setting: VerifySetting, proxy: CountingProxy): Promise<Site> {
  const { aws, stage } = { aws: cloud.aws.clientConfig, stage: setting.stage };
  const formation = new CloudFormationClient(aws);
  const stack = await findStack(formation, `trueup-${stage}`);
  formation.destroy();
  const { HooksUrl = '', QueueUrl = '' } = stack?.outputs ?? {};
  const secrets = new SecretsManagerClient(aws);
  const { SecretString = '' } = await secrets.send(
    new GetSecretValueCommand({ SecretId: `trueup/${stage}/webhook/git` }),
  );
  secrets.destroy();
  const hook = { url: `${setting.reach(HooksUrl)}/git`, secret: SecretString };
  const ticks = async (from: number) => (await readRuns(aws, stage, from)).filter(({ of }) => of === 'drift').length;
  const atRest = () =>
    until('nothing is left to do', 2 * minuteMs, async () => (await cloud.aws.queueMessages(QueueUrl)).length === 0);

  return {
    async deliver(repoURL) {
      const sent = await sendPush(hook, pushOf(repoURL));
      if (!('status' in sent) || sent.status !== 202) {
        throw new Error(`the webhook was not taken: ${JSON.stringify(sent)}`);
      }
    },
    atRest,
    async afterTick() {
      const from = Date.now();
      await until('the clock has come', 2 * minuteMs, async () => (await ticks(from)) > 0);
      await atRest();
    },
    count() {
      const from = Date.now();
      proxy.take();
      return async () => {
        const tally = proxy.take();
        const runs = await readRuns(aws, stage, from);
        return { runs, tally, ticks: runs.filter(({ of }) => of === 'drift').length };
      };
    },
  };
}

/** A body shaped like GitHub's. */
function pushOf(repoURL: string) {
  const name = new URL(repoURL).pathname.replace(/^\/|\.git$/g, '');
  return {
    ref: 'refs/heads/main',
    before: '0'.repeat(40),
    after: '1'.repeat(40),
    commits: [],
    repository: { name, full_name: name, clone_url: repoURL, html_url: repoURL, default_branch: 'main' },
    pusher: { name: 'bench' },
  };
}
