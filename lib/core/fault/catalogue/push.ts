/** Faults of the webhook door. */
import type { FaultInfo } from '../catalogue.ts';

export const pushFaults = {
  'push.bad_signature': {
    http: 401,
    retry: 'never',
    says: 'The webhook of {gitHost} carries a signature that does not match its body',
    hint: 'Use the same secret in the Git host webhook and in gitHosts[].webhookSecret.',
  },
  'push.unsigned': {
    http: 401,
    retry: 'never',
    says: 'The webhook of {gitHost} carries no signature',
    hint: 'Set a secret on the webhook at the Git host; unsigned deliveries are always refused.',
  },
  'push.unknown_host': {
    http: 404,
    retry: 'never',
    says: 'No Git host is called {gitHost}',
    hint: 'The last part of the webhook URL is the name of an entry of gitHosts[] in trueup.yaml.',
  },
  'push.no_secret': {
    http: 401,
    retry: 'never',
    says: '{gitHost} has no webhookSecret, so its webhooks cannot be judged',
    hint: 'Set gitHosts[].webhookSecret; until then pushes are found by the head check.',
  },
  'push.bad_payload': {
    http: 400,
    retry: 'never',
    says: 'The webhook body of {gitHost} cannot be read as a push',
    hint: 'Choose content type application/json at the Git host and send push events.',
  },
  'push.too_large': {
    http: 413,
    retry: 'never',
    says: 'The webhook body is larger than {limitBytes} bytes',
    hint: 'Nothing is lost: the head check finds the push within a minute.',
  },
} as const satisfies Record<string, FaultInfo>;
