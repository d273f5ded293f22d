/** Ports for tests of the doors: the store in memory, GitHub's webhook with one secret, and nothing beyond. */
import { githubWebhook } from '../../lib/adapters/github/webhook.ts';
import { openLua } from '../../lib/adapters/lua/open-lua.ts';
import { openMemoryStore } from '../../lib/adapters/memory/memory-store.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { assessHealth } from '../../lib/core/health/assess-health.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import type { Inbox } from '../../lib/ports/queue.ts';
import { silentLog } from './silent-log.ts';

export const doorSecret = 'the secret of this test';
export const doorNow = Date.UTC(2026, 4, 1, 12);

export type DoorPorts = Ports & { queue: Ports['queue'] & Inbox };

export function doorPorts(over: Partial<Ports> = {}): DoorPorts {
  const now = over.now ?? (() => doorNow);
  const store = openMemoryStore(now);
  return {
    assess: (object) => assessHealth(object, []),
    scripts: async () => openLua(now),
    renderer: { render: async () => notAsked('renderer') },
    jq: { select: async () => notAsked('jq') },
    fleet: { read: async () => ({ files: new Map(), at: 'the fleet of this test' }) },
    gitHost: () => notAsked('gitHost'),
    pullRequests: () => notAsked('pullRequests'),
    readerOf: () => null,
    webhook: (gitHost) => {
      if (gitHost !== 'github') throw new Fault('push.unknown_host', { gitHost });
      return { webhook: githubWebhook(gitHost), secret: async () => doorSecret };
    },
    cluster: () => notAsked('cluster'),
    clusterNames: ['prod'],
    slotsOf: () => 10,
    clusterOf: () => 'prod',
    identityOf: (name) => ({ name, servers: [], project: null }),
    isFleet: () => false,
    announcer: () => notAsked('announcer'),
    channels: () => [],
    log: silentLog,
    now,
    newId: () => 'an-id',
    holder: 'this test',
    installationKey: new Uint8Array(32),
    installation: 'trueup',
    ...store,
    ...over,
    queue: store.queue,
  };
}

function notAsked(port: string): never {
  throw new Error(`${port} is not part of this test`);
}
