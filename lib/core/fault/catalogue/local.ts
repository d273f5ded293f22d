/** Faults of the local control plane that the demo and the tests run on. */
import type { FaultInfo } from '../catalogue.ts';

export const localFaults = {
  'local.no_control_plane': {
    http: 500,
    retry: 'never',
    says: 'No Kubernetes control plane can be had on this machine: {because}',
    hint: 'Install Docker with kind, or Go 1.26 or newer, or use a cluster of your own: --kubeconfig FILE.',
  },
  'local.download_failed': {
    http: 502,
    retry: 'later',
    says: '{file} could not be downloaded from {url}',
    hint: 'Check the network. Without it Trueup builds the program from its Go module.',
  },
  'local.wrong_checksum': {
    http: 502,
    retry: 'never',
    says: '{file} from {url} has the checksum {found}, published is {allowed}',
    hint: 'Nothing of it was kept. Find out who stands between you and the download before trying again.',
  },
  'local.build_failed': {
    http: 500,
    retry: 'never',
    says: '{program} could not be built from its Go module',
    hint: 'Needed are Go 1.26 or newer (`go version`), 6 GB of disk and the Go module proxy.',
  },
  'local.program_missing': {
    http: 500,
    retry: 'never',
    says: '{program} is not on this machine, and {wanted} needs it',
    hint: 'Install {needs}.',
  },
  'local.install_failed': {
    http: 502,
    retry: 'later',
    says: '{program} could not be installed: {because}',
    hint: 'Check the network and the settings of the package registry (pip, Maven), then try again.',
  },
  'local.start_failed': {
    http: 500,
    retry: 'later',
    says: '{program} did not come up',
    hint: 'Its log: {log}',
  },
  'local.unknown_user': {
    http: 400,
    retry: 'never',
    says: 'The control plane was not started with a user {user}',
    hint: 'Known: {known}. Name more with the option users.',
  },
} as const satisfies Record<string, FaultInfo>;
