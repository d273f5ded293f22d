/** Says in our words why S3 did not do what we asked: the one place where its errors become faults. */

import { missingStatement } from '../../core/aws/missing-statement.ts';
import { Fault } from '../../core/fault/fault.ts';

/** What was asked, in the words of IAM. */
export type Asked = { action: `s3:${string}`; bucket: string; key: string };

/** Faults store.denied, store.unavailable. What is neither an answer of S3 nor the network's doing is a bug and stays it. */
export function s3Fault(error: unknown, { action, bucket, key }: Asked): unknown {
  if (!(error instanceof Error) || error instanceof Fault || !isFromOutside(error)) return error;
  const facts = { path: `s3://${bucket}/${key}`, bucket, action, because: error.message || error.name };
  if (statusOf(error) !== 403) return new Fault('store.unavailable', facts, { cause: error });
  const statement = missingStatement({ message: error.message, action, resource: `arn:aws:s3:::${bucket}/*` });
  // Who may not list a bucket is told 403 instead of 404. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
  const listing =
    action === 's3:GetObject' ? '; and s3:ListBucket on the bucket, or a missing key looks forbidden' : '';
  return new Fault('store.denied', { ...facts, statement: `${statement}${listing}` }, { cause: error });
}

/** Null: nobody answered. */
export function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('$metadata' in error)) return null;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
}

/** An answer, a socket (`code`), a time-out, or no credentials to ask with. */
function isFromOutside(error: Error): boolean {
  const names = ['TimeoutError', 'CredentialsProviderError'];
  return statusOf(error) !== null || 'code' in error || names.includes(error.name);
}
