/** Says in our words why AWS did not answer a person at a terminal, of whatever service was asked. */
import type { FaultCode } from '../fault/catalogue.ts';
import { Fault } from '../fault/fault.ts';
import { readDenial } from './read-denial.ts';

export type Asked = { action: string; resource: string; region: string };

/** What is neither an answer of AWS nor the network's doing is a bug and stays it. */
export function awsFault(error: unknown, asked: Asked): unknown {
  if (!(error instanceof Error) || error instanceof Fault) return error;
  const code = codeOf(error);
  if (code === null) return error;
  const { action, resource } = readDenial(error.message) ?? asked;
  return new Fault(code, { ...asked, action, resource, because: error.message || error.name }, { cause: error });
}

const denials = /^(AccessDenied|AccessDeniedException|KmsAccessDenied|AuthorizationError|NotAuthorized)$/;
const strangers =
  /^(CredentialsProviderError|ExpiredToken(Exception)?|InvalidAccessKeyId|InvalidClientTokenId|UnrecognizedClientException|InvalidSignatureException|SignatureDoesNotMatch)$/;

function codeOf(error: Error): FaultCode | null {
  if (denials.test(error.name)) return 'aws.denied';
  if (strangers.test(error.name)) return 'aws.no_credentials';
  if ('$metadata' in error) return 'doctor.refused';
  return 'code' in error || error.name === 'TimeoutError' ? 'aws.unreachable' : null;
}
