/** Says in our words why DynamoDB did not do what we asked: the one place where its errors become faults. */
import { missingStatement } from '../../core/aws/missing-statement.ts';
import { readDenial } from '../../core/aws/read-denial.ts';
import { Fault } from '../../core/fault/fault.ts';

/** What was asked, in the words of IAM. */
export type Asked = { action: `dynamodb:${string}`; table: string };

/**
 * Faults store.denied, store.no_table, store.throttled, store.unavailable. What is neither an answer about the world nor
 * the network's doing, such as a request that DynamoDB finds invalid, is a bug and stays it.
 */
export function dynamodbFault(error: unknown, { action, table }: Asked): unknown {
  if (!(error instanceof Error) || error instanceof Fault) return error;
  const facts = { path: table, action, because: error.message || error.name };
  const options = { cause: error };
  if (error.name === 'AccessDeniedException') return denied(error, { action, table });
  if (error.name === 'ResourceNotFoundException') return new Fault('store.no_table', facts, options);
  if (isInTheWay(error) || throttled.includes(error.name)) return new Fault('store.throttled', facts, options);
  if (bugs.includes(error.name)) return error;
  return isFromOutside(error) ? new Fault('store.unavailable', facts, options) : error;
}

/** Nothing was written, because other writers were at the same items or too many at once; the SDK leaves these to us. */
export function isInTheWay(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'TransactionConflictException') return true;
  const reasons = cancellations(error).map(({ Code }) => Code ?? 'None');
  return reasons.some((code) => passing.includes(code)) && reasons.every((code) => [...passing, 'None'].includes(code));
}

/** Why each write of a transaction was not made, in their order; empty when it was no such refusal. */
export function cancellations(error: unknown): { Code?: string; Item?: unknown }[] {
  if (!(error instanceof Error) || error.name !== 'TransactionCanceledException') return [];
  return 'CancellationReasons' in error && Array.isArray(error.CancellationReasons) ? error.CancellationReasons : [];
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const passing = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded', 'RequestLimitExceeded'];
const throttled = [
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
  'LimitExceededException',
];
const bugs = [
  'ValidationException',
  'SerializationException',
  'TransactionCanceledException',
  'IdempotentParameterMismatchException',
  'ConditionalCheckFailedException',
];

/** AWS names the single write of a transaction, and the index of a Query. */
function denied(error: Error, asked: Asked): Fault {
  const { action = asked.action, resource = '*' } = readDenial(error.message) ?? {};
  const missing = { action, resource: resource === '*' ? `arn:aws:dynamodb:*:*:table/${asked.table}` : resource };
  const facts = { path: asked.table, action, statement: missingStatement(missing), because: error.message };
  return new Fault('store.denied', facts, { cause: error });
}

/** An answer, a socket (`code`), a time-out, or no credentials to ask with. */
function isFromOutside(error: Error): boolean {
  const names = ['TimeoutError', 'CredentialsProviderError'];
  return hasStatus(error) || 'code' in error || names.includes(error.name);
}

function hasStatus(error: Error): boolean {
  if (!('$metadata' in error)) return false;
  const metadata = error.$metadata;
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata;
}
