/** The permanent record. */
import type { Event } from '../core/event/event.ts';

export interface EventLog {
  /** Writes the events and one notice for each channel of each, in one transaction. An event whose id exists is left as it is. */
  append(entries: readonly { event: Event; channels: readonly string[] }[]): Promise<void>;
  /** Newest first. `before`: an event id to go on from. */
  list(options: { application?: string; before?: string; limit: number }): Promise<Event[]>;
}
