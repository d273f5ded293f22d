/** A log whose lines are also counted, as CloudWatch metrics in the embedded metric format. */
import type { Metrics } from '@aws-lambda-powertools/metrics';
import { measureLine } from '../../core/metric/measure-line.ts';
import type { Log } from '../../ports/log.ts';

/** What was counted is kept until it is published. */
export function measuredLog(log: Log, metrics: Pick<Metrics, 'addMetric'>): Log {
  const measure = (name: string, facts?: Record<string, unknown>) => {
    for (const metric of measureLine(name, facts)) metrics.addMetric(metric.name, metric.unit, metric.value);
  };
  return {
    info(name, facts) {
      log.info(name, facts);
      measure(name, facts);
    },
    warn(name, facts) {
      log.warn(name, facts);
      measure(name, facts);
    },
    error(name, facts, error) {
      log.error(name, facts, error);
      measure(name, facts);
    },
  };
}
