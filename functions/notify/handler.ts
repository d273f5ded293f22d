/** The deployed sender of notices. */
import { wireFunction } from '../wire/wire-function.ts';
import { notify } from './notify.ts';

const { ports } = await wireFunction(process.env);
export const handler = notify(ports);
