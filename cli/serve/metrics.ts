/** What `/metrics` tells Prometheus. Names are public: alarms and dashboards hang on them. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Event } from '../../lib/core/event/event.ts';
import type { Applications } from '../../lib/ports/applications.ts';
import type { EventLog } from '../../lib/ports/event-log.ts';
import type { Inbox, Message } from '../../lib/ports/queue.ts';
import type { Outcome } from './worker.ts';

const seconds = [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 300];

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics({ applications, inbox }: { applications: Applications; inbox: Pick<Inbox, 'depth'> }) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: 'trueup_events_total',
    help: 'Events recorded by this process.',
    labelNames: ['type'],
    registers: [registry],
  });
  const syncs = new Counter({
    name: 'trueup_syncs_total',
    help: 'Syncs finished by this process.',
    labelNames: ['result'],
    registers: [registry],
  });
  const syncSeconds = new Histogram({
    name: 'trueup_sync_seconds',
    help: 'Time from the start of a sync to its end, health included.',
    labelNames: ['result'],
    buckets: [1, 2, 5, 10, 30, 60, 300, 900],
    registers: [registry],
  });
  const messages = new Histogram({
    name: 'trueup_message_seconds',
    help: 'Time to handle one wake-up.',
    labelNames: ['about', 'outcome'],
    buckets: seconds,
    registers: [registry],
  });
  const requests = new Histogram({
    name: 'trueup_http_request_seconds',
    help: 'Time to answer one HTTP request.',
    labelNames: ['method', 'route', 'status'],
    buckets: seconds,
    registers: [registry],
  });
  new Gauge({
    name: 'trueup_queue_depth',
    help: 'Wake-ups that are waiting or worked on.',
    registers: [registry],
    async collect() {
      this.set(await inbox.depth());
    },
  });
  new Gauge({
    name: 'trueup_applications',
    help: 'Applications by sync and health.',
    labelNames: ['sync', 'health'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { state } of await applications.list()) this.inc({ sync: state.sync, health: state.health.status });
    },
  });
  return {
    text: () => registry.metrics(),
    contentType: registry.contentType,
    request: (labels: { method: string; route: string; status: string }, durationMs: number) =>
      requests.observe(labels, durationMs / 1000),
    message: ({ about }: Message, outcome: Outcome, durationMs: number) =>
      messages.observe({ about, outcome }, durationMs / 1000),
    event: (event: Event) => {
      events.inc({ type: event.type });
      if (event.type !== 'sync.finished') return;
      syncs.inc({ result: event.result });
      syncSeconds.observe({ result: event.result }, event.durationMs / 1000);
    },
  };
}

/** The same record, counting what goes in. */
export function countEvents(events: EventLog, metrics: Metrics): EventLog {
  return {
    list: (options) => events.list(options),
    async append(entries) {
      await events.append(entries);
      for (const { event } of entries) metrics.event(event);
    },
  };
}
