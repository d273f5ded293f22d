/** X-Ray traces. The library is loaded only where they are wanted: it adds 40 ms to a function's start. */
import type { MiddlewareObj } from '@middy/core';

export type Tracing = {
  /** The same client, whose calls show in the trace. */
  traced<Client>(client: Client): Client;
  middleware: MiddlewareObj[];
};

export async function openTracing({ on, service }: { on: boolean; service: string }): Promise<Tracing> {
  if (!on) return { traced: (client) => client, middleware: [] };
  const [{ Tracer }, { captureLambdaHandler }] = await Promise.all([
    import('@aws-lambda-powertools/tracer'),
    import('@aws-lambda-powertools/tracer/middleware'),
  ]);
  const tracer = new Tracer({ serviceName: service });
  return {
    traced: (client) => tracer.captureAWSv3Client(client),
    // An answer may hold what nobody should read in a trace.
    middleware: [captureLambdaHandler(tracer, { captureResponse: false })],
  };
}
