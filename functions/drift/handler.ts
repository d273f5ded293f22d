/** The deployed clock. */
import { openFunction } from '../wire/open-function.ts';
import { drift } from './drift.ts';
import { wire } from './wire.ts';

const parts = await openFunction(process.env, 'drift');
const { open, selfChecks } = wire(parts);
export const handler = drift(open, parts.around(selfChecks));
