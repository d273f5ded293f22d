/** Writes to the table. Each is conditional, and a refused one says what it found, so nobody has to look again. */
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type Asked, cancellations } from './dynamodb-fault.ts';
import { type Found, readFound, type SingleWrite, type Write, writeExpressions } from './expressions.ts';
import { insist } from './insist.ts';
import { checkVersion, type Item, version } from './item.ts';

/** `item`: after an update what is there now, else what was there before, if anything. */
export type Written = { item: Item } | { refused: Found };

export function tableWrites(client: DynamoDBDocumentClient, name: string) {
  return {
    async write(write: SingleWrite): Promise<Written> {
      try {
        return { item: (await insist(asked(write), () => send(write))) ?? {} };
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
        return { refused: checked('Item' in error ? error.Item : undefined) };
      }
    },

    /**
     * All of it or nothing: at most 100 writes of different items, 4 MB. null: written. Else, for each write, what its
     * condition did not hold for, or null where it did. The SDK gives every call a token, so its own retry after a lost
     * answer writes nothing twice.
     */
    async transact(writes: readonly Write[]): Promise<(Found | null)[] | null> {
      const TransactItems = writes.map(toTransactItem);
      try {
        await insist({ action: 'dynamodb:TransactWriteItems', table: name }, () =>
          client.send(new TransactWriteCommand({ TransactItems })),
        );
        return null;
      } catch (error) {
        const reasons = cancellations(error);
        if (!reasons.some(isRefusal)) throw error;
        return reasons.map((reason) => (isRefusal(reason) ? checked(reason.Item) : null));
      }
    },
  };

  function asked(write: SingleWrite): Asked {
    const action = 'put' in write ? 'PutItem' : 'remove' in write ? 'DeleteItem' : 'UpdateItem';
    return { action: `dynamodb:${action}`, table: name };
  }

  async function send(write: SingleWrite): Promise<Item | undefined> {
    const said = { TableName: name, ...writeExpressions(write) };
    const before = { ...said, ReturnValues: 'ALL_OLD' as const };
    if ('put' in write) {
      return (await client.send(new PutCommand({ ...before, Item: versioned(write.put) }))).Attributes;
    }
    if ('remove' in write) return (await client.send(new DeleteCommand({ ...before, Key: write.remove }))).Attributes;
    const command = new UpdateCommand({ ...said, Key: write.update, ReturnValues: 'ALL_NEW' });
    return (await client.send(command)).Attributes;
  }

  function toTransactItem(write: Write) {
    const said = { TableName: name, ...writeExpressions(write) };
    if ('put' in write) return { Put: { ...said, Item: versioned(write.put) } };
    if ('remove' in write) return { Delete: { ...said, Key: write.remove } };
    if ('check' in write) return { ConditionCheck: { ...said, Key: write.check } };
    return { Update: { ...said, UpdateExpression: write.set, Key: write.update } };
  }

  function checked(thrown: unknown): Found {
    const found = readFound(thrown);
    checkVersion(found, name);
    return found;
  }
}

function versioned(item: Item): Item {
  return { ...item, v: version };
}

function isRefusal({ Code }: { Code?: string }): boolean {
  return Code === 'ConditionalCheckFailed';
}
