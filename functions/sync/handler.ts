/** The deployed worker. */
import { wireFunction } from '../wire/wire-function.ts';
import { sync } from './sync.ts';

const { ports } = await wireFunction(process.env);
export const handler = sync(ports);
