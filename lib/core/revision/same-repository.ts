/** Whether two URLs name the same repository (see `repositoryKey`). A text that is no repository URL is the same as none. */
import { Fault } from '../fault/fault.ts';
import { repositoryKey } from './repository-key.ts';

export function sameRepository(a: string, b: string): boolean {
  try {
    return repositoryKey(a) === repositoryKey(b);
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}
