/** A person may stop Trueup for a while; after that Git wins again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { applicationName } from '../installation-files.ts';
import { fromNowOn } from '../news.ts';
import type { Playground } from '../playground.ts';
import { sayDrift, sayDriftWhy } from '../say-event.ts';
import { seeHealthy, seePods } from '../see-pods.ts';
import { showNotices } from './show-notices.ts';

export const title = 'trueup hold lets a hand edit stay; unhold lets Git win again';

const edit = ['scale', 'deployment/nginx', '--replicas=1'] as const;
/** Longer than a heal takes. */
const watchedMs = 2_000;

export async function play(playground: Playground): Promise<void> {
  const { tell, trueup, onMoment, slack } = playground;
  const told = slack.payloads.length;
  const reason = 'looking into a slow page';
  tell.asked(`trueup hold ${applicationName} --reason "${reason}"`);
  await trueup('hold', applicationName, '--reason', reason);
  await onMoment('held');
  await editWhileHeld(playground);

  const news = await fromNowOn(playground);
  tell.asked(`trueup unhold ${applicationName}`);
  await trueup('unhold', applicationName);
  await onMoment('unheld');
  const reverted = await news.event('the hand edit is reverted', ({ action }) => action === 'reverted');
  tell.did(sayDrift(reverted), reverted.at);
  tell.detail(sayDriftWhy(reverted));
  await seePods(3, playground);
  await seeHealthy(playground);
  tell.seen('3 of 3 nginx pods run again');
  await showNotices(told, playground);
}

async function editWhileHeld(playground: Playground): Promise<void> {
  const { tell, kubectl, onMoment } = playground;
  const news = await fromNowOn(playground);
  tell.asked(`kubectl ${edit.join(' ')}`, '(by hand)');
  await kubectl.run(...edit);
  await onMoment('edited by hand');
  const found = await news.event('the hand edit is found and left alone', ({ action }) => action === 'held');
  tell.did(sayDrift(found), found.at);
  tell.detail(sayDriftWhy(found));
  await sleep(watchedMs);
  if ((await kubectl.replicas('nginx')) !== 1) {
    throw new Fault('demo.broken_promise', {
      promise: 'what is on hold keeps its hand edit',
      seconds: watchedMs / 1000,
    });
  }
  await seePods(1, playground);
  tell.seen('1 nginx pod runs, and stays');
}
