/** The Slack notices of the day so far. */
import { messageText } from '../../../infra/local/slack-receiver/message-text.ts';
import type { Playground } from '../playground.ts';
import type { DemoEvent } from '../read-record.ts';

export const title = 'What Slack was told of all this';

export async function play(playground: Playground): Promise<void> {
  await showNotices(0, playground);
}

/** From the one with this index on. The last line of each, its id, is for machines. */
export async function showNotices(first: number, playground: Playground): Promise<void> {
  const { tell, slack } = playground;
  await untilAllTold(playground);
  const notices = slack.payloads.slice(first);
  for (const payload of notices) {
    const [headline = '', ...rest] = messageText(payload).split('\n');
    tell.quoted(
      headline,
      rest.slice(0, -1).map((line) => line.replace(/^→ /, '')),
    );
  }
  tell.seen(`${notices.length} notices, one for each thing worth knowing`);
}

/** Every event that people ought to hear of has its notice, known by the id that each shows. */
async function untilAllTold({ record, slack, until }: Playground): Promise<void> {
  await until('Slack has been told of every change', async () => {
    const events = await record.events();
    const told = slack.payloads.map((payload) => messageText(payload)).join('\n');
    return events?.filter(concernsPeople).every(({ id }) => told.includes(`${id}@`)) ? true : null;
  });
}

function concernsPeople({ type, result, counts }: DemoEvent): boolean {
  if (type === 'drift.found' || type === 'hold.set' || type === 'hold.ended') return true;
  if (type !== 'sync.finished') return false;
  return result !== 'succeeded' || (counts !== undefined && counts.created + counts.updated + counts.pruned > 0);
}
