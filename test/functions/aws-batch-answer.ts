/**
 * What AWS makes of the answer to a batch, where a local AWS is kinder: one id that is empty or not of this batch, or
 * another shape, and all of it comes again.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
import type { SQSEvent } from 'aws-lambda';

export function awsBatchAnswer({ Records }: SQSEvent, answer: unknown): { deleted: string[]; again: string[] } {
  const ids = Records.map(({ messageId }) => messageId);
  const failed = failedIds(answer);
  if (failed?.every((id) => ids.includes(id)) !== true) return { deleted: [], again: ids };
  return { deleted: ids.filter((id) => !failed.includes(id)), again: ids.filter((id) => failed.includes(id)) };
}

/** null: AWS does not take it for a list of failures. */
function failedIds(answer: unknown): string[] | null {
  if (answer === null || answer === undefined) return [];
  if (typeof answer !== 'object' || !('batchItemFailures' in answer)) return [];
  const { batchItemFailures } = answer;
  if (batchItemFailures === null) return [];
  if (!Array.isArray(batchItemFailures)) return null;
  const ids = batchItemFailures.flatMap(idOf);
  return ids.length === batchItemFailures.length ? ids : null;
}

function idOf(failure: unknown): string[] {
  if (typeof failure !== 'object' || failure === null || !('itemIdentifier' in failure)) return [];
  const { itemIdentifier: id } = failure;
  return typeof id === 'string' && id !== '' ? [id] : [];
}
