/** The source parameters a sync is rendered with, kept for as long as the record: a rollback brings back those of then. */
import type { Source } from '../core/application/application.ts';
import { hashValue } from '../core/plan/hash-object.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';

type Kept = Pick<Ports, 'blobs'>;

/** The key that a history entry, an operation and what is synced name them by. Nothing is written where it is known to be there. */
export async function keepSource({ application, state }: Entry, { blobs }: Kept): Promise<string> {
  const key = sourceKey(application.source);
  if (state.synced?.source === key) return key;
  const bytes = new TextEncoder().encode(JSON.stringify(application.source));
  await blobs.put(blobOf(application.name, key), bytes);
  return key;
}

/** null: they were lost with the blobs. */
export async function findSource(application: string, key: string, { blobs }: Kept): Promise<Source | null> {
  const bytes = await blobs.get(blobOf(application, key));
  return bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes));
}

/** The entry as it was when those parameters were its own; as it is now where nobody knows them. */
export async function withSource(entry: Entry, key: string | undefined, ports: Kept): Promise<Entry> {
  const { application } = entry;
  if (key === undefined || key === sourceKey(application.source)) return entry;
  const source = await findSource(application.name, key, ports);
  return source === null ? entry : { ...entry, application: { ...application, source } };
}

function sourceKey(source: Source): string {
  return hashValue(source);
}

function blobOf(application: string, key: string): string {
  return `sources/${application}/${key}`;
}
