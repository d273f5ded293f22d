/** Says in our words why SQS did not do what we asked: the one place where its errors become faults. */

import { missingStatement } from '../../core/aws/missing-statement.ts';
import { Fault } from '../../core/fault/fault.ts';

/** What was asked, in the words of IAM. */
export type Asked = { action: `sqs:${string}`; queueUrl: string };

/** Faults queue.denied, queue.unavailable. */
export function sqsFault(error: unknown, { action, queueUrl }: Asked): Fault {
  if (error instanceof Fault) return error;
  const because = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const facts = { queue: queueUrl, action, because };
  if (!isDenied(error)) return new Fault('queue.unavailable', facts, { cause: error });
  const statement = missingStatement({ message: because, action, resource: arnLike(queueUrl) });
  return new Fault('queue.denied', { ...facts, statement }, { cause: error });
}

/** SQS has answered with each of these, by the protocol spoken. */
function isDenied(error: unknown): boolean {
  return error instanceof Error && ['AccessDenied', 'AccessDeniedException', 'KmsAccessDenied'].includes(error.name);
}

/** The URL nearly says it: `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`. */
function arnLike(queueUrl: string): string {
  const [account = '*', name = '*'] = queueUrl.split('/').slice(-2);
  return `arn:aws:sqs:*:${account}:${name}`;
}
