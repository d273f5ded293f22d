/** What automation waits for: a sync window, or an Application that this one depends on. */
import type { FaultReport } from '../fault/fault.ts';

/** `until`: when it ends by itself (ms since the epoch); null: nobody knows. `lookAt`: when it is worth another look, at the latest. */
export type Block = { fault: FaultReport; until: number | null; lookAt: number };
