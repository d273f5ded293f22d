/** Reads of the table. Those by key see every write before them; indexes lag behind. */
import { BatchGetCommand, type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { chunks } from './chunks.ts';
import { expressions, type Values } from './expressions.ts';
import { insist, untilDone } from './insist.ts';
import { checkVersion, type Item, type Key } from './item.ts';

export type Query = {
  index?: 'due' | 'log' | 'time';
  where: string;
  values: Values;
  limit?: number;
  backwards?: boolean;
};

const keysAtOnce = 100;

export function tableReads(client: DynamoDBDocumentClient, name: string) {
  return {
    async get(key: Key): Promise<Item | null> {
      const { Item } = await insist({ action: 'dynamodb:GetItem', table: name }, () =>
        client.send(new GetCommand({ TableName: name, Key: key, ConsistentRead: true })),
      );
      return Item === undefined ? null : checked(Item);
    },

    /** In any order; those that are not there are left out. */
    async getMany(keys: readonly Key[]): Promise<Item[]> {
      const parts = await Promise.all(chunks(keys, keysAtOnce).map(getSome));
      return parts.flat();
    },

    async query({ index, where, values, limit = Number.POSITIVE_INFINITY, backwards = false }: Query): Promise<Item[]> {
      const items: Item[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = {
          TableName: name,
          ...expressions({ KeyConditionExpression: where }, values),
          ScanIndexForward: !backwards,
          ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
          ...(limit === Number.POSITIVE_INFINITY ? {} : { Limit: limit - items.length }),
          ...(from === undefined ? {} : { ExclusiveStartKey: from }),
        };
        const { Items = [], LastEvaluatedKey } = await insist({ action: 'dynamodb:Query', table: name }, () =>
          client.send(new QueryCommand(page)),
        );
        items.push(...Items.map(checked));
        from = LastEvaluatedKey;
      } while (from !== undefined && items.length < limit);
      return items;
    },
  };

  /** DynamoDB answers with 16 MB and names the keys that are left; when it is throttled, more of them. */
  async function getSome(keys: readonly Key[]): Promise<Item[]> {
    const items: Item[] = [];
    let left = [...keys];
    const facts = { path: name, because: 'it answers for none of the keys' };
    while (left.length > 0) left = await untilDone(facts, () => getWhatComes(left, items));
    return items;
  }

  /** What is left; null: nothing came. */
  async function getWhatComes(Keys: Key[], items: Item[]): Promise<Key[] | null> {
    const { Responses, UnprocessedKeys } = await insist({ action: 'dynamodb:BatchGetItem', table: name }, () =>
      client.send(new BatchGetCommand({ RequestItems: { [name]: { Keys, ConsistentRead: true } } })),
    );
    items.push(...(Responses?.[name] ?? []).map(checked));
    const left = (UnprocessedKeys?.[name]?.Keys ?? []).map(({ pk, sk }): Key => ({ pk, sk }));
    return left.length === Keys.length ? null : left;
  }

  function checked(item: Item): Item {
    checkVersion(item, name);
    return item;
  }
}
