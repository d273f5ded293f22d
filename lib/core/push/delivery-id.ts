/** What a delivery is known by: what its host calls it, else its body: the same body again is the same delivery. */
import { createHash } from 'node:crypto';

/** `named`: of a header, which no signature covers; what cannot be a key of any store does not count. */
export function deliveryId(named: string | undefined, body: string): string {
  if (named !== undefined && /^[\w.:-]{1,200}$/.test(named)) return named;
  return `sha256-${createHash('sha256').update(body).digest('hex')}`;
}
