/** The pull request that takes Git back, as a person or the policy asks for it. */
import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../lib/core/fault/fault.ts';
import { proposeRevert } from '../../lib/flow/propose-revert.ts';
import type { RevertProposal } from '../../lib/ports/pull-requests.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { type MemoryHouse, memoryHouse } from './memory-house.ts';

const url = 'https://git.example.com/team/shop/pull/7';
const wish = { from: 'b'.repeat(40), to: 'a'.repeat(40), who: 'Bea', reason: 'too slow' };

/** Each proposal that comes in is answered with its page, or with this fault. */
function answering(house: MemoryHouse, answer: string | null | Fault = url): RevertProposal[] {
  const proposed: RevertProposal[] = [];
  house.ports.pullRequests = () => ({
    async proposeRevert(_, proposal) {
      proposed.push(proposal);
      if (answer instanceof Fault) throw answer;
      return answer;
    },
  });
  return proposed;
}

async function proposals(house: MemoryHouse) {
  const events = await house.ports.events.list({ limit: 99 });
  return events.flatMap((event) => (event.type === 'rollback.proposed' ? [[event.to, event.url, event.who]] : []));
}

test('propose-revert: into the branch that is followed, what the Application reads, and in the record', async () => {
  const house = await memoryHouse();
  house.push({ 'ConfigMap a': '1' });
  await house.follow();
  const proposed = answering(house);
  equal(await proposeRevert(await house.entry(), wish, house.ports), url);
  await proposeRevert(await house.entry(), wish, house.ports);
  deepEqual(proposed.map(({ base, revision, paths }) => [base, revision, paths])[0], ['main', wish.to, ['deploy']]);
  match(proposed[0]?.body ?? '', /Bea: too slow/);
  deepEqual(await proposals(house), [[wish.to, url, 'Bea']], 'told once');
});

test('propose-revert: nothing is told where Git says so already', async () => {
  const house = await memoryHouse();
  house.push({ 'ConfigMap a': '1' });
  answering(house, null);
  equal(await proposeRevert(await house.entry(), wish, house.ports), null);
  deepEqual(await proposals(house), []);
});

test('propose-revert: a tag takes no pull request', async () => {
  const source = { ...exampleApplication().source, targetRevision: 'v1.0.0' };
  const house = await memoryHouse({ source });
  house.push({ 'ConfigMap a': '1' });
  answering(house);
  await rejects(proposeRevert(await house.entry(), wish, house.ports), { code: 'git.no_branch', message: /v1\.0\.0/ });
});

const annotations = { 'trueup.dev/auto-rollback': 'true', 'trueup.dev/rollback-pull-request': 'true' };

for (const { it, given, answer, gives } of [
  { it: 'is opened where the Application asks for it', given: annotations, answer: url, gives: 1 },
  {
    it: 'is not opened where it does not',
    given: { 'trueup.dev/auto-rollback': 'true' },
    answer: url,
    gives: 0,
  },
  {
    it: 'that is refused keeps nothing from going back',
    given: annotations,
    answer: new Fault('git.pull_request_refused', { repoURL: 'https://git.example.com/team/shop.git' }),
    gives: 0,
  },
])
  test(`propose-revert: by the policy, a pull request ${it}`, async () => {
    const house = await memoryHouse({ annotations: given });
    answering(house, answer);
    const good = house.push({ 'ConfigMap a': '1' });
    await house.follow();
    house.pass(1_000);
    house.push({ 'ConfigMap a': '2', 'PersistentVolumeClaim a': '1' });
    await house.follow();
    house.cluster.report('PersistentVolumeClaim shop/a', { phase: 'Lost' });
    house.pass(5_000);
    await house.work();
    deepEqual([(await house.entry()).hold?.rollback?.to, (await proposals(house)).length], [good, gives]);
  });
