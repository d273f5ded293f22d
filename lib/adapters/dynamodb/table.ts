/** The table as the stores see it: reads that see what was written, and conditional writes. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { tableReads } from './reads.ts';
import { tableWrites } from './writes.ts';

/** Faults of everything in it: store.denied, store.no_table, store.throttled, store.unavailable, store.newer_schema. */
export type Table = ReturnType<typeof tableReads> & ReturnType<typeof tableWrites> & { name: string };

export function openTable(client: DynamoDBDocumentClient, name: string): Table {
  return { name, ...tableReads(client, name), ...tableWrites(client, name) };
}
