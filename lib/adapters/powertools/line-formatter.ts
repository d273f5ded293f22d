/** A log line of a function: as on one machine, and from which invocation it is. */
import { LogFormatter, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';

/** Facts come under `facts`, where no name of theirs is reserved, and stand beside the rest in the line. */
export class LineFormatter extends LogFormatter {
  override formatAttributes(line: UnformattedAttributes, { facts, ...others }: LogAttributes): LogItem {
    const { timestamp, logLevel, message, serviceName, xRayTraceId, lambdaContext } = line;
    const attributes = {
      at: timestamp.toISOString(),
      level: logLevel.toLowerCase(),
      name: message,
      service: serviceName,
      requestId: lambdaContext?.awsRequestId,
      // Left out when it is not one, which is nearly always.
      coldStart: lambdaContext?.coldStart || undefined,
      xrayTraceId: xRayTraceId,
      ...others,
      ...(typeof facts === 'object' && facts !== null && facts),
    };
    return new LogItem({ attributes });
  }
}
