/** What a request to DynamoDB is charged as, from its body and its answer. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html */
import * as z from 'zod';

export type Units = { read: number; write: number };

const item = z.record(z.string(), z.unknown());
const requestSchema = z.object({
  ConsistentRead: z.boolean().default(false),
  Item: item.optional(),
  RequestItems: z.record(z.string(), z.object({ ConsistentRead: z.boolean().default(false) })).default({}),
  TransactItems: z.array(z.record(z.string(), z.unknown())).default([]),
});
const answerSchema = z.object({
  Items: z.array(item).default([]),
  Responses: z.record(z.string(), z.array(item)).default({}),
  Item: item.optional(),
});

/** The text of an item on the wire is longer than the item: rather too many units than too few. */
export function unitsOf(operation: string, { request, answer }: { request: string; answer: string }): Units {
  const asked = requestSchema.parse(JSON.parse(request));
  switch (operation) {
    case 'GetItem':
      return { read: readUnits(parseAnswer(answer).Item, asked.ConsistentRead), write: 0 };
    case 'Query':
      return { read: readUnits(parseAnswer(answer).Items, asked.ConsistentRead), write: 0 };
    case 'BatchGetItem': {
      const tables = Object.entries(parseAnswer(answer).Responses);
      const read = tables.flatMap(([table, items]) =>
        items.map((each) => readUnits(each, asked.RequestItems[table]?.ConsistentRead ?? false)),
      );
      return { read: read.reduce((sum, units) => sum + units, 0), write: 0 };
    }
    case 'TransactWriteItems': {
      const write = asked.TransactItems.map((each) => 2 * writeUnits(each));
      return { read: 0, write: write.reduce((sum, units) => sum + units, 0) };
    }
    default:
      return { read: 0, write: writeUnits(asked.Item ?? request) };
  }
}

function parseAnswer(answer: string) {
  return answerSchema.parse(JSON.parse(answer));
}

function readUnits(found: unknown, consistent: boolean): number {
  const units = Math.max(1, Math.ceil(sizeOf(found) / 4096));
  return consistent ? units : units / 2;
}

/** An item that stands in an index is written there too: what leaves, and what comes. */
function writeUnits(written: unknown): number {
  const text = typeof written === 'string' ? written : JSON.stringify(written);
  const indexed = /dueAt|moment/.test(text) ? 3 : 1;
  return indexed * Math.max(1, Math.ceil(Buffer.byteLength(text) / 1024));
}

function sizeOf(found: unknown): number {
  return Buffer.byteLength(JSON.stringify(found) ?? '');
}
