/** Whether two URLs name the same repository (see `repositoryKey`). */
import { repositoryKey } from './repository-key.ts';

export function sameRepository(a: string, b: string): boolean {
  return repositoryKey(a) === repositoryKey(b);
}
