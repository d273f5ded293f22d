/** The deployed webhook door. */
import { wireFunction } from '../wire/wire-function.ts';
import { webhook } from './webhook.ts';

const { ports } = await wireFunction(process.env);
export const handler = webhook(ports);
