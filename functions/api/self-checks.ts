/** What api must be able to do: read all there is to show, and the tokens of those who may see it. */
import type { Blobs } from '../../lib/ports/blobs.ts';
import { readsSecrets, type SecretParts } from '../self-checks/secret-checks.ts';
import { readsLargeItems } from '../self-checks/spill-checks.ts';
import { readsApplications, readsBlobs, readsRecord } from '../self-checks/store-checks.ts';
import type { SelfCheck } from '../self-test.ts';
import type { ApiPorts } from './routes.ts';

export type ApiSelfParts = SecretParts & { ports: ApiPorts; spill: Pick<Blobs, 'get'> };

export function apiSelfChecks({ ports, spill, ...secrets }: ApiSelfParts): SelfCheck[] {
  return [
    ...readsSecrets(secrets, ['access']),
    readsApplications(ports),
    readsLargeItems({ spill }),
    readsBlobs(ports),
    readsRecord(ports),
  ];
}
