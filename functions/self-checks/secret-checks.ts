/** Reads every secret that the configuration refers to for these purposes, anew, and forgets it. */
import type { PlacedReference, SecretPurpose } from '../../lib/core/config/references-of.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import type { SelfCheck } from '../self-test.ts';

export type SecretParts = { references: readonly PlacedReference[]; secrets: Secrets };

export function readsSecrets({ references, secrets }: SecretParts, purposes: readonly SecretPurpose[]): SelfCheck[] {
  return references
    .filter(({ purpose }) => purposes.includes(purpose))
    .map(({ where, reference }) => ({
      check: `reads the secret of ${where}`,
      attempt: () => secrets.read(reference, { fresh: true }),
    }));
}
