/** Resolves a reference to a secret value. Fault config.secret_missing. */
import type { SecretReference } from '../core/config/secret-reference.ts';

export interface Secrets {
  read(reference: SecretReference): Promise<string>;
}
