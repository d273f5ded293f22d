/** `/api/v1` behind the HTTP API: always with a token, since nobody there is on this machine. */
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { Hono } from 'hono';
import type { Log } from '../../lib/ports/log.ts';
import { type Around, type Open, untilKilled } from '../open.ts';
import { settleFault } from '../settle-fault.ts';
import { createApi } from './api.ts';
import { requireToken } from './bearer-tokens.ts';
import type { ApiPorts } from './routes.ts';
import { toResult } from './to-result.ts';

/** `tokens`: of `access`; null and empty let nobody in. */
export type ApiParts = { ports: ApiPorts; tokens: readonly string[] | null };

export function serveApi(open: Open<ApiParts>, { log, middleware = [] }: Around & { log: Log }) {
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(untilKilled)
    .use([...middleware, settleFault(log)])
    .handler(async (event) => {
      const response = await appOf(await open()).fetch(toRequest(event));
      return toResult(response, { accepts: event.headers['accept-encoding'] ?? '', log });
    });
}

function appOf({ ports, tokens }: ApiParts): Hono {
  const allow = ({ headers }: { headers: Headers }) => requireToken(headers.get('authorization'), tokens ?? []);
  return new Hono().route('/api/v1', createApi(ports, allow));
}

/** Only what is read: the API takes no body. */
function toRequest({ rawPath, rawQueryString, headers, requestContext }: APIGatewayProxyEventV2): Request {
  const url = new URL(`${rawPath}?${rawQueryString}`, `https://${requestContext.domainName}`);
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new Request(url, { method: requestContext.http.method, headers: given });
}
