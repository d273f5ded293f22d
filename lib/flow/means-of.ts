/** What a record is made with: the key that seals Secrets, and the rules of health. */
import type { Means } from '../core/record/record-applied.ts';
import type { Ports } from '../ports/ports.ts';

export function meansOf({ installationKey, assess }: Pick<Ports, 'installationKey' | 'assess'>): Means {
  return { key: installationKey, assess };
}
