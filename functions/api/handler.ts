/** The deployed API. */
import { wireFunction } from '../wire/wire-function.ts';
import { serveApi } from './serve-api.ts';

const { ports, apiTokens } = await wireFunction(process.env);
export const handler = serveApi(ports, await apiTokens());
