/** `/api/v1` behind the HTTP API: always with a token, since nobody there is on this machine. */
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { settleFault } from '../settle-fault.ts';
import { createApi } from './api.ts';
import { requireToken } from './bearer-tokens.ts';
import type { ApiPorts } from './routes.ts';

/** `tokens`: of `access`; null and empty let nobody in. */
export function serveApi(ports: ApiPorts, tokens: readonly string[] | null) {
  const allow = ({ headers }: { headers: Headers }) => requireToken(headers.get('authorization'), tokens ?? []);
  const app = new Hono().route('/api/v1', createApi(ports, allow));
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(settleFault(ports.log))
    .handler(handle(app));
}
