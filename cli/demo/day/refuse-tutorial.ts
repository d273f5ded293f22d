/** The Deployment that many tutorials print: refused with what is wrong in it, while everything runs on; then a good push. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { exampleFolder } from '../example-folder.ts';
import type { Playground } from '../playground.ts';
import { pushAndFollow, secondsSince } from '../push-and-follow.ts';
import type { DemoEvent } from '../read-record.ts';
import { sayWhy } from '../say-event.ts';
import { seeHealthy, seePods } from '../see-pods.ts';
import { file } from './scale-in-git.ts';

export const title = "A tutorial's Deployment, without spec.selector and pod labels, is refused";

export async function play(playground: Playground): Promise<void> {
  const { tell, workCopy } = playground;
  const good = await workCopy.read(file);
  const before = await seePods(3, playground);
  const message = 'Use the Deployment from the tutorial';
  const text = await readFile(join(exampleFolder(), 'tutorial-nginx.yaml'), 'utf8');
  const push = () => workCopy.push(message, { [file]: text });
  const { finished } = await pushAndFollow({ message, note: `(${file})`, push, result: 'refused' }, playground);
  tellRefusal(finished, playground);
  const after = await seePods(3, playground);
  if (!isDeepStrictEqual(before, after))
    throw new Fault('demo.broken_promise', { promise: 'a refused push leaves the pods alone', seconds: 0 });
  tell.seen('the same 3 nginx pods run on, untouched');
  await mend(good.replace('nginx:1.28-alpine', 'nginx:1.29-alpine'), playground);
}

function tellRefusal(finished: DemoEvent, { tell }: Playground): void {
  const { fault } = finished;
  if (fault === undefined || !fault.message.includes(file) || !fault.message.includes('spec.selector')) {
    throw new Fault('demo.broken_promise', { promise: `a refusal names ${file} and spec.selector`, seconds: 0 });
  }
  tell.did(`refused: ${fault.message}`, finished.at);
  tell.detail(`hint: ${fault.hint}`);
  tell.detail(sayWhy(finished));
}

async function mend(text: string, playground: Playground): Promise<void> {
  const { tell, workCopy } = playground;
  const message = 'Give it its selector and labels; nginx 1.29';
  const push = () => workCopy.push(message, { [file]: text });
  const { pushedMs } = await pushAndFollow({ message, note: `(${file})`, push, result: 'succeeded' }, playground);
  await seeHealthy(playground);
  await seePods(3, playground);
  tell.seen(`rolled out: 3 of 3 nginx pods run; Healthy ${secondsSince(pushedMs)} after the push`);
}
