/** Says in our words why AWS did not give a secret: the one place where errors of its two services become faults. */

import { missingStatement } from '../../core/aws/missing-statement.ts';
import { Fault } from '../../core/fault/fault.ts';

/** `path`: the configuration; `reference`: as it stands there, for people. */
export type Asked = { path: string; reference: string; action: string; resource: string };

/** Faults config.secret_missing, config.secret_denied, config.secret_unreachable. */
export function awsSecretFault(error: unknown, { path, reference, action, resource }: Asked): unknown {
  if (!(error instanceof Error) || error instanceof Fault) return error;
  const because = error.message || error.name;
  if (missingNames.includes(error.name)) {
    return new Fault('config.secret_missing', { path, reference, because }, { cause: error });
  }
  if (!deniedNames.includes(error.name)) {
    return isFromOutside(error)
      ? new Fault('config.secret_unreachable', { path, reference, because }, { cause: error })
      : error;
  }
  const needed = /kms/i.test(because)
    ? { action: 'kms:Decrypt', resource: 'ARN of the key that encrypts it' }
    : { action, resource };
  const statement = missingStatement({ message: because, ...needed });
  const facts = { path, reference, action: needed.action, statement, because };
  return new Fault('config.secret_denied', facts, { cause: error });
}

/** Not there, about to be deleted, without a value yet, or called what nothing can be called. */
const missingNames = [
  'ResourceNotFoundException',
  'InvalidRequestException',
  'InvalidParameterException',
  'ParameterNotFound',
  'ParameterVersionNotFound',
  'ValidationException',
];
const deniedNames = ['AccessDenied', 'AccessDeniedException', 'DecryptionFailure', 'InvalidKeyId'];

/** An answer, a socket (`code`), a time-out, or no credentials to ask with. */
function isFromOutside(error: Error): boolean {
  return '$metadata' in error || 'code' in error || ['TimeoutError', 'CredentialsProviderError'].includes(error.name);
}
