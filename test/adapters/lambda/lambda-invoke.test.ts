import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { type InvokeOptions, lambdaInvoke, openLambdaClient } from '../../../lib/adapters/lambda/lambda-invoke.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { listenOn } from '../../support/listen-on.ts';

const functionName = 'trueup-test-render';
const arn = `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`;
const role = 'arn:aws:sts::123456789012:assumed-role/trueup-test-sync/trueup-test-sync';

test('lambda-invoke gives the payload to the function, waits, and gives its answer', async (t) => {
  const seen: unknown[] = [];
  const invoke = await open(t, async (request, response) => {
    seen.push(request.method, request.url, request.headers['x-amz-invocation-type'], await text(request));
    response.end('{"v":1}');
  });
  equal(Buffer.from(await invoke(Buffer.from('{"v":1,"get":"x"}'))).toString(), '{"v":1}');
  deepEqual(seen, [
    'POST',
    `/2015-03-31/functions/${functionName}/invocations`,
    'RequestResponse',
    '{"v":1,"get":"x"}',
  ]);
});

for (const { it, thrown, code, says } of [
  {
    it: 'ran out of time',
    thrown: { errorType: 'Sandbox.Timedout', errorMessage: 'RequestId: 1 Error: Task timed out after 120.00 seconds' },
    code: 'render.timed_out',
    says: /The render function did not finish .* within 120000 ms/,
  },
  {
    it: 'ran out of time, in the words of before 2024',
    thrown: { errorMessage: '2024-01-01T00:00:00.000Z 1 Task timed out after 3.00 seconds' },
    code: 'render.timed_out',
    says: /within 3000 ms/,
  },
  {
    it: 'ran out of time, without a number',
    thrown: { errorType: 'Sandbox.Timedout', errorMessage: '' },
    code: 'render.timed_out',
    says: /within 2000 ms/,
  },
  {
    it: 'ran out of memory',
    thrown: { errorType: 'Runtime.OutOfMemory', errorMessage: 'RequestId: 1 Error: Runtime exited' },
    code: 'render.too_large',
    says: /exceed the memory of the render function/,
  },
  {
    it: 'was killed for its memory',
    thrown: {
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: 1 Error: Runtime exited with error: signal: killed',
    },
    code: 'render.too_large',
    says: /memory/,
  },
  {
    it: 'could not start',
    thrown: { errorType: 'Runtime.ImportModuleError', errorMessage: "Error: Cannot find module 'handler'" },
    code: 'render.remote_failed',
    says: /Runtime\.ImportModuleError: Error: Cannot find module/,
  },
  {
    it: 'threw a bug',
    thrown: { errorType: 'TypeError', errorMessage: 'x is not a function', trace: ['TypeError: x'] },
    code: 'render.remote_failed',
    says: /TypeError: x is not a function$/,
  },
  { it: 'threw nothing readable', thrown: 'boom', code: 'render.remote_failed', says: /an error: without a message/ },
]) {
  test(`lambda-invoke says so when the function ${it}`, async (t) => {
    const invoke = await open(t, (_, response) => {
      response.setHeader('x-amz-function-error', 'Unhandled').end(JSON.stringify(thrown));
    });
    await rejects(invoke(Buffer.from('{}')), (error) => isFault(error, code, says));
  });
}

for (const { it, status, type, message = 'no', code, says } of [
  {
    it: 'is throttled',
    status: 429,
    type: 'TooManyRequestsException',
    message: 'Rate Exceeded.',
    code: 'render.remote_busy',
    says: /no room to run the render function trueup-test-render just now: Rate Exceeded/,
  },
  { it: 'waits for its network', status: 502, type: 'ENILimitReachedException', code: 'render.remote_busy', says: /./ },
  {
    it: 'is being deployed',
    status: 409,
    type: 'ResourceConflictException',
    code: 'render.remote_busy',
    says: /./,
  },
  {
    it: 'is not there',
    status: 404,
    type: 'ResourceNotFoundException',
    message: `Function not found: ${arn}`,
    code: 'render.remote_failed',
    says: /ResourceNotFoundException: Function not found/,
  },
  {
    it: 'is sent too much',
    status: 413,
    type: 'RequestTooLargeException',
    code: 'render.remote_failed',
    says: /RequestTooLargeException/,
  },
  {
    it: 'is in a region with trouble',
    status: 500,
    type: 'ServiceException',
    code: 'render.remote_failed',
    says: /ServiceException/,
  },
]) {
  test(`lambda-invoke says so when the function ${it}`, async (t) => {
    const invoke = await open(t, (_, response) => refuse(response, { status, type, message }));
    await rejects(invoke(Buffer.from('{}')), (error) => isFault(error, code, says) && error.info.retry === 'later');
  });
}

test('lambda-invoke names who may not invoke what, and the statement that is missing', async (t) => {
  const invoke = await open(t, (_, response) =>
    refuse(response, {
      status: 403,
      type: 'AccessDeniedException',
      message: `User: ${role} is not authorized to perform: lambda:InvokeFunction on resource: ${arn} because no identity-based policy allows the lambda:InvokeFunction action`,
    }),
  );
  await rejects(invoke(Buffer.from('{}')), (error) => {
    ok(
      isFault(error, 'render.remote_denied', /does not allow lambda:InvokeFunction on arn:\S+ to arn:\S+assumed-role/),
    );
    const statement = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: arn };
    deepEqual(
      [error.facts.identity, error.facts.function, error.facts.statement],
      [role, arn, JSON.stringify(statement)],
    );
    return true;
  });
});

test('lambda-invoke writes the statement also where AWS names nothing', async (t) => {
  const invoke = await open(t, (_, response) =>
    refuse(response, { status: 403, type: 'AccessDeniedException', message: 'no' }),
  );
  await rejects(invoke(Buffer.from('{}')), (error) => {
    ok(isFault(error, 'render.remote_denied', /to the role of this function/));
    match(String(error.facts.statement), /"Resource":"arn:aws:lambda:\*:\*:function:trueup-test-render"/);
    return true;
  });
});

test('lambda-invoke does not wait longer than it may', async (t) => {
  const invoke = await open(t, () => {}, { timeoutMs: 200 });
  await rejects(invoke(Buffer.from('{}')), { code: 'render.remote_failed', message: /no answer within 200 ms/ });
});

test('lambda-invoke does not wait longer in all when it tries again', async (t) => {
  let attempts = 0;
  const answer = (_: IncomingMessage, response: ServerResponse) => {
    attempts += 1;
    refuse(response, { status: 500, type: 'ServiceException', message: 'no' });
  };
  const invoke = await open(t, answer, { timeoutMs: 400, maxAttempts: 1_000 });
  await rejects(invoke(Buffer.from('{}')), { name: 'Fault' });
  ok(attempts > 1 && attempts < 1_000);
});

test('lambda-invoke says so when nobody listens', async () => {
  const { client, ...options } = optionsFor('http://127.0.0.1:1', {});
  await rejects(lambdaInvoke({ client, ...options })(Buffer.from('{}')), {
    code: 'render.remote_failed',
    message: /ECONNREFUSED/,
  });
});

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

async function open(t: TestContext, answer: Answer, limits: { timeoutMs?: number; maxAttempts?: number } = {}) {
  const endpoint = await listenOn(
    createServer((request, response) => void answer(request, response)),
    t,
  );
  return lambdaInvoke(optionsFor(endpoint, limits));
}

function optionsFor(endpoint: string, { timeoutMs = 2_000, maxAttempts = 1 }): InvokeOptions {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = openLambdaClient({ endpoint, credentials, region: 'eu-west-1', maxAttempts, timeoutMs });
  return { client, functionName, timeoutMs };
}

function refuse(
  response: ServerResponse,
  { status, type, message }: { status: number; type: string; message: string },
) {
  response.writeHead(status, { 'x-amzn-errortype': type, 'content-type': 'application/json' });
  response.end(JSON.stringify({ Type: 'User', Message: message, message }));
}

function isFault(error: unknown, code: string, says: RegExp): error is Fault {
  ok(error instanceof Fault, String(error));
  equal(error.code, code);
  match(error.message, says);
  return true;
}
