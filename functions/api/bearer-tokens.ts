/** Judges `Authorization: Bearer …` against the tokens of `access`, in constant time. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Fault } from '../../lib/core/fault/fault.ts';

/** Fault api.unauthorized. */
export function requireToken(authorization: string | null, tokens: readonly string[]): void {
  const given = digest(authorization?.replace(/^Bearer /i, '') ?? '');
  const matches = tokens.map((token) => timingSafeEqual(digest(token), given));
  if (!matches.includes(true)) throw new Fault('api.unauthorized');
}

/** Equal lengths, whatever was sent. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
