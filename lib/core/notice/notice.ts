/** A message to people, owed to one channel until that channel has taken it. */
import type { Event } from '../event/event.ts';

export type Notice = {
  /** `EVENT@CHANNEL`; shown in the message, since incoming webhooks have no idempotency key. */
  id: string;
  /** Name of the channel: a Slack webhook, or the commit status of a Git host. */
  channel: string;
  event: Event;
  /** How often it was tried. */
  attempts: number;
};
