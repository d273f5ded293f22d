/** Faults of actions on live objects. */
import type { FaultInfo } from '../catalogue.ts';

export const actionFaults = {
  'action.no_such_object': {
    http: 404,
    retry: 'never',
    says: '{application} has no object {object} in {cluster}',
    hint: 'Actions are for what the Application deployed, and for what that owns. See: trueup actions list {application}',
  },
  'action.ambiguous_object': {
    http: 409,
    retry: 'never',
    says: '{object} may be any of {found} of {application}',
    hint: 'Say which one with --group and --namespace.',
  },
  'action.unknown': {
    http: 404,
    retry: 'never',
    says: '{object} has no action {action}',
    hint: 'It has: {known}. More are added by resource.customizations.actions.<group>_<Kind> of argocd-cm.',
  },
  'action.disabled': {
    http: 409,
    retry: 'never',
    says: 'The action {action} is not possible on {object} now',
    hint: 'Nothing was changed. See: trueup actions list {application}',
  },
  'action.parameter_invalid': {
    http: 400,
    retry: 'never',
    says: 'The parameter {parameter} of the action {action} is {found}',
    hint: 'Allowed: {allowed}. Write --param {parameter}=VALUE.',
  },
  'action.script_failed': {
    http: 422,
    retry: 'never',
    says: '{script} fails',
    hint: 'Correct it in the argocd-cm of the fleet. Nothing was changed.',
  },
  'action.refused': {
    http: 422,
    retry: 'never',
    says: 'The action {action} on {object} is refused: {because}',
    hint: 'An action may change what an object does, not which object it is or whose. Nothing was changed.',
  },
  'action.not_permitted': {
    http: 403,
    retry: 'never',
    says: 'The project {project} does not permit the action {action} on {object}',
    hint: 'What a project keeps from Git it keeps from actions too. Nothing was changed.',
  },
  'action.would_be_reverted': {
    http: 409,
    retry: 'never',
    says: 'Git says otherwise: {fields} of {object} would be set back within a minute',
    hint: 'Change it in Git; or keep it so for a while with --hold (and --for 2h); or do it nevertheless with --yes. Nothing was changed.',
  },
  'action.rejected': {
    http: 422,
    retry: 'never',
    says: 'The cluster rejects the action {action} on {object}',
    hint: 'The message above is the cluster’s own.',
  },
  'action.busy': {
    http: 409,
    retry: 'later',
    says: 'Somebody is at work on {application} at this moment',
    hint: 'Try again in a few seconds. Nothing was changed.',
  },
} as const satisfies Record<string, FaultInfo>;
