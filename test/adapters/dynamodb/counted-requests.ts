/** Counts what a client asks of DynamoDB while some work is done: `Query` → how often. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export type Counts = Record<string, number>;

export function countedRequests(client: DynamoDBDocumentClient): (work: () => Promise<unknown>) => Promise<Counts> {
  let counts: Counts = {};
  client.middlewareStack.add(
    (next, context) => (args) => {
      const name = String(context.commandName).replace(/Items?Command$|Command$/, '');
      counts[name] = (counts[name] ?? 0) + 1;
      return next(args);
    },
    { step: 'initialize', name: 'countRequests' },
  );
  return async (work) => {
    counts = {};
    await work();
    return counts;
  };
}
