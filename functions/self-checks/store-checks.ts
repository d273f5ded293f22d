/** What functions do with the store, tried on keys that nothing has: what is written is either refused by its condition or taken back. */
import { initialState } from '../../lib/core/application/initial-state.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Inbox } from '../../lib/ports/queue.ts';
import type { SelfCheck } from '../self-test.ts';

/** The name of no Application and of no cluster, and before all time, so that nothing real is due. */
const nobody = 'trueup-self-test';
const nowhere = 'https://trueup-self-test.invalid/none';
const beforeAll = -1;
const nothing = new TextEncoder().encode('self-test');

export function readsApplications({ applications }: Pick<Ports, 'applications'>): SelfCheck {
  return {
    check: 'reads Applications',
    async attempt() {
      await applications.list();
      await applications.get(nobody);
    },
  };
}

/** For who may not list them. */
export function findsApplication({ applications }: Pick<Ports, 'applications'>): SelfCheck {
  return { check: 'finds an Application', attempt: () => applications.get(nobody) };
}

export function findsByRepository({ applications }: Pick<Ports, 'applications'>): SelfCheck {
  return { check: 'finds the Applications of a repository', attempt: () => applications.ofRepository(nowhere) };
}

/** A removal of what is not there changes nothing. */
export function removesApplications({ applications }: Pick<Ports, 'applications'>): SelfCheck {
  return { check: 'removes Applications', attempt: () => applications.remove(nobody) };
}

/** For an unknown name nothing happens. */
export function wakesApplications({ wakes }: Pick<Ports, 'wakes'>): SelfCheck {
  return { check: 'wakes Applications', attempt: () => wakes.wake(nobody, 0) };
}

export function findsOverdue({ wakes }: Pick<Ports, 'wakes'>): SelfCheck {
  return { check: 'finds what is overdue', attempt: () => wakes.overdue(beforeAll, 1) };
}

/** A lease that nobody gave: the write, and the release, are refused by their condition. */
export function writesState({ leases, holder }: Pick<Ports, 'leases' | 'holder'>): SelfCheck {
  const lease = { name: nobody, fence: 0, until: 0 };
  return {
    check: 'takes leases and writes state',
    async attempt() {
      await leases.take(nobody, { holder, now: 0, forMs: 1 });
      await unlessLeaseLost(leases.write(lease, initialState(nobody)));
      await unlessLeaseLost(leases.release(lease, { wanted: 0, lookAt: null }));
    },
  };
}

export function takesSlots({ slots, holder, now }: Pick<Ports, 'slots' | 'holder' | 'now'>): SelfCheck {
  return {
    check: 'takes slots',
    async attempt() {
      const slot = await slots.take(nobody, { of: 1, holder, now: now(), forMs: 1_000 });
      if (slot !== null) await slots.release(slot);
    },
  };
}

export function remembersPositions({ positions }: Pick<Ports, 'positions'>): SelfCheck {
  return {
    check: 'remembers positions of watches',
    async attempt() {
      await positions.of(nobody);
      await positions.put(nobody, 'v1/Nothing', { resourceVersion: '0', listedAt: 0 });
      await positions.put(nobody, 'v1/Nothing', null);
    },
  };
}

export function remembersHeads({ repositories }: Pick<Ports, 'repositories'>): SelfCheck {
  return {
    check: 'remembers heads of repositories',
    async attempt() {
      await repositories.get(nowhere);
      await repositories.forget(nowhere);
    },
  };
}

/** Forgotten after a week by itself. */
export function remembersDeliveries({ deliveries, now }: Pick<Ports, 'deliveries' | 'now'>): SelfCheck {
  return {
    check: 'remembers deliveries',
    async attempt() {
      await deliveries.known(nobody, nobody);
      await deliveries.remember(nobody, nobody, now());
    },
  };
}

export function readsRecord({ events }: Pick<Ports, 'events'>): SelfCheck {
  return { check: 'reads the record', attempt: () => events.list({ limit: 1 }) };
}

export function readsHistory({ events }: Pick<Ports, 'events'>): SelfCheck {
  return {
    check: 'reads the record of an Application',
    attempt: () => events.list({ application: nobody, limit: 1 }),
  };
}

/** Of a notice that is not owed. */
export function keepsNotices({ outbox }: Pick<Ports, 'outbox'>): SelfCheck {
  return {
    check: 'keeps notices',
    async attempt() {
      await outbox.take({ now: beforeAll, limit: 1, forMs: 0 });
      await outbox.again(`${nobody}@${nobody}`, beforeAll);
      await outbox.done(`${nobody}@${nobody}`);
    },
  };
}

export function keepsBlobs({ blobs }: Pick<Ports, 'blobs'>): SelfCheck {
  return {
    check: 'keeps blobs',
    async attempt() {
      await blobs.put('self-test', nothing);
      await blobs.get('self-test');
      await blobs.remove('self-test');
      // That it is gone is told only to who may list them.
      await blobs.get('self-test');
    },
  };
}

/** One that is never there, not even while sync tries: that it is not is told only to who may list them. */
export function readsBlobs({ blobs }: Pick<Ports, 'blobs'>): SelfCheck {
  return { check: 'reads blobs', attempt: () => blobs.get('self-test-none') };
}

/** A receipt of no message: whether it may be given back is judged first. */
export function givesBackMessages({ inbox, now }: { inbox: Pick<Inbox, 'again'> } & Pick<Ports, 'now'>): SelfCheck {
  return { check: 'gives back messages', attempt: () => inbox.again(nobody, now()) };
}

/** Handled by sending the notices that are due, which is always right. */
export function queuesWakeUps({ queue }: Pick<Ports, 'queue'>): SelfCheck {
  return { check: 'queues wake-ups', attempt: () => queue.send({ about: 'outbox', why: 'self-test' }) };
}

async function unlessLeaseLost(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Fault) || error.code !== 'store.lease_lost') throw error;
  });
}
