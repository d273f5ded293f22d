/** Undoing is a commit too, and what leaves Git leaves the cluster. */
import type { Playground } from '../playground.ts';
import { pushAndFollow, secondsSince } from '../push-and-follow.ts';
import { seeHealthy, seePods } from '../see-pods.ts';

export const title = 'A revert in Git scales back to 3; a file removed in Git removes its object';

const removed = 'deploy/hello-service.yaml';

/** `revision`: the commit to revert. */
export async function play(playground: Playground, revision: string): Promise<void> {
  await revert(revision, playground);
  await prune(playground);
}

async function revert(revision: string, playground: Playground): Promise<void> {
  const { tell, workCopy } = playground;
  const message = 'Revert: 3 replicas are enough';
  const push = () => workCopy.revert(revision, message);
  const { pushedMs } = await pushAndFollow({ message, note: '(git revert)', push, result: 'succeeded' }, playground);
  await seePods(3, playground);
  tell.seen(`3 of 3 nginx pods run ${secondsSince(pushedMs)} after the push`);
}

async function prune(playground: Playground): Promise<void> {
  const { tell, workCopy, kubectl, until } = playground;
  const message = 'hello needs no Service';
  const push = () => workCopy.push(message, { [removed]: null });
  const note = `(removes ${removed})`;
  const { pushedMs } = await pushAndFollow({ message, note, push, result: 'succeeded' }, playground);
  await until('the Service hello is gone', async () => ((await kubectl.exists('service', 'hello')) ? null : true));
  await seeHealthy(playground);
  tell.seen(`Service hello is gone ${secondsSince(pushedMs)} after the push`);
}
