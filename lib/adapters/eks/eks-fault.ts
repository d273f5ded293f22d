/** Says in our words why AWS did not do what we asked: the one place where the SDK's errors become faults. */
import { missingStatement } from '../../core/aws/missing-statement.ts';
import { readDenial } from '../../core/aws/read-denial.ts';
import type { FaultCode } from '../../core/fault/catalogue.ts';
import { Fault } from '../../core/fault/fault.ts';

/** What was asked, in the words of IAM. */
export type About = {
  action: string;
  /** ARN, or `*`. */
  resource: string;
  region: string;
  /** Of a role to assume. */
  externalId?: string;
};

/** What is neither an answer of AWS nor the network's doing stays what it is: a bug. */
export function eksFault(error: unknown, about: About): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error;
  const because = error.message;
  const { action, resource, region } = about;
  const facts = { action, resource, region };
  const options = { cause: error };
  const status = statusOf(error);
  if (isDenied(error.name)) return denied(error, about);
  const code = codes[error.name];
  if (code !== undefined) return new Fault(code, { ...facts, because }, options);
  if (status === 429) return new Fault('eks.throttled', { ...facts, because }, options);
  if (status !== null && status < 500) return new Fault('eks.failed', { ...facts, because }, options);
  return status !== null || isOfNetwork(error) ? new Fault('eks.unreachable', { ...facts, because }, options) : error;
}

/** EKS and STS name the same things differently. https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const codes: Record<string, FaultCode> = {
  CredentialsProviderError: 'eks.no_credentials',
  ExpiredToken: 'eks.credentials_expired',
  ExpiredTokenException: 'eks.credentials_expired',
  RequestExpired: 'eks.credentials_refused',
  InvalidClientTokenId: 'eks.credentials_refused',
  UnrecognizedClientException: 'eks.credentials_refused',
  InvalidSignatureException: 'eks.credentials_refused',
  SignatureDoesNotMatch: 'eks.credentials_refused',
  RegionDisabledException: 'eks.credentials_refused',
  Throttling: 'eks.throttled',
  ThrottlingException: 'eks.throttled',
  TooManyRequestsException: 'eks.throttled',
  RequestLimitExceeded: 'eks.throttled',
};

export function isNotFound(error: unknown): boolean {
  return error instanceof Error && error.name === 'ResourceNotFoundException';
}

function isDenied(name: string): boolean {
  return name === 'AccessDenied' || name === 'AccessDeniedException';
}

function denied(error: Error, { action, resource: asked, region, externalId }: About): Fault {
  const { identity = 'the role of Trueup', resource: named = '*' } = readDenial(error.message) ?? {};
  const resource = named === '*' ? asked : named;
  const statement = missingStatement({ action, resource });
  const condition = externalId === undefined ? '' : ', with that sts:ExternalId';
  const trust = `The trust policy of ${resource} must allow it too${condition}.`;
  const facts = { identity, action, resource, region, statement, because: error.message };
  return new Fault('eks.access_denied', action === 'sts:AssumeRole' ? { ...facts, advice: trust } : facts, {
    cause: error,
  });
}

/** Null: nobody answered. */
function statusOf(error: Error): number | null {
  if (!('$metadata' in error)) return null;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
}

/** From a socket (`code`), or a time-out of the SDK's own. */
function isOfNetwork(error: Error): boolean {
  return 'code' in error || error.name === 'TimeoutError';
}
