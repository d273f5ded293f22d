/** A line changed in Git is a line changed in the cluster. */
import type { Playground } from '../playground.ts';
import { pushAndFollow, secondsSince } from '../push-and-follow.ts';
import { seeHealthy, seePods } from '../see-pods.ts';

export const title = 'A push scales nginx to 5';

export const file = 'deploy/nginx.yaml';

/** Gives the revision, for whoever wants to revert it. */
export async function play(playground: Playground): Promise<string> {
  const { tell, workCopy } = playground;
  const message = 'Scale nginx to 5';
  const before = await workCopy.read(file);
  const push = () => workCopy.push(message, { [file]: before.replace('replicas: 3', 'replicas: 5') });
  const { revision, pushedMs } = await pushAndFollow(
    { message, note: '(1 line)', push, result: 'succeeded' },
    playground,
  );
  await seePods(5, playground);
  await seeHealthy(playground);
  tell.seen(`5 of 5 nginx pods run ${secondsSince(pushedMs)} after the push`);
  return revision;
}
