/** Faults of the configuration and the doors. */
import type { FaultInfo } from '../catalogue.ts';

export const configFaults = {
  'config.missing': {
    http: 500,
    retry: 'never',
    says: 'There is no configuration at {path}',
    hint: 'Write one with: trueup init',
  },
  'config.invalid': {
    http: 500,
    retry: 'never',
    says: '{path} is not valid:\n{problems}',
    hint: 'Each line names the place, what was found and what is allowed.',
  },
  'config.secret_missing': {
    http: 500,
    retry: 'never',
    says: '{path}: the secret {reference} is not there',
    hint: 'Set the environment variable or write the file it names.',
  },
  'config.port_taken': {
    http: 500,
    retry: 'never',
    says: 'Port {port} on {address} is taken',
    hint: 'Stop the other program or choose another port: trueup serve --port N',
  },
  'config.node_too_old': {
    http: 500,
    retry: 'never',
    says: 'Trueup needs Node 24 or newer; this is {found}',
    hint: 'Install Node 24, or run it from a checkout after npm ci.',
  },
} as const satisfies Record<string, FaultInfo>;
