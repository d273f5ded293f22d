/** Events as AWS sends them; give only what the test is about. */
import type { APIGatewayProxyEventV2, Context, ScheduledEvent, SQSEvent, SQSRecord } from 'aws-lambda';

export type HttpRequest = {
  routeKey: string;
  path: string;
  gitHost?: string;
  method?: string;
  query?: string;
  headers?: Record<string, string>;
  body?: string;
  isBase64Encoded?: boolean;
};

/** HTTP API, payload format 2.0. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function httpEvent(request: HttpRequest): APIGatewayProxyEventV2 {
  const { routeKey, path, gitHost, method = 'POST', query = '', headers = {}, body, isBase64Encoded = false } = request;
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    headers: { host: 'abc.execute-api.eu-west-1.amazonaws.com', ...headers },
    requestContext: {
      accountId: '123456789012',
      apiId: 'abc',
      domainName: 'abc.execute-api.eu-west-1.amazonaws.com',
      domainPrefix: 'abc',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.9', userAgent: 'GitHub-Hookshot/1' },
      requestId: 'request-1',
      routeKey,
      stage: '$default',
      time: '01/May/2026:12:00:00 +0000',
      timeEpoch: 1_777_636_800_000,
    },
    ...(gitHost === undefined ? {} : { pathParameters: { gitHost } }),
    ...(body === undefined ? {} : { body }),
    isBase64Encoded,
  };
}

/** One record for each body; ids are `m-1`, `m-2`, … */
export function sqsEvent(...bodies: string[]): SQSEvent {
  return { Records: bodies.map(sqsRecord) };
}

function sqsRecord(body: string, index: number): SQSRecord {
  return {
    messageId: `m-${index + 1}`,
    receiptHandle: `handle-${index + 1}`,
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1777636800000',
      SenderId: 'AROA:webhook',
      ApproximateFirstReceiveTimestamp: '1777636800001',
    },
    messageAttributes: {},
    md5OfBody: '0',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:trueup-prod-wake-ups',
    awsRegion: 'eu-west-1',
  };
}

export const scheduledEvent: ScheduledEvent = {
  version: '0',
  id: 'event-1',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '123456789012',
  time: '2026-05-01T12:00:00Z',
  region: 'eu-west-1',
  resources: ['arn:aws:events:eu-west-1:123456789012:rule/trueup-prod-drift'],
  detail: {},
};

export const lambdaContext: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'trueup-prod-test',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:trueup-prod-test',
  memoryLimitInMB: '512',
  awsRequestId: 'request-1',
  logGroupName: '/aws/lambda/trueup-prod-test',
  logStreamName: '2026/05/01/[$LATEST]1',
  getRemainingTimeInMillis: () => 300_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};
