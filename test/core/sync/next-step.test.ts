import type { ApplicationState } from '../../../lib/core/application/application-state.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { holdAfterLoss } from '../../../lib/core/recovery/hold-after-loss.ts';
import {
  aRequest,
  aSituation,
  failed,
  gitDown,
  held,
  newest,
  now,
  old,
  synced,
  target,
  wanted,
} from './a-situation.ts';
import { table } from './next-step-cases.ts';

const request = aRequest();
const atOld = target(old);
const guarded = new Fault('sync.prune_guard', { application: 'shop', count: 1, total: 2 }).report();

table('with nothing under way', [
  {
    it: 'starts a push when Git moved',
    given: aSituation(),
    gives: { do: 'start', reason: 'push', revision: wanted, request: null },
  },
  {
    it: 'starts the first sync',
    given: aSituation({ state: { synced: null } }),
    gives: { do: 'start', reason: 'push', revision: wanted, request: null },
  },
  {
    it: 'starts anew when the Application reads the same revision differently',
    given: aSituation({ target: target(old, { sourceHash: 'source-2' }) }),
    gives: { do: 'start', reason: 'push', revision: old, request: null },
  },
  {
    it: 'only moves on when nothing it reads is different',
    given: aSituation({ target: target(wanted, { sameInputs: true }) }),
    gives: { do: 'advance', revision: wanted },
  },
  {
    it: 'rests when the cluster has what Git wants',
    given: aSituation({ target: atOld }),
    gives: { do: 'rest', lookAt: null, behind: false },
  },
  {
    it: 'rests behind Git without automation',
    given: aSituation({ automated: false }),
    gives: { do: 'rest', lookAt: null, behind: true },
  },
  {
    it: 'says what keeps it from asking Git',
    given: aSituation({ target: { fault: gitDown } }),
    gives: { do: 'report', fault: gitDown },
  },
]);

table('with suspects', [
  {
    it: 'inspects them before it follows Git',
    given: aSituation({ suspectsDueAt: now }),
    gives: { do: 'inspect', block: null },
  },
  {
    it: 'inspects them while Git is down',
    given: aSituation({ suspectsDueAt: now, target: { fault: gitDown } }),
    gives: { do: 'inspect', block: null },
  },
  {
    it: 'inspects them while held, to tell what it finds',
    given: aSituation({ suspectsDueAt: now, hold: held }),
    gives: { do: 'inspect', block: null },
  },
  {
    it: 'has nothing to compare them with before the first sync',
    given: aSituation({ suspectsDueAt: now, state: { synced: null } }),
    gives: { do: 'start', reason: 'push', revision: wanted, request: null },
  },
  {
    it: 'follows Git while they wait for their turn',
    given: aSituation({ suspectsDueAt: now + 3 }),
    gives: { do: 'start', reason: 'push', revision: wanted, request: null },
  },
  {
    it: 'rests until their turn',
    given: aSituation({ suspectsDueAt: now + 3, target: atOld }),
    gives: { do: 'rest', lookAt: now + 3, behind: false },
  },
  {
    it: 'rests no longer than it would without them',
    given: aSituation({ suspectsDueAt: now + 3, hold: { ...held, until: now + 2 }, target: atOld }),
    gives: { do: 'rest', lookAt: now + 2, behind: false },
  },
  {
    it: 'lets a person go first',
    given: aSituation({ suspectsDueAt: now, request, target: atOld }),
    gives: { do: 'start', reason: 'request', revision: old, request },
  },
]);

table('with a request', [
  {
    it: 'syncs the target',
    given: aSituation({ request }),
    gives: { do: 'start', reason: 'request', revision: wanted, request },
  },
  {
    it: 'syncs it again though it is synced already',
    given: aSituation({ request, target: atOld }),
    gives: { do: 'start', reason: 'request', revision: old, request },
  },
  {
    it: 'syncs the revision it names',
    given: aSituation({ request: aRequest({ revision: newest }) }),
    gives: { do: 'start', reason: 'request', revision: newest, request: aRequest({ revision: newest }) },
  },
  {
    it: 'goes through a hold',
    given: aSituation({ request, hold: held }),
    gives: { do: 'start', reason: 'request', revision: wanted, request },
  },
  {
    it: 'goes through without automation',
    given: aSituation({ request, automated: false }),
    gives: { do: 'start', reason: 'request', revision: wanted, request },
  },
  {
    it: 'does not wait for the backoff of a failed revision',
    given: aSituation({ request, state: { failed: failed(wanted, { retryAt: now + 1 }) } }),
    gives: { do: 'start', reason: 'request', revision: wanted, request },
  },
  {
    it: 'is refused when Git cannot say what it means',
    given: aSituation({ request, target: { fault: gitDown } }),
    gives: { do: 'refuse', request, fault: gitDown },
  },
  {
    it: 'that names a revision needs no target',
    given: aSituation({ request: aRequest({ revision: old }), target: { fault: gitDown } }),
    gives: { do: 'start', reason: 'request', revision: old, request: aRequest({ revision: old }) },
  },
]);

table('on hold', [
  {
    it: 'does not follow Git, and says so of the commit',
    given: aSituation({ hold: held }),
    gives: { do: 'hold-back', revision: wanted, hold: held },
  },
  {
    it: 'says it once for each commit, and then that it is behind',
    given: aSituation({ hold: held, state: { heldBack: { since: held.since, revision: wanted } } }),
    gives: { do: 'rest', lookAt: null, behind: true },
  },
  {
    it: 'says it of the next commit as well',
    given: aSituation({ hold: held, state: { heldBack: { since: held.since, revision: old } } }),
    gives: { do: 'hold-back', revision: wanted, hold: held },
  },
  {
    it: 'says it again under another hold',
    given: aSituation({ hold: { ...held, since: 2 }, state: { heldBack: { since: held.since, revision: wanted } } }),
    gives: { do: 'hold-back', revision: wanted, hold: { ...held, since: 2 } },
  },
  {
    it: 'says nothing of the commit that was rolled back from: that was told then',
    given: aSituation({ hold: { ...held, rollback: { from: wanted, to: old } } }),
    gives: { do: 'rest', lookAt: null, behind: true },
  },
  {
    it: 'says nothing of commits that nobody syncs without a person anyway',
    given: aSituation({ hold: held, automated: false }),
    gives: { do: 'rest', lookAt: null, behind: true },
  },
  {
    it: 'moves on with a commit that touches nothing of it: that is not behind',
    given: aSituation({ hold: held, target: target(wanted, { sameInputs: true }) }),
    gives: { do: 'advance', revision: wanted },
  },
  {
    it: 'looks again when the hold ends',
    given: aSituation({ hold: { ...held, until: now + 5 }, target: atOld }),
    gives: { do: 'rest', lookAt: now + 5, behind: false },
  },
  {
    it: 'does not retry',
    given: aSituation({
      hold: held,
      state: { failed: failed(wanted, { retryAt: now }), heldBack: { since: held.since, revision: wanted } },
    }),
    gives: { do: 'rest', lookAt: null, behind: true },
  },
]);

table('after a failure', [
  {
    it: 'waits until the retry is due',
    given: aSituation({ state: { failed: failed(wanted, { retryAt: now + 1 }) } }),
    gives: { do: 'rest', lookAt: now + 1, behind: true },
  },
  {
    it: 'retries when it is due',
    given: aSituation({ state: { failed: failed(wanted, { retryAt: now }) } }),
    gives: { do: 'start', reason: 'retry', revision: wanted, request: null },
  },
  {
    it: 'does not retry by itself what has no time',
    given: aSituation({ state: { failed: failed(wanted) } }),
    gives: { do: 'rest', lookAt: null, behind: true },
  },
  {
    it: 'tries again at once what would delete something and was approved',
    given: aSituation({ approved: true, state: { failed: failed(wanted, { fault: guarded }) } }),
    gives: { do: 'start', reason: 'retry', revision: wanted, request: null },
  },
  {
    it: 'waits for a word about it otherwise',
    given: aSituation({ state: { failed: failed(wanted, { fault: guarded }) } }),
    gives: { do: 'rest', lookAt: null, behind: true },
  },
  {
    it: 'is not hurried by an approval of something else that failed',
    given: aSituation({ approved: true, state: { failed: failed(wanted, { retryAt: now + 1 }) } }),
    gives: { do: 'rest', lookAt: now + 1, behind: true },
  },
  {
    it: 'takes a newer revision at once',
    given: aSituation({ target: target(newest), state: { failed: failed(wanted, { retryAt: now + 1 }) } }),
    gives: { do: 'start', reason: 'push', revision: newest, request: null },
  },
  {
    it: 'takes a corrected Application at once',
    given: aSituation({ target: target(wanted, { sourceHash: 'source-2' }), state: { failed: failed(wanted) } }),
    gives: { do: 'start', reason: 'push', revision: wanted, request: null },
  },
]);

table('leaving the fleet', [
  {
    it: 'removes its objects, held or not, whatever Git says',
    given: aSituation({
      leaving: true,
      hold: held,
      automated: false,
      request,
      suspectsDueAt: now,
      target: { fault: gitDown },
    }),
    gives: { do: 'start', reason: 'deletion', revision: old, request: null },
  },
  {
    it: 'removes what was begun and never synced',
    given: aSituation({ leaving: true, state: { synced: null } }),
    gives: { do: 'start', reason: 'deletion', revision: '', request: null },
  },
  {
    it: 'waits until a failed removal is tried again',
    given: aSituation({ leaving: true, state: { failed: failed(old, { retryAt: now + 1 }) } }),
    gives: { do: 'rest', lookAt: now + 1, behind: true },
  },
  {
    it: 'does not wait because a push failed before',
    given: aSituation({ leaving: true, state: { failed: failed(old, { reason: 'push', retryAt: now + 1 }) } }),
    gives: { do: 'start', reason: 'deletion', revision: old, request: null },
  },
  {
    it: 'tries again when it is due',
    given: aSituation({ leaving: true, state: { failed: failed(old, { retryAt: now }) } }),
    gives: { do: 'start', reason: 'deletion', revision: old, request: null },
  },
]);

const lost = holdAfterLoss('shop', null, 1);

table('after its state was lost', [
  {
    it: 'reads the cluster first, whoever asks for a sync',
    given: aSituation({ hold: lost, request, state: { synced: null } }),
    gives: { do: 'recover', revision: wanted },
  },
  {
    it: 'reads the cluster while Git is down',
    given: aSituation({ hold: lost, target: { fault: gitDown }, state: { synced: null } }),
    gives: { do: 'recover', revision: null },
  },
  {
    it: 'waits for Git to compare with it',
    given: aSituation({ hold: lost, target: { fault: gitDown }, state: { record: 'a', synced: null } }),
    gives: { do: 'report', fault: gitDown },
  },
  {
    it: 'compares with Git as soon as that can be asked',
    given: aSituation({ hold: lost, state: { record: 'a', synced: null } }),
    gives: { do: 'recover', revision: wanted },
  },
  {
    it: 'rests until it is confirmed',
    given: aSituation({ hold: lost, state: { record: 'a', sync: 'OutOfSync' } }),
    gives: { do: 'rest', lookAt: null, behind: true },
  },
  {
    it: 'does what a person asks for once it is compared',
    given: aSituation({ hold: lost, request, state: { record: 'a', sync: 'OutOfSync' } }),
    gives: { do: 'start', reason: 'request', revision: wanted, request },
  },
]);

const pending = { due: now, revision: wanted, source: 'parameters-1', because: 'shop is Degraded' };
const atWanted = { synced: synced(wanted), rollback: pending };

table('with a rollback by policy to come', [
  {
    it: 'goes back when it is time',
    given: aSituation({ target: target(wanted), state: ill(atWanted) }),
    gives: { do: 'roll-back', pending },
  },
  {
    it: 'gives it the time it was given',
    given: aSituation({ target: target(wanted), state: ill({ ...atWanted, rollback: { ...pending, due: now + 1 } }) }),
    gives: { do: 'rest', lookAt: now + 1, behind: false },
  },
  {
    it: 'goes back while Git is down',
    given: aSituation({ target: { fault: gitDown }, state: ill(atWanted) }),
    gives: { do: 'roll-back', pending },
  },
  {
    it: 'stays when it got well',
    given: aSituation({
      target: target(wanted),
      state: { ...atWanted, health: { status: 'Healthy', because: '', since: 1 } },
    }),
    gives: { do: 'stay' },
  },
  {
    it: 'stays when somebody holds it: a person has taken over',
    given: aSituation({ target: target(wanted), hold: held, state: ill(atWanted) }),
    gives: { do: 'stay' },
  },
  {
    it: 'goes on where it was cut off after its hold was set',
    given: aSituation({
      target: target(newest),
      hold: { ...held, rollback: { from: wanted, to: old } },
      state: ill(atWanted),
    }),
    gives: { do: 'roll-back', pending },
  },
  {
    it: 'lets a newer commit try first: it may be the repair',
    given: aSituation({ target: target(newest), state: ill(atWanted) }),
    gives: { do: 'start', reason: 'push', revision: newest, request: null },
  },
  {
    it: 'is not hindered by a newer commit that touches nothing of it',
    given: aSituation({ target: target(newest, { sameInputs: true }), state: ill(atWanted) }),
    gives: { do: 'roll-back', pending },
  },
  {
    it: 'lets a person go first',
    given: aSituation({ target: target(wanted), request, state: ill(atWanted) }),
    gives: { do: 'start', reason: 'request', revision: wanted, request },
  },
]);

table('with a request to go back', [
  {
    it: 'starts a rollback, hold or not',
    given: aSituation({ hold: held, request: aRequest({ revision: old, rollback: { source: null, why: 'w' } }) }),
    gives: {
      do: 'start',
      reason: 'rollback',
      revision: old,
      request: aRequest({ revision: old, rollback: { source: null, why: 'w' } }),
    },
  },
]);

function ill(state: Partial<ApplicationState>): Partial<ApplicationState> {
  return { ...state, health: { status: 'Degraded', because: 'web: it is', since: 1 } };
}
