/** `/api/v1` behind the HTTP API: always with a token, since nobody there is on this machine. */
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { Hono } from 'hono';
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
    .handler(async (event) => toResult(await app.fetch(toRequest(event))));
}

/** Only what is read: the API takes no body. */
function toRequest({ rawPath, rawQueryString, headers, requestContext }: APIGatewayProxyEventV2): Request {
  const url = new URL(`${rawPath}?${rawQueryString}`, `https://${requestContext.domainName}`);
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new Request(url, { method: requestContext.http.method, headers: given });
}

async function toResult(response: Response): Promise<APIGatewayProxyStructuredResultV2> {
  const headers = Object.fromEntries(response.headers);
  return { statusCode: response.status, headers, body: await response.text() };
}
