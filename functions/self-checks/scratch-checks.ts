/** What sync hands to render, and takes back: put, got and removed, each with the role that also signs the URLs. */
import type { Scratch } from '../../lib/ports/scratch.ts';
import type { SelfCheck } from '../self-test.ts';

/** Beside the folders of renders, which are named by UUIDs. */
const key = 'render/self-test';

export type ScratchParts = { scratch: Pick<Scratch, 'put' | 'get' | 'remove'> };

export function handsOverBundles({ scratch }: ScratchParts): SelfCheck {
  return {
    check: 'hands over bundles',
    async attempt() {
      await scratch.put(key, new TextEncoder().encode('self-test'));
      await scratch.get(key);
      await scratch.remove(key);
    },
  };
}
