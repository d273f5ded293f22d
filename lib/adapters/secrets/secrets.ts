/** Reads secrets from the environment and from files, and has AWS's read for it; a file's trailing newline is an editor's. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatReference, type SecretReference } from '../../core/config/secret-reference.ts';
import { Fault } from '../../core/fault/fault.ts';
import type { Secrets } from '../../ports/secrets.ts';

/** `folder`: where relative files start from; `path`: the configuration, named in faults; `aws`: reads {secretsManager} and {ssm}. */
export function openSecrets(options: {
  env: Readonly<Record<string, string | undefined>>;
  folder: string;
  path: string;
  aws?: Secrets;
}): Secrets {
  const { env, folder, path, aws } = options;
  return {
    async read(reference, asked) {
      if ('env' in reference) return present(env[reference.env], reference, path);
      if ('file' in reference) return readSecretFile(resolve(folder, reference.file), reference, path);
      if (aws !== undefined) return aws.read(reference, asked);
      throw new Fault('config.secret_unsupported', { path, reference: formatReference(reference) });
    },
  };
}

function present(value: string | undefined, reference: SecretReference, path: string): string {
  if (value === undefined || value === '') {
    throw new Fault('config.secret_missing', { path, reference: formatReference(reference) });
  }
  return value;
}

async function readSecretFile(file: string, reference: SecretReference, path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new Fault('config.secret_missing', { path, reference: formatReference(reference) }, { cause });
  }
  return present(text.replace(/\r?\n$/, ''), reference, path);
}
