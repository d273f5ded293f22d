/** Leases in DynamoDB: a fence that only grows, and is a condition of every write. */
import { randomUUID } from 'node:crypto';
import { settleSuspects } from '../../core/application/suspects.ts';
import { Fault } from '../../core/fault/fault.ts';
import type { Lease, Leases, Settled } from '../../ports/leases.ts';
import { type Bodies, namesSameBlob } from './bodies.ts';
import { requestOf, suspectsOf } from './entries.ts';
import type { Found, Write } from './expressions.ts';
import { untilWritten } from './insist.ts';
import { type Item, number } from './item.ts';
import { stateKey, workKey } from './keys.ts';
import type { Table } from './table.ts';

const held = '#fence = :mine AND attribute_exists(#holder)';

export function dynamoLeases(table: Table, bodies: Bodies): Leases {
  return {
    async take(name, { holder, now, forMs }) {
      const until = now + forMs;
      const token = randomUUID();
      const written = await table.write({
        update: workKey(name),
        set: 'SET #fence = #fence + :one, #holder = :holder, #until = :until, #dueAt = :until, #token = :token',
        if: 'attribute_exists(#wanted) AND (attribute_not_exists(#holder) OR #until <= :now)',
        values: { one: 1, holder, until, token, now },
      });
      if ('item' in written) return { name, fence: number(written.item, 'fence'), until };
      return didBefore(written.refused, token) ? { name, fence: number(written.refused, 'fence'), until } : null;
    },
    async write(lease, state, settled) {
      const body = await bodies.pack(state);
      let replaced: Item = {};
      const fault = await untilWritten(table.name, async () => {
        const work = await settling(lease, settled);
        const write = { put: { ...stateKey(lease.name), ...body }, ...namesSameBlob(replaced) };
        const refused = await table.transact([work, write]);
        if (refused === null) return 'written';
        const [ofWork = null, ofState = null] = refused;
        if (ofWork !== null && isLost(ofWork, lease)) return lost(lease);
        replaced = ofState ?? replaced;
        return null;
      });
      await bodies.discard(fault === 'written' ? replaced : body);
      if (fault !== 'written') throw fault;
    },
    async release(lease, { wanted, lookAt }) {
      const token = randomUUID();
      const written = await table.write({
        update: workKey(lease.name),
        set:
          lookAt === null
            ? 'SET #token = :token REMOVE #holder, #dueAt'
            : 'SET #token = :token, #dueAt = :lookAt REMOVE #holder',
        if: `${held} AND #wanted = :seen`,
        values: { token, mine: lease.fence, seen: wanted, ...(lookAt === null ? {} : { lookAt }) },
      });
      if ('item' in written || didBefore(written.refused, token)) return true;
      if (isLost(written.refused, lease)) throw lost(lease);
      return false;
    },
  };

  /** What a state is written with: the settling of what was dealt with, or only proof that the lease is held. */
  async function settling(lease: Lease, settled: Settled | undefined): Promise<Write> {
    const values = { mine: lease.fence };
    const proof = { check: workKey(lease.name), if: held, values };
    if (settled === undefined || ((settled.suspects ?? []).length === 0 && settled.request === undefined)) return proof;
    const work = (await table.get(workKey(lease.name))) ?? {};
    if (isLost(work, lease)) return proof;
    const done = requestOf(work)?.id === settled.request ? ' REMOVE #request' : '';
    return {
      update: workKey(lease.name),
      set: `SET #suspects = :suspects${done}`,
      if: `${held} AND #wanted = :read`,
      values: { ...values, ...settle(work, settled) },
    };
  }
}

function settle(work: Item, { suspects = [], seenWanted }: Settled) {
  return { suspects: settleSuspects(suspectsOf(work), suspects, seenWanted), read: number(work, 'wanted') };
}

/** The answer to a write was lost, and the SDK wrote again: it found its own work. */
function didBefore(found: Found, token: string): boolean {
  return found.token === token;
}

function isLost(work: Item, lease: Lease): boolean {
  return work.fence !== lease.fence || work.holder === undefined;
}

function lost(lease: Lease): Fault {
  return new Fault('store.lease_lost', { application: lease.name });
}
