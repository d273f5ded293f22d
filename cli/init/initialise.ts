/** Writes the files, shows them, and brings the webhook about: at GitHub by itself, elsewhere by saying what to enter where. */
import { randomBytes } from 'node:crypto';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseConfig } from '../../lib/core/config/parse-config.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { say } from '../print.ts';
import type { InitAnswers } from './answers.ts';
import { type Starter, starterFiles, webhookSecretFile } from './starter-files.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Faults config.exists; git.* from registering the webhook, when everything is written already. */
export async function initialise(answers: InitAnswers, { force, env }: { force: boolean; env: Env }): Promise<void> {
  const { folder, name } = answers;
  const starter = starterFiles(answers);
  const config = join(folder, 'trueup.yaml');
  const application = join(folder, 'fleet', `${name}.yaml`);
  parseConfig(starter.config, config);
  if (!force) await refuseExisting([config, application]);
  await write(config, starter.config);
  await write(application, starter.application);
  const secret = await keepSecret(join(folder, webhookSecretFile));
  await settleWebhook(answers, starter, secret, env);
  say('Next: trueup doctor, then trueup serve.');
}

async function refuseExisting(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const exists = await access(path).then(
      () => true,
      () => false,
    );
    if (exists) throw new Fault('config.exists', { path });
  }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  say(`# ${path}`);
  process.stdout.write(`${text}\n`);
}

/** One that is there is kept: the Git host knows it already. */
async function keepSecret(path: string): Promise<string> {
  const made = randomBytes(32).toString('hex');
  try {
    await writeFile(path, `${made}\n`, { mode: 0o600, flag: 'wx' });
    return made;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      return (await readFile(path, 'utf8')).trim();
    throw error;
  }
}

async function settleWebhook(
  answers: InitAnswers,
  { gitHost, kind }: Starter,
  secret: string,
  env: Env,
): Promise<void> {
  const { publicUrl, repo, tokenEnv } = answers;
  const url = `${publicUrl.replace(/\/+$/, '') || 'http://YOUR-HOST:8080'}/hooks/${gitHost}`;
  const token = env[tokenEnv];
  if (kind === 'github' && publicUrl !== '' && token !== undefined) {
    const { registerWebhook } = await import('../../lib/adapters/github/register-webhook.ts');
    const done = await registerWebhook(
      { url: 'https://github.com', token: async () => token },
      { repoURL: repo, url, secret },
    );
    say(`The webhook ${done === 'created' ? 'is registered' : 'was there and has the new secret'} at ${repo}: ${url}`);
    return;
  }
  say(`Add a webhook at ${repo}:`);
  say(`  URL           ${url}`);
  say('  Content type  application/json');
  say(`  Secret        the content of ${join(answers.folder, webhookSecretFile)}`);
  say('  Events        pushes');
}
