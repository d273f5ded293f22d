/** What is changed by hand is found, named and put back. */
import { fromNowOn } from '../news.ts';
import type { Playground } from '../playground.ts';
import { secondsSince } from '../push-and-follow.ts';
import type { DemoEvent } from '../read-record.ts';
import { sayDrift, sayDriftWhy } from '../say-event.ts';
import { seeHealthy, seePods } from '../see-pods.ts';

export const title = 'A change by hand is found, named and put back';

export async function play(playground: Playground): Promise<void> {
  const { tell, kubectl, until } = playground;
  const scaledMs = await editByHand(['scale', 'deployment/nginx', '--replicas=2'], 'spec.replicas', playground);
  await seePods(5, playground);
  tell.seen(`5 of 5 nginx pods again after ${secondsSince(scaledMs)}`);

  const setMs = await editByHand(['set', 'env', 'deployment/nginx', 'DEBUG=true'], 'env', playground);
  await until('the environment variable DEBUG is gone', async () =>
    (await kubectl.run('set', 'env', 'deployment/nginx', '--list')).includes('DEBUG') ? null : true,
  );
  await seePods(5, playground);
  await seeHealthy(playground);
  tell.seen(`DEBUG is gone after ${secondsSince(setMs)}, and 5 of 5 nginx pods run`);
}

/** Gives when it was done. */
async function editByHand(command: readonly string[], field: string, playground: Playground): Promise<number> {
  const { tell, kubectl, onMoment } = playground;
  const news = await fromNowOn(playground);
  const editedMs = performance.now();
  tell.asked(`kubectl ${command.join(' ')}`, '(by hand)');
  await kubectl.run(...command);
  await onMoment('edited by hand');
  const found = await news.event(
    `the hand edit of ${field} is found and reverted`,
    (event) => event.action === 'reverted' && touches(event, field),
  );
  tell.did(sayDrift(found), found.at);
  tell.detail(sayDriftWhy(found));
  return editedMs;
}

function touches({ type, diff = [] }: DemoEvent, field: string): boolean {
  return type === 'drift.found' && diff.some(({ path }) => path.includes(field));
}
