/** The key of every kind of item, and the partition of the index `due` it stands in. docs/decisions/store.md lists them all. */
import { createHash } from 'node:crypto';
import { repositoryKey } from '../../core/revision/repository-key.ts';
import type { Key } from './item.ts';

/** The documents: one partition, read when somebody lists. */
export const documentsPk = 'APPS';
/** Which months the record has events of. */
export const monthsKey: Key = { pk: 'EVENTS', sk: 'MONTHS' };
export const rulesKey: Key = { pk: 'FLEET', sk: 'RULES' };

export const documentKey = (application: string): Key => ({ pk: documentsPk, sk: short(application) });
export const workKey = (application: string): Key => ({ pk: `APP#${short(application)}`, sk: 'WORK' });
export const stateKey = (application: string): Key => ({ pk: `APP#${short(application)}`, sk: 'STATE' });

export const linksPk = (repoURL: string): string => `REPO#${short(repositoryKey(repoURL))}`;
export const linkPrefix = 'APP#';
export const headsKey = (repoURL: string): Key => ({ pk: `REPO@${short(repositoryKey(repoURL))}`, sk: 'HEADS' });

export const eventKey = (id: string): Key => ({ pk: `EVENT#${short(id)}`, sk: 'EVENT' });
/** Sorts by time and, within a millisecond, by id. */
export const momentOf = ({ at, id }: { at: string; id: string }): string => `${at}#${short(id)}`;
export const monthOf = ({ at }: { at: string }): string => at.slice(0, 'YYYY-MM'.length);
export const noticeKey = (id: string): Key => ({ pk: `NOTICE#${short(id)}`, sk: 'NOTICE' });

export const positionsPk = (cluster: string): string => `CLUSTER#${cluster}`;
export const positionPrefix = 'POS#';
export const slotsPk = (cluster: string): string => `SLOT#${cluster}`;
export const deliveryKey = (gitHost: string, delivery: string): Key => ({
  pk: `DELIVERY#${short(delivery)}`,
  sk: gitHost,
});

/** A partition of an index takes 1,000 writes a second: enough of them that nobody waits, few enough to ask them all. */
const spread = 8;

export function duePks(kind: 'WORK' | 'NOTICE'): string[] {
  return Array.from({ length: spread }, (_, number) => `${kind}#${number}`);
}

export function duePk(kind: 'WORK' | 'NOTICE', name: string): string {
  return `${kind}#${(createHash('sha256').update(name).digest()[0] ?? 0) % spread}`;
}

/** A sort key has 1,024 bytes at most, and a prefix stands before this. */
const longestBytes = 900;

function short(name: string): string {
  if (Buffer.byteLength(name) <= longestBytes) return name;
  return createHash('sha256').update(name).digest('hex');
}
