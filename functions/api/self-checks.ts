/** What api must be able to do: read all there is to show, and the tokens of those who may see it. */
import type { Blobs } from '../../lib/ports/blobs.ts';
import { type ConfigParts, readsConfiguration } from '../self-checks/config-checks.ts';
import { readsSecrets, type SecretParts } from '../self-checks/secret-checks.ts';
import { readsLargeItems } from '../self-checks/spill-checks.ts';
import { readsApplications, readsBlobs, readsHistory, readsRecord } from '../self-checks/store-checks.ts';
import type { SelfCheck } from '../self-test.ts';
import type { ApiPorts } from './routes.ts';

export type ApiSelfParts = ConfigParts & SecretParts & { ports: ApiPorts; spill: Pick<Blobs, 'get'> };

export function apiSelfChecks({ ports, spill, readConfig, ...secrets }: ApiSelfParts): SelfCheck[] {
  return [
    readsConfiguration({ readConfig }),
    ...readsSecrets(secrets, ['access']),
    readsApplications(ports),
    readsLargeItems({ spill }),
    readsBlobs(ports),
    readsRecord(ports),
    readsHistory(ports),
  ];
}
