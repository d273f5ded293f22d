/** The deployed sender of notices. */
import { openFunction } from '../wire/open-function.ts';
import { notify } from './notify.ts';
import { wire } from './wire.ts';

const parts = await openFunction(process.env, 'notify');
const { open, selfChecks } = wire(parts);
export const handler = notify(open, parts.around(selfChecks));
