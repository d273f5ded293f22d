import { deepEqual, equal, rejects, throws } from 'node:assert/strict';
import test from 'node:test';
import { rememberSearches } from '../../../functions/wire/remember-searches.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { doorPorts } from '../../support/door-ports.ts';
import { silentLog } from '../../support/silent-log.ts';

const wanted = { tag: 'team=a', region: 'eu-west-1' };
const throttled = new Fault('eks.throttled', { action: 'eks:ListClusters', region: 'eu-west-1' });
const denied = new Fault('eks.access_denied', { action: 'eks:ListClusters', region: 'eu-west-1' });

/** Searches that find `answers` one after the other. */
function searchesThat(...answers: (readonly string[] | Error)[]) {
  const next = async () => {
    const answer = answers.shift() ?? [];
    if (answer instanceof Error) throw answer;
    return [...answer];
  };
  const searches = rememberSearches(next, silentLog);
  return { searches, find: () => searches.search(wanted, 'trueup') };
}

test('remember-searches keeps what was found while AWS is throttling, and believes it that one is gone', async () => {
  const { searches, find } = searchesThat(['a', 'b'], throttled, throttled, ['a']);
  deepEqual([await find(), await find(), await find(), await find()], [['a', 'b'], ['a', 'b'], ['a', 'b'], ['a']]);
  equal(searches.isIncomplete(), false);
});

test('remember-searches believes a refusal at once', async () => {
  const { searches, find } = searchesThat(['a'], denied, throttled);
  await find();
  await rejects(find(), denied);
  await rejects(find(), throttled);
  equal(searches.isIncomplete(), true);
});

test('remember-searches: a cluster nobody knows is the fault of the search that might know it, until that has searched', async () => {
  const { searches, find } = searchesThat(throttled, ['a']);
  const unknown = new Fault('config.unknown_cluster', { cluster: 'a', known: 'prod' });
  const ports = searches.completing(
    doorPorts({
      clusterOf: ({ name = '' }) => (name === 'prod' ? name : null),
      cluster: () => {
        throw unknown;
      },
    }),
  );
  await rejects(find(), throttled);
  throws(() => ports.clusterOf({ name: 'a', namespace: 'shop' }), throttled);
  throws(() => ports.cluster('a'), throttled);
  equal(ports.clusterOf({ name: 'prod', namespace: 'shop' }), 'prod');
  throws(() => ports.cluster('prod'), unknown, 'it was looked for');
  await find();
  equal(ports.clusterOf({ name: 'a', namespace: 'shop' }), null);
  throws(() => ports.cluster('a'), unknown);
});
