/** Resolves a reference to a secret value. Faults config.secret_missing, config.secret_denied, config.secret_unreachable. */
import type { SecretReference } from '../core/config/secret-reference.ts';

export interface Secrets {
  /** Remembered for a while. `fresh` asks again, since it may have been rotated, though not more often than every few seconds. */
  read(reference: SecretReference, options?: { fresh?: boolean }): Promise<string>;
}
