/** Works on a requested sync until it has ended, tells how it goes, and prints the result. Exits 1 when it did not succeed. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Event } from '../lib/core/event/event.ts';
import { catalogue } from '../lib/core/fault/catalogue.ts';
import { Fault } from '../lib/core/fault/fault.ts';
import { findApplication } from '../lib/flow/find-application.ts';
import { syncApplication } from '../lib/flow/sync-application.ts';
import type { Entry } from '../lib/ports/applications.ts';
import type { Ports } from '../lib/ports/ports.ts';
import { formatEvent } from './format-event.ts';
import { duration, type OutputOptions } from './options.ts';
import { print, say } from './print.ts';

export type FollowOptions = { wait: boolean; timeout: number };
type Finished = Extract<Event, { type: 'sync.finished' }>;

const busyMs = 300;
const longestPauseMs = 2000;
const eventsAtOnce = 200;

export function waitOptions(command: Command): Command {
  return command
    .option('--no-wait', 'return as soon as it is asked for; `trueup serve` does it')
    .option('--timeout <duration>', 'how long to wait', duration, 15 * 60_000);
}

/** `request`: the id that asking gave. Fault sync.timed_out when the wait is over first. */
export async function followSync(
  { application, request }: { application: string; request: string },
  options: FollowOptions & OutputOptions,
  ports: Ports,
): Promise<void> {
  if (!options.wait) {
    print(options, { application, request }, () => `Asked for: ${application}. See: trueup history ${application}`);
    return;
  }
  const finished = await untilFinished({ application, request }, options.timeout, ports);
  print(options, finished, formatEvent);
  process.exitCode = finished.result === 'succeeded' ? 0 : 1;
  if (finished.fault !== undefined)
    say(`error: ${finished.fault.code}: ${finished.fault.message}\n  hint: ${finished.fault.hint}`);
}

async function untilFinished(
  { application, request }: { application: string; request: string },
  timeoutMs: number,
  ports: Ports,
): Promise<Finished> {
  const deadline = ports.now() + timeoutMs;
  const told = new Set<string>();
  while (ports.now() < deadline) {
    const next = await syncApplication(application, ports);
    const listed = await ports.events.list({ application, limit: eventsAtOnce });
    // The operation that answers a request carries its id.
    for (const event of listed.filter(({ id, operation }) => operation === request && !told.has(id)).toReversed()) {
      told.add(event.id);
      if (event.type === 'sync.finished') return event;
      say(formatEvent(event));
    }
    stopWhenStuck(await findApplication(application, ports), request);
    await sleep(pauseMs(next, ports.now()));
  }
  throw new Fault('sync.timed_out', { application, limitMs: timeoutMs });
}

/** The request stays: `serve` takes it up once the reason is gone. */
function stopWhenStuck({ state, request }: Entry, id: string): void {
  const { condition } = state;
  if (condition === null || request?.id !== id || waitingHelps(condition.code)) return;
  throw new Fault('sync.stuck', {
    application: state.name,
    code: condition.code,
    because: condition.message,
    hint: condition.hint,
  });
}

function waitingHelps(code: string): boolean {
  return Object.entries(catalogue).some(([known, { retry }]) => known === code && retry === 'later');
}

function pauseMs({ next, lookAt }: { next: 'idle' | 'busy'; lookAt: number | null }, now: number): number {
  return next === 'busy' || lookAt === null ? busyMs : Math.min(Math.max(lookAt - now, busyMs), longestPauseMs);
}
