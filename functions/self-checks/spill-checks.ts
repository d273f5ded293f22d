/** Large parts of items, in S3 beside the table. Sync leaves one there, for the functions that may read them and cannot ask what there is. */
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Blobs } from '../../lib/ports/blobs.ts';
import type { SelfCheck } from '../self-test.ts';

const key = 'self-test';
const passing = 'self-test-passing';
const content = new TextEncoder().encode('self-test');

/** `spill`: blobs below the prefix of large parts. */
export type SpillParts = { spill: Pick<Blobs, 'put' | 'get' | 'remove'> };

/** In this order: all checks of a function run at once. */
export function keepsLargeItems({ spill }: SpillParts): SelfCheck {
  return {
    check: 'keeps large items',
    async attempt() {
      await spill.put(key, content);
      await readsLargeItems({ spill }).attempt();
      await spill.put(passing, content);
      await spill.remove(passing);
    },
  };
}

/** S3 answers 403 for what is not there to who may not list, so only a read that finds something proves that it may. */
export function readsLargeItems({ spill }: { spill: Pick<Blobs, 'get'> }): SelfCheck {
  return {
    check: 'reads large items',
    async attempt() {
      if ((await spill.get(key)) === null) throw new Fault('doctor.not_left', { key });
    },
  };
}
