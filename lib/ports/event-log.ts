/** The permanent record. */
import type { Event } from '../core/event/event.ts';

export interface EventLog {
  /**
   * Each event is written together with its notices, one for each channel, or not at all; a long list may be written in
   * parts, so a killed append is repeated whole. An event whose id exists is left as it is, its notices too.
   */
  append(entries: readonly { event: Event; channels: readonly string[] }[]): Promise<void>;
  /** Newest first, those of one millisecond by id. `before`: an event id to go on from; after an unknown one nothing comes. */
  list(options: { application?: string; before?: string; limit: number }): Promise<Event[]>;
}
