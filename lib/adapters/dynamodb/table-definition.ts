/** The one table, as CreateTable takes it. infra/aws/table.yml says the same for CloudFormation, and a test compares them. */
import type { CreateTableCommandInput, TimeToLiveSpecification } from '@aws-sdk/client-dynamodb';

/** What an event is read from without going back to the table. */
const eventBody = ['gz', 'spill', 'v'];

export const tableDefinition = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'duePk', AttributeType: 'S' },
    { AttributeName: 'dueAt', AttributeType: 'N' },
    { AttributeName: 'application', AttributeType: 'S' },
    { AttributeName: 'month', AttributeType: 'S' },
    { AttributeName: 'moment', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'due',
      KeySchema: [
        { AttributeName: 'duePk', KeyType: 'HASH' },
        { AttributeName: 'dueAt', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
    {
      IndexName: 'log',
      KeySchema: [
        { AttributeName: 'application', KeyType: 'HASH' },
        { AttributeName: 'moment', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: eventBody },
    },
    {
      IndexName: 'time',
      KeySchema: [
        { AttributeName: 'month', KeyType: 'HASH' },
        { AttributeName: 'moment', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: eventBody },
    },
  ],
} satisfies Omit<CreateTableCommandInput, 'TableName'>;

/** Seconds since the epoch; CreateTable does not take it, UpdateTimeToLive does. */
export const timeToLive = { AttributeName: 'ttl', Enabled: true } satisfies TimeToLiveSpecification;
