/** Health of an object that is wanted and not there. */
import type { Health } from './health.ts';

export const missingHealth: Health = { status: 'Missing', because: 'It is not in the cluster' };
