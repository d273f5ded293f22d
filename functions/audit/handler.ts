/** The deployed reader of audit logs. */
import { openFunction } from '../wire/open-function.ts';
import { audit } from './audit.ts';
import { wire } from './wire.ts';

const parts = await openFunction(process.env, 'audit');
const { open, selfChecks } = wire(parts);
export const handler = audit(open, parts.around(selfChecks));
