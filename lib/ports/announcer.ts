/** Tells people through one channel: a Slack webhook, a commit status. Throws when it was not taken; the outbox tries again. */
import type { Notice } from '../core/notice/notice.ts';

export interface Announcer {
  announce(notice: Notice): Promise<void>;
}
