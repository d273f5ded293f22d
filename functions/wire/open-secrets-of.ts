/** The secrets that a configuration refers to: from this process's environment and files beside it. */
import { dirname } from 'node:path';
import { openSecrets } from '../../lib/adapters/secrets/secrets.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';

export function openSecretsOf(path: string): Secrets {
  return openSecrets({ env: process.env, folder: dirname(path), path });
}
