/** The deployed API. */
import { openFunction } from '../wire/open-function.ts';
import { serveApi } from './serve-api.ts';
import { wire } from './wire.ts';

const parts = await openFunction(process.env, 'api');
const { open, selfChecks } = wire(parts);
export const handler = serveApi(open, parts.around(selfChecks));
