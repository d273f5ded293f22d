/** What was typed after `npm run verify:aws --`. */
import { parseArgs } from 'node:util';
import { Fault } from '../../../lib/core/fault/fault.ts';

export type VerifyOptions = {
  account: string;
  region: string;
  cluster: string;
  repository: string;
  stage: string;
  kubeconfig: string | undefined;
  /** Name of the environment variable with a token that may read and push. */
  tokenEnv: string | undefined;
  slackEnv: string | undefined;
};

const usage = `usage: npm run verify:aws -- --account ACCOUNT --region REGION --cluster EKS_CLUSTER --repository URL
  --account ACCOUNT      must be the one you are signed in to, so that nothing is made in another by mistake
  --repository URL       an https URL of a repository made for this: its branch main is overwritten
  --token-env NAME       environment variable with a token that may read and push there
  --kubeconfig FILE      for kubectl, as an administrator of the cluster; default: as kubectl finds it
  --slack-env NAME       environment variable with a Slack incoming webhook
  --stage STAGE          default: verify; no installation of this stage may exist`;

/** Fault config.bad_argument. */
export function readVerifyOptions(args: readonly string[]): VerifyOptions {
  const values = parse(args);
  const needed = (name: 'account' | 'region' | 'cluster' | 'repository') => {
    const value = values[name];
    if (value !== undefined) return value;
    throw new Fault('config.bad_argument', { argument: `--${name}`, found: 'left out', allowed: usage });
  };
  return {
    account: needed('account'),
    region: needed('region'),
    cluster: needed('cluster'),
    repository: needed('repository'),
    stage: values.stage,
    kubeconfig: values.kubeconfig,
    tokenEnv: values['token-env'],
    slackEnv: values['slack-env'],
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        account: { type: 'string' },
        region: { type: 'string' },
        cluster: { type: 'string' },
        repository: { type: 'string' },
        stage: { type: 'string', default: 'verify' },
        kubeconfig: { type: 'string' },
        'token-env': { type: 'string' },
        'slack-env': { type: 'string' },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Fault('config.bad_argument', { argument: 'The command line', found: error.message, allowed: usage });
  }
}
