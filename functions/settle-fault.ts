/** Middy: what a handler behind the HTTP API throws becomes its answer, in the stable shape of every error. */
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Log } from '../lib/ports/log.ts';
import { answerFault } from './answer-fault.ts';

export function settleFault(log: Log): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> {
  return {
    onError(request) {
      const { status, body } = answerFault(request.error, log);
      request.response = jsonAnswer(status, body);
    },
  };
}

export function jsonAnswer(statusCode: number, body: unknown): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
