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
    hint: 'Undo the change in {file}, or give the object a new name.',
  },
  'apply.held_back': {
    http: 409,
    retry: 'later',
    says: '{object} is to be made anew, and the old one is still being deleted',
    hint: 'What holds it back: {finalizers}. Trueup goes on by itself once it is gone.',
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
  'object.unknown_annotation': {
    http: 422,
    retry: 'never',
    says: '{file}:{line}: {object} asks for {annotation}, which Trueup does not know',
    hint: 'Correct or remove it ({allowed}): what it was meant to do would not be done.',
  },
  'sync.hook_failed': {
    http: 502,
    retry: 'never',
    says: 'A hook of {application} failed',
    hint: 'Mend the hook and push again. See `trueup events {application}`. Later waves were not begun.',
  },
  'sync.wave_degraded': {
    http: 502,
    retry: 'never',
    says: '{application} stopped before wave {wave} of {phase}',
    hint: 'What comes later was not applied. The next good push goes on from here; see `trueup health {application}`.',
  },
  'sync.hook_in_the_way': {
    http: 409,
    retry: 'later',
    says: '{object} of an earlier sync is still being deleted',
    hint: 'Trueup waits until it is gone. When a finalizer holds it, see: kubectl get {kind} -n {namespace} -o yaml',
  },
  'sync.hook_name_taken': {
    http: 409,
    retry: 'never',
    says: '{file}:{line}: {object} is there already and is no hook',
    hint: 'A hook of this name would be deleted and made anew at every sync. Give the hook another name, or delete what stands there.',
  },
  'sync.selection_invalid': {
    http: 400,
    retry: 'never',
    says: '{found} does not say which objects are meant',
    hint: 'Write {allowed}. `trueup plan` lists the objects.',
  },
  'sync.terminated': {
    http: 409,
    retry: 'never',
    says: 'The sync of {application} was ended by {who}',
    hint: 'What was applied stays. Start it again: trueup sync {application}',
  },
  'sync.nothing_runs': {
    http: 409,
    retry: 'never',
    says: 'No sync of {application} is running',
    hint: 'There is nothing to end. See `trueup apps`.',
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
    says: '{application} has no earlier revision that was healthy',
    hint: 'Name one by its id or SHA: trueup rollback {application} ID. See trueup history {application}.',
  },
  'sync.not_in_history': {
    http: 404,
    retry: 'never',
    says: 'The history of {application} has no entry {id}',
    hint: 'See trueup history {application}. Known: {known}. A revision that is not in it is named by at least seven letters of its SHA.',
  },
  'sync.blocked_by_window': {
    http: 409,
    retry: 'later',
    says: 'Blocked by sync window {window} of the project {project} until {until}',
    hint: 'What is automatic goes on by itself then. `manualSync: true` on every window that blocks lets people sync {application} meanwhile.',
  },
  'sync.window_invalid': {
    http: 409,
    retry: 'never',
    says: 'The sync window {window} of the project {project} cannot be read: {because}',
    hint: 'Correct it in the AppProject {project}. Until then nothing of {application} is synced, because the window may be meant to forbid it.',
  },
} as const satisfies Record<string, FaultInfo>;
