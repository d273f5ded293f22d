/** `npm run verify:aws -- --account …`: plays the story of the deployed installation in a real account. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findStack } from '../lib/adapters/cloudformation/find-stack.ts';
import { Fault } from '../lib/core/fault/fault.ts';
import { withAws } from './aws/aws-session.ts';
import { runCommand } from './aws/run-command.ts';
import { createKubectl } from './aws/verify/kubectl.ts';
import { readVerifyOptions, type VerifyOptions } from './aws/verify/verify-options.ts';
import { verifyStory } from './aws/verify/verify-story.ts';
import { git, gitEnvironment } from './local/git-server/git.ts';
import { findTools } from './local/tools.ts';

await runCommand(async () => {
  const options = readVerifyOptions(process.argv.slice(2));
  await checkAccount(options);
  const folder = await mkdtemp(join(tmpdir(), 'trueup-verify-'));
  try {
    const { kubectl } = await findTools();
    const { cluster, region, stage, repository: url, kubeconfig } = options;
    const token = readEnv(options.tokenEnv);
    const slackUrl = readEnv(options.slackEnv);
    const push = await openRepository(join(folder, 'tree'), url, token);
    const measured = await verifyStory({
      stage,
      region,
      cluster,
      aws: {},
      env: process.env,
      kubectl: createKubectl({
        path: kubectl,
        flags: kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig],
        env: process.env,
      }),
      repository: { url, push, ...(token !== undefined && { token }) },
      ...(slackUrl !== undefined && { slackUrl }),
      reach: (reached) => reached,
      say: (line) => console.log(line),
    });
    console.log(`Proven in account ${options.account}:`, measured);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** Faults deploy.other_account, deploy.stack_exists. */
async function checkAccount({ account, region, stage }: VerifyOptions): Promise<void> {
  await withAws(region, async (aws) => {
    if (aws.account !== account) throw new Fault('deploy.other_account', { account, found: aws.account });
    const stack = `trueup-${stage}`;
    if ((await findStack(aws.cloudFormation, stack)) !== null)
      throw new Fault('deploy.stack_exists', { stack, region });
  });
}

function readEnv(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const value = process.env[name];
  if (value) return value;
  throw new Fault('config.bad_argument', {
    argument: name,
    found: 'empty',
    allowed: 'an environment variable that is set',
  });
}

async function openRepository(folder: string, url: string, token: string | undefined) {
  await mkdir(folder);
  await git(folder, 'init', '--quiet', '--initial-branch=main');
  return async (message: string, files: Readonly<Record<string, string | null>>): Promise<string> => {
    for (const [path, content] of Object.entries(files)) {
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      await (content === null ? rm(target) : writeFile(target, content));
    }
    await git(folder, 'add', '--all');
    await git(folder, 'commit', '--quiet', '--allow-empty', `--message=${message}`);
    await push(folder, url, token);
    return (await git(folder, 'rev-parse', 'HEAD')).trim();
  };
}

/** The token goes by the environment: other users see a command line, and the message of an error repeats it. */
async function push(cwd: string, url: string, token: string | undefined): Promise<void> {
  const basic = Buffer.from(`git:${token ?? ''}`).toString('base64');
  const auth = token !== undefined && {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${new URL(url).origin}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  };
  const env = { ...gitEnvironment, ...auth };
  await promisify(execFile)('git', ['push', '--quiet', '--force', url, 'HEAD:refs/heads/main'], { cwd, env });
}
