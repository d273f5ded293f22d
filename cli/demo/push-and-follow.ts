/** Pushes a commit and follows it until Trueup has finished with it. */
import { fromNowOn } from './news.ts';
import type { Playground } from './playground.ts';
import type { DemoEvent } from './read-record.ts';
import { sayChanges, sayWhy } from './say-event.ts';

export type Followed = { revision: string; finished: DemoEvent; pushedMs: number };

/** `push` gives the full SHA. The result is one of DESIGN's words for the end of a sync. */
export async function pushAndFollow(
  { message, note, push, result }: { message: string; note: string; push(): Promise<string>; result: string },
  playground: Playground,
): Promise<Followed> {
  const { tell, onMoment } = playground;
  const news = await fromNowOn(playground);
  const pushedMs = performance.now();
  const revision = await push();
  tell.asked(`git push   ${revision.slice(0, 7)} "${message}"`, note);
  await onMoment('pushed');
  const finished = await news.event(
    `the sync to ${revision.slice(0, 7)} "${message}" has ended, ${result}`,
    (event) => event.type === 'sync.finished' && event.revision === revision && event.result === result,
  );
  if (result === 'succeeded') {
    tell.did(sayChanges(await news.ofOperation(finished.operation)), finished.at);
    tell.detail(sayWhy(finished));
  }
  return { revision, finished, pushedMs };
}

/** `2.4 s` */
export function secondsSince(startedMs: number): string {
  return `${((performance.now() - startedMs) / 1000).toFixed(1)} s`;
}
