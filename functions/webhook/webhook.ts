/** `POST /hooks/{gitHost}` behind the HTTP API: 202 once the wake-ups are queued. */
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type PushPorts, receivePush } from '../../lib/flow/receive-push.ts';
import type { Log } from '../../lib/ports/log.ts';
import { type Around, type Open, untilKilled } from '../open.ts';
import { jsonAnswer, settleFault } from '../settle-fault.ts';

export function webhook(open: Open<PushPorts>, { log, middleware = [] }: Around & { log: Log }) {
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(untilKilled)
    .use([...middleware, settleFault(log)])
    .handler(async (event) => jsonAnswer(202, await receivePush(readRequest(event), await open())));
}

/** The body byte for byte, as it was signed. API Gateway gives header names in lower case. */
function readRequest({ pathParameters, headers, body = '', isBase64Encoded }: APIGatewayProxyEventV2) {
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
  return { gitHost: pathParameters?.gitHost ?? '', headers, body: text };
}
