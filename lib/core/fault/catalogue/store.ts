/** Faults of the store. */
import type { FaultInfo } from '../catalogue.ts';

export const storeFaults = {
  'store.full': {
    http: 507,
    retry: 'later',
    says: 'The disk of the store {path} is full',
    hint: 'Free space on that disk; Trueup goes on by itself and has lost nothing.',
  },
  'store.unavailable': {
    http: 503,
    retry: 'later',
    says: 'The store {path} cannot be used',
    hint: 'Check that the folder exists and can be written.',
  },
  'store.lease_lost': {
    http: 409,
    retry: 'later',
    says: 'Another worker has taken over {application}',
    hint: 'Nothing to do: the other worker carries on.',
  },
  'store.newer_schema': {
    http: 500,
    retry: 'never',
    says: 'The store {path} was written by a newer Trueup (schema {found}, this one knows {allowed})',
    hint: 'Upgrade Trueup, or give it another store.',
  },
} as const satisfies Record<string, FaultInfo>;
