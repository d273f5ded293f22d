/** The secrets that AWS keeps for us, by {secretsManager: NAME} and {ssm: NAME}; `NAME#KEY` is one value of several. */
import { pickSecretKey, splitSecretKey } from '../../core/config/secret-key.ts';
import { formatReference, type SecretReference } from '../../core/config/secret-reference.ts';
import { Fault } from '../../core/fault/fault.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Secrets } from '../../ports/secrets.ts';
import { awsSecretFault } from './aws-secret-fault.ts';
import { rememberSecrets } from './remember-secrets.ts';
import type { SecretSource } from './secret-source.ts';

export type AwsSecretsOptions = {
  secretsManager: SecretSource;
  ssm: SecretSource;
  /** The configuration, named in faults. */
  path: string;
  log: Log;
  now: Clock;
};

/** Faults: config.secret_missing, config.secret_denied, config.secret_unreachable; of other references config.secret_unsupported. */
export function awsSecrets({ secretsManager, ssm, path, log, now }: AwsSecretsOptions): Secrets {
  const remembered = {
    secretsManager: remember(secretsManager, (name) => ({ secretsManager: name })),
    ssm: remember(ssm, (name) => ({ ssm: name })),
  };

  return {
    async read(reference, options) {
      const { read, where } = sourceOf(reference);
      const { name, key } = splitSecretKey(where);
      const secret = await read(name, options);
      return present(key === null ? { value: secret } : pickSecretKey(secret, key), reference);
    },
  };

  function sourceOf(reference: SecretReference) {
    if ('secretsManager' in reference) return { read: remembered.secretsManager, where: reference.secretsManager };
    if ('ssm' in reference) return { read: remembered.ssm, where: reference.ssm };
    throw new Fault('config.secret_unsupported', { path, reference: formatReference(reference) });
  }

  function remember(source: SecretSource, referenceTo: (name: string) => SecretReference) {
    return rememberSecrets({ read: (name) => ask(source, name, referenceTo(name)), log, now });
  }

  /** A newline at the end is an editor's, or of `--secret-string file://…`, as in files. */
  async function ask({ action, resource, read }: SecretSource, name: string, reference: SecretReference) {
    const value = await read(name).catch((error: unknown) => {
      throw awsSecretFault(error, { path, reference: formatReference(reference), action, resource: resource(name) });
    });
    return present({ value: value?.replace(/\r?\n$/, '') ?? '' }, reference);
  }

  function present(found: { value: string } | { because: string }, reference: SecretReference): string {
    const facts = { path, reference: formatReference(reference) };
    if ('because' in found) throw new Fault('config.secret_missing', { ...facts, because: found.because });
    if (found.value === '') throw new Fault('config.secret_missing', { ...facts, because: 'it is empty' });
    return found.value;
  }
}
