/** Ports whose log lines and messages carry what set the work off, so that one search finds all that came of a delivery. */
import type { Log } from '../ports/log.ts';
import type { Ports } from '../ports/ports.ts';

export function traced(ports: Ports, trace: string): Ports {
  const { log, queue } = ports;
  const tracedLog: Log = {
    info: (name, facts) => log.info(name, { ...facts, trace }),
    warn: (name, facts) => log.warn(name, { ...facts, trace }),
    error: (name, facts, error) => log.error(name, { ...facts, trace }, error),
  };
  return {
    ...ports,
    log: tracedLog,
    queue: { send: (message, options) => queue.send({ trace, ...message }, options) },
  };
}
