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
  'store.unreadable': {
    http: 500,
    retry: 'never',
    says: 'The store {path} is damaged, or is not a store of Trueup',
    hint: 'Restore it from a backup, or name another file: Git and the clusters are enough to start with an empty one.',
  },
  'store.lease_lost': {
    http: 409,
    retry: 'later',
    says: 'Another worker has taken over {application}',
    hint: 'Nothing to do: the other worker carries on.',
  },
  'queue.unavailable': {
    http: 503,
    retry: 'later',
    says: 'The queue {queue} did not take a message',
    hint: 'Check the queue and the role of the function; the Git host delivers again, and the head check finds the push.',
  },
  'store.newer_schema': {
    http: 500,
    retry: 'never',
    says: 'The store {path} was written by a newer Trueup (schema {found}, this one knows {allowed})',
    hint: 'Upgrade Trueup, or give it another store.',
  },
  'store.blob_unreadable': {
    http: 500,
    retry: 'never',
    says: 'The blob {key} of the store {path} cannot be read',
    hint: 'It was damaged, or written with another installation key: put the right key back, or restore the folder from a backup.',
  },
  'store.bad_key': {
    http: 500,
    retry: 'never',
    says: 'The installation key {path} is not 64 hexadecimal digits',
    hint: 'Restore it from a backup. Without it the blobs cannot be read; an empty store and a new key work as well.',
  },
} as const satisfies Record<string, FaultInfo>;
