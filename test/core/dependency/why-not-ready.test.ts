import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { ApplicationState } from '../../../lib/core/application/application-state.ts';
import { initialState } from '../../../lib/core/application/initial-state.ts';
import { type Dependency, whyNotReady } from '../../../lib/core/dependency/why-not-ready.ts';
import { failed, old, synced, wanted } from '../sync/a-situation.ts';
import { anOperation } from '../sync/an-operation.ts';

const healthy = { status: 'Healthy', because: '', since: 1 } as const;

/** Synced at `wanted` and Healthy. */
function dependency({
  state = {},
  ...given
}: Partial<Omit<Dependency, 'state'>> & { state?: Partial<ApplicationState> } = {}): Dependency {
  return {
    leaving: false,
    held: false,
    state: { ...initialState('db'), synced: synced(wanted), health: healthy, ...state },
    wanted: { revision: wanted, sourceHash: 'source-1' },
    ...given,
  };
}

for (const { it, given, gives } of [
  { it: 'is ready where Git wants it, and Healthy', given: dependency(), gives: null },
  { it: 'has to be there', given: null, gives: 'is not in the fleet' },
  { it: 'has to stay', given: dependency({ leaving: true }), gives: 'is being removed' },
  {
    it: 'has to be synced once',
    given: dependency({ state: { synced: null } }),
    gives: 'is not synced at bbbbbbb yet',
  },
  {
    it: 'has to follow the push first',
    given: dependency({ state: { synced: synced(old) } }),
    gives: 'is not synced at bbbbbbb yet',
  },
  {
    it: 'has to follow a change of its own document first',
    given: dependency({ wanted: { revision: wanted, sourceHash: 'source-2' } }),
    gives: 'is not synced at bbbbbbb yet',
  },
  {
    it: 'is where it ought to be when nobody can say what Git wants',
    given: dependency({ wanted: { revision: null, sourceHash: 'source-1' }, state: { synced: synced(old) } }),
    gives: null,
  },
  {
    it: 'says what it failed with',
    given: dependency({ state: { synced: synced(old), failed: failed(wanted) } }),
    gives: 'failed at bbbbbbb: git.unreachable',
  },
  {
    it: 'says nothing of what failed before',
    given: dependency({ state: { synced: synced(old), failed: failed(old) } }),
    gives: 'is not synced at bbbbbbb yet',
  },
  {
    it: 'says that it is held',
    given: dependency({ held: true, state: { synced: synced(old) } }),
    gives: 'is on hold and not synced at bbbbbbb',
  },
  { it: 'may be held where Git wants it', given: dependency({ held: true }), gives: null },
  {
    it: 'is waited for while it is synced',
    given: dependency({ state: { operation: anOperation({ revision: wanted }) } }),
    gives: 'is being synced',
  },
  {
    it: 'is not waited for while drift is undone',
    given: dependency({ state: { operation: anOperation({ reason: 'heal' }), drifted: ['*'], sync: 'OutOfSync' } }),
    gives: null,
  },
  {
    it: 'has to be Healthy',
    given: dependency({ state: { health: { ...healthy, status: 'Progressing', because: '1 of 2 ready' } } }),
    gives: 'is Progressing: 1 of 2 ready',
  },
  {
    it: 'is waited for while it is suspended, as between waves',
    given: dependency({ state: { health: { ...healthy, status: 'Suspended' } } }),
    gives: 'is Suspended',
  },
])
  test(`why-not-ready: a dependency ${it}`, () => equal(whyNotReady(given), gives));
