/** What the in-memory fakes of the register, the wake-ups and the leases keep together. */
import type { Suspects } from '../../core/application/suspects.ts';
import type { Entry } from '../../ports/applications.ts';

export type Shelf = {
  applications: Map<string, Shelved>;
  /** Outlives its Application: fences never start again. */
  leases: Map<string, { fence: number; held: boolean; until: number }>;
};

export type Shelved = Omit<Entry, 'suspects'> & { suspects: Suspects };
