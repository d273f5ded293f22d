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
    hint: 'Check that the folder exists and can be written; on AWS, that the stack is deployed and its region has no trouble.',
  },
  'store.throttled': {
    http: 503,
    retry: 'later',
    says: 'The table {path} takes no more for the moment',
    hint: 'Nothing to do, the work comes again. If it lasts, look at the throttled requests of the table in CloudWatch: the quota of the account or a maximum set on the table is too low.',
  },
  'store.no_table': {
    http: 503,
    retry: 'later',
    says: 'There is no table {path}',
    hint: 'Deploy the stack; if it is deployed, compare the stage and the region.',
  },
  // Waiting cures it while a new policy spreads; what it does not cure ends among the dead letters, explained.
  'store.denied': {
    http: 503,
    retry: 'later',
    says: 'AWS does not allow {action} on {path}',
    hint: 'Deploy again, or add this statement to the policy of the role: {statement}',
  },
  'store.unreadable': {
    http: 500,
    retry: 'never',
    says: 'The store {path} is damaged, or is not a store of Trueup',
    hint: 'Restore it from a backup, or start with an empty one: Git and the clusters are enough to come back.',
  },
  'store.lease_lost': {
    http: 409,
    retry: 'later',
    says: 'Another worker has taken over {application}',
    hint: 'Nothing to do: the other worker carries on.',
  },
  'store.too_large': {
    http: 413,
    retry: 'never',
    says: '{path} has {sizeBytes} bytes; {maxBytes} are taken',
    hint: 'What was rendered is too much for one Application: split it, or raise render.maxOutputBytes.',
  },
  'queue.unavailable': {
    http: 503,
    retry: 'later',
    says: 'The queue {queue} does not answer {action}',
    hint: 'Check that the queue exists and its region has no trouble; the Git host delivers again, and the head check finds the push.',
  },
  'queue.denied': {
    http: 503,
    retry: 'later',
    says: 'AWS does not allow {action} on the queue {queue}',
    hint: 'Deploy again, or add this statement to the policy of the role: {statement}',
  },
  'queue.message_too_large': {
    http: 413,
    retry: 'never',
    says: 'A message about {about} has {sizeBytes} bytes; the queue takes {maxBytes}',
    hint: 'Shorten the URL of the repository or the name it speaks of.',
  },
  'queue.newer_message': {
    http: 503,
    retry: 'later',
    says: 'The message {messageId} was written by a newer Trueup',
    hint: 'Nothing to do while a deployment is under way: it comes again for the new version. If it lasts, deploy the newer version again.',
  },
  'queue.no_time': {
    http: 503,
    retry: 'later',
    says: 'The function had {remainingMs} ms left and took on no more of its messages',
    hint: 'Nothing to do, they come again at once. If it lasts, give the function a longer time-out or smaller batches.',
  },
  'store.newer_schema': {
    http: 500,
    retry: 'never',
    says: 'The store {path} was written by a newer Trueup (schema {found}, this one knows {allowed})',
    hint: 'Upgrade Trueup here (on AWS: deploy the newer version again), or give it another store.',
  },
  'state.invalid': {
    http: 400,
    retry: 'never',
    says: '{file}:{line}: this is not a whole export of Trueup',
    hint: 'Make it again with `trueup export FILE`. A file that was cut off or edited is refused before anything is written.',
  },
  'state.newer_version': {
    http: 400,
    retry: 'never',
    says: '{file} was written by a newer Trueup (version {found}, this one reads {allowed})',
    hint: 'Upgrade Trueup, or export with this version.',
  },
  'state.other_installation': {
    http: 409,
    retry: 'never',
    says: '{file} is the state of the installation {found}, and this one is {installation}',
    hint: 'Objects in the clusters carry that name: set `installation: {found}` in trueup.yaml.',
  },
  'state.not_empty': {
    http: 409,
    retry: 'never',
    says: 'The store has a state already: {applications}',
    hint: 'Import into an empty store, or add only what is missing: trueup import state {file} --merge',
  },
  'state.busy': {
    http: 409,
    retry: 'later',
    says: '{application} is being worked on while its state is imported',
    hint: 'Stop `trueup serve`, or wait a moment, then go on: trueup import state {file} --merge',
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
