/** What discovery found. */
import type { ServedKind } from '../../ports/cluster.ts';

/** `stale`: API versions whose aggregated server does not answer, so that nothing is known of their kinds. */
export type Served = { apiVersions: string[]; kinds: ServedKind[]; stale: string[] };
