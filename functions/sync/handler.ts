/** The deployed worker. */
import { openFunction } from '../wire/open-function.ts';
import { sync } from './sync.ts';
import { wire } from './wire.ts';

const parts = await openFunction(process.env, 'sync');
const { open, inbox, selfChecks } = wire(parts, process.env);
export const handler = sync(open, { ...parts.around(selfChecks), inbox, now: parts.now });
