/** Turns what the AWS SDK throws at whoever deploys into plain words. */
import { Fault } from '../../lib/core/fault/fault.ts';

const notAccepted = [
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
];
const notAllowed = ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'];
const noWay = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT'];

/** Anything else comes back as it is: a bug. */
export function explainRefusal(error: unknown, { region, principal }: { region: string; principal?: string }): unknown {
  if (!(error instanceof Error)) return error;
  const because = error.message;
  if (error.name === 'CredentialsProviderError') return new Fault('deploy.no_credentials', {}, { cause: error });
  if (notAccepted.includes(error.name)) return new Fault('deploy.bad_credentials', { because }, { cause: error });
  if (notAllowed.includes(error.name)) {
    return new Fault('deploy.not_allowed', { principal: principal ?? 'these credentials', because }, { cause: error });
  }
  if (error.name === 'TimeoutError' || ('code' in error && noWay.includes(String(error.code)))) {
    return new Fault('deploy.unreachable', { region }, { cause: error });
  }
  return error;
}
