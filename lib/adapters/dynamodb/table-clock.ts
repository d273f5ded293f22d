/**
 * The time as the table has it: this machine's clock, put right by what DynamoDB says with every answer. Leases, slots and
 * wake-ups are compared with the clocks of other machines, and one of them may be minutes off.
 */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../../ports/clock.ts';

/** Two clocks made by this differ by less than two seconds from one answer on. Without an answer it is `own`. */
export function tableClock(client: DynamoDBDocumentClient, own: Clock): Clock {
  let aheadMs = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const sentAt = own();
      const result = await next(args);
      const saidAt = Date.parse(dateOf(result.response));
      if (!Number.isNaN(saidAt)) aheadMs = correct(aheadMs, { saidAt, sentAt, receivedAt: own() });
      return result;
    },
    // Inside the SDK's retries: each attempt is timed by itself.
    { step: 'deserialize', name: 'tableClock', override: true },
  );
  return () => own() + aheadMs;
}

/** The header is cut to the second. Corrected is no more than it proves, so that a clock that is right stays as it is. */
function correct(aheadMs: number, { saidAt, sentAt, receivedAt }: Record<'saidAt' | 'sentAt' | 'receivedAt', number>) {
  const least = saidAt - receivedAt;
  const most = saidAt + 1_000 - sentAt;
  return Math.min(Math.max(aheadMs, least), most);
}

function dateOf(response: unknown): string {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return '';
  const { headers } = response;
  if (typeof headers !== 'object' || headers === null || !('date' in headers)) return '';
  return String(headers.date);
}
