/** Text that gzip makes little of, the same every time. */
import { createHash } from 'node:crypto';

export function incompressible(length: number): string {
  const parts = Array.from({ length: Math.ceil(length / 64) }, (_, at) =>
    createHash('sha512').update(String(at)).digest('base64').slice(0, 64),
  );
  return parts.join('').slice(0, length);
}
