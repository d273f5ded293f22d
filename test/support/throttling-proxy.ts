/** Stands before a DynamoDB and says, for as long as the test likes, that it takes no more. */
import { createServer, request as forward } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { listenOn } from './listen-on.ts';

export type ThrottlingProxy = {
  url: string;
  /** Asked for each request, with how many came before it since this was set. Default: none is. */
  throttled: (before: number) => boolean;
  /** How many were turned away. */
  refusals: number;
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const refusal = JSON.stringify({
  __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
  message: 'The level of configured provisioned throughput for the table was exceeded.',
});

export async function throttlingProxy(t: TestContext, target: string): Promise<ThrottlingProxy> {
  const none = () => false;
  let throttled: ThrottlingProxy['throttled'] = none;
  let before = 0;
  let refusals = 0;
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const refused = throttled(before);
    before += 1;
    if (refused) {
      refusals += 1;
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(refusal);
      return;
    }
    const { method, headers } = request;
    const sent = forward(new URL(request.url ?? '/', target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    sent.on('error', () => response.destroy()).end(body);
  });
  return {
    url: await listenOn(server, t),
    get throttled() {
      return throttled;
    },
    set throttled(next) {
      throttled = next;
      before = 0;
    },
    get refusals() {
      return refusals;
    },
  };
}
