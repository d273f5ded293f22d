/** Puts events, each with its notices, into as few transactions as hold them. */
import type { Event } from '../../core/event/event.ts';
import type { Body } from './bodies.ts';
import type { Write } from './expressions.ts';
import { duePk, eventKey, momentOf, monthOf, noticeKey } from './keys.ts';

/** What is written together or not at all: the event first. */
export type Part = { body: Body; writes: Write[]; notices: Owed[] };

/** A notice in the index `due`. */
export type Owed = { pk: string; dueAt: number };

/** DynamoDB takes 100 writes and 4 MB. */
const mostWrites = 100;
const mostBytes = 3_000_000;
/** Of an item beside its body. */
const sizeOfKeys = 4_000;

export function packTransactions(parts: readonly Part[]): Part[][] {
  const transactions: Part[][] = [];
  let current: Part[] = [];
  for (const part of parts) {
    const grown = [...current, part];
    if (current.length > 0 && !fits(grown)) {
      transactions.push(current);
      current = [part];
    } else current = grown;
  }
  return current.length === 0 ? transactions : [...transactions, current];
}

export function toPart(event: Event, channels: readonly string[], body: Body): Part {
  const { application } = event;
  const item = { ...eventKey(event.id), ...body, application, month: monthOf(event), moment: momentOf(event) };
  const notices = channels.map((channel) => {
    const id = `${event.id}@${channel}`;
    const due = { duePk: duePk('NOTICE', id), dueAt: dueSince(event) };
    return { put: { ...noticeKey(id), event: event.id, channel, attempts: 0, ...due } };
  });
  const writes = [{ put: item, if: 'attribute_not_exists(#pk)' }, ...notices];
  return { body, writes, notices: notices.map(({ put: { pk, dueAt } }) => ({ pk, dueAt })) };
}

/** Long before any clock: due at once whatever the time is, and among the new ones the oldest first. */
function dueSince({ at }: Event): number {
  return Date.parse(at) - latestDate;
}

/** The largest time a Date can hold. */
const latestDate = 8.64e15;

function fits(parts: readonly Part[]): boolean {
  const writes = parts.reduce((sum, part) => sum + part.writes.length, 0);
  return writes <= mostWrites && parts.reduce((sum, part) => sum + sizeOf(part), 0) <= mostBytes;
}

function sizeOf({ body, writes }: Part): number {
  return ('gz' in body ? body.gz.byteLength : 0) + writes.length * sizeOfKeys;
}
