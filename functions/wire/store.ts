/** Everything a house keeps: on one machine files, on AWS a table, a bucket and a queue. */
import type { Clock } from '../../lib/ports/clock.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Inbox } from '../../lib/ports/queue.ts';

export type Store = Pick<
  Ports,
  | 'applications'
  | 'wakes'
  | 'leases'
  | 'slots'
  | 'events'
  | 'outbox'
  | 'positions'
  | 'repositories'
  | 'deliveries'
  | 'fleetRules'
  | 'blobs'
  | 'queue'
  | 'installationKey'
> & {
  inbox: Inbox;
  /** The time that all who share this store go by. */
  now: Clock;
  close(): void;
};
