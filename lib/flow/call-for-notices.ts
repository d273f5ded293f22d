/** Sends word that the outbox owes something, where whoever appended it does not tell it himself. */
import type { Ports } from '../ports/ports.ts';

/** Another process may look: a store needs a moment until everybody finds what was just appended. */
const delayMs = 2_000;

export async function callForNotices(why: string, { queue }: Pick<Ports, 'queue'>): Promise<void> {
  await queue.send({ about: 'outbox', why }, { delayMs });
}
