/** Says in our words why Lambda gave no answer: the one place where its errors become faults. */
import * as z from 'zod';
import { missingStatement } from '../../core/aws/missing-statement.ts';
import { readDenial } from '../../core/aws/read-denial.ts';
import { Fault } from '../../core/fault/fault.ts';
import { readJson } from '../../core/object/read-json.ts';

export type Invoked = { functionName: string; timeoutMs: number };

/** Of the invocation itself. What is neither an answer of Lambda nor the network's doing is a bug and stays it. */
export function lambdaFault(error: unknown, { functionName, timeoutMs }: Invoked): unknown {
  if (!(error instanceof Error) || error instanceof Fault) return error;
  const options = { cause: error };
  const because = error.message || error.name;
  if (isDenied(error.name)) return denied(error, functionName);
  if (isBusy(error.name)) return new Fault('render.remote_busy', { function: functionName, because }, options);
  if (isCutShort(error.name)) {
    return new Fault('render.remote_failed', { because: `no answer within ${timeoutMs} ms` }, options);
  }
  if (!isFromOutside(error)) return error;
  return new Fault('render.remote_failed', { function: functionName, because: `${error.name}: ${because}` }, options);
}

/**
 * Of the function: it threw, or Lambda ended it.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html, https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html
 */
export function functionFault(payload: Uint8Array, { timeoutMs }: Invoked): Fault {
  const { errorType, errorMessage } = thrown.parse(readJson(payload));
  const seconds = /Task timed out after ([\d.]+) seconds/.exec(errorMessage)?.[1];
  if (errorType === 'Sandbox.Timedout' || seconds !== undefined) {
    const limitMs = seconds === undefined ? timeoutMs : Math.round(Number(seconds) * 1000);
    const advice = 'The render function itself ends after that time, whatever the limit in trueup.yaml.';
    return new Fault('render.timed_out', { tool: 'The render function', limitMs, advice });
  }
  if (errorType === 'Runtime.OutOfMemory' || /signal: killed/.test(errorMessage)) {
    return new Fault('render.too_large', { limit: 'the memory of the render function', what: 'memory' });
  }
  return new Fault('render.remote_failed', { because: `${errorType}: ${errorMessage}`.slice(0, longestMessage) });
}

const longestMessage = 2_000;

const thrown = z
  .object({ errorType: z.string().catch('an error'), errorMessage: z.string().catch('without a message') })
  .catch({ errorType: 'an error', errorMessage: 'without a message' });

function denied(error: Error, functionName: string): Fault {
  const { identity = 'the role of this function', resource = '*' } = readDenial(error.message) ?? {};
  const arn = functionName.startsWith('arn:') ? functionName : `arn:aws:lambda:*:*:function:${functionName}`;
  const missing = { action: 'lambda:InvokeFunction', resource: resource === '*' ? arn : resource };
  const facts = { action: missing.action, function: missing.resource, identity, statement: missingStatement(missing) };
  return new Fault('render.remote_denied', { ...facts, because: error.message }, { cause: error });
}

function isDenied(name: string): boolean {
  return name === 'AccessDenied' || name === 'AccessDeniedException';
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors: quotas, a network interface on its way. */
function isBusy(name: string): boolean {
  return [
    'TooManyRequestsException',
    'ThrottlingException',
    'EC2ThrottledException',
    'ENILimitReachedException',
    'ResourceConflictException',
    'ResourceNotReadyException',
  ].includes(name);
}

function isCutShort(name: string): boolean {
  return name === 'AbortError' || name === 'TimeoutError';
}

/** An answer, a socket (`code`), or no credentials to ask with. */
function isFromOutside(error: Error): boolean {
  return '$metadata' in error || 'code' in error || error.name === 'CredentialsProviderError';
}
