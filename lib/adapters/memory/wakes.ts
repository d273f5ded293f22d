/** Wake-ups in memory, for unit tests. */
import { addSuspects } from '../../core/application/suspects.ts';
import type { Wakes } from '../../ports/wakes.ts';
import type { Shelf, Shelved } from './shelf.ts';

export function memoryWakes({ applications }: Shelf): Wakes {
  function wake(name: string, now: number, say: (known: Shelved) => void): void {
    const known = applications.get(name);
    if (known === undefined) return;
    known.wanted += 1;
    known.lookAt = now;
    say(known);
  }

  return {
    async wake(name, now) {
      wake(name, now, () => {});
    },
    async suspect(name, keys, now) {
      if (keys.length === 0) return;
      wake(name, now, (known) => {
        known.suspects = addSuspects(known.suspects, keys, known.wanted);
      });
    },
    async request(name, request, now) {
      wake(name, now, (known) => {
        known.request = structuredClone(request);
      });
    },
    async hold(name, hold, now) {
      wake(name, now, (known) => {
        known.hold = structuredClone(hold);
      });
    },
    async overdue(now, limit) {
      return [...applications.values()]
        .map(({ application: { name }, lookAt }) => ({ name, lookAt: lookAt ?? Number.POSITIVE_INFINITY }))
        .filter(({ lookAt }) => lookAt <= now)
        .sort((a, b) => a.lookAt - b.lookAt || (a.name < b.name ? -1 : 1))
        .slice(0, limit)
        .map(({ name }) => name);
    },
  };
}
