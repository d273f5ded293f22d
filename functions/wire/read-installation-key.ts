/** The installation key that CloudFormation made: 64 hexadecimal digits in Secrets Manager. */
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';

/** 32 bytes. Faults store.bad_key, config.secret_*. */
export async function readInstallationKey(
  secrets: Secrets,
  arn: string,
  options?: { fresh?: boolean },
): Promise<Uint8Array> {
  const digits = await secrets.read({ secretsManager: arn }, options);
  if (!/^[0-9a-f]{64}$/.test(digits)) throw new Fault('store.bad_key', { path: arn });
  return Buffer.from(digits, 'hex');
}
