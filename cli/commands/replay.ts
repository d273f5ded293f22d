/** `trueup replay PAYLOAD.json`: signs a webhook body as its Git host would, and posts it. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { readConfig } from '../../functions/wire/read-config.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { PushToSign, SignedPush } from '../../lib/core/push/signed-push.ts';
import { openLog } from '../open-log.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';

type Host = 'github' | 'gitlab' | 'gitea' | 'git';
type Options = ConfigOptions & OutputOptions & { host: Host; event: string; url?: string; secret?: string };
type Replayed = { url: string; status: number; answer: unknown };

const signers: Record<Host, () => Promise<{ signPush(push: PushToSign): SignedPush }>> = {
  github: () => import('../../lib/adapters/github/sign-push.ts'),
  gitlab: () => import('../../lib/adapters/gitlab/sign-push.ts'),
  gitea: () => import('../../lib/adapters/gitea/sign-push.ts'),
  // A host of kind git is told of pushes in GitHub's shape.
  git: () => import('../../lib/adapters/github/sign-push.ts'),
};

export function replay(program: Command): void {
  program
    .command('replay')
    .description('Sign a webhook body as its Git host would, and post it. Exits 1 when it is refused.')
    .argument('<payload>', 'a JSON file')
    .addOption(new Option('--host <kind>', 'whose signature').choices(Object.keys(signers)).makeOptionMandatory())
    .option('--event <name>', 'push, ping or tag_push', 'push')
    .option('--url <url>', 'where to; default: the entry of gitHosts[] of this kind, on 127.0.0.1:8080')
    .option('--secret <secret>', 'default: webhookSecret of that entry')
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (payload: string, options: Options) => {
      const body = await readFile(payload, 'utf8').catch((cause: unknown) => {
        throw new Fault(
          'config.bad_argument',
          { argument: 'PAYLOAD', found: payload, allowed: 'a JSON file' },
          { cause },
        );
      });
      const replayed = await post(body, options);
      print(options, replayed, ({ status, url, answer }) => `${status} from ${url}: ${JSON.stringify(answer)}`);
      process.exitCode = replayed.status < 300 ? 0 : 1;
    });
}

async function post(payload: string, options: Options): Promise<Replayed> {
  const { url, secret } = await target(options);
  const { signPush } = await signers[options.host]();
  const signed = signPush({ body: payload, secret, event: options.event, delivery: randomUUID() });
  const response = await fetch(url, { method: 'POST', headers: signed.headers, body: signed.body }).catch(
    (cause: unknown) => {
      throw new Fault(
        'config.bad_argument',
        { argument: '--url', found: url, allowed: 'where trueup serve listens' },
        { cause },
      );
    },
  );
  const text = await response.text();
  return { url, status: response.status, answer: readJson(text) };
}

async function target({ url, secret, host, config: file }: Options): Promise<{ url: string; secret: string }> {
  if (url !== undefined && secret !== undefined) return { url, secret };
  const { config, path } = await readConfig(file);
  const entry = config.gitHosts.find(({ kind }) => kind === host);
  if (entry?.webhookSecret === undefined) {
    const allowed = `a kind that gitHosts[] has, with a webhookSecret; or --url and --secret`;
    throw new Fault('config.bad_argument', { argument: '--host', found: host, allowed });
  }
  const { openSecretsOf } = await import('../../functions/wire/open-secrets-of.ts');
  const read = await openSecretsOf(config, { path, log: openLog({ level: 'warn' }) }).read(entry.webhookSecret);
  return { url: url ?? `http://127.0.0.1:8080/hooks/${entry.name}`, secret: secret ?? read };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
