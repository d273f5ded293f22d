/** Reads the configuration anew: a function that is warm goes on with the one it has. */
import type { SelfCheck } from '../self-test.ts';

export type ConfigParts = { readConfig(): Promise<unknown> };

export function readsConfiguration({ readConfig }: ConfigParts): SelfCheck {
  return { check: 'reads its configuration', attempt: readConfig };
}
