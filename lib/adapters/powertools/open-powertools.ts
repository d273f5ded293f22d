/** What a function tells about itself: log lines, what of them counts, and traces where they are wanted. */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { MiddlewareObj } from '@middy/core';
import type { Log } from '../../ports/log.ts';
import { LineFormatter } from './line-formatter.ts';
import { measuredLog } from './measured-log.ts';
import { openTracing, type Tracing } from './open-tracing.ts';
import { powertoolsLog } from './powertools-log.ts';

export type Powertools = Pick<Tracing, 'traced'> & {
  log: Log;
  /** To be used by the handler before all others. */
  middleware: MiddlewareObj[];
};

/** `service`: the function's short name, `sync`. Nothing else than it and `stage` becomes a dimension: each costs. */
export async function openPowertools(options: {
  service: string;
  stage: string;
  tracing: boolean;
}): Promise<Powertools> {
  const { service, stage } = options;
  const logger = new Logger({ serviceName: service, logFormatter: new LineFormatter() });
  const metrics = new Metrics({ namespace: 'Trueup', serviceName: service, defaultDimensions: { stage } });
  const tracing = await openTracing({ on: options.tracing, service });
  const publish = () => {
    // Asked with nothing to publish it complains, once an invocation.
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
  const told: MiddlewareObj = {
    before: ({ context }) => logger.addContext(context),
    after: publish,
    onError: publish,
  };
  return {
    log: measuredLog(powertoolsLog(logger), metrics),
    traced: tracing.traced,
    middleware: [told, ...tracing.middleware],
  };
}
