/** When a promise is broken: shows what Trueup last did and said, and passes the failure on. */
import type { Playground } from './playground.ts';

const shownEvents = 8;
const shownLines = 15;
/** A stack in a JSON line fills a screen; its beginning tells enough. */
const longestLine = 600;

export async function explainFailure(error: unknown, { tell, record, serve }: Playground): Promise<never> {
  const wasEnded = error instanceof Error && error.name === 'AbortError';
  if (!wasEnded) {
    const events = await record.events().catch(() => null);
    tell.say('\nThe last events:');
    for (const event of (events ?? []).slice(0, shownEvents).toReversed()) tell.say(`  ${JSON.stringify(event)}`);
    tell.say('\nThe end of the log of trueup serve:');
    for (const line of (await serve.log()).trim().split('\n').slice(-shownLines))
      tell.say(`  ${line.slice(0, longestLine)}`);
    tell.say('');
  }
  throw error;
}
