/** Faults of planning and applying. */
import type { FaultInfo } from '../catalogue.ts';

export const syncFaults = {
  'apply.invalid': {
    http: 422,
    retry: 'never',
    says: '{file}:{line}: the cluster refuses {object}',
    hint: 'Correct this in {file} and push again; what runs was not touched.',
  },
  'apply.immutable_field': {
    http: 422,
    retry: 'never',
    says: '{file}:{line}: {fields} of {object} cannot be changed on a live object',
    hint: 'Give the object a new name, or delete it and let the next sync create it again.',
  },
  'apply.field_conflict': {
    http: 409,
    retry: 'never',
    says: 'Another writer owns {fields} of {object}',
    hint: 'Remove the field from Git, or stop the other writer.',
  },
  'apply.stale': {
    http: 409,
    retry: 'later',
    says: '{object} changed while it was being written',
    hint: 'Trueup reads it again by itself.',
  },
  'apply.rejected': {
    http: 400,
    retry: 'never',
    says: '{file}:{line}: an admission rule of the cluster rejects {object}',
    hint: 'The message above is the rule’s own; what runs was not touched.',
  },
  'sync.prune_guard': {
    http: 409,
    retry: 'never',
    says: 'This sync would delete {count} of {total} objects of {application}',
    hint: 'If that is meant, confirm it: trueup confirm {application}. Nothing was changed.',
  },
  'sync.shared_object': {
    http: 409,
    retry: 'never',
    says: '{object} is claimed by the Applications {application} and {other}',
    hint: 'Keep it in one of them. {other} has it now, and keeps it.',
  },
  'sync.timed_out': {
    http: 504,
    retry: 'never',
    says: '{application} was not healthy after {limitMs} ms',
    hint: 'See `trueup health {application}`. The next push is not held up by this.',
  },
  'sync.degraded': {
    http: 502,
    retry: 'never',
    says: '{application} is Degraded',
    hint: 'See `trueup health {application}`; the next good push repairs it.',
  },
  'sync.overtaken': {
    http: 409,
    retry: 'never',
    says: 'The sync of {application} made way for {by}',
    hint: 'Nothing to do: the newer one carries on.',
  },
  'sync.state_lost': {
    http: 409,
    retry: 'never',
    says: '{application} has {count} objects in {cluster}, and nothing is known of how they came there',
    hint: 'Its state was lost, or another installation of this name deployed it. See what differs: trueup recover. Then let it go on: trueup recover --confirm {application}. Nothing was changed.',
  },
  'sync.no_history': {
    http: 409,
    retry: 'never',
    says: '{application} has no earlier revision that worked',
    hint: 'Name one: trueup rollback {application} REVISION',
  },
} as const satisfies Record<string, FaultInfo>;
