/** The deployed clock. */
import { wireFunction } from '../wire/wire-function.ts';
import { drift } from './drift.ts';

const { ports } = await wireFunction(process.env);
export const handler = drift(ports);
