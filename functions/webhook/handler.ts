/** The deployed webhook door. */
import { openFunction } from '../wire/open-function.ts';
import { webhook } from './webhook.ts';
import { wire } from './wire.ts';

const parts = await openFunction(process.env, 'webhook');
const { open, selfChecks } = wire(parts);
export const handler = webhook(open, parts.around(selfChecks));
