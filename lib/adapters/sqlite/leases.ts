/** Leases in SQLite: a fence that only grows, checked in the transaction that writes. */
import type { SyncRequest } from '../../core/application/application-state.ts';
import { settleSuspects } from '../../core/application/suspects.ts';
import { Fault } from '../../core/fault/fault.ts';
import type { Lease, Leases, Settled } from '../../ports/leases.ts';
import type { Database } from './open-database.ts';
import { integer, type Row, text, textOrNull } from './row.ts';

export function sqliteLeases(database: Database): Leases {
  const take = database.prepare(`
    INSERT INTO leases (name, fence, holder, until)
    SELECT name, 1, :holder, :until FROM applications WHERE name = :name
    ON CONFLICT DO UPDATE SET fence = fence + 1, holder = excluded.holder, until = excluded.until
    WHERE holder IS NULL OR until <= :now
    RETURNING fence`);
  const lookAt = database.prepare('UPDATE applications SET look_at = ? WHERE name = ?');
  const leased = database.prepare(`
    SELECT wanted, suspects, request FROM applications JOIN leases USING (name)
    WHERE name = ? AND fence = ? AND holder IS NOT NULL`);
  const write = database.prepare('UPDATE applications SET state = ?, suspects = ?, request = ? WHERE name = ?');
  const release = database.prepare('UPDATE leases SET holder = NULL WHERE name = ?');

  function find(lease: Lease): Row {
    const row = leased.get(lease.name, lease.fence);
    if (row === undefined) throw new Fault('store.lease_lost', { application: lease.name });
    return row;
  }

  return {
    async take(name, { holder, now, forMs }) {
      const until = now + forMs;
      return database.write(() => {
        const row = take.get({ name, holder, now, until });
        if (row === undefined) return null;
        lookAt.run(until, name);
        return { name, fence: integer(row, 'fence'), until };
      });
    },
    async write(lease, state, settled) {
      database.write(() => {
        const { suspects, request } = settle(find(lease), settled);
        write.run(JSON.stringify(state), suspects, request, lease.name);
      });
    },
    async release(lease, seen) {
      return database.write(() => {
        if (integer(find(lease), 'wanted') !== seen.wanted) return false;
        release.run(lease.name);
        lookAt.run(seen.lookAt, lease.name);
        return true;
      });
    },
  };
}

function settle(row: Row, settled: Settled | undefined): { suspects: string; request: string | null } {
  const suspects = text(row, 'suspects');
  const request = textOrNull(row, 'request');
  if (settled === undefined) return { suspects, request };
  const asked: SyncRequest | null = JSON.parse(request ?? 'null');
  return {
    suspects: JSON.stringify(settleSuspects(JSON.parse(suspects), settled.suspects ?? [], settled.seenWanted)),
    request: asked?.id === settled.request ? null : request,
  };
}
