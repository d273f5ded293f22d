/** Wake-ups in DynamoDB: each raises `wanted` in the write that says why. */
import { addSuspects } from '../../core/application/suspects.ts';
import type { Wakes } from '../../ports/wakes.ts';
import { suspectsOf } from './entries.ts';
import type { Condition } from './expressions.ts';
import { untilWritten } from './insist.ts';
import { number, text } from './item.ts';
import { duePks, workKey } from './keys.ts';
import type { Table } from './table.ts';

const wanting = '#wanted = #wanted + :one, #dueAt = :now';
/** As many as stay within the length of an expression. */
const addedAtOnce = 50;
/** As `addSuspects` bounds them. */
const everything = '*';
const mostSuspects = 500;

export function dynamoWakes(table: Table): Wakes {
  /** False: there is no such Application, or `more` did not hold. */
  async function wake(name: string, now: number, set = '', { if: more, values, names }: Condition = {}) {
    const known = 'attribute_exists(#wanted)';
    const written = await table.write({
      update: workKey(name),
      set: `SET ${wanting}${set}`,
      if: more === undefined ? known : `${known} AND ${more}`,
      values: { one: 1, now, ...values },
      names: names ?? {},
    });
    return 'item' in written;
  }

  /** One write where only names are added, however many add at once. */
  function add(name: string, keys: readonly string[], now: number): Promise<boolean> {
    return wake(name, now, keys.map((_, at) => `, #suspects.#key${at} = #wanted + :one`).join(''), {
      if: 'size(#suspects) <= :room AND attribute_not_exists(#suspects.#everything)',
      values: { room: mostSuspects - keys.length },
      names: { everything, ...Object.fromEntries(keys.map((key, at) => [`key${at}`, key])) },
    });
  }

  /** Everything is suspect already, and stays so: again one write, however many raise at once. */
  function raise(name: string, now: number): Promise<boolean> {
    const all = '#suspects.#everything';
    return wake(name, now, `, ${all} = #wanted + :one`, { if: `attribute_exists(${all})`, names: { everything } });
  }

  function decide(name: string, keys: readonly string[], now: number): Promise<unknown> {
    return untilWritten(table.name, async () => {
      const work = await table.get(workKey(name));
      if (work?.wanted === undefined) return 'unknown';
      const before = suspectsOf(work);
      if (everything in before) return (await raise(name, now)) ? 'raised' : null;
      const wanted = number(work, 'wanted');
      const suspects = addSuspects(before, keys, wanted + 1);
      const still = { if: '#wanted = :read', values: { read: wanted, suspects } };
      return (await wake(name, now, ', #suspects = :suspects', still)) ? 'written' : null;
    });
  }

  return {
    async wake(name, now) {
      await wake(name, now);
    },
    async suspect(name, named, now) {
      const keys = [...new Set(named)];
      if (keys.length === 0) return;
      const simple = keys.length <= addedAtOnce && !keys.includes(everything);
      if (!(simple && (await add(name, keys, now)))) await decide(name, keys, now);
    },
    async request(name, request, now) {
      await wake(name, now, ', #request = :request', { values: { request: JSON.stringify(request) } });
    },
    async hold(name, hold, now) {
      if (hold === null) await wake(name, now, ' REMOVE #hold');
      else await wake(name, now, ', #hold = :hold', { values: { hold: JSON.stringify(hold) } });
    },
    async overdue(now, limit) {
      const due = await Promise.all(
        duePks('WORK').map((pk) =>
          table.query({ index: 'due', where: '#duePk = :pk AND #dueAt <= :now', values: { pk, now }, limit }),
        ),
      );
      return due
        .flat()
        .map((item) => ({ name: text(item, 'pk').slice('APP#'.length), lookAt: number(item, 'dueAt') }))
        .sort((a, b) => a.lookAt - b.lookAt || (a.name < b.name ? -1 : 1))
        .slice(0, limit)
        .map(({ name }) => name);
    },
  };
}
