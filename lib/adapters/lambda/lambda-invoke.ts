/** Invokes a Lambda function and waits for its answer. */
import { InvokeCommand, LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { functionFault, lambdaFault } from './lambda-fault.ts';
import type { Invoke } from './remote-renderer.ts';

/** `timeoutMs`: for all attempts together; longer than the function's own time-out. */
export type InvokeOptions = { client: LambdaClient; functionName: string; timeoutMs: number };

/** Faults: render.remote_failed, render.remote_busy, render.remote_denied, render.timed_out, render.too_large. */
export function lambdaInvoke({ client, functionName, timeoutMs }: InvokeOptions): Invoke {
  const invoked = { functionName, timeoutMs };
  return async (payload) => {
    const command = new InvokeCommand({
      FunctionName: functionName,
      InvocationType: 'RequestResponse',
      Payload: payload,
    });
    const answer = await client
      .send(command, { abortSignal: AbortSignal.timeout(timeoutMs) })
      .catch((error: unknown) => {
        throw lambdaFault(error, invoked);
      });
    const { FunctionError, Payload = new Uint8Array() } = answer;
    if (FunctionError !== undefined) throw functionFault(Payload, invoked);
    return Payload;
  };
}

/** A client that waits as long as a function may take; the SDK's own would cut nothing short but wait for ever. */
export function openLambdaClient({ timeoutMs, ...config }: LambdaClientConfig & { timeoutMs: number }): LambdaClient {
  const requestHandler = { connectionTimeout: 3_000, requestTimeout: timeoutMs, throwOnRequestTimeout: true };
  return new LambdaClient({ ...config, requestHandler });
}
